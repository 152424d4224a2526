/** What an index says of itself: what it needs to go on, what bears on what, and how long an answer stays. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../events/index.ts';
import { replay } from '../../../projections/index.ts';
import { namedBy } from '../../../projections/related.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { contentsOf, exportIndex, importIndex } from '../../../projections/time-index/portable.ts';
import { NONE, VERSIONS } from '../../../projections/time-index/rows.ts';
import { createTimeIndex, type TimeIndex } from '../../../projections/time-index/time-index.ts';
import type { Sketch } from '../../support/entries.ts';
import { AS_DEMAND, confirmed, corrected, denied, issued, logOf, NOW, retracted, said } from './small-logs.ts';

const NEVER = Number.NEGATIVE_INFINITY;
const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999Z`);
const NOTED = { note: 'Heard at the door.' };
const RIVER = { party: 'north', issue: 'river' };

const logged = (...sketches: readonly Sketch[]) => {
  const entries = logOf(sketches);
  return { entries, index: indexOf(entries, 'UTC', 2) };
};
const factsIn = (entry: Entry | undefined) => factsOf((entry as Entry).development, 'UTC');
const needed = (index: TimeIndex, entry: Entry, isAtHand = true) =>
  index.needs(factsIn(entry), namedBy(entry.development), isAtHand ? entry : undefined);

/** What the index needs for each event of a log, one after the other. */
function neededFor(...sketches: readonly Sketch[]) {
  const entries = logOf(sketches);
  const index = createTimeIndex('UTC');
  return entries.map((entry, at) => needed(indexOf(entries.slice(0, at), 'UTC', undefined, index), entry));
}

describe('to add an event', () => {
  it('needs what is spoken of once, and nothing when more is said of it and known later', () => {
    const sketches = [
      ...[said('a', '2026-02-01'), corrected('b', 'a', NOTED, '2026-03-01'), confirmed('c', 'a', '2026-03-02')],
      ...[said('d', '2026-02-02'), retracted('e', 'a', '2026-03-03')],
    ];
    expect(neededFor(...sketches)).toEqual([[], [], [1], [], [], []]);
  });

  it('needs all that bears on it where it is known earlier than what was said before, and then nothing again', () => {
    const sketches = [
      ...[said('a', '2026-02-01'), corrected('b', 'a', NOTED, '2026-03-05'), corrected('c', 'a', NOTED, '2026-03-01')],
      corrected('d', 'a', NOTED, '2026-03-10'),
    ];
    expect(neededFor(...sketches)).toEqual([[], [], [1], [1, 2], []]);
  });

  it('needs nothing for a denial more, but all that bears on what is denied where more is said of that', () => {
    const sketches = [
      ...[said('a', '2026-02-01'), denied('b', 'a', '2026-02-02'), denied('c', 'a', '2026-02-05')],
      ...[denied('d', 'a', '2026-02-03'), corrected('e', 'a', NOTED, '2026-03-01'), denied('f', 'a', '2026-03-02')],
      denied('g', 'a', '2026-02-04'),
    ];
    expect(neededFor(...sketches)).toEqual([[], [], [1], [], [], [1, 2, 3, 4], [], [1, 2, 3, 4, 5, 6]]);
  });

  it('needs all that bears on it where it speaks of two, of what was said of another, or was awaited', () => {
    const sketches: readonly Sketch[] = [
      ...[said('a', '2026-02-01'), said('b', '2026-02-02'), corrected('c', 'a', NOTED, '2026-03-01')],
      { id: 'd', type: 'DevelopmentMerged', duplicate: 'a', into: 'b' },
      ...[retracted('e', 'd'), retracted('f', 'g'), said('g', '2026-02-03')],
    ];
    expect(neededFor(...sketches)).toEqual([[], [], [], [1], [1, 3, 2], [1, 2, 3, 4], [], [6]]);
  });

  it('needs all of it where the event is not at hand, or the index was put together again', () => {
    const { entries, index } = logged(
      said('a', '2026-02-01'),
      corrected('b', 'a', NOTED),
      confirmed('c', 'a', '2026-03-06'),
    );
    const before = () => indexOf(entries.slice(0, 3), 'UTC');
    expect(needed(before(), entries[3] as Entry, false)).toEqual([1, 2]);
    expect(needed(importIndex(exportIndex(before())), entries[3] as Entry)).toEqual([1, 2]);
    expect([['a'], ['nobody'], []].map(index.nearby)).toEqual([[], [], []]);
    expect([['a'], ['nobody'], ['b', 'a']].map(importIndex(exportIndex(index)).nearby)).toEqual([
      [1, 2, 3],
      [],
      [1, 2, 3, 1, 2, 3],
    ]);
  });

  it('takes nothing that was found for one remark for another that comes instead', () => {
    const common = [said('a', '2026-02-01'), corrected('b', 'a', { stance: 'Wait.' }, '2026-03-01')];
    const [one, other] = ['Close it.', 'Half.'].map((stance) =>
      logOf([...common, corrected('c', 'a', { stance }, '2026-03-02')]),
    ) as [readonly Entry[], readonly Entry[]];
    const index = indexOf(one.slice(0, 3), 'UTC');
    expect(needed(index, one[3] as Entry)).toEqual([]);
    indexOf(other, 'UTC', undefined, index);
    expect(contentsOf(index)).toEqual(contentsOf(indexOf(other, 'UTC')));
    expect(contentsOf(index)).not.toEqual(contentsOf(indexOf(one, 'UTC')));
  });

  it('knows what is awaited until it is there', () => {
    const { entries, index } = logged(retracted('a', 'b'), said('b', '2026-02-01'));
    const before = indexOf(entries.slice(0, 2), 'UTC');
    expect([entries[1], entries[2]].map((entry) => before.isAwaited(factsIn(entry)))).toEqual([false, true]);
    expect(index.isAwaited(factsIn(entries[2]))).toBe(false);
  });
});

