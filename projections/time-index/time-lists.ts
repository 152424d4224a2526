/**
 * Lists of rows in the order in which they count, in blocks of row numbers. Each block knows the earliest moment of knowing
 * and the earliest event that can see anything in it, and from where on nothing in it is seen: what no gate lets through is passed
 * over by the block.
 */
import { EVER, NONE, type Rows, type Sight, VERSIONS } from './rows.ts';
import { createTable } from './table.ts';

/** The blocks of one list, in order. */
export interface TimeList {
  readonly blocks: number[];
}

/** The rows of a list that are seen and effective by `asOf`, from the last to the first; -1 at the end. */
export interface Cursor {
  open(list: TimeList | undefined, sight: Sight): void;
  next(): number;
}

export type TimeLists = ReturnType<typeof createTimeLists>;

export const newList = (): TimeList => ({ blocks: [] });

/** How many rows a block holds: few enough to shift on an insertion, enough that passing over one saves reading. */
export const BLOCK = 128;

/** The memory that all lists share. @param size of a block, even */
export function createTimeLists(rows: Rows, size = BLOCK) {
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

  function newBlock(): number {
    const block = summaries.push();
    pool.reserve((block + 1) * size);
    pool.length = (block + 1) * size;
    of.used[block] = 0;
    clear(block);
    return block;
  }

  function clear(block: number): void {
    of.knownFrom[block] = Number.POSITIVE_INFINITY;
    of.since[block] = NONE;
    of.goneFrom[block] = Number.NEGATIVE_INFINITY;
    of.goneSince[block] = 0;
  }

  function widen(block: number, row: number): void {
    const known = rows.knownFrom(row);
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
    const end = base + (of.used[block] as number);
    of.first[block] = rows.effective(held.rows[base] as number);
    for (let at = base; at < end; at += 1) {
      const row = held.rows[at] as number;
      if (!rows.isDead(row)) widen(block, row);
    }
  }

  const lastOf = (block: number): number => held.rows[block * size + (of.used[block] as number) - 1] as number;

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
    let high = low + (of.used[block] as number);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.compare(held.rows[middle] as number, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function put(block: number, at: number, row: number): void {
    const end = block * size + (of.used[block] as number);
    if (at < end) held.rows.copyWithin(at + 1, at, end);
    held.rows[at] = row;
    of.used[block] = (of.used[block] as number) + 1;
    if (at === block * size) of.first[block] = rows.effective(row);
    widen(block, row);
  }

  function split(list: TimeList, place: number): void {
    const block = list.blocks[place] as number;
    const next = newBlock();
    const half = size / 2;
    const base = block * size;
    held.rows.copyWithin(next * size, base + half, base + size);
    of.used[block] = half;
    of.used[next] = size - half;
    list.blocks.splice(place + 1, 0, next);
    summarise(block);
    summarise(next);
  }

  function insert(list: TimeList, row: number): void {
    const { blocks } = list;
    let place = blocks.length - 1;
    const tail = blocks[place];
    if (tail === undefined || rows.compare(lastOf(tail), row) < 0) {
      // Most of what is recorded is later than all before: full blocks stay full.
      if (tail === undefined || of.used[tail] === size) blocks.push(newBlock());
      const block = blocks[blocks.length - 1] as number;
      put(block, block * size + (of.used[block] as number), row);
      return;
    }
    if ((of.first[tail] as number) >= rows.effective(row)) place = blockFor(list, row);
    if (of.used[blocks[place] as number] === size) {
      split(list, place);
      if (rows.compare(lastOf(blocks[place] as number), row) < 0) place += 1;
    }
    const block = blocks[place] as number;
    put(block, placeIn(block, row), row);
  }

  /** What a row of a list shows has changed: its block looks again. */
  function refresh(list: TimeList, row: number): void {
    const block = list.blocks[blockFor(list, row)];
    if (block !== undefined) summarise(block);
  }

  /** Takes a row out of a list that holds it. */
  function remove(list: TimeList, row: number): void {
    const place = blockFor(list, row);
    const block = list.blocks[place] as number;
    const at = placeIn(block, row);
    const end = block * size + (of.used[block] as number);
    held.rows.copyWithin(at, at + 1, end);
    of.used[block] = (of.used[block] as number) - 1;
    if (of.used[block] === 0) list.blocks.splice(place, 1);
    else summarise(block);
  }

  const isSeen = (block: number, { knownOn, upTo }: Sight): boolean =>
    (of.knownFrom[block] as number) <= knownOn &&
    (of.since[block] as number) <= upTo &&
    (upTo < (of.goneSince[block] as number) || knownOn < (of.goneFrom[block] as number));

  /** The block in which the last row lies that is effective by a moment, or -1. */
  function lastBlockBy({ blocks }: TimeList, asOf: number): number {
    let low = 0;
    let high = blocks.length;
    if (high > 0 && (of.first[blocks[high - 1] as number] as number) <= asOf) return high - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((of.first[blocks[middle] as number] as number) <= asOf) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * After the last row of a block that is effective by a moment. Rows lie evenly enough in time for a guess by proportion to be near;
   * each look at a row is a miss of the processor's cache.
   */
  function endBy(block: number, asOf: number): number {
    let low = block * size;
    let high = low + (of.used[block] as number);
    let from = of.first[block] as number;
    let to = rows.effective(held.rows[high - 1] as number);
    if (to <= asOf) return high;
    if (from > asOf) return low;
    // From here on, `low` is effective by then and `high - 1` is not.
    high -= 1;
    for (let guesses = 0; high - low > 1; guesses += 1) {
      const share = guesses < 4 && to > from && from > Number.NEGATIVE_INFINITY ? (asOf - from) / (to - from) : 0.5;
      const middle = Math.min(high - 1, Math.max(low + 1, low + Math.round(share * (high - low))));
      const effective = rows.effective(held.rows[middle] as number);
      if (effective <= asOf) {
        low = middle;
        from = effective;
      } else {
        high = middle;
        to = effective;
      }
    }
    return high;
  }

  /** Walks a list backwards; opened again and again, since an answer walks a thousand lists. */
  function cursor(): Cursor {
    let sight: Sight = { asOf: 0, knownOn: 0, upTo: 0, by: 0 };
    let blocks: readonly number[] = [];
    let place = -1;
    let base = 0;
    let at = 0;
    return {
      open(list, through) {
        sight = through;
        at = base;
        place = -1;
        if (list === undefined) return;
        blocks = list.blocks;
        place = lastBlockBy(list, sight.by);
        if (place < 0) return;
        const block = blocks[place] as number;
        base = block * size;
        at = isSeen(block, sight) ? endBy(block, sight.by) : base;
      },
      next() {
        for (;;) {
          while (at > base) {
            at -= 1;
            const row = held.rows[at] as number;
            if (rows.isSeen(row, sight)) return row;
          }
          if (place <= 0) return -1;
          place -= 1;
          const block = blocks[place] as number;
          base = block * size;
          at = isSeen(block, sight) ? base + (of.used[block] as number) : base;
        }
      },
    };
  }

  /** The rows that are seen and effective after `asOf`, up to a moment, from the first to the last. */
  function between(list: TimeList, sight: Sight, to: number): readonly number[] {
    const found: number[] = [];
    const { blocks } = list;
    for (let place = Math.max(0, lastBlockBy(list, sight.asOf)); place < blocks.length; place += 1) {
      const block = blocks[place] as number;
      if ((of.first[block] as number) > to) break;
      if (!isSeen(block, sight)) continue;
      const end = block * size + (of.used[block] as number);
      for (let at = endBy(block, sight.asOf); at < end; at += 1) {
        const row = held.rows[at] as number;
        if (rows.effective(row) > to) break;
        if (rows.isSeen(row, sight)) found.push(row);
      }
    }
    return found;
  }

  /** Every row of a list, seen or not. */
  function all({ blocks }: TimeList): readonly number[] {
    return blocks.flatMap((block) => [...held.rows.subarray(block * size, block * size + (of.used[block] as number))]);
  }

  return {
    insert,
    remove,
    refresh,
    cursor,
    between,
    all,
    tables: { pool, summaries },
  };
}
