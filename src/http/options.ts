/** What a server is made of and how far it goes. */
import type { FastifyServerOptions } from 'fastify';
import type { Tracker } from '../tracker/index.ts';
import type { Answering } from './cache/answering.ts';
import type { Metrics } from './metrics.ts';
import type { CountHeavy } from './rates.ts';
import type { Streams } from './stream/streams.ts';
import type { Doorkeeper } from './tokens/file.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

export interface Limits {
  /** bytes of a request body */
  readonly bodyBytes: number;
  /** developments in one call */
  readonly batch: number;
  /** how deep JSON may be nested */
  readonly depth: number;
  /** requests a minute from one client; 0: not limited */
  readonly ratePerMinute: number;
  /** of these, requests that read a whole log: exports, feeds, replays and timelines, all of them together */
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
  readonly countHeavy: CountHeavy;
  readonly streams: Streams;
  readonly answering: Answering;
  readonly webhooks: Webhooks;
  readonly metrics: Metrics;
  /** the address people and programs know this server by; undefined: as each request names it */
  readonly url: string | undefined;
  /** milliseconds since 1970 */
  readonly now: () => number;
}

export interface WebhookOptions {
  readonly file?: string;
  readonly retryMs?: readonly number[];
  readonly timeoutMs?: number;
  /** addresses of this machine and of private networks are taken too */
  readonly allowPrivate?: boolean;
  /** milliseconds between two looks whether another server has given the file up */
  readonly lookMs?: number;
}

export interface ServerOptions {
  /** stays the caller's to close */
  readonly tracker: Tracker;
  /** who may come in; default: everyone who reaches this machine */
  readonly door?: Doorkeeper;
  /** names it answers under while no token exists; default: those of this machine */
  readonly hosts?: readonly string[] | 'any';
  /** origins of other sites whose pages may ask here; default: none */
  readonly cors?: readonly string[];
  /** the address people and programs know it by; default: what each request names */
  readonly url?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** the folder with the built page; default: where it is built to */
  readonly page?: string;
  /** where webhooks are kept, and how they are delivered; without it they last as long as the server */
  readonly webhooks?: WebhookOptions;
  /** milliseconds between two signs of life on a stream */
  readonly heartbeatMs?: number;
  readonly logger?: FastifyServerOptions['logger'];
  /** milliseconds since 1970; default: the machine's clock */
  readonly now?: () => number;
  readonly version?: string;
}
