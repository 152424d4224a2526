/** What is listed outside of cells: what the state tells beside positions, and what may have happened by a moment. */
import { newList, type TimeList } from './block.ts';
import type { Rows, Sight } from './rows.ts';
import type { TimeLists } from './time-lists.ts';

const DAY = 86_400_000;
/** Uncertainties by how long they last, so that what may have happened by a moment lies within a known distance of it. */
const LONGEST = [DAY, 8 * DAY, 64 * DAY, 512 * DAY, Number.POSITIVE_INFINITY] as const;

const REMEMBERED = 32;

export type Outside = ReturnType<typeof createOutside>;

export function createOutside(rows: Rows, lists: TimeLists) {
  const context = newList();
  const recent: (readonly number[])[] = [];
  const uncertain: readonly TimeList[] = LONGEST.map(newList);

  function uncertainList(row: number): TimeList {
    const lasts = rows.effective(row) - rows.start(row);
    return uncertain[LONGEST.findIndex((longest) => lasts <= longest)] as TimeList;
  }

  /** The same rows are the same array, so that what was told from them is not told again. */
  function known(found: readonly number[]): readonly number[] {
    const at = recent.findIndex(
      (one) => one.length === found.length && one.every((row, index) => row === found[index]),
    );
    const [one = found] = at < 0 ? [] : recent.splice(at, 1);
    recent.unshift(one);
    recent.length = Math.min(recent.length, REMEMBERED);
    return one;
  }

  const listsOf = (row: number): readonly TimeList[] => [
    ...(rows.isUncertain(row) ? [uncertainList(row)] : []),
    ...(rows.isContext(row) ? [context] : []),
  ];

  return {
    context,
    uncertain,
    /** What a row shows has changed. */
    touch(row: number): void {
      for (const list of listsOf(row)) lists.refresh(list, row);
    },
    remove(row: number): void {
      for (const list of listsOf(row)) lists.remove(list, row);
    },
    file(row: number): void {
      if (rows.isUncertain(row)) lists.insert(uncertainList(row), row);
      if (rows.isContext(row)) lists.insert(context, row);
    },
    /** what the state is told from beside positions, in the order in which it counts */
    counted: (sight: Sight): readonly number[] => known(lists.seen(context, sight)),
    /** what may have happened, but had not certainly */
    possible(sight: Sight): readonly number[] {
      const found = uncertain.flatMap((list, index) =>
        lists
          .between(list, sight, sight.asOf + (LONGEST[index] as number))
          .filter((row) => rows.start(row) <= sight.asOf),
      );
      return found.sort(rows.compare);
    },
  };
}
