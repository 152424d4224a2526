/** One negotiation's log, read into memory as far as the store has it. */
import {
  DEVELOPMENT_TYPES,
  DemarcheError,
  type Development,
  type DevelopmentType,
  type Entry,
  isDemarcheError,
  upcast,
} from '../../events/index.ts';
import type { EventStore, RecordedEvent } from '../store/port.ts';
import { streamOf } from './identity.ts';
import { growRegistry, type Registry } from './registry.ts';

export interface NegotiationLog {
  readonly negotiation: string;
  /** what was read so far, in the order of the log */
  readonly entries: readonly Entry[];
  readonly registry: Registry;
  /** reads what the store has beyond that; several callers share one reading */
  catchUp(): Promise<void>;
  /** takes an event handed out by a subscription, unless it is there already; what cannot be read is the failure of this log alone */
  take(event: RecordedEvent): Promise<void>;
  /** what stopped the reading of this log; every answer from it is refused with this until it is mended */
  failure(): Error | null;
  /** calls back whenever something was read; gives what ends that */
  onAdvance(listener: () => void): () => void;
}

/** The log of a negotiation in a store; empty until it is caught up, and for a negotiation that does not exist. */
export function negotiationLog(store: EventStore, negotiation: string): NegotiationLog {
  const entries: Entry[] = [];
  const registry = growRegistry();
  let queue: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  const listeners = new Set<() => void>();

  let failure: Error | null = null;

  function add(event: RecordedEvent): void {
    const entry = entryOf(event, entries.at(-1)?.recorded ?? 0);
    entries.push(entry);
    registry.add(entry);
  }

  async function read(): Promise<void> {
    waiting = undefined;
    const before = entries.length;
    try {
      for await (const event of store.readStream(streamOf(negotiation), { from: BigInt(entries.length) })) add(event);
    } finally {
      if (entries.length > before) for (const listener of listeners) listener();
    }
  }

  const catchUp = (): Promise<void> => {
    // A reading under way may have passed the end already: who asks now waits for the next one.
    waiting ??= queue = queue.catch(() => undefined).then(read);
    return waiting;
  };

  return {
    negotiation,
    entries,
    registry,
    catchUp,
    async take(event) {
      await queue.catch(() => undefined);
      if (event.revision < BigInt(entries.length)) return;
      try {
        if (event.revision > BigInt(entries.length)) return await catchUp();
        add(event);
        failure = null;
      } catch (error) {
        if (!isDemarcheError(error) || error.retryable) throw error;
        failure = error;
        return;
      }
      for (const listener of listeners) listener();
    },
    failure: () => failure,
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * What an event of the store says. The moment of recording never steps back within a log: where a clock did, the last one holds.
 * @throws DemarcheError `SCHEMA_VERSION_UNKNOWN` where a newer Demarche wrote it: reading stops there, visibly
 */
function entryOf(event: RecordedEvent, notBefore: number): Entry {
  if (!DEVELOPMENT_TYPES.includes(event.type as DevelopmentType)) {
    const message = `event ${event.id} at position ${event.position} is a "${event.type}", which this Demarche does not know; read it with a newer one`;
    throw new DemarcheError('SCHEMA_VERSION_UNKNOWN', message);
  }
  return {
    development: upcast(event.data) as Development,
    revision: Number(event.revision),
    position: event.position,
    recorded: Math.max(event.recorded, notBefore),
    recorder: typeof event.metadata.by === 'string' ? event.metadata.by : null,
  };
}
