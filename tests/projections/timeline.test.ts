import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../events/index.ts';
import {
  type CellKey,
  type CellTimeline,
  type Gates,
  type Position,
  replay,
  type Standard,
  timeZoneOf,
  type Versions,
  versionsOf,
  versionsThen,
} from '../../projections/index.ts';
import { indexOf } from '../../projections/time-index/from-entries.ts';
import { logWith, type Sketch } from '../support/entries.ts';
import { recordSteps } from '../support/recording.ts';
import { story, told } from '../support/stories.ts';
import { gatesOf, momentsOf, questions, RUNS, STANDARDS } from './judge.ts';

/** The timelines of all cells, each from what the index says has ever touched it. */
function timelinesOf(
  entries: readonly Entry[],
  versionsFrom: (entries: readonly Entry[], key: CellKey) => Versions,
): readonly CellTimeline[] {
  const index = indexOf(entries, timeZoneOf(entries));
  return index.cells.flatMap(({ party, issue }) => {
    const history = index.historyOf(party, issue).flatMap((revision) => entries[revision] ?? []);
    const versions = [...versionsFrom(history, { party, issue })].flatMap((version) => version ?? []);
    return versions.length > 0 ? [{ party, issue, versions }] : [];
  });
}

/** What the timelines say of a moment: the last version of each cell not later than it. */
const held = (timelines: readonly CellTimeline[], at: number): readonly Position[] =>
  timelines.flatMap(({ versions }) => versions.findLast(({ from }) => Date.parse(from) <= at)?.position ?? []);

const NO_GATES = { knownOn: null, recordedBy: null };

const sorted = (positions: readonly Position[]): readonly Position[] =>
  [...positions].sort((a, b) => (`${a.party} ${a.issue}` < `${b.party} ${b.issue}` ? -1 : 1));

/** Holds the timelines to the states of some moments, as known through these gates and as known then. */
function expectStates(
  entries: readonly Entry[],
  moments: readonly number[],
  gates: Omit<Gates, 'asOf'>,
  standard: Standard,
): void {
  const timeZone = timeZoneOf(entries);
  const fixed = timelinesOf(entries, (own, key) => versionsOf(own, key, timeZone, gates, standard));
  const then = timelinesOf(entries, (own, key) => versionsThen(own, key, timeZone, gates.recordedBy, standard));
  for (const { versions } of [...fixed, ...then])
    expect(versions.map(({ from }) => from)).toEqual([...new Set(versions.map(({ from }) => from))].sort());
  for (const at of moments.flatMap((moment) => [moment - 1, moment])) {
    const state = (knownOn: number | null) =>
      sorted(replay(entries, { ...gates, knownOn, asOf: at }, standard).positions);
    expect({ at, positions: sorted(held(fixed, at)) }).toEqual({ at, positions: state(gates.knownOn) });
    expect({ at, positions: sorted(held(then, at)) }).toEqual({ at, positions: state(at) });
  }
}

describe('The timelines of a negotiation', () => {
  it('say of every moment what the state of that moment says, whatever was known and recorded', async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const moments = momentsOf(recorded, timeZoneOf(entries));
        for (const { gates, standard } of gatesOf(recorded, one, asked.slice(0, 3)))
          expectStates(entries, moments, gates, standard);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('begin each version where something changed, and never say the same twice', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(story(), async (one) => {
        await using recorded = await recordSteps(told(one));
        const timeZone = timeZoneOf(recorded.entries);
        for (const timelines of [
          timelinesOf(recorded.entries, (own, key) => versionsOf(own, key, timeZone, NO_GATES, 'stated')),
          timelinesOf(recorded.entries, (own, key) => versionsThen(own, key, timeZone, null, 'stated')),
        ])
          for (const { versions } of timelines) {
            const words = versions.map(({ position }) => JSON.stringify(position));
            if (words.length > 1) changed += 1;
            for (let index = 1; index < versions.length; index += 1) {
              expect(versions[index]?.from.localeCompare(versions[index - 1]?.from ?? '')).toBe(1);
              expect(words[index]).not.toBe(words[index - 1]);
            }
            expect(words[0]).not.toBe('null');
          }
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
    expect(changed).toBeGreaterThan(0);
  });
});

const said = (id: string, occurred: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'DemandStated', occurred, party: 'north', issue: 'river', stance: `By ${id}.`, ...fields },
});
const published = (day: string) => ({ source: { publisher: 'The Herald', published: day } });
const remark = (id: string, type: Sketch['type'], fields: object): Sketch => ({ id, type, ...fields });

