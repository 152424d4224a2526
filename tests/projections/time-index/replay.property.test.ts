/** The index tells what the fold tells, to the letter: also the order of cells and points, and all that is told beside positions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay, timeZoneOf } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { recordSteps } from '../../support/recording.ts';
import { story, told } from '../../support/stories.ts';
import { gatesOf, questions, RUNS } from '../judge.ts';

describe('the time index, beside the fold', () => {
  it.each([128, 2])('answers the same states, in blocks of %d rows', async (block) => {
    await fc.assert(
      fc.asyncProperty(story(30), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const index = indexOf(entries, timeZoneOf(entries), block);
        for (const { gates, standard } of gatesOf(recorded, one, asked))
          expect({ gates, standard, ...stateOf(index, entries, gates, standard) }).toEqual({
            gates,
            standard,
            ...replay(entries, gates, standard),
          });
      }),
      { numRuns: RUNS },
    );
  });
});
