/**
 * The timeline of a cell: everything that was ever said there, in the order in which it counts. Beside each row lies what decides
 * whether an answer needs it, so that going backwards reads memory in sequence, and rows themselves only where that does not say enough.
 */
import type { Notes, TimeList } from './block.ts';
import { createBlocks } from './blocks.ts';
import { WORTH } from './facts.ts';
import { EVER, type Rows, resetsByCode, type Sight, VERSIONS, worthOfCode } from './rows.ts';
import { createTable } from './table.ts';

/** What a row is about: a named point of its cell by its number there, or one of these. */
export const SLOT = {
  /** a condition of its own that nothing else speaks of */
  single: 0xffffffff,
  /** all points, or none */
  none: 0xfffffffe,
} as const;

/** Which points a block speaks of: a bit each, which they share where they are many. */
const SHARED_BITS = 29;
export const SINGLES_BIT = 1 << 29;
export const RESETS_BIT = 1 << 30;
export const EVERY_POINT = SINGLES_BIT - 1;
/** Something is there, whatever it is about. */
const PRESENT = 1 << 31;

export const bitOf = (slot: number): number =>
  slot === SLOT.single ? SINGLES_BIT : slot === SLOT.none ? 0 : 1 << (slot % SHARED_BITS);

/** The clock of timelines: whole seconds in 32 bits, from 1901 to 2038. What lies outside stands still at its ends. */
const NOUGHT = 0x80000000;
const LAST = 0xffffffff;
export const secondOf = (moment: number): number => Math.min(LAST, Math.max(0, Math.floor(moment / 1000) + NOUGHT));

/** How long after that it was known, in four hours begun. */
const LAG = 4 * 3600;
/** So late, or not to be said so: the row says it. */
const LATER = 63;
/** Behind these six bits: where in its second it counts, where that is the first or the last millisecond; else the row says it. */
const FIRST = 1 << 6;
const FINAL = 2 << 6;

function sharpness(effective: number, when: number): number {
  const within = effective - (when - NOUGHT) * 1000;
  return within === 0 ? FIRST : within === 999 ? FINAL : 0;
}

const BY_WORTH = ['official', 'narrated', 'lower', 'denied'] as const;

export type Timelines = ReturnType<typeof createTimelines>;

/** @param size of a block, even */
export function createTimelines(rows: Rows, size?: number) {
  const entries = createTable({ when: 'u32', slot: 'u32', code: 'u8', lag: 'u8' });
  /** by the worth of what speaks of them */
  const marks = createTable({ official: 'u32', narrated: 'u32', lower: 'u32', denied: 'u32' });
  const { columns } = entries;
  const { columns: said } = marks;

  const notes: Notes = {
    table: entries,
    marks,
    write(at, { note: slot, effective, knownFrom, said }) {
      const when = secondOf(effective);
      columns.when[at] = when;
      columns.slot[at] = slot;
      columns.code[at] = said;
      const lag = Math.ceil((knownFrom / 1000 - (when - NOUGHT)) / LAG);
      // Nothing is known before it counts.
      const isSaid = when > 0 && when + lag * LAG < LAST;
      columns.lag[at] = (isSaid ? Math.min(lag, LATER) : LATER) | sharpness(effective, when);
    },
    read: (at) => columns.slot[at] as number,
    // A condition is looked for when a point is named after it.
    mayWait: (slot) => slot !== SLOT.single,
    clear(block) {
      said.official[block] = 0;
      said.narrated[block] = 0;
      said.lower[block] = 0;
      said.denied[block] = 0;
    },
    mark(block, at) {
      const code = columns.code[at] as number;
      const bits = bitOf(columns.slot[at] as number) | (resetsByCode(code) ? RESETS_BIT : 0) | PRESENT;
      const column = said[BY_WORTH[worthOfCode(code)] as (typeof BY_WORTH)[number]];
      column[block] = (column[block] as number) | bits;
    },
  };
  const blocks = createBlocks(rows, notes, size);
  const { held, of } = blocks;

  /** From when on the row counts that lies there. */
  function effectiveAt(at: number): number {
    const sharp = (columns.lag[at] as number) & ~LATER;
    if (sharp === 0) return rows.effective(held.rows[at] as number);
    return ((columns.when[at] as number) - NOUGHT) * 1000 + (sharp === FIRST ? 0 : 999);
  }

  /** After the last place in a block that is effective by a moment. */
  function endBy(block: number, moment: number): number {
    const second = secondOf(moment);
    const { when } = columns;
    let low = block * blocks.size;
    let high = low + (of.used[block] as number);
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = when[middle] as number;
      if (at < second || (at === second && effectiveAt(middle) <= moment)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    ...blocks,
    tables: { ...blocks.tables, entries, marks },
    /** read directly, and only while nothing is added */
    columns,
    endBy,
    effectiveAt,

    /**
     * Around a moment, the span of those by which the same rows of a timeline are effective: it begins when the last of them became so,
     * and ends before the next one does.
     */
    spanAt(list: TimeList, moment: number): { readonly from: number; readonly until: number } {
      const place = blocks.lastBlockBy(list, moment);
      const [block, next] = [list.blocks[place], list.blocks[place + 1]];
      const until = next === undefined ? Number.POSITIVE_INFINITY : effectiveAt(next * blocks.size);
      if (block === undefined) return { from: Number.NEGATIVE_INFINITY, until };
      const end = endBy(block, moment);
      return { from: effectiveAt(end - 1), until: end < blocks.endOf(block) ? effectiveAt(end) : until };
    },

    /** Whether the row that lies there is seen. @param knownBy `secondOf` the gate on knowing */
    isSeenAt(at: number, row: number, sight: Sight, knownBy: number): boolean {
      if (row >= VERSIONS) return rows.isSeen(row, sight);
      if (row > sight.upTo) return false;
      if (sight.knownOn === EVER) return true;
      const lag = (columns.lag[at] as number) & LATER;
      const left = knownBy - (columns.when[at] as number);
      if (lag !== LATER && lag * LAG <= left) return true;
      return (lag === LATER || (lag - 1) * LAG <= left) && rows.knownFrom(row) <= sight.knownOn;
    },

    /** What in a block may set positions, of those points in `wanted`. @param worst worth that does */
    speaksOf: (block: number, wanted: number, worst: number): boolean =>
      (((said.official[block] as number) |
        (worst >= WORTH.narrative ? (said.narrated[block] as number) : 0) |
        (worst >= WORTH.lower ? (said.lower[block] as number) : 0)) &
        wanted) !==
      0,

    /** Whether anything in a block does not meet the standard. */
    isBeside: (block: number, worst: number): boolean =>
      ((worst < WORTH.narrative ? (said.narrated[block] as number) : 0) |
        (worst < WORTH.lower ? (said.lower[block] as number) : 0) |
        (said.denied[block] as number)) !==
      0,

    /** From now on what lies there is about this point. */
    setSlot(at: number, slot: number): void {
      columns.slot[at] = slot;
      notes.mark(Math.floor(at / blocks.size), at);
    },
    slotAt: (at: number): number => columns.slot[at] as number,
  };
}
