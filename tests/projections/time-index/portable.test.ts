/** An index taken apart and put together again: nothing is lost on the way, and it goes on where it was. */
import { describe, expect, it } from 'vitest';
import { replay } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { contentsOf, exportIndex, importIndex } from '../../../projections/time-index/portable.ts';
import { createTimeIndex, type TimeIndex } from '../../../projections/time-index/time-index.ts';
import { LOGS, logOf, NOW, said } from './small-logs.ts';

/** Carried over as a file carries it: words as JSON, numbers as they are. */
function carried(index: TimeIndex, block?: number): TimeIndex {
  const { head, arrays } = exportIndex(index);
  const copied = Object.entries(arrays).map(([name, array]) => [name, array.slice()]);
  return importIndex({ head: JSON.parse(JSON.stringify(head)), arrays: Object.fromEntries(copied) }, block);
}

const demands = (count: number) =>
  logOf(Array.from({ length: count }, (_, at) => said(`d${at}`, `2026-02-${10 + (at % 7)}`)));

describe.each(LOGS)('of %s', (_, sketches) => {
  it('an index that is carried over after every event goes on as if it never was', () => {
    const entries = logOf(sketches);
    let index = createTimeIndex('UTC', 2);
    for (let length = 1; length <= entries.length; length += 1) {
      const known = entries.slice(0, length);
      index = carried(indexOf(known, 'UTC', 2, index), 2);
      expect(stateOf(index, known, NOW, 'stated')).toEqual(replay(known, NOW, 'stated'));
    }
    expect(contentsOf(index)).toEqual(contentsOf(indexOf(entries, 'UTC', 2)));
  });
});

describe('an index that is carried over', () => {
  it('keeps lengths of time that do not fit where others are', () => {
    const entries = logOf([
      said('a', '1850-05-01/1950-05-01T10:00Z', {
        source: { publisher: 'The Herald', published: '2020-01-01T10:00Z' },
      }),
      { ...said('b', '2026-02-01'), recorded: '2099-01-01T10:00:00Z' },
    ]);
    const { rows } = carried(indexOf(entries, 'UTC'));
    const [start, published] = [Date.UTC(1850, 4, 1), Date.UTC(2020, 0, 1, 10)];
    expect([rows.start(1), rows.knownFrom(1)]).toEqual([start, published]);
    expect([1, 2].map(rows.recorded)).toEqual(entries.slice(1).map(({ recorded }) => recorded));
  });

  it('knows who was declared, and which ids are taken', () => {
    const party = { type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' } as const;
    const index = carried(indexOf(logOf([party, { type: 'IssueRaised', issue: 'river', title: 'River' }]), 'UTC'));
    expect([[...index.declared.party], [...index.declared.issue]]).toEqual([['north'], ['river']]);
    expect(['open', 'e1', 'e2', 'e3'].map(index.candidates)).toEqual([[0], [1], [2], []]);
  });

  it('makes room for more ids when they are too many for the table that it took over', () => {
    const index = carried(indexOf(demands(199), 'UTC'));
    const room = index.parts.ids.slots.length;
    indexOf(demands(249), 'UTC', undefined, index);
    expect(index.parts.ids.slots.length).toBeGreaterThan(room);
    expect(index.candidates('d248')).toEqual([249]);
  });
});

describe('the contents of an index', () => {
  it('are every list in order, every row, and the ids as they came', () => {
    const sketches = ['2026-02-03', '2026-02-01', '2026-02-02', '2026-02-05', '2026-02-04/2026-02-06'];
    const index = indexOf(
      logOf(sketches.map((occurred, at) => said(`d${at}`, occurred, { point: `p${at % 2}` }))),
      'UTC',
      2,
    );
    const contents = contentsOf(index) as { readonly ids: BigUint64Array };
    const nothing = { rows: [], notes: [] };
    expect(contents).toMatchObject({
      timeZone: 'UTC',
      cells: [
        {
          party: 'north',
          issue: 'river',
          points: ['p0', 'p1'],
          blocks: { rows: [2, 3, 1, 4, 5], notes: [1, 0, 0, 1, 0] },
        },
      ],
      context: { rows: [0] },
      uncertain: [{ rows: [2, 3, 1, 4] }, { rows: [5] }, nothing, nothing, nothing],
    });
    // Behind the hash of an id, its place in the log, counted from one.
    expect([...contents.ids].map((slot) => slot >> 32n)).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
  });

  it('are the same however much room there is', () => {
    const entries = demands(20);
    const roomy = createTimeIndex('UTC');
    roomy.reserve(5000);
    expect(contentsOf(indexOf(entries, 'UTC', undefined, roomy))).toEqual(contentsOf(indexOf(entries, 'UTC')));
  });

  it('are of nothing that lies beside the ids in memory', () => {
    const index = indexOf(demands(5), 'UTC');
    const { head, arrays } = exportIndex(index);
    const slots = arrays.ids as Uint32Array;
    const wide = new Uint32Array(slots.length + 4).fill(7);
    wide.set(slots, 2);
    const within = importIndex({ head, arrays: { ...structuredClone(arrays), ids: wide.subarray(2, -2) } });
    expect(contentsOf(within)).toEqual(contentsOf(index));
  });

  it('are others where a word, an id or a day is another', () => {
    const contents = ['a', 'b'].flatMap((id) =>
      ['2026-02-01', '2026-02-02'].flatMap((occurred) =>
        ['Open it.', 'Close it.'].map((stance) => contentsOf(indexOf(logOf([said(id, occurred, { stance })]), 'UTC'))),
      ),
    );
    for (const [at, one] of contents.entries())
      for (const other of contents.slice(at + 1)) expect(one).not.toEqual(other);
  });
});
