import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import { parseAddress } from './eventstoredb-address.ts';
import { createAppender } from './eventstoredb-append.ts';
import { acquireClient } from './eventstoredb-client.ts';
import { createContinuity, parsePosition, positionOf, toStored } from './eventstoredb-events.ts';
import { createHealth } from './eventstoredb-health.ts';
import { createNames } from './eventstoredb-names.ts';
import { type Read, readEvents } from './eventstoredb-read.ts';
import { follow } from './eventstoredb-subscribe.ts';
import { TIMEOUTS, type Timeouts } from './eventstoredb-timing.ts';
import type { EventStore, Position, ReadOptions, RecordedEvent } from './port.ts';
import { prepareAppend } from './prepare.ts';

export interface EventStoreDbOptions {
  /** milliseconds since 1970; only for the status and for naming a clock that is off: events are recorded by the leader's clock */
  readonly clock?: () => number;
  readonly timeouts?: Partial<Timeouts>;
  /** from 0 to 1, for the jitter of the pauses */
  readonly random?: () => number;
}

/**
 * Opens the log on an EventStoreDB or KurrentDB server or cluster. Does not wait for the server: calls do, each for its time, and
 * `status()` says how it stands. All stores of a process on one address share a connection.
 * @param address `esdb://user:password@host:port,…?tls=true&…` or `esdb+discover://…`
 * @throws DemarcheError `STORE_ADDRESS_INVALID`
 */
export async function openEventStoreDb(address: string, options: EventStoreDbOptions = {}): Promise<EventStore> {
  const { clock = Date.now, random = Math.random } = options;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const parsed = parseAddress(address);
  const { client, release } = acquireClient(parsed);
  const health = createHealth(clock, parsed.redact);
  const appender = createAppender(client, timeouts, clock, random);
  const underWay = new Set<Promise<unknown>>();
  const ending = new AbortController();
  const names = createNames();
  let closing: Promise<void> | undefined;

  function refuseIfClosed(): void {
    if (closing !== undefined) throw new DemarcheError('STORE_CLOSED', `${parsed.shown} is closed`);
  }

  /** What a call met goes into the status; what it says to people carries no secret. */
  function noted(error: unknown): unknown {
    if (!isDemarcheError(error)) return error;
    if (error.code === 'STORE_UNAVAILABLE' || error.code === 'STORE_OUTCOME_UNKNOWN') health.failed(error.message);
    else if (error.code === 'STORE_CORRUPT' || error.code === 'STORE_READ_ONLY') health.noted(error.message);
    return new DemarcheError(error.code, parsed.redact(error.message), { faults: error.faults });
  }

  async function* read<T>(
    open: Parameters<typeof readEvents<T>>[1],
    take: Parameters<typeof readEvents<T>>[2],
    { signal, ...how }: ReadOptions,
  ): AsyncGenerator<T> {
    refuseIfClosed();
    const reading = { timeouts, health, random, shown: parsed.shown };
    try {
      yield* readEvents(reading, open, take, { ...how, signal: untilClosed(signal) });
    } catch (error) {
      throw noted(error);
    }
  }

  function untilClosed(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
  }

  function readAll({ after, ...how }: ReadOptions & { readonly after?: Position } = {}): AsyncGenerator<RecordedEvent> {
    const start = after === undefined ? 'start' : parsePosition(after);
    // A read begins at its position, where a subscription begins behind it: what is not new is passed over. Others' events lie
    // between ours, so the server cannot count for us.
    const isNew = createContinuity(after === undefined ? 0n : undefined, after);
    const open = (last?: RecordedEvent): Read =>
      client.readAll({ fromPosition: last ? parsePosition(last.position) : start });
    return read(open, ours(isNew), how);
  }

  /** The last event that there is something to take of. */
  async function lastOf<T>(take: Parameters<typeof read<T>>[1]): Promise<T | null> {
    const backwards = (): Read => client.readAll({ direction: 'backwards', fromPosition: 'end' });
    for await (const taken of read(backwards, take, { limit: 1 })) return taken;
    return null;
  }

  async function shut(): Promise<void> {
    ending.abort(new DemarcheError('STORE_CLOSED', `${parsed.shown} is closed`));
    await Promise.allSettled(underWay);
    health.closed();
    await release();
  }

  return {
    address: parsed.shown,

    async append(stream, expected, events) {
      refuseIfClosed();
      const call = appender.append(stream, expected, prepareAppend(stream, expected, events));
      underWay.add(call);
      try {
        const result = await call;
        health.answered();
        return result;
      } catch (error) {
        throw noted(error);
      } finally {
        underWay.delete(call);
      }
    },

    readStream(stream, { from = 0n, ...how } = {}) {
      const first = from < 0n ? 0n : from;
      const open = (last: RecordedEvent | undefined, limit: object): Read =>
        client.readStream(stream, { fromRevision: last ? last.revision + 1n : first, ...limit });
      return read(open, ours(createContinuity(first)), how);
    },

    readAll,

    subscribe({ after, signal } = {}) {
      if (after !== undefined) parsePosition(after);
      const following = { client, timeouts, health, random, signal: untilClosed(signal) };
      return (async function* () {
        refuseIfClosed();
        const name = names.readingAfter(after);
        for await (const message of follow(following, after)) {
          if (message.kind === 'event') name(message.event);
          yield message;
        }
      })();
    },

    /** Looks through what nobody here has read yet. */
    async streams() {
      const { upTo: after } = names;
      const name = names.readingAfter(after);
      for await (const event of readAll(after === undefined ? {} : { after })) name(event);
      return names.sorted;
    },

    head: () => lastOf((item) => toStored(item)?.event.position),

    end: () => lastOf(positionOf),

    status: health.status,

    close() {
      closing ??= shut();
      return closing;
    },
  };
}

/** Of what a server hands out, the events of ours that are new. */
const ours =
  (isNew: (event: RecordedEvent) => boolean) =>
  (item: Parameters<typeof toStored>[0]): RecordedEvent | undefined => {
    const event = toStored(item)?.event;
    return event && isNew(event) ? event : undefined;
  };
