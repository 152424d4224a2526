/** A cell as it is indexed, and as it is resolved: rows by their numbers. */
import type { TimeList } from './time-lists.ts';

/** One party on one issue. A list that holds nothing is absent. */
export interface IndexedCell {
  readonly number: number;
  readonly party: string;
  readonly issue: string;
  /** what sets, affirms or ends a point, by the point's name */
  readonly points: Map<string, PointList>;
  main: PointList | undefined;
  /** the lists of the points but `main` */
  readonly others: PointList[];
  /** conditions of their own that nothing else speaks of: each is set once */
  singles: TimeList | undefined;
  /** what ends all points but its own */
  resets: TimeList | undefined;
  narrative: TimeList | undefined;
  lower: TimeList | undefined;
  denials: TimeList | undefined;
  /** from when on nothing in it is still to come */
  lastEffective: number;
  /** the last event that changed anything in it */
  lastChanged: number;
  /** what is in force today, by the worst worth that counts, since the last change; null: nothing */
  readonly current: (ResolvedCell | null | undefined)[];
}

export interface PointList extends TimeList {
  readonly number: number;
  readonly point: string;
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
