import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEdtf } from '../../events/edtf.ts';
import { isDemarcheError } from '../../events/errors.ts';
import { readView } from '../../src/tracker/gates.ts';
import { budget, LIMIT, spoilt } from './support.ts';

const VALID = [
  '2026-02-26',
  '2026-02',
  '2026',
  '202X',
  '2026-XX',
  '2026-02-XX',
  '2026-21',
  '2026-02-26?',
  '2026-02~',
  '2026%',
  '2026-02-26T14:05:00+03:00',
  '2026-02-26T14:05:00Z',
  '2026-02-26T14:05:00',
  '2025-11-21/2025-11-23',
  '../2026-02-13',
  '2026-02-13/..',
  '/2026-02-13',
  'Y170000002',
  '-0004-02-29',
  '1984?/2004~',
] as const;

const ZONES = fc.constantFrom(
  'UTC',
  'Europe/Kyiv',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Monrovia',
  'Asia/Kathmandu',
);
const date = fc.constantFrom(...VALID);
/** Characters dates are made of, in any order. */
const alphabet = fc.string({ unit: fc.constantFrom(...'0123456789-/.XY~?%TZ:+ uSe^()[]{},'), maxLength: 84 });

test(
  'whatever is written as a date is read as a span in order, or refused with what would be right',
  () => {
    fc.assert(
      fc.property(
        fc.oneof(spoilt(date), spoilt(fc.tuple(date, date).map((two) => two.join('/'))), alphabet),
        ZONES,
        (text, zone) => {
          const reading = readEdtf(text, zone);
          if (reading.ok) {
            expect(reading.span.start).toBeLessThanOrEqual(reading.span.end);
            expect(Number.isNaN(reading.span.start) || Number.isNaN(reading.span.end)).toBe(false);
          } else expect(reading.message).not.toBe('');
          // What is answered does not depend on what was asked before.
          expect(readEdtf(text, zone)).toEqual(reading);
        },
      ),
      budget(4_000),
    );
  },
  LIMIT,
);

test(
  'what is read in one time zone is read in every other',
  () => {
    fc.assert(
      fc.property(fc.oneof(spoilt(date), alphabet), ZONES, ZONES, (text, one, other) => {
        expect(readEdtf(text, one).ok).toBe(readEdtf(text, other).ok);
      }),
      budget(2_000),
    );
  },
  LIMIT,
);

test(
  'whatever is written as gates is a moment, or refused by name',
  () => {
    const gate = fc.option(fc.oneof(spoilt(date), alphabet), { nil: undefined });
    fc.assert(
      fc.property(gate, gate, gate, ZONES, (asOf, knownOn, recordedBy, zone) => {
        try {
          const { gates, echo } = readView({ asOf, knownOn, recordedBy }, zone, 0);
          for (const moment of Object.values(gates)) if (moment !== null) expect(Number.isFinite(moment)).toBe(true);
          expect(echo.gates.asOf).toMatch(/^[+-]?\d{4,6}-\d\d-\d\dT/);
        } catch (error) {
          if (!isDemarcheError(error)) throw error;
          expect(error.code).toBe('GATE_INVALID');
          expect(error.faults.length).toBeGreaterThan(0);
        }
      }),
      budget(2_000),
    );
  },
  LIMIT,
);

/** Texts that make a grammar try every way to read them: each twice as long as the one before, up to the longest a date may be. */
test.each([
  ['brackets', '('],
  ['masks', 'X'],
  ['marks', '?~%'],
  ['signs', '-'],
  ['intervals', '../'],
  ['years', 'Y1'],
  ['lists', '{2026..2027,'],
  ['zeros', '0'],
  ['letters', 'e'],
])('%s without end are refused like everything else', (_, piece) => {
  for (const start of ['', '2026', '2026-02', '2026-02-26', '2026-02-26T'])
    for (let length = 1; length <= 128; length *= 2) {
      const text = (start + piece.repeat(length)).slice(0, 90);
      for (const one of [text, text.slice(0, 80), `${text.slice(0, 70)}/2026`]) readEdtf(one, 'Europe/Kyiv');
    }
  expect(readEdtf(piece.repeat(40), 'UTC').ok).toBe(false);
});