describe('what bears on what', () => {
  const LOG: readonly Sketch[] = [
    ...[said('a', '2026-02-05'), said('b', '2026-02-01'), corrected('c', 'b', { stance: 'Close it.' })],
    { type: 'RoundScheduled', round: 'third', parties: ['north'], occurred: '2026-02-08' },
    { id: 'round', type: 'RoundScheduled', round: 'second', parties: ['north'], occurred: '2026-02-04' },
    corrected('d', 'round', { venue: 'Town Hall' }),
  ];

  it.each([
    [
      'was retracted before',
      [retracted('gone', 'a', '2026-03-01'), corrected('moved', 'a', { issue: 'bridges' }, '2026-03-02')],
    ],
    [
      'was retracted earlier',
      [corrected('moved', 'a', { issue: 'bridges' }, '2026-03-02'), retracted('gone', 'a', '2026-03-01')],
    ],
    [
      'never was, since that was taken back before it was known',
      [corrected('moved', 'a', { issue: 'bridges' }, '2026-03-02'), retracted('gone', 'moved', '2026-03-01')],
    ],
    [
      'had stood in no cell, and was retracted before',
      [retracted('gone', 'a', '2026-03-01'), corrected('moved', 'a', { ...AS_DEMAND, issue: 'bridges' }, '2026-03-02')],
      issued('a', '2026-02-01'),
    ],
  ] as const)('is found where a correction put what %s', (_, remarks, about = said('a', '2026-02-01')) => {
    const { index } = logged(about, ...remarks);
    for (const one of [index, importIndex(exportIndex(index))])
      expect([one.historyOf('north', 'bridges'), one.historyOf('north', 'tolls')]).toEqual([[1, 2, 3], []]);
  });

  it('is given in the order of the log, in which it does not count', () => {
    const { index } = logged(...LOG);
    expect(index.historyOf('north', 'river')).toEqual([1, 2, 3]);
    expect(index.contextHistory()).toEqual([0, 4, 5, 6]);
    expect(index.withFamilies([6, 2])).toEqual([2, 3, 5, 6]);
  });

  it('makes no more versions than there are readings: one of what is denied, and one of the denial here and one there', () => {
    const { rows } = logged(said('a', '2026-02-01'), denied('b', 'a', '2026-02-03')).index;
    const { revision, cell } = rows.versions;
    expect(Array.from(revision.subarray(0, rows.tables.versions.length))).toEqual([1, 2, 2]);
    expect(Array.from(cell.subarray(0, 3))).toEqual([0, NONE, 0]);
  });

  it('is filed no longer as it was recorded, but as it reads', () => {
    const { lists, outside } = logged(...LOG).index.parts;
    expect(lists.all(outside.context)).toEqual([0, VERSIONS + 2, VERSIONS + 3, 4]);
  });

  it('of a denial is told beside positions where it denies what is told there, and nowhere else', () => {
    const round: Sketch = { id: 'a', type: 'RoundOpened', round: 'first', parties: ['north'], occurred: '2026-02-01' };
    const { index, entries } = logged(
      round,
      said('b', '2026-02-02'),
      denied('c', 'a', '2026-02-03'),
      denied('d', 'b', '2026-02-04'),
    );
    const seenOf = (asOf: string) =>
      index
        .context(index.sightOf({ ...NOW, asOf: endOf(asOf) }))
        .map((row) => entries[index.rows.revision(row)]?.development.id);
    expect(seenOf('2026-02-02')).toEqual(['open', 'a']);
    expect(seenOf('2026-02-05')).toEqual(['open', 'a', 'c']);
  });

  it('is found by the names of a cell', () => {
    const { index } = logged(...LOG);
    expect(index.cellOf(RIVER)).toMatchObject(RIVER);
    expect(index.cellOf({ ...RIVER, issue: 'bridges' })).toBeUndefined();
  });
});

