import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDemarcheError } from '../../events/index.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { exportCsv, type ImportOptions, importInto } from '../../src/tracker/transfer/index.ts';
import { development, log } from '../tracker/transfer/arbitrary.ts';
import { budget, INSIDES, LIMIT, spoilt, spoiltBytes } from './support.ts';

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

type Options = Partial<Pick<ImportOptions, 'declare' | 'map' | 'dryRun' | 'negotiation'>>;

/** Imports bytes cut anywhere: all of it is on record afterwards, or nothing and an error that says why. */
async function fuzzed(bytes: Buffer, cuts: number, format: 'jsonl' | 'csv', options: Options): Promise<void> {
  const store = openSqliteStore({ path: ':memory:' });
  const tracker = openTracker({ store });
  const pieces = Array.from({ length: Math.ceil(bytes.length / cuts) }, (_, at) =>
    bytes.subarray(at * cuts, (at + 1) * cuts),
  );
  try {
    const report = await importInto(tracker, pieces, { fileName: `talks.${format}`, ...options });
    expect(report.read).toBe(report.added + report.known);
    const recorded = options.dryRun ? [] : await tracker.developments(report.negotiation);
    expect(recorded).toHaveLength(options.dryRun ? 0 : report.added + report.declared);
    // What went in can be read, and comes out again.
    if (recorded.length > 0) {
      await tracker.state(report.negotiation);
      await joined(exportCsv(recorded));
    }
  } catch (error) {
    if (!isDemarcheError(error)) throw error;
    expect(['IMPORT_INVALID', 'REQUEST_INVALID']).toContain(error.code);
    expect(error.faults.length).toBeGreaterThan(0);
    expect(error.faults.length).toBeLessThanOrEqual(20);
    expect(error.message).not.toMatch(INSIDES);
    expect(await store.head()).toBeNull();
  } finally {
    await tracker.close();
  }
}

const cut = fc.integer({ min: 1, max: 4_000 });
const switches = fc.record({ declare: fc.boolean(), dryRun: fc.boolean() });

const some = fc.oneof(
  log,
  fc.array(development, { maxLength: 4 }).map((list) => list.map((one, index) => ({ ...one, id: `x${index}` }))),
);
const LINES = fc.constantFrom('\n', '\r\n');
const lines = fc.tuple(some, LINES).map(([list, end]) => list.map((one) => JSON.stringify(one)).join(end));

/** A table as a spreadsheet writes it: rows of the catalogue's columns, cells in quotes where they must be. */
const cell = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const table = fc.tuple(some, LINES, fc.constantFrom(',', ';', '\t')).map(([list, end, separator]) => {
  const flat = list.map(({ source, ...one }) => ({ ...one, ...prefixed(source) }) as Readonly<Record<string, unknown>>);
  const columns = [...new Set(flat.flatMap((one) => Object.keys(one)))];
  const row = (one: Readonly<Record<string, unknown>>) =>
    columns.map((name) => (one[name] === undefined ? '' : cell(one[name]))).join(separator);
  return [columns.join(separator), ...flat.map(row)].join(end);
});
const prefixed = (source: object | undefined): object =>
  Object.fromEntries(Object.entries(source ?? {}).map(([name, value]) => [`source.${name}`, value]));

test.each([
  ['jsonl', lines],
  ['csv', table],
] as const)(
  'any bytes as %s are recorded whole, or refused with nothing written',
  async (format, valid) => {
    await fc.assert(
      fc.asyncProperty(spoiltBytes(spoilt(valid)), cut, switches, (bytes, size, options) =>
        fuzzed(bytes, size, format, options),
      ),
      budget(400),
    );
  },
  LIMIT,
);

/** A person's own spreadsheet, and how it is to be read. */
const sheet = fc.constant(
  'actor,topic,claim,day,who said\nNorthland,Fishing,"No foreign boats, ever",2024-03-05,The Minister\nSouthland,Fishing,Free passage,2024-03-07,\n',
);
const map = fc.constantFrom(
  'party=actor,issue=topic,stance=claim,occurred=day,speaker.name=who said',
  'party=actor,issue=topic,stance=claim,occurred=day,type:=DemandStated',
);

test(
  'any spreadsheet under any map is recorded whole, or refused with nothing written',
  async () => {
    await fc.assert(
      fc.asyncProperty(spoiltBytes(spoilt(sheet)), spoilt(map, 2), cut, switches, (bytes, how, size, options) =>
        fuzzed(bytes, size, 'csv', { ...options, map: how }),
      ),
      budget(400),
    );
  },
  LIMIT,
);
