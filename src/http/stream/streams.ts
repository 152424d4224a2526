/** The streams that are open: how many, whose, on which hubs; and their end. */
import type { FastifyRequest } from 'fastify';
import { DemarcheError } from '../../../events/errors.ts';
import type { Standard } from '../../../projections/index.ts';
import type { Tracker } from '../../tracker/index.ts';
import { clientOf } from '../guard.ts';
import type { Doorkeeper } from '../tokens/file.ts';
import { HEARTBEAT, type Shared, shared, standingFrame } from './frames.ts';
import { type Hub, type HubEvents, openHub } from './hub.ts';
import type { Sink } from './sink.ts';

export interface StreamLimits {
  readonly streams: number;
  readonly streamsPerClient: number;
}

export interface Streams {
  readonly open: number;
  /** Counts a stream in until it closes; it ends when its reader's token is taken back. @throws DemarcheError `STREAMS_EXCEEDED` */
  admit(request: Pick<FastifyRequest, 'caller' | 'ip'>): (sink: Sink) => void;
  /** The hub of a negotiation under a standard; give it back when done. @throws as `tracker.live$` */
  acquire(negotiation: string, standard: Standard): Promise<{ readonly hub: Hub; release(): void }>;
  /** Ends every stream with a word to its reader to come back, and refuses new ones. */
  close(): void;
}

/** What a reader hears when the server stops: come back in a moment. */
const FAREWELL = 'retry: 1000\n: the server is stopping\n\n';

/** How often the door is asked whose token was taken back, and the tracker how it stands, in milliseconds. */
const LOOK_EVERY_MS = 250;

export type StreamEvents = Pick<HubEvents, 'delivered' | 'failed'>;

export function openStreams(
  tracker: Tracker,
  door: Doorkeeper,
  limits: StreamLimits,
  heartbeatMs: number,
  events: StreamEvents,
): Streams {
  const hubs = new Map<string, { readonly hub: Promise<Hub>; users: number }>();
  const clients = new Map<string, number>();
  /** by the id of the token they came with; those without one together. One look at the door is for all of them, however many they are. */
  const readers = new Map<string | null, Set<Sink>>();
  let open = 0;
  let closed = false;

  /** Ends the streams of tokens that were taken back. */
  function turnOut(): void {
    for (const [token, sinks] of readers) if (!mayGoOn(door, token)) for (const sink of sinks) sink.end();
  }

  function tellAll(words: Shared): void {
    for (const { hub } of hubs.values())
      void hub.then(
        (one) => one.tell(words),
        () => undefined,
      );
  }

  let since: number | null = null;

  /** Tells every reader when this process loses the store, and when it has caught up with it again. */
  function tellStanding(): void {
    const { staleSince } = tracker.status();
    if ((staleSince === null) === (since === null)) return;
    since = staleSince;
    tellAll(shared(standingFrame(since)));
  }

  // Where nothing is delivered, too: a stream is not left open to whoever may not have it.
  const watch = setInterval(() => {
    turnOut();
    tellStanding();
  }, LOOK_EVERY_MS);
  watch.unref();
  const heart = setInterval(() => tellAll(HEARTBEAT), heartbeatMs);
  heart.unref();

  function count(client: string, by: 1 | -1): void {
    open += by;
    const left = (clients.get(client) ?? 0) + by;
    if (left === 0) clients.delete(client);
    else clients.set(client, left);
  }

  return {
    get open() {
      return open;
    },
    admit(request) {
      const client = clientOf(request);
      const token = request.caller?.id ?? null;
      if (closed) throw new DemarcheError('STORE_CLOSED', 'the server is stopping; come back in a moment');
      if (open >= limits.streams) throw exceeded(`${limits.streams} streams are open, as many as this server takes`);
      if ((clients.get(client) ?? 0) >= limits.streamsPerClient)
        throw exceeded(`you have ${limits.streamsPerClient} streams open, as many as one client may`);
      count(client, 1);
      return (sink) => {
        const sinks = readers.get(token) ?? new Set();
        readers.set(token, sinks.add(sink));
        sink.onClose(() => {
          sinks.delete(sink);
          if (sinks.size === 0 && readers.get(token) === sinks) readers.delete(token);
          count(client, -1);
        });
      };
    },
    async acquire(negotiation, standard) {
      // Those who come now are told how it is when they have what there is, and from then on only what changes.
      tellStanding();
      const name = `${negotiation} ${standard}`;
      const found = hubs.get(name) ?? {
        hub: tracker.live$(negotiation, standard).then((live$) => openHub(live$, { flushing: turnOut, ...events })),
        users: 0,
      };
      hubs.set(name, found);
      found.users += 1;
      const release = () => {
        found.users -= 1;
        if (found.users > 0) return;
        hubs.delete(name);
        void found.hub.then(
          (hub) => hub.close(),
          () => undefined,
        );
      };
      try {
        return { hub: await found.hub, release };
      } catch (error) {
        release();
        throw error;
      }
    },
    close() {
      closed = true;
      clearInterval(watch);
      clearInterval(heart);
      for (const sinks of readers.values()) for (const sink of sinks) sink.end(FAREWELL);
    },
  };
}

const exceeded = (message: string): DemarcheError => new DemarcheError('STREAMS_EXCEEDED', message);

const mayGoOn = (door: Doorkeeper, token: string | null): boolean =>
  token === null ? !door.guarded() : door.stands(token);
