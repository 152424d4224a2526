/** What an index knows of a plain demand, for tests of its parts, which need no words. */
import { ACT, type Facts, KIND, WORTH } from '../../../projections/time-index/facts.ts';
import { hashOf } from '../../../projections/time-index/hash.ts';

export const NOON = Date.UTC(2026, 1, 10, 12);

export const DEMAND: Facts = {
  ...{ id: hashOf('a'), kind: KIND.position, start: NOON, end: NOON, published: Number.NaN },
  ...{ act: ACT.set, worth: WORTH.onRecord, resets: false, stance: hashOf('Open it.'), place: null, declares: null },
};
