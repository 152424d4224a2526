/** Rows that wait to be filed, list by list: sorted once, at the end, instead of each finding its place among those before it. */
import { placesInOrder } from './merge-sort.ts';
import type { Rows } from './rows.ts';

/** Rows of a list and what is noted beside them. */
export interface Gathered<N> {
  readonly rows: number[];
  readonly notes: N[];
}

/** What is gathered, in the order of the log, by the list it is to be filed in. */
export function gathering<List, N>() {
  const all = new Map<List, Gathered<N>>();

  /** What is gathered for a list; its blocks are looked at anew in the end, also where that is nothing. */
  function of(list: List): Gathered<N> {
    let one = all.get(list);
    if (!one) {
      one = { rows: [], notes: [] };
      all.set(list, one);
    }
    return one;
  }

  return {
    all: all as ReadonlyMap<List, Gathered<N>>,
    of,
    add(list: List, row: number, note: N): void {
      const { rows, notes } = of(list);
      rows.push(row);
      notes.push(note);
    },
  };
}

/** In the order in which they count. What is spoken of meanwhile is not among them: it is seen through its versions. */
export function inOrder<N>(rows: Rows, { rows: given, notes: noted }: Gathered<N>): Gathered<N> {
  const effective = new Float64Array(given.length);
  const start = new Float64Array(given.length);
  let count = 0;
  for (let place = 0; place < given.length; place += 1) {
    const row = given[place] as number;
    if (rows.isDead(row)) continue;
    given[count] = row;
    noted[count] = noted[place] as N;
    effective[count] = rows.effective(row);
    start[count] = rows.start(row);
    count += 1;
  }
  const sorted: Gathered<N> = { rows: [], notes: [] };
  for (const place of placesInOrder(effective.subarray(0, count), start.subarray(0, count))) {
    sorted.rows.push(given[place] as number);
    sorted.notes.push(noted[place] as N);
  }
  return sorted;
}
