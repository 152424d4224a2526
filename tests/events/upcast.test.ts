import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDemarcheError, parseDevelopment, SCHEMA_VERSION, upcast } from '../../events/index.ts';
import { EXAMPLES } from '../support/examples.ts';

const golden = (name: string) => readFileSync(new URL(`./golden/${name}`, import.meta.url), 'utf8');
const v1: readonly Record<string, unknown>[] = golden('v1.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const upcastV1: readonly Record<string, unknown>[] = JSON.parse(golden('v1.upcast.json'));

describe('an event of the first version of the catalogue', () => {
  it('is brought up to what was written by hand for it', () => {
    expect(v1.map((one) => upcast(one))).toStrictEqual(upcastV1);
  });

  it('is a whole development then', () => {
    for (const one of v1)
      expect(parseDevelopment(one)).toMatchObject({ ok: true, value: { schemaVersion: SCHEMA_VERSION } });
  });

  it('is left as it was itself: a stored event is never rewritten', () => {
    const before = JSON.stringify(v1);
    for (const one of v1) upcast(one);
    expect(JSON.stringify(v1)).toBe(before);
  });

  it('that is no whole development is refused by its fault, as any other', () => {
    for (const changes of [null, 'date', ['date']]) {
      const written = { negotiation: 'talks', type: 'DevelopmentCorrected', corrects: 'a', changes, schemaVersion: 1 };
      expect(parseDevelopment({ ...written, source: 'The Gazette' })).toMatchObject({
        ok: false,
        faults: [{ field: 'changes' }],
      });
    }
  });

  it('is not to be mixed with fields of the second', () => {
    const mixed = { ...v1[2], schemaVersion: 2 };
    expect(parseDevelopment(mixed)).toMatchObject({ ok: false });
  });
});

describe('an event of this version', () => {
  it('is what it is, with or without its version said', () => {
    const { minimal, full } = EXAMPLES.DemandStated;
    expect(upcast(minimal)).toEqual(minimal);
    expect(upcast(full)).toEqual(full);
    expect(upcast({ ...minimal, schemaVersion: SCHEMA_VERSION })).toEqual({
      ...minimal,
      schemaVersion: SCHEMA_VERSION,
    });
  });
});

describe('an event of a version that is not known', () => {
  it.each([SCHEMA_VERSION + 1, 99, 0, -1, 1.5, '1', 'two', null, {}])(
    '%j is refused, and nothing is guessed',
    (schemaVersion) => {
      const written = { ...EXAMPLES.DemandStated.minimal, schemaVersion };
      try {
        upcast(written);
        expect.unreachable();
      } catch (error) {
        expect(isDemarcheError(error) && error.code).toBe('SCHEMA_VERSION_UNKNOWN');
        expect(String(error)).toMatch(/schema version .* is not known; this Demarche reads versions 1 to 2/);
        expect(isDemarcheError(error) && error.faults).toEqual([
          { field: 'schemaVersion', value: schemaVersion, message: `write a version from 1 to ${SCHEMA_VERSION}` },
        ]);
      }
      expect(parseDevelopment(written)).toMatchObject({
        ok: false,
        faults: [{ field: 'schemaVersion', code: 'SCHEMA_VERSION_UNKNOWN' }],
      });
    },
  );
});
