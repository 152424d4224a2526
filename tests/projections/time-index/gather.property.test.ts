/** What is filed all at once lies where it would lie filed one by one, and is answered from to the letter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../events/index.ts';
import { replay, timeZoneOf } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { contentsOf, exportIndex, importIndex } from '../../../projections/time-index/portable.ts';
import { createTimeIndex, type TimeIndex } from '../../../projections/time-index/time-index.ts';
import { recordSteps } from '../../support/recording.ts';
import { story, told } from '../../support/stories.ts';
import { gatesOf, questions, RUNS } from '../judge.ts';
import { LOGS, logOf } from './small-logs.ts';

/** The index of some entries, gathered from each of these places up to the next, and added one by one behind the last. */
function gathered(entries: readonly Entry[], block: number, places: readonly number[]): TimeIndex {
  const timeZone = timeZoneOf(entries);
  const index = createTimeIndex(timeZone, block);
  for (const place of places) {
    index.gather();
    indexOf(entries.slice(0, place), timeZone, block, index);
    index.settle();
  }
  return indexOf(entries, timeZone, block, index);
}

describe('an index that was filed all at once', () => {
  it.each([128, 4, 2])('holds and answers what one does that was filed one by one, in blocks of %d', async (block) => {
    await fc.assert(
      fc.asyncProperty(story(30), questions, fc.array(fc.nat(40), { maxLength: 3 }), async (one, asked, cuts) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const places = [...cuts.toSorted((a, b) => a - b), ...(cuts.length % 2 === 0 ? [entries.length] : [])];
        const index = gathered(entries, block, places);
        expect(contentsOf(index)).toEqual(contentsOf(indexOf(entries, timeZoneOf(entries), block)));
        const carried = importIndex(structuredClone(exportIndex(index)), block);
        for (const { gates, standard } of gatesOf(recorded, one, asked)) {
          const told = replay(entries, gates, standard);
          expect({ gates, standard, ...stateOf(index, entries, gates, standard) }).toEqual({
            gates,
            standard,
            ...told,
          });
          expect(stateOf(carried, entries, gates, standard)).toEqual(told);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe.each(LOGS)('of %s', (_, sketches) => {
  it('an index that was filed at once, from any place on, holds what one does that was filed one by one', () => {
    const entries = logOf(sketches);
    const oneByOne = contentsOf(indexOf(entries, 'UTC', 2));
    for (const from of entries.keys()) {
      const index = indexOf(entries.slice(0, from), 'UTC', 2);
      index.gather();
      indexOf(entries, 'UTC', 2, index);
      index.settle();
      expect(contentsOf(index)).toEqual(oneByOne);
    }
  });
});
