/** A cell as it is indexed, and as it is resolved: rows by their numbers. */
import type { TimeList } from './block.ts';

/** One party on one issue; its blocks are its timeline. */
export interface IndexedCell extends TimeList {
  readonly number: number;
  readonly party: string;
  readonly issue: string;
  /** the numbers of its points, by their names */
  readonly slots: Map<string, number>;
  /** the names of its points, by their numbers */
  readonly names: string[];
  /** the number of the point `main`; -1: nothing was ever said of it */
  main: number;
  /** whether it holds conditions of their own that nothing else speaks of */
  singles: boolean;
  /** the worst worth of anything in it */
  worst: number;
  /** from when on nothing in it is still to come */
  lastEffective: number;
  /** the last event that changed anything in it */
  lastChanged: number;
  /** what is in force today, by the worst worth that counts, since the last change; null: nothing */
  readonly current: (ResolvedCell | null | undefined)[];
}

/** A point in force, in rows. */
export interface ResolvedPoint {
  /** null: named after the condition that set it */
  readonly point: string | null;
  readonly setBy: number;
  readonly since: number;
  readonly lastAffirmed: number;
  readonly timesReiterated: number;
  /** what set and affirmed it since its words last changed, `setBy` among them, in the order in which it counts */
  readonly restsOn: readonly number[];
}

export interface ResolvedCell {
  readonly cell: IndexedCell;
  readonly points: readonly ResolvedPoint[];
  readonly beside: readonly number[];
  /** -1: nothing did */
  readonly withdrawnBy: number;
}

/** Whether two rest on the very same rows, so that they read alike. */
export function isSameInRows(a: ResolvedCell | undefined, b: ResolvedCell | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.withdrawnBy !== b.withdrawnBy || a.points.length !== b.points.length) return false;
  return isSameList(a.beside, b.beside) && a.points.every((point, place) => isSamePoint(point, b.points[place]));
}

const isSamePoint = (a: ResolvedPoint, b: ResolvedPoint | undefined): boolean =>
  a.setBy === b?.setBy && a.timesReiterated === b.timesReiterated && isSameList(a.restsOn, b.restsOn);

const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((row, place) => row === b[place]);