describe('The timelines of a small log', () => {
  it.each<readonly [string, readonly Sketch[]]>([
    ['of what was reported late', [said('a', '2026-02-10'), said('b', '2026-02-12', published('2026-02-20'))]],
    ['of what counts from the same moment on', [said('a', '2026-02-10'), said('b', '2026-02-10', { point: 'side' })]],
    ['of a leak', [said('a', '2026-02-10'), said('b', '2026-02-12', { attribution: 'anonymous' })]],
    [
      'of a denial that is older than what it denies',
      [
        said('a', '2026-02-01'),
        said('b', '2026-02-20', { attribution: 'anonymous' }),
        remark('c', 'DevelopmentDenied', { denies: 'b', party: 'north', occurred: '2026-02-10' }),
        said('d', '2026-02-15'),
      ],
    ],
    [
      'of a denial among others',
      [
        said('a', '2026-02-01'),
        remark('b', 'DevelopmentDenied', { denies: 'a', party: 'north', occurred: '2026-02-10' }),
        said('c', '2026-02-20'),
      ],
    ],
    [
      'of what was corrected into another cell',
      [
        said('a', '2026-02-01'),
        said('b', '2026-02-10'),
        remark('c', 'DevelopmentCorrected', {
          corrects: 'b',
          changes: { party: 'south', note: null },
          ...published('2026-02-20'),
        }),
        remark('d', 'DevelopmentCorrected', {
          corrects: 'a',
          changes: { issue: 'bridges' },
          ...published('2026-02-25'),
        }),
      ],
    ],
    [
      'of what was retracted',
      [
        said('a', '2026-02-01'),
        said('b', '2026-02-10', { issue: 'bridges' }),
        remark('c', 'DevelopmentRetracted', { retracts: 'a', reason: 'Never said.', ...published('2026-02-20') }),
        remark('d', 'DevelopmentRetracted', { retracts: 'b', reason: 'Never said.', ...published('2026-02-02') }),
      ],
    ],
    [
      'of two that were retracted on one day',
      [
        ...[said('a', '2026-02-01'), said('b', '2026-02-10', { point: 'side' })],
        ...['a', 'b'].map((id) =>
          remark(`not-${id}`, 'DevelopmentRetracted', { retracts: id, reason: 'x', ...published('2026-02-20') }),
        ),
      ],
    ],
    [
      'of a day that is known by a further report until that is taken back',
      [
        said('a', '2026-02', published('2026-02-08')),
        remark('b', 'DevelopmentCorroborated', { corroborates: 'a', ...published('2026-02-05') }),
        remark('c', 'DevelopmentRetracted', { retracts: 'b', reason: 'x', ...published('2026-02-10') }),
      ],
    ],
    [
      'of parties that speak together',
      [
        said('a', '2026-02-01', { party: undefined, parties: ['north', 'south'] }),
        said('b', '2026-02-10', { type: 'PositionWithdrawn', stance: undefined }),
      ],
    ],
  ])('say what its states say: %s', (_, sketches) => {
    const { entries } = logWith(...sketches.map((sketch) => ({ recorded: '2026-03-01', ...sketch })));
    const moments = momentsOf({ entries }, 'UTC');
    for (const recordedBy of [null, ...entries.map(({ recorded }) => recorded)])
      for (const knownOn of [null, ...moments])
        for (const standard of STANDARDS) expectStates(entries, moments, { knownOn, recordedBy }, standard);
  });

  it('leave out what was always empty', () => {
    const retracted = remark('b', 'DevelopmentRetracted', {
      retracts: 'a',
      reason: 'Never said.',
      ...published('2026-02-01'),
    });
    const { entries } = logWith(said('a', '2026-02-10'), retracted, said('c', '2026-02-10', { issue: 'bridges' }));
    const names = (timelines: readonly CellTimeline[]) => timelines.map(({ issue }) => issue);
    expect(names(timelinesOf(entries, (own, key) => versionsOf(own, key, 'UTC', NO_GATES, 'stated')))).toEqual([
      'bridges',
    ]);
    expect(names(timelinesOf(entries, (own, key) => versionsThen(own, key, 'UTC', null, 'stated')))).toEqual([
      'bridges',
    ]);
  });
});
