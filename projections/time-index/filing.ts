/** Filing what was gathered for a list, all at once: among what the list holds, in whole blocks. */
import type { BlockMemory, Notes, TimeList } from './block.ts';
import { createLines, type Dealt, type Line, type Lines, setLine } from './gathered.ts';
import { placesInOrder } from './merge-sort.ts';
import type { Rows } from './rows.ts';

/** @param memory where the blocks of the list lie */
export function filing(rows: Rows, notes: Notes, memory: BlockMemory) {
  const { size, held, of, newBlock, clear, endOf, write } = memory;

  function linesOf({ blocks }: TimeList): Lines {
    const lines = createLines();
    for (const block of blocks)
      for (let at = block * size; at < endOf(block); at += 1)
        setLine(lines, lines.push(), rows, held.rows[at] as number, notes.read(at));
    return lines;
  }

  function comesFirst(a: Lines, placeA: number, b: Lines, placeB: number): boolean {
    const left = a.columns.effective[placeA] as number;
    const right = b.columns.effective[placeB] as number;
    if (left !== right) return left < right;
    return rows.compare(a.columns.row[placeA] as number, b.columns.row[placeB] as number) < 0;
  }

  /** Files what was gathered for a list, among what it holds: its blocks are full then, but for the last. */
  return function fileAll(gathered: Lines, { list, from, end }: Dealt<TimeList>): void {
    const old = linesOf(list);
    const { effective, start } = gathered.columns;
    const order = placesInOrder(effective.subarray(from, end), start.subarray(from, end));
    const free = list.blocks.splice(0);
    const count = old.length + order.length;
    const line = { ...NO_LINE };
    let [nextOld, nextNew] = [0, 0];
    for (let first = 0; first < count; first += size) {
      const block = free.shift() ?? newBlock();
      list.blocks.push(block);
      of.used[block] = 0;
      clear(block);
      for (let at = block * size; at < block * size + Math.min(size, count - first); at += 1) {
        const place = from + (order[nextNew] as number);
        const isOld = nextOld < old.length && (nextNew === order.length || comesFirst(old, nextOld, gathered, place));
        readLine(isOld ? old : gathered, isOld ? nextOld++ : place, line);
        if (!isOld) nextNew += 1;
        write(block, at, line);
      }
    }
  };
}

const NO_LINE: Line = { row: 0, note: 0, effective: 0, knownFrom: 0, said: 0 };

/** Written over again and again, so that a million lines leave no garbage. */
function readLine({ columns }: Lines, at: number, into: { -readonly [K in keyof Line]: Line[K] }): void {
  into.row = columns.row[at] as number;
  into.note = columns.note[at] as number;
  into.effective = columns.effective[at] as number;
  into.knownFrom = columns.knownFrom[at] as number;
  into.said = columns.said[at] as number;
}
