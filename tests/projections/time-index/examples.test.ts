/** On small logs, through any gates and after every event, the index tells what the fold tells. */
import { describe, expect, it } from 'vitest';
import { type Clocks, clocksOf, type Entry } from '../../../events/index.ts';
import { replay, replayHistory, STANDARDS } from '../../../projections/index.ts';
import { namedBy } from '../../../projections/related.ts';
import { historyFrom } from '../../../projections/replay.ts';
import { factsOf, WORTH } from '../../../projections/time-index/facts.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { contentsOf } from '../../../projections/time-index/portable.ts';
import { VERSIONS } from '../../../projections/time-index/rows.ts';
import { createTimeIndex } from '../../../projections/time-index/time-index.ts';
import { LOGS, logOf, NOW } from './small-logs.ts';

/** The moments of some kinds of these entries, in order. */
function momentsOf(entries: readonly Entry[], kinds: readonly (keyof Clocks)[]): readonly number[] {
  const clocks = entries.map(({ development, recorded }) => clocksOf(development, recorded, 'UTC'));
  const moments = clocks.flatMap((one) => kinds.map((kind) => one[kind]));
  return [...new Set(moments.filter(Number.isFinite))].sort((a, b) => a - b);
}

/** At every moment at which an answer may change, and between them: a day begins where another has ended. */
function expectAlike(entries: readonly Entry[]): void {
  const views = [
    ...momentsOf(entries, ['reported']).map((knownOn) => ({ knownOn, recordedBy: null })),
    ...[null, ...momentsOf(entries, ['recorded'])].map((recordedBy) => ({ knownOn: null, recordedBy })),
  ];
  const indexes = [2, 128].map((block) => indexOf(entries, 'UTC', block));
  for (const view of views)
    for (const asOf of momentsOf(entries, ['start', 'effective', 'reported']))
      for (const standard of STANDARDS) {
        const gates = { asOf, ...view };
        const told = JSON.stringify({ gates, standard, ...replay(entries, gates, standard) });
        for (const index of indexes)
          expect(JSON.stringify({ gates, standard, ...stateOf(index, entries, gates, standard) })).toBe(told);
      }
}

/** Of what is recorded by each moment, what was known at each. */
function expectAlikeToday(entries: readonly Entry[]): void {
  const index = indexOf(entries, 'UTC', 2);
  for (const recordedBy of momentsOf(entries, ['recorded']))
    for (const knownOn of momentsOf(entries, ['reported'])) {
      const gates = { ...NOW, knownOn, recordedBy };
      expect({ gates, ...stateOf(index, entries, gates, 'stated') }).toEqual({
        gates,
        ...replay(entries, gates, 'stated'),
      });
    }
}

describe.each(LOGS)('of %s', (_, sketches) => {
  it('the index tells what the fold tells, through any gates', () => {
    const entries = logOf(sketches);
    expectAlike(entries);
    expectAlikeToday(entries);
  });

  it('the index tells of today what the fold tells, after every event', () => {
    const entries = logOf(sketches);
    const index = createTimeIndex('UTC', 2);
    for (let length = 1; length <= entries.length; length += 1) {
      const known = entries.slice(0, length);
      indexOf(known, 'UTC', 2, index);
      for (const standard of STANDARDS)
        expect(stateOf(index, known, NOW, standard)).toEqual(replay(known, NOW, standard));
    }
  });

  it('an event is added from what the index says it needs, and from nothing else', () => {
    const entries = logOf(sketches);
    const index = createTimeIndex('UTC');
    for (const entry of entries) {
      const [facts, named] = [factsOf(entry.development, 'UTC'), namedBy(entry.development)];
      const said = named.length > 0 || index.isAwaited(facts) ? entry : undefined;
      const needed = new Set([entry.revision, ...index.needs(facts, named, said)]);
      index.add(facts, named, entry.recorded, (revision) => {
        if (!needed.has(revision)) throw new RangeError(`it did not say that it needs ${revision}`);
        return entries[revision] as Entry;
      });
    }
    expect(contentsOf(index)).toEqual(contentsOf(indexOf(entries, 'UTC')));
  });

  it('nothing is known before it counts', () => {
    const { rows } = indexOf(logOf(sketches), 'UTC');
    const versions = Array.from({ length: rows.tables.versions.length }, (_, at) => at + VERSIONS);
    for (const row of [...Array(rows.size).keys(), ...versions])
      expect(rows.knownFrom(row)).toBeGreaterThanOrEqual(rows.effective(row));
  });

  it('the history of a cell is told from what the index names for it', () => {
    const entries = logOf(sketches);
    const index = indexOf(entries, 'UTC');
    for (const party of ['north', 'south', 'league'])
      for (const issue of ['river', 'bridges']) {
        const own = index.historyOf(party, issue).map((revision) => entries[revision] as Entry);
        expect(historyFrom(own, 'UTC', { party, issue }, NOW, 'stated')).toEqual(
          replayHistory(entries, { party, issue }, NOW, 'stated'),
        );
      }
    expect(index.historyOf('nobody', 'river')).toEqual([]);
  });

  it('a cell is the same throughout the span that the index says it is, and not beyond', () => {
    const entries = logOf(sketches);
    const index = indexOf(entries, 'UTC', 2);
    const heldAt = (asOf: number, cell: (typeof index.cells)[number]) =>
      index.resolve([cell], index.sightOf({ ...NOW, asOf }), 'all').map(({ cell: _, ...resolved }) => resolved);
    for (const cell of index.cells)
      for (const asOf of momentsOf(entries, ['start', 'effective'])) {
        const span = index.spanOf(cell, index.sightOf({ ...NOW, asOf }));
        // Where something was denied, more than the moment decides.
        expect(span === undefined).toBe(cell.worst === WORTH.denial);
        if (!span) continue;
        expect(span.from <= asOf && asOf < span.until).toBe(true);
        for (const moment of [span.from, span.until - 1]) expect(heldAt(moment, cell)).toEqual(heldAt(asOf, cell));
        const rows = index.parts.cells.rowsOf(cell).map(index.rows.effective);
        expect(rows.filter((moment) => moment > span.from && moment < span.until)).toEqual([]);
        for (const moment of [span.from, span.until].filter(Number.isFinite)) expect(rows).toContain(moment);
      }
  });
});
