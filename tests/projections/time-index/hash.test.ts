import { expect, it } from 'vitest';
import { hashOf, NO_WORDS } from '../../../projections/time-index/hash.ts';
import { MEETING } from './small-logs.ts';

/** Digests and snapshots that were written down hold these: another hash needs other versions of both. */
it.each([
  ['', 279781504, 1612490048],
  ['a', 2581032101, 1778717062],
  ['b', 3267791313, 1909441559],
  ['R-41', 1901209295, 3578575690],
  ['r-41', 2527762220, 982001294],
  ['Fünf Häfen', 1960438576, 3387967292],
  ['🕊', 3203911815, 1454642729],
  ['x'.repeat(1000), 1324173, 567157344],
])('The hash of %j is what it always was, and not that of no words', (text, high, low) => {
  expect(hashOf(text)).toEqual({ high, low });
  expect(hashOf(text)).not.toEqual(NO_WORDS);
});

it('Two ids of the small logs are not told apart by the half of it that a table of ids keeps', () => {
  const [one, other] = MEETING.map(hashOf);
  expect(one?.high).toBe(other?.high);
  expect(one?.low).not.toBe(other?.low);
});