describe('what moved in a cell between two views', () => {
  const side = { point: 'side' };
  const { entries, index } = logged(
    ...[said('a', '2026-02-01'), said('b', '2026-02-02', side)],
    ...[said('c', '2026-02-03', { type: 'DemandDropped', stance: undefined, ...side })],
    ...[said('d', '2026-02-04', { replaces: 'position' }), said('e', '2026-02-05', side)],
    corrected('f', 'e', { stance: 'Half.' }, '2026-02-20'),
  );
  const NOBODY_SHOWN: ReadonlySet<number> = new Set();
  const idsOf = (revisions: readonly number[]) => revisions.map((revision) => entries[revision]?.development.id);
  /** As of the ends of two days, as it is known now or was known on those days. */
  const movedBetween = (from: string, to: string, { shown = NOBODY_SHOWN, ended = false, then = false } = {}) => {
    const [one, other] = [from, to].map((day) =>
      index.sightOf({ ...NOW, asOf: endOf(day), knownOn: then ? endOf(day) : null }),
    ) as [ReturnType<typeof index.sightOf>, ReturnType<typeof index.sightOf>];
    return idsOf(index.movedIn(RIVER, one, other, shown, ended));
  };

  it('is told by what withdraws, in either direction, and by nothing that counts in both or in neither', () => {
    expect(movedBetween('2026-02-02', '2026-02-03')).toEqual(['c']);
    expect(movedBetween('2026-02-03', '2026-02-02')).toEqual(['c']);
    expect(movedBetween('2026-02-01', '2026-02-02')).toEqual([]);
    expect(movedBetween('2026-02-03', '2026-02-04')).toEqual([]);
  });

  it('is told by what stands for all that was held where words are gone, and by what is shown', () => {
    expect(movedBetween('2026-02-01', '2026-02-04', { ended: true })).toEqual(['c', 'd']);
    expect(movedBetween('2026-02-01', '2026-02-02', { ended: true })).toEqual([]);
    expect(movedBetween('2026-02-01', '2026-02-02', { shown: new Set([1, 2]) })).toEqual(['b']);
  });

  it('is told by what was spoken of, with what was said of it', () => {
    expect(movedBetween('2026-02-04', '2026-02-05')).toEqual(['e', 'f']);
    expect(movedBetween('2026-02-06', '2026-02-19', { then: true })).toEqual([]);
    expect(movedBetween('2026-02-19', '2026-02-20', { then: true })).toEqual(['e', 'f']);
  });

  it('is nothing where nothing ever was', () => {
    const sight = index.sightOf(NOW);
    expect(index.movedIn({ ...RIVER, issue: 'tolls' }, sight, sight, NOBODY_SHOWN, true)).toEqual([]);
  });
});

