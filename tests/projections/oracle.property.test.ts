import { describe } from 'vitest';
import { replay, replayHistory } from '../../projections/index.ts';
import { judge, judgeHistory } from './judge.ts';

describe('replay, judged by the oracle', () => {
  judge(
    'the fold',
    ({ entries }) =>
      (gates, standard) =>
        replay(entries, gates, standard),
  );
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
