import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CellTimeline,
  type Position,
  replay,
  timelinesOf,
  timelinesThen,
  timeZoneOf,
} from '../../projections/index.ts';
import { recordSteps } from '../support/recording.ts';
import { story, told } from '../support/stories.ts';
import { gatesOf, momentsOf, questions, RUNS } from './judge.ts';

/** What the timelines say of a moment: the last version of each cell not later than it. */
const held = (timelines: readonly CellTimeline[], at: number): readonly Position[] =>
  timelines.flatMap(({ versions }) => versions.findLast(({ from }) => Date.parse(from) <= at)?.position ?? []);

const sorted = (positions: readonly Position[]): readonly Position[] =>
  [...positions].sort((a, b) => (`${a.party} ${a.issue}` < `${b.party} ${b.issue}` ? -1 : 1));

describe('The timelines of a negotiation', () => {
  it('say of every moment what the state of that moment says, whatever was known and recorded', async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const timeZone = timeZoneOf(entries);
        for (const { gates, standard } of gatesOf(recorded, one, asked.slice(0, 3))) {
          const fixed = [...timelinesOf(entries, timeZone, gates, standard)];
          const then = [...timelinesThen(entries, timeZone, gates.recordedBy, standard)];
          for (const at of momentsOf(recorded, timeZone).flatMap((moment) => [moment - 1, moment])) {
            const state = (knownOn: number | null) =>
              sorted(replay(entries, { ...gates, knownOn, asOf: at }, standard).positions);
            expect({ at, positions: sorted(held(fixed, at)) }).toEqual({ at, positions: state(gates.knownOn) });
            expect({ at, positions: sorted(held(then, at)) }).toEqual({ at, positions: state(at) });
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('begin each version where something changed, and never say the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(story(), async (one) => {
        await using recorded = await recordSteps(told(one));
        const timeZone = timeZoneOf(recorded.entries);
        for (const timelines of [
          [...timelinesOf(recorded.entries, timeZone, { knownOn: null, recordedBy: null }, 'stated')],
          [...timelinesThen(recorded.entries, timeZone, null, 'stated')],
        ])
          for (const { versions } of timelines) {
            const words = versions.map(({ position }) => JSON.stringify(position));
            for (let index = 1; index < versions.length; index += 1) {
              expect(versions[index]?.from.localeCompare(versions[index - 1]?.from ?? '')).toBe(1);
              expect(words[index]).not.toBe(words[index - 1]);
            }
            expect(words[0]).not.toBe('null');
          }
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });
});
