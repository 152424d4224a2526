import { describe } from 'vitest';
import { replay, replayHistory } from '../../projections/index.ts';
import { writeSteps } from '../support/recording.ts';
import { type Judged, judge, judgeHistory } from './judge.ts';

const fold: Judged =
  ({ entries }) =>
  (gates, standard) =>
    replay(entries, gates, standard);

describe('replay, judged by the oracle', () => {
  judge('the fold', fold);
  judge('the fold, on a log that no tracker would have recorded,', fold, writeSteps);
  judge('the tracker', ({ tracker, negotiation }) => async ({ asOf, knownOn, recordedBy }, standard) => {
    const moment = (milliseconds: number | null) =>
      milliseconds === null ? undefined : new Date(milliseconds).toISOString();
    return tracker.state(negotiation, {
      asOf: moment(asOf),
      knownOn: moment(knownOn),
      recordedBy: moment(recordedBy),
      standard,
    });
  });
  judgeHistory(
    'the fold',
    ({ entries }) =>
      (cell, gates, standard) =>
        replayHistory(entries, cell, gates, standard),
  );
});
