/** Sorting in columns gives what sorting by comparison gives. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesInOrder } from '../../../projections/time-index/merge-sort.ts';

type Pair = readonly [number, number];
const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const byBoth = (a: Pair, b: Pair): number => order(a[0], b[0]) || order(a[1], b[1]);

function expectInOrder(pairs: readonly Pair[]): void {
  const places = placesInOrder(
    Float64Array.from(pairs, ([first]) => first),
    Float64Array.from(pairs, ([, second]) => second),
  );
  const expected = [...pairs.keys()].sort((a, b) => byBoth(pairs[a] as Pair, pairs[b] as Pair) || a - b);
  expect([...places]).toEqual(expected);
}

const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constant(Number.NEGATIVE_INFINITY));
/** As long as it takes to merge, and to merge what was merged. */
const pairs = fc.array(fc.tuple(number, number), { maxLength: 300, size: 'max' });

it('Places in order are those that sorting by both columns gives, what is alike in its order', () => {
  fc.assert(fc.property(pairs, expectInOrder), { numRuns: 100 });
});

it('Places in order are so where nearly all are in order already, and where one half comes before the other', () => {
  fc.assert(
    fc.property(pairs, pairs, (most, late) => {
      expectInOrder([...most.toSorted(byBoth), ...late.slice(0, 5)]);
      expectInOrder([...most.toSorted(byBoth), ...late.toSorted(byBoth)]);
    }),
    { numRuns: 50 },
  );
});
