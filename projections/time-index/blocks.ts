/**
 * Lists of rows in the order in which they count, in blocks. Each block knows the earliest moment of knowing and the earliest event
 * that can see anything in it, and from where on nothing in it is seen: what no gate lets through is passed over by the block.
 */
import { BLOCK, createBlockMemory, type Notes, type TimeList } from './block.ts';
import { filing } from './filing.ts';
import { gathering, lineOf } from './gathered.ts';
import { type Rows, VERSIONS } from './rows.ts';

/** The lists of a kind, in a memory that they share. @param size of a block, even */
export function createBlocks(rows: Rows, notes: Notes, size = BLOCK) {
  const memory = createBlockMemory(rows, notes, size);
  const { held, of, newBlock, summarise, endOf, lastOf, placeIn, move, write, used, give, giveBack } = memory;
  const fileAll = filing(rows, notes, memory);
  let waiting: ReturnType<typeof gathering<TimeList>> | undefined;

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

  function put(block: number, at: number, row: number, note: number): void {
    move(at + 1, at, endOf(block));
    write(block, at, lineOf(rows, row, note));
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
    held,
    of,
    tables: memory.tables,
    isSeen: memory.isSeen,
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
      memory.reserve(dealt.reduce((blocks, { from, end }) => blocks + Math.ceil((end - from) / size), 0));
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
