/** Sorting by two columns of numbers, without a comparison being called at each step: for what is sorted by the million. */

/** So many are sorted by insertion before anything is merged. */
const RUN = 16;

/**
 * The places of two columns in the order of the first, then of the second; what is alike in both keeps its order. Dealt out by the first
 * column, most lie where they belong: of two runs, only those parts are merged then that do not follow one another already.
 * @param first as long as `second`; neither holds NaN
 */
export function placesInOrder(first: Float64Array, second: Float64Array): Uint32Array {
  const { length } = first;
  const places = dealtOut(first);
  const aside = new Uint32Array(length);

  function isAfter(a: number, b: number): boolean {
    const left = first[a] as number;
    const right = first[b] as number;
    return left === right ? (second[a] as number) > (second[b] as number) : left > right;
  }

  /** Where in a run those begin that come after another place. */
  function behind(begin: number, end: number, other: number): number {
    let [low, high] = [begin, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isAfter(places[middle] as number, other)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Merges a run with the one behind it: what of the first is not where it belongs is laid aside, and finds its place in the second. */
  function merge(begin: number, middle: number, end: number): void {
    const from = behind(begin, middle, places[middle] as number);
    aside.set(places.subarray(from, middle));
    let left = 0;
    let right = middle;
    for (let at = from; left < middle - from; at += 1) {
      const takeRight = right < end && isAfter(aside[left] as number, places[right] as number);
      places[at] = (takeRight ? places[right] : aside[left]) as number;
      if (takeRight) right += 1;
      else left += 1;
    }
  }

  for (let begin = 0; begin < length; begin += RUN) {
    const end = Math.min(length, begin + RUN);
    for (let at = begin + 1; at < end; at += 1) {
      const place = places[at] as number;
      let hole = at;
      for (; hole > begin && isAfter(places[hole - 1] as number, place); hole -= 1)
        places[hole] = places[hole - 1] as number;
      places[hole] = place;
    }
  }
  for (let width = RUN; width < length; width *= 2)
    for (let begin = 0; begin + width < length; begin += 2 * width)
      merge(begin, begin + width, Math.min(length, begin + 2 * width));
  return places;
}

/** The places of a column, dealt out into shares of the span of its numbers: of two in different shares, the lesser comes first. */
function dealtOut(column: Float64Array): Uint32Array {
  const { length } = column;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < length; at += 1) {
    const number = column[at] as number;
    if (number < least && number !== Number.NEGATIVE_INFINITY) least = number;
    if (number > most && number !== Number.POSITIVE_INFINITY) most = number;
  }
  const scale = most > least ? length / (most - least) : 0;
  const shareOf = (number: number): number => Math.min(length, Math.max(0, Math.floor((number - least) * scale))) || 0;
  const next = new Uint32Array(length + 2);
  for (let at = 0; at < length; at += 1) {
    const share = shareOf(column[at] as number) + 1;
    next[share] = (next[share] as number) + 1;
  }
  for (let share = 1; share <= length; share += 1) next[share] = (next[share] as number) + (next[share - 1] as number);
  const places = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) {
    const share = shareOf(column[at] as number);
    const place = next[share] as number;
    places[place] = at;
    next[share] = place + 1;
  }
  return places;
}
