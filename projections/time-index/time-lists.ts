/** Lists of rows without anything beside them: what is told outside of cells. */
import { countBy } from '../search.ts';
import type { Notes, TimeList } from './block.ts';
import { createBlocks } from './blocks.ts';
import type { Rows, Sight } from './rows.ts';
import { createTable } from './table.ts';

export type TimeLists = ReturnType<typeof createTimeLists>;

const nothing = (): Notes => ({
  table: createTable({}),
  marks: createTable({}),
  write() {},
  read: () => 0,
  mayWait: () => true,
  clear() {},
  mark() {},
});

/** @param size of a block, even */
export function createTimeLists(rows: Rows, size?: number) {
  const blocks = createBlocks(rows, nothing(), size);
  const { held, of, isSeen, lastBlockBy, endOf } = blocks;

  /** After the last row of a block that is effective by a moment. */
  function endBy(block: number, asOf: number): number {
    const base = block * blocks.size;
    return base + countBy((place) => rows.effective(held.rows[base + place] as number), of.used[block] as number, asOf);
  }

  return {
    tables: blocks.tables,
    insert: (list: TimeList, row: number): void => blocks.insert(list, row, 0),
    gather: blocks.gather,
    settle: blocks.settle,
    contents: blocks.contents,
    remove: (list: TimeList, row: number): void => blocks.remove(list, row, 0),
    refresh: blocks.refresh,
    all: blocks.all,

    /** The rows that are seen and effective by `sight.by`, from the first to the last. */
    seen(list: TimeList, sight: Sight): number[] {
      const found: number[] = [];
      const last = lastBlockBy(list, sight.by);
      for (const [place, block] of list.blocks.slice(0, last + 1).entries()) {
        if (!isSeen(block, sight)) continue;
        const end = place === last ? endBy(block, sight.by) : endOf(block);
        for (let at = block * blocks.size; at < end; at += 1) {
          const row = held.rows[at] as number;
          if (rows.isSeen(row, sight)) found.push(row);
        }
      }
      return found;
    },

    /** The rows that are seen and effective after `asOf`, up to a moment, from the first to the last. */
    between(list: TimeList, sight: Sight, to: number): readonly number[] {
      const found: number[] = [];
      for (const block of list.blocks.slice(Math.max(0, lastBlockBy(list, sight.asOf)))) {
        if ((of.first[block] as number) > to) break;
        if (!isSeen(block, sight)) continue;
        const end = endOf(block);
        for (let at = endBy(block, sight.asOf); at < end; at += 1) {
          const row = held.rows[at] as number;
          if (rows.effective(row) > to) break;
          if (rows.isSeen(row, sight)) found.push(row);
        }
      }
      return found;
    },
  };
}
