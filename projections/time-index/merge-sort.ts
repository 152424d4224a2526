/** Sorting by two columns of numbers, without a comparison being called at each step: for what is sorted by the million. */

/** So many are sorted by insertion before anything is merged. */
const RUN = 16;

/**
 * The places of two columns in the order of the first, then of the second; what is alike in both keeps its order.
 * @param first as long as `second`; neither holds NaN
 */
export function placesInOrder(first: Float64Array, second: Float64Array): Uint32Array {
  const { length } = first;
  let from: Uint32Array = new Uint32Array(length);
  let to: Uint32Array = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) from[at] = at;

  function isAfter(a: number, b: number): boolean {
    const left = first[a] as number;
    const right = first[b] as number;
    return left === right ? (second[a] as number) > (second[b] as number) : left > right;
  }

  for (let begin = 0; begin < length; begin += RUN) {
    const end = Math.min(length, begin + RUN);
    for (let at = begin + 1; at < end; at += 1) {
      const place = from[at] as number;
      let hole = at;
      for (; hole > begin && isAfter(from[hole - 1] as number, place); hole -= 1) from[hole] = from[hole - 1] as number;
      from[hole] = place;
    }
  }

  for (let width = RUN; width < length; width *= 2) {
    for (let begin = 0; begin < length; begin += 2 * width) {
      const middle = Math.min(length, begin + width);
      const end = Math.min(length, begin + 2 * width);
      // Most of what was recorded is later than all before.
      if (middle === end || !isAfter(from[middle - 1] as number, from[middle] as number)) {
        to.set(from.subarray(begin, end), begin);
        continue;
      }
      let left = begin;
      let right = middle;
      for (let at = begin; at < end; at += 1) {
        const takeLeft = right === end || (left < middle && !isAfter(from[left] as number, from[right] as number));
        to[at] = from[takeLeft ? left : right] as number;
        if (takeLeft) left += 1;
        else right += 1;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
