import { describe } from 'vitest';
import { type Gates, replay, replayHistory, type Standard } from '../../projections/index.ts';
import type { View } from '../../src/tracker/index.ts';
import { writeSteps } from '../support/recording.ts';
import { type Judged, judge, judgeHistory } from './judge.ts';

const fold: Judged =
  ({ entries }) =>
  (gates, standard) =>
    replay(entries, gates, standard);

/** The same question as a person would ask it. */
const viewOf = ({ asOf, knownOn, recordedBy }: Gates, standard: Standard): View => {
  const moment = (milliseconds: number | null) =>
    milliseconds === null ? undefined : new Date(milliseconds).toISOString();
  return { asOf: moment(asOf), knownOn: moment(knownOn), recordedBy: moment(recordedBy), standard };
};

describe('replay, judged by the oracle', () => {
  judge('the fold', fold);
  judge('the fold, on a log that no tracker would have recorded,', fold, writeSteps);
  judge(
    'the tracker',
    ({ tracker, negotiation }) =>
      (gates, standard) =>
        tracker.state(negotiation, viewOf(gates, standard)),
  );
  judgeHistory(
    'the fold',
    ({ entries }) =>
      (cell, gates, standard) =>
        replayHistory(entries, cell, gates, standard),
  );
  judgeHistory(
    'the tracker',
    ({ tracker, negotiation }) =>
      (cell, gates, standard) =>
        tracker.history(negotiation, cell, viewOf(gates, standard)),
  );
});
