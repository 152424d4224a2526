/**
 * Lists of rows in the order in which they count, in blocks. Each block knows the earliest moment of knowing and the earliest event
 * that can see anything in it, and from where on nothing in it is seen: what no gate lets through is passed over by the block.
 */
import {
  type Awaiting,
  createLines,
  type Dealt,
  gathering,
  type Line,
  type Lines,
  lineOf,
  setLine,
} from './gathered.ts';
import { placesInOrder } from './merge-sort.ts';
import { EVER, NONE, type Rows, type Sight, VERSIONS } from './rows.ts';
import { createTable, type Table } from './table.ts';

/** The blocks of one list, in order. */
export interface TimeList extends Awaiting {
  readonly blocks: number[];
}

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

export const newList = (): TimeList => ({ blocks: [], waits: -1 });

/** How many rows a block holds: few enough to shift on an insertion, enough that passing over one saves reading. */
export const BLOCK = 128;

/** The memory that all lists of a kind share. @param size of a block, even */
export function createBlocks(rows: Rows, notes: Notes, size = BLOCK) {
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
  let waiting: ReturnType<typeof gathering<TimeList>> | undefined;

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

  /** Where in a list the block lies that holds a row, or would take it. */
  function blockFor({ blocks }: TimeList, row: number): number {
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.compare(row, lastOf(blocks[middle] as number)) <= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

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

  function put(block: number, at: number, row: number, note: number): void {
    move(at + 1, at, endOf(block));
    write(block, at, lineOf(rows, row, note));
  }

  function used(block: number, count: number): void {
    of.used[block] = count;
    summarise(block);
  }

  /**
   * Makes room in a full block: its neighbours take some of it where they have room, so that blocks stay well filled; else it is
   * split. What is to come is mostly later than all before the last block: there, few make room.
   */
  function makeRoom({ blocks }: TimeList, place: number): void {
    const block = blocks[place] as number;
    const next = roomOf(blocks[place + 1]);
    const previous = roomOf(blocks[place - 1]);
    const few = Math.max(1, size >> 3);
    const nearEnd = place + 2 >= blocks.length;
    if (next > 0) give(block, blocks[place + 1] as number, nearEnd ? Math.min(few, next >> 1) : next >> 1);
    else if (previous > 0) giveBack(block, blocks[place - 1] as number, previous >> 1);
    else {
      const fresh = newBlock();
      blocks.splice(place + 1, 0, fresh);
      give(block, fresh, nearEnd ? few : size >> 1);
    }
  }

  /** How many rows a neighbour has room for, where that is worth the moving: half of them are moved, and it has room still. */
  function roomOf(block: number | undefined): number {
    const room = block === undefined ? 0 : size - (of.used[block] as number);
    return room >= Math.max(2, size >> 2) ? room : 0;
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

  function insert(list: TimeList, row: number, note: number): void {
    if (waiting && row < VERSIONS && notes.mayWait(note)) {
      waiting.add(list, row, note);
      return;
    }
    const { blocks } = list;
    const tail = blocks[blocks.length - 1];
    if (tail === undefined || rows.compare(lastOf(tail), row) < 0) {
      // Most of what is recorded is later than all before: full blocks stay full.
      if (tail === undefined || of.used[tail] === size) blocks.push(newBlock());
      const block = blocks[blocks.length - 1] as number;
      put(block, endOf(block), row, note);
      return;
    }
    let place = (of.first[tail] as number) < rows.effective(row) ? blocks.length - 1 : blockFor(list, row);
    if (of.used[blocks[place] as number] === size) {
      makeRoom(list, place);
      place = blockFor(list, row);
    }
    const block = blocks[place] as number;
    put(block, placeIn(block, row), row, note);
  }

  /** Files what was gathered for a list, among what it holds: its blocks are full then, but for the last. */
  function fileAll(gathered: Lines, { list, from, end }: Dealt<TimeList>): void {
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
  }

  function comesFirst(a: Lines, placeA: number, b: Lines, placeB: number): boolean {
    const left = a.columns.effective[placeA] as number;
    const right = b.columns.effective[placeB] as number;
    if (left !== right) return left < right;
    return rows.compare(a.columns.row[placeA] as number, b.columns.row[placeB] as number) < 0;
  }

  function linesOf({ blocks }: TimeList): Lines {
    const lines = createLines();
    for (const block of blocks)
      for (let at = block * size; at < endOf(block); at += 1)
        setLine(lines, lines.push(), rows, held.rows[at] as number, notes.read(at));
    return lines;
  }

  function contents({ blocks }: TimeList): { readonly rows: readonly number[]; readonly notes: readonly number[] } {
    const places = blocks.flatMap((block) =>
      Array.from({ length: of.used[block] as number }, (_, at) => block * size + at),
    );
    return { rows: places.map((at) => held.rows[at] as number), notes: places.map(notes.read) };
  }

  /** Where a list holds a row; -1: it does not. */
  function find(list: TimeList, row: number): number {
    const block = list.blocks[blockFor(list, row)];
    if (block === undefined) return -1;
    const at = placeIn(block, row);
    return at < endOf(block) && held.rows[at] === row ? at : -1;
  }

  return {
    size,
    /** read directly, and only while nothing is added */
    held,
    of,
    tables: { pool, summaries },
    insert,
    /** From now on rows are not filed, and nothing is answered, until `settle`: together they are filed in a fraction of the time. */
    gather(): void {
      waiting ??= gathering(rows);
    },
    /** Makes room for so many rows to be gathered. */
    expect: (count: number): void => waiting?.reserve(count),
    settle(): void {
      if (!waiting) return;
      const { lines, dealt } = waiting.deal();
      waiting = undefined;
      let blocks = summaries.length;
      for (const { from, end } of dealt) blocks += Math.ceil((end - from) / size);
      reserve(blocks);
      for (const one of dealt) fileAll(lines, one);
    },
    find,
    endOf,

    /** What a row of a list shows has changed: its block looks again. */
    refresh(list: TimeList, row: number): void {
      const block = waiting ? undefined : list.blocks[blockFor(list, row)];
      waiting?.look(list);
      if (block !== undefined) summarise(block);
    },

    /** Takes a row out of a list. */
    remove(list: TimeList, row: number, note: number): void {
      // What waits is left out when it is dealt out.
      if (waiting?.has(row) && notes.mayWait(note)) return;
      const at = find(list, row);
      if (at < 0) return;
      const block = Math.floor(at / size);
      move(at, at + 1, endOf(block));
      used(block, (of.used[block] as number) - 1);
      if (of.used[block] === 0) list.blocks.splice(list.blocks.indexOf(block), 1);
    },

    /** Whether any row of a block may be seen. */
    isSeen: (block: number, { knownOn, upTo }: Sight): boolean =>
      (of.knownFrom[block] as number) <= knownOn &&
      (of.since[block] as number) <= upTo &&
      (upTo < (of.goneSince[block] as number) || knownOn < (of.goneFrom[block] as number)),

    /** The place of the block in which the last row lies that is effective by a moment, or -1. */
    lastBlockBy({ blocks }: TimeList, asOf: number): number {
      let low = 0;
      let high = blocks.length;
      if (high > 0 && (of.first[blocks[high - 1] as number] as number) <= asOf) return high - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((of.first[blocks[middle] as number] as number) <= asOf) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },

    contents,
    /** Every row of a list, seen or not. */
    all: ({ blocks }: TimeList): readonly number[] =>
      blocks.flatMap((block) => [...held.rows.subarray(block * size, endOf(block))]),
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
