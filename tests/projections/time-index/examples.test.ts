/** Small logs on which an index may go astray, and stories seldom do: at every moment, it tells what the fold tells. */
import { describe, expect, it } from 'vitest';
import { clocksOf, type Entry } from '../../../events/index.ts';
import { replay, STANDARDS } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { logWith, type Sketch } from '../../support/entries.ts';

const said = (id: string, occurred: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'DemandStated', occurred, party: 'north', issue: 'river', stance: 'Open it.', ...fields },
});
const from = (published: string) => ({ source: { publisher: 'The Herald', published } });

/** Every moment of these entries at which an answer may change, and the one before it. */
function momentsOf(entries: readonly Entry[]): readonly number[] {
  const moments = entries.flatMap(({ development, recorded }) => {
    const { start, effective, reported } = clocksOf(development, recorded, 'UTC');
    return [start, effective, reported, recorded].flatMap((moment) => [moment - 1, moment]);
  });
  return [...new Set(moments.filter(Number.isFinite))].sort((a, b) => a - b);
}

function expectAlike(...sketches: readonly Sketch[]): void {
  const { entries } = logWith(...sketches);
  const moments = momentsOf(entries);
  for (const block of [2, 128]) {
    const index = indexOf(entries, 'UTC', block);
    for (const asOf of moments)
      for (const knownOn of [null, ...moments])
        for (const recordedBy of knownOn === null ? [null, ...moments] : [null])
          for (const standard of STANDARDS) {
            const gates = { asOf, knownOn, recordedBy };
            const asked = { block, standard, ...gates };
            expect({ asked, ...stateOf(index, entries, gates, standard) }).toEqual({
              asked,
              ...replay(entries, gates, standard),
            });
          }
  }
}

describe('the index tells what the fold tells', () => {
  it('of a set-up without a date that was read in a dated report: it is known always', () => {
    const joined = { type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' } as const;
    expectAlike({ ...joined, ...from('2026-02-12') }, said('a', '2026-02-10'));
  });
});
