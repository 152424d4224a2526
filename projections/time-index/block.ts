/** What one block holds, row by row, and what is known of all of it: the memory that the blocks of all lists of a kind share. */
import type { Awaiting, Line } from './gathered.ts';
import { EVER, NONE, type Rows, type Sight, VERSIONS } from './rows.ts';
import { createTable, type Table } from './table.ts';

/** The blocks of one list, in order. */
export interface TimeList extends Awaiting {
  readonly blocks: number[];
}

export const newList = (): TimeList => ({ blocks: [], waits: -1 });

/** What a kind of lists holds beside each row, and what it knows of a block besides. */
export interface Notes {
  /** columns as long as the rows, moved with them */
  readonly table: Table;
  /** columns of a line a block */
  readonly marks: Table;
  write(at: number, line: Line): void;
  /** what was noted there */
  read(at: number): number;
  /** nobody looks for a row with this note before what is gathered is filed */
  mayWait(note: number): boolean;
  /** a block that holds nothing */
  clear(block: number): void;
  /** what lies there is in the block */
  mark(block: number, at: number): void;
}

/** How many rows a block holds: few enough to shift on an insertion, enough that passing over one saves reading. */
export const BLOCK = 128;

export type BlockMemory = ReturnType<typeof createBlockMemory>;

/** @param size of a block, even */
export function createBlockMemory(rows: Rows, notes: Notes, size: number) {
  /** the rows of all blocks, block by block */
  const pool = createTable({ rows: 'u32' });
  const summaries = createTable({
    used: 'u8',
    first: 'f64',
    knownFrom: 'f64',
    since: 'u32',
    goneFrom: 'f64',
    goneSince: 'u32',
  });
  const held = pool.columns;
  const of = summaries.columns;
  const inBlocks: readonly Table[] = [pool, notes.table];

  function reserve(blocks: number): void {
    summaries.reserve(blocks);
    notes.marks.reserve(blocks);
    for (const table of inBlocks) table.reserve(blocks * size);
  }

  function newBlock(): number {
    const block = summaries.push();
    notes.marks.push();
    for (const table of inBlocks) table.grow((block + 1) * size);
    of.used[block] = 0;
    clear(block);
    return block;
  }

  function clear(block: number): void {
    of.knownFrom[block] = Number.POSITIVE_INFINITY;
    of.since[block] = NONE;
    of.goneFrom[block] = Number.NEGATIVE_INFINITY;
    of.goneSince[block] = 0;
    notes.clear(block);
  }

  function widen(block: number, at: number, row: number, known: number): void {
    notes.mark(block, at);
    if (known < (of.knownFrom[block] as number)) of.knownFrom[block] = known;
    const from = rows.since(row);
    if (from < (of.since[block] as number)) of.since[block] = from;
    if (row < VERSIONS) {
      of.goneSince[block] = NONE;
      of.goneFrom[block] = EVER;
      return;
    }
    const gone = rows.goneFrom(row);
    if (gone > (of.goneFrom[block] as number)) of.goneFrom[block] = gone;
    const until = rows.goneSince(row);
    if (until > (of.goneSince[block] as number)) of.goneSince[block] = until;
  }

  function summarise(block: number): void {
    clear(block);
    const base = block * size;
    const end = endOf(block);
    of.first[block] = rows.effective(held.rows[base] as number);
    for (let at = base; at < end; at += 1) {
      const row = held.rows[at] as number;
      widen(block, at, row, rows.knownFrom(row));
    }
  }

  const endOf = (block: number): number => block * size + (of.used[block] as number);
  const lastOf = (block: number): number => held.rows[endOf(block) - 1] as number;

  /** Where in a block the first row lies that does not come before this one. */
  function placeIn(block: number, row: number): number {
    let low = block * size;
    let high = endOf(block);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.compare(held.rows[middle] as number, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves what lies from one place up to another (outside) to a third. */
  function move(to: number, from: number, end: number): void {
    if (from < end) for (const table of inBlocks) table.move(to, from, end);
  }

  /** Writes a line in a free place of a block, behind or between those that lie there. */
  function write(block: number, at: number, line: Line): void {
    held.rows[at] = line.row;
    notes.write(at, line);
    of.used[block] = (of.used[block] as number) + 1;
    if (at === block * size) of.first[block] = line.effective;
    widen(block, at, line.row, line.knownFrom);
  }

  function used(block: number, count: number): void {
    of.used[block] = count;
    summarise(block);
  }

  /** The last rows of a block become the first of the next. */
  function give(block: number, next: number, count: number): void {
    const left = (of.used[block] as number) - count;
    move(next * size + count, next * size, endOf(next));
    move(next * size, block * size + left, endOf(block));
    used(next, (of.used[next] as number) + count);
    used(block, left);
  }

  /** The first rows of a block become the last of the one before. */
  function giveBack(block: number, previous: number, count: number): void {
    move(endOf(previous), block * size, block * size + count);
    used(previous, (of.used[previous] as number) + count);
    move(block * size, block * size + count, endOf(block));
    used(block, (of.used[block] as number) - count);
  }

  return {
    size,
    /** read directly, and only while nothing is added */
    held,
    of,
    tables: { pool, summaries },
    /** Makes room for so many blocks more. */
    reserve: (blocks: number): void => reserve(summaries.length + blocks),
    newBlock,
    clear,
    summarise,
    endOf,
    lastOf,
    placeIn,
    move,
    write,
    used,
    give,
    giveBack,

    /** Whether any row of a block may be seen. */
    isSeen: (block: number, { knownOn, upTo }: Sight): boolean =>
      (of.knownFrom[block] as number) <= knownOn &&
      (of.since[block] as number) <= upTo &&
      (upTo < (of.goneSince[block] as number) || knownOn < (of.goneFrom[block] as number)),
  };
}
