/** A log that is at hand, with its index. */
import { describe, expect, it } from 'vitest';
import { indexedLog, indexOf } from '../../../projections/time-index/from-entries.ts';
import { createTimeIndex } from '../../../projections/time-index/time-index.ts';
import { logOf, NOW, said } from './small-logs.ts';

const CORRECTED = logOf([
  said('a', '2026-02-01'),
  {
    ...{ id: 'b', type: 'DevelopmentCorrected', corrects: 'a', changes: { stance: 'Close it.' } },
    source: { publisher: 'The Herald', published: '2026-03-05' },
  },
  said('c', '2026-02-02'),
]);

describe('a log that is at hand', () => {
  it('gives events in the order asked for, and none that it does not have', async () => {
    const log = indexedLog(CORRECTED, 'UTC');
    const found = await log.entries([3, 0, 1]);
    expect(found.map(({ development }) => development.id)).toEqual(['c', 'open', 'a']);
    await expect(log.entries([4])).rejects.toThrow(new RangeError('the log has no revision 4'));
  });

  it('reads each development as it stands through the gates, and none that does not', async () => {
    const { index, read } = indexedLog(CORRECTED, 'UTC');
    const rows = index.cells.flatMap(index.parts.cells.rowsOf);
    const stances = async (day: string) => {
      const sight = index.sightOf({ ...NOW, knownOn: Date.parse(day) });
      const seen = rows.filter((row) => index.rows.isSeen(row, sight));
      const developments = seen.map(await read(seen, sight));
      return developments.map((one) => 'stance' in one && one.stance);
    };
    expect(await stances('2026-03-01')).toEqual(['Open it.', 'Open it.']);
    expect(await stances('2026-03-06')).toEqual(['Close it.', 'Open it.']);
    const early = await read(rows, index.sightOf({ ...NOW, knownOn: Date.parse('2026-01-01') }));
    expect(() => rows.map(early)).toThrow(new Error('a is not on record through these gates'));
  });

  it('counts what was recorded after the clock stepped back from where it was, at once and one by one', () => {
    const [latest = 0] = CORRECTED.map(({ recorded }) => recorded);
    const entries = CORRECTED.map((entry, at) => ({ ...entry, recorded: latest - ((at * 3000) % 5000) }));
    let grown = createTimeIndex('UTC');
    for (const length of [1, 2, 3, 4]) grown = indexOf(entries.slice(0, length), 'UTC', undefined, grown);
    for (const { rows } of [indexOf(entries, 'UTC'), grown])
      expect([0, 1, 2, 3].map(rows.recorded)).toEqual(Array(4).fill(latest));
  });
});
