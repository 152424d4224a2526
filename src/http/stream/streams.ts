/** The streams that are open: how many, whose, on which hubs; and their end. */
import type { FastifyRequest } from 'fastify';
import { DemarcheError } from '../../../events/errors.ts';
import type { Standard } from '../../../projections/index.ts';
import type { Tracker } from '../../tracker/index.ts';
import { clientOf } from '../guard.ts';
import type { Doorkeeper } from '../tokens/file.ts';
import { type Hub, openHub } from './hub.ts';
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

export interface StreamEvents {
  delivered(count: number): void;
}

export function openStreams(
  tracker: Tracker,
  door: Doorkeeper,
  limits: StreamLimits,
  heartbeatMs: number,
  events: StreamEvents,
): Streams {
  const hubs = new Map<string, { readonly hub: Promise<Hub>; users: number }>();
  const clients = new Map<string, number>();
  const sinks = new Map<Sink, () => boolean>();
  let open = 0;
  let closed = false;

  const heart = setInterval(() => {
    for (const [sink, allowed] of sinks) if (!isAllowed(allowed)) sink.end();
    for (const { hub } of hubs.values())
      void hub.then(
        (one) => one.beat(),
        () => undefined,
      );
  }, heartbeatMs);
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
      const { caller } = request;
      const allowed = caller ? () => door.stands(caller.id) : () => !door.guarded();
      if (closed) throw new DemarcheError('STORE_CLOSED', 'the server is stopping; come back in a moment');
      if (open >= limits.streams) throw exceeded(`${limits.streams} streams are open, as many as this server takes`);
      if ((clients.get(client) ?? 0) >= limits.streamsPerClient)
        throw exceeded(`you have ${limits.streamsPerClient} streams open, as many as one client may`);
      count(client, 1);
      return (sink) => {
        sinks.set(sink, allowed);
        sink.onClose(() => {
          sinks.delete(sink);
          count(client, -1);
        });
      };
    },
    async acquire(negotiation, standard) {
      const name = `${negotiation} ${standard}`;
      const found = hubs.get(name) ?? {
        hub: tracker.live$(negotiation, standard).then((live$) => openHub(live$, events.delivered)),
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
      clearInterval(heart);
      for (const sink of sinks.keys()) sink.end(FAREWELL);
    },
  };
}

const exceeded = (message: string): DemarcheError => new DemarcheError('STREAMS_EXCEEDED', message);

/** A file of tokens that cannot be read lets nobody go on. */
function isAllowed(allowed: () => boolean): boolean {
  try {
    return allowed();
  } catch {
    return false;
  }
}
