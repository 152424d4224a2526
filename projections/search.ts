/**
 * How many of some numbers in order are not after a limit: by halving.
 * @param at the number at a place, from 0 on
 */
export function countBy(at: (place: number) => number, length: number, limit: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
