/** What a server is made of and how far it goes. */
import type { Tracker } from '../tracker/index.ts';

export interface Limits {
  /** bytes of a request body */
  readonly bodyBytes: number;
  /** developments in one call */
  readonly batch: number;
  /** requests a minute from one client; 0: not limited */
  readonly ratePerMinute: number;
  /** of these, requests that read a whole log: exports, replays, feeds */
  readonly heavyPerMinute: number;
  /** streams open at once, from one client and in all */
  readonly streamsPerClient: number;
  readonly streams: number;
  /** how long a read waits for `minPosition`, in milliseconds */
  readonly waitMs: number;
}

export const LIMITS: Limits = {
  bodyBytes: 2 * 1024 * 1024,
  batch: 1000,
  ratePerMinute: 6000,
  heavyPerMinute: 240,
  streamsPerClient: 50,
  streams: 10_000,
  waitMs: 5000,
};

/** What every route works with. */
export interface Context {
  readonly tracker: Tracker;
  readonly limits: Limits;
  /** milliseconds since 1970 */
  readonly now: () => number;
}
