import { describe } from 'vitest';
import { timeZoneOf } from '../../../projections/index.ts';
import { BLOCK } from '../../../projections/time-index/block.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { judge } from '../judge.ts';

describe('the time index, judged by the oracle', () => {
  for (const block of [BLOCK, 2, 4])
    judge(`the index of a whole log, in blocks of ${block} rows,`, ({ entries }) => {
      const index = indexOf(entries, timeZoneOf(entries), block);
      return (gates, standard) => stateOf(index, entries, gates, standard);
    });
});
