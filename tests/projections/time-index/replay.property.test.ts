/** The index tells what the fold tells, to the letter: also the order of cells and points, and all that is told beside positions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyFrom, replay, replayHistory, timeZoneOf } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { recordSteps } from '../../support/recording.ts';
import { story, told } from '../../support/stories.ts';
import { CELLS, gatesOf, questions, RUNS } from '../judge.ts';

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

  it('finds all that the history of a cell is told from', async () => {
    await fc.assert(
      fc.asyncProperty(story(30), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const timeZone = timeZoneOf(entries);
        const index = indexOf(entries, timeZone);
        for (const { gates, standard } of gatesOf(recorded, one, asked.slice(0, 4)))
          for (const cell of CELLS) {
            const found = index.historyOf(cell.party, cell.issue).flatMap((revision) => entries[revision] ?? []);
            expect({ cell, gates, rows: historyFrom(found, timeZone, cell, gates, standard) }).toEqual({
              ...{ cell, gates, rows: replayHistory(entries, cell, gates, standard) },
            });
          }
      }),
      { numRuns: RUNS },
    );
  });
});
