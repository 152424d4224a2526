import { describe } from 'vitest';
import { replay } from '../../projections/index.ts';
import { judge } from './judge.ts';

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
});
