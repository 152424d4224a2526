/** Rows that wait to be filed, list by list: sorted once, at the end, instead of each finding its place among those before it. */
import type { Rows } from './rows.ts';
import { createTable, type Table } from './table.ts';

/** A row, what is noted beside it, and what is written down of it where it is filed. */
export interface Line {
  readonly row: number;
  readonly note: number;
  readonly effective: number;
  readonly knownFrom: number;
  readonly said: number;
}

const COLUMNS = { row: 'u32', note: 'u32', effective: 'f64', start: 'f64', knownFrom: 'f64', said: 'u8' } as const;

/** Lines in columns: what is read of each is read in sequence, and no row is looked up again. */
export type Lines = Table<typeof COLUMNS>;

export const createLines = (): Lines => createTable(COLUMNS);

export const lineOf = (rows: Rows, row: number, note: number): Line => ({
  ...{ row, note, effective: rows.effective(row), knownFrom: rows.knownFrom(row), said: rows.said(row) },
});

export function setLine({ columns }: Lines, at: number, rows: Rows, row: number, note: number): void {
  columns.row[at] = row;
  columns.note[at] = note;
  columns.effective[at] = rows.effective(row);
  columns.start[at] = rows.start(row);
  columns.knownFrom[at] = rows.knownFrom(row);
  columns.said[at] = rows.said(row);
}

/** A list for which rows may wait. */
export interface Awaiting {
  /** its number among those for which rows wait to be filed; -1: it is none of them */
  waits: number;
}

/** What is gathered for a list lies from one place up to another (outside), in the order of the log. */
export interface Dealt<L extends Awaiting> {
  readonly list: L;
  readonly from: number;
  readonly end: number;
}

/** Gathers rows in the order of the log, for any of the lists of a kind. */
export function gathering<L extends Awaiting>(rows: Rows) {
  const lists: L[] = [];
  const all = createTable({ row: 'u32', note: 'u32', list: 'u32' });
  const since = rows.size;

  /** The number of a list here; its blocks are looked at anew in the end, also where nothing is gathered for it. */
  function numberOf(list: L): number {
    if (list.waits < 0) list.waits = lists.push(list) - 1;
    return list.waits;
  }

  return {
    /** Whether a row would be here, and is in no list yet. */
    has: (row: number): boolean => row >= since,
    /** makes room for so many */
    reserve: all.reserve,
    look: (list: L): void => void numberOf(list),
    add(list: L, row: number, note: number): void {
      const at = all.push();
      all.columns.row[at] = row;
      all.columns.note[at] = note;
      all.columns.list[at] = numberOf(list);
    },

    /** Deals out what was gathered, without what is spoken of meanwhile: that is seen through its versions. Nothing is gathered any more. */
    deal(): { readonly lines: Lines; readonly dealt: readonly Dealt<L>[] } {
      const { row, note, list } = all.columns;
      const counts = new Uint32Array(lists.length);
      for (let at = 0; at < all.length; at += 1)
        counts[list[at] as number] = (counts[list[at] as number] as number) + 1;
      let before = 0;
      const from = counts.map((count) => {
        before += count;
        return before - count;
      });
      const next = from.slice();
      const lines = createLines();
      lines.grow(all.length);
      for (let at = 0; at < all.length; at += 1) {
        const one = row[at] as number;
        if (rows.isDead(one)) continue;
        const place = list[at] as number;
        const to = next[place] as number;
        setLine(lines, to, rows, one, note[at] as number);
        next[place] = to + 1;
      }
      const dealt = lists.map((one, place) => {
        one.waits = -1;
        return { list: one, from: from[place] as number, end: next[place] as number };
      });
      return { lines, dealt };
    },
  };
}
