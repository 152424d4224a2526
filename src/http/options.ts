/** What a server is made of and how far it goes. */
import type { Tracker } from '../tracker/index.ts';
import type { Answering } from './cache/answering.ts';
import type { Metrics } from './metrics.ts';
import type { Streams } from './stream/streams.ts';

export interface Limits {
  /** bytes of a request body */
  readonly bodyBytes: number;
  /** developments in one call */
  readonly batch: number;
  /** how deep JSON may be nested */
  readonly depth: number;
  /** requests a minute from one client; 0: not limited */
  readonly ratePerMinute: number;
  /** of these, requests that read a whole log: exports, replays, feeds */
  readonly heavyPerMinute: number;
  /** streams open at once, in all and from one client */
  readonly streams: number;
  readonly streamsPerClient: number;
  /** bytes that may wait for one reader of a stream, and milliseconds a reader that takes nothing is waited for */
  readonly bufferBytes: number;
  readonly stallMs: number;
  /** milliseconds a read waits for `minPosition` */
  readonly waitMs: number;
}

export const LIMITS: Limits = {
  bodyBytes: 2 * 1024 * 1024,
  batch: 1000,
  depth: 32,
  ratePerMinute: 6000,
  heavyPerMinute: 240,
  streams: 10_000,
  streamsPerClient: 50,
  bufferBytes: 1024 * 1024,
  stallMs: 30_000,
  waitMs: 5000,
};

/** What every route works with. */
export interface Context {
  readonly tracker: Tracker;
  readonly limits: Limits;
  readonly streams: Streams;
  readonly answering: Answering;
  readonly metrics: Metrics;
  /** the address people and programs know this server by; undefined: as each request names it */
  readonly url: string | undefined;
  /** milliseconds since 1970 */
  readonly now: () => number;
}
