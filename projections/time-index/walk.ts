/** The walk through the rows of one point, from the last to the first, with the ends that other points' rows put to it. */
import type { IndexedCell } from './cell.ts';
import { type Rows, type Sight, worthOfCode } from './rows.ts';
import type { TimeList, TimeLists } from './time-lists.ts';

/** Everything before this has ended; there may be more. */
export const ENDED = -2;

export function createWalk(rows: Rows, lists: TimeLists) {
  const cursor = lists.cursor();
  const resetCursor = lists.cursor();
  let sight: Sight = { asOf: 0, knownOn: 0, upTo: 0, by: 0 };
  let worst = 0;
  /** what ended all other points, from the last to the first, as far as it was looked up */
  const resets: number[] = [];
  let looked = true;
  /** how many of them lie after where the walk is */
  let passed = 0;
  let held = -1;

  function nextGood(): number {
    for (;;) {
      const row = cursor.next();
      if (row < 0 || worthOfCode(rows.code(row)) <= worst) return row;
    }
  }

  function resetAt(index: number): number {
    while (!looked && resets.length <= index) {
      const row = resetCursor.next();
      if (row < 0) looked = true;
      else if (worthOfCode(rows.code(row)) <= worst) resets.push(row);
    }
    return resets[index] ?? -1;
  }

  return {
    nextGood,
    /** Turns to a cell. */
    begin({ resets: list }: IndexedCell, through: Sight, worstWorth: number): void {
      sight = through;
      worst = worstWorth;
      resets.length = 0;
      looked = list === undefined;
      if (list) resetCursor.open(list, sight);
    },
    lastReset: (): number => resetAt(0),
    /** A list for `nextGood`, whatever ended its rows. */
    openRaw(list: TimeList): void {
      cursor.open(list, sight);
    },
    open(list: TimeList): void {
      cursor.open(list, sight);
      passed = 0;
      held = -1;
    },
    /** The next row; `ENDED` where everything before it was ended by another row; -1 at the end. */
    next(): number {
      const row = held >= 0 ? held : nextGood();
      held = -1;
      if (row < 0) return -1;
      const reset = resetAt(passed);
      if (reset < 0) return row;
      const order = rows.compare(row, reset);
      if (order > 0) return row;
      passed += 1;
      // What ends all other points sets its own.
      if (order === 0) return row;
      held = row;
      return ENDED;
    },
  };
}