describe('a state from the index', () => {
  it('is told of those who are asked for alone', () => {
    const parties = ['north', 'south'].flatMap((party) =>
      ['river', 'bridges'].map((issue) => said(`${party}-${issue}`, '2026-02-01', { party, issue })),
    );
    const { entries, index } = logged(...parties);
    for (const [filter, count] of [
      [{}, 4],
      [{ party: 'south' }, 2],
      [{ issue: 'river' }, 2],
      [RIVER, 1],
    ] as const) {
      const state = stateOf(index, entries, NOW, 'stated', filter);
      expect(state).toEqual(replay(entries, NOW, 'stated', filter));
      expect(state.positions).toHaveLength(count);
    }
  });
});

describe('how long an answer stays', () => {
  const twice = [said('a', '2026-02-01'), said('b', '2026-02-05')];
  const span = { from: endOf('2026-02-01'), until: endOf('2026-02-05') };
  const asked = { ...NOW, asOf: Date.parse('2026-02-03') };
  const spanIn = ({ index }: ReturnType<typeof logged>, gates: object = {}) => {
    const [cell] = index.cells;
    return cell && index.spanOf(cell, index.sightOf({ ...asked, ...gates }));
  };

  it('is from what counts last up to what counts next', () => {
    expect(spanIn(logged(...twice))).toEqual(span);
    expect(spanIn(logged(...twice, said('c', '2026-02-02', { issue: 'bridges' })))).toEqual(span);
  });

  it('is not said where it rests on more than the moment: on knowing, on an earlier log, on a denial', () => {
    const { entries, index } = logged(...twice);
    expect(spanIn({ entries, index }, { knownOn: asked.asOf })).toBeUndefined();
    expect(spanIn({ entries, index }, { recordedBy: entries[1]?.recorded })).toBeUndefined();
    expect(spanIn({ entries, index }, { recordedBy: entries[2]?.recorded })).toEqual(span);
    expect(spanIn(logged(...twice, denied('c', 'a', '2026-02-02')))).toBeUndefined();
  });

  it('ends where the next one counts, and with the last of them never', () => {
    const { index } = logged(...twice);
    const [cell] = index.cells;
    const next = (moment: number) => cell && index.nextMoment(cell, moment);
    expect([NEVER, span.from, span.until].map(next)).toEqual([span.from, span.until, Number.POSITIVE_INFINITY]);
  });
});

describe('an index that gathers', () => {
  it('files nothing before it is told to, and makes room for what is said to come', () => {
    const entries = logOf([said('a', '2026-02-01'), said('b', '2026-02-05')]);
    const index = createTimeIndex('UTC');
    index.gather();
    index.reserve(5000);
    const { rows, ids } = index.parts;
    const room = [rows.tables.simple.columns.line.length / 4, ids.slots.length / 2];
    for (const lines of room) expect(lines).toBeGreaterThanOrEqual(5000);
    indexOf(entries, 'UTC', undefined, index);
    expect([index.historyOf('north', 'river'), index.contextHistory()]).toEqual([[], []]);
    index.settle();
    expect([index.historyOf('north', 'river'), index.contextHistory()]).toEqual([[1, 2], [0]]);
  });
});
