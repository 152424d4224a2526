/** The rows of a history that are in force, found by what they are about: a long history does not look at all of itself again and again. */
import type { HistoryEntry } from './answers.ts';
import type { Points } from './positions.ts';

export interface Row {
  entry: HistoryEntry;
  readonly about: Points;
  readonly withdraws: boolean;
}

/** Stands for all points, whatever they are named. */
const ALL = null;

export function rowsInForce() {
  const byPoint = new Map<string | typeof ALL, Row[]>();

  function endAt(point: string | typeof ALL, status: 'superseded' | 'withdrawn'): void {
    for (const row of byPoint.get(point) ?? []) {
      if (row.entry.status === 'in-force') row.entry = { ...row.entry, status: row.withdraws ? 'superseded' : status };
    }
    byPoint.delete(point);
  }

  return {
    /** Takes a row in, if it is in force. */
    add(row: Row): void {
      if (row.entry.status !== 'in-force') return;
      for (const point of row.about ?? [ALL]) {
        const rows = byPoint.get(point);
        if (rows) rows.push(row);
        else byPoint.set(point, [row]);
      }
    },
    /** What was in force about these points is so no longer. A withdrawal that a later word overtook is superseded as well. */
    end(ends: Points, status: 'superseded' | 'withdrawn'): void {
      if (ends?.length === 0) return;
      for (const point of ends === null ? [...byPoint.keys()] : [...ends, ALL]) endAt(point, status);
    },
  };
}
