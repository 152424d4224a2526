import { setTimeout as sleep } from 'node:timers/promises';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import { parseAddress } from './eventstoredb-address.ts';
import { createAppender } from './eventstoredb-append.ts';
import { acquireClient } from './eventstoredb-client.ts';
import { classify } from './eventstoredb-errors.ts';
import { createContinuity, parsePosition, toStored } from './eventstoredb-events.ts';
import { createHealth } from './eventstoredb-health.ts';
import { itemsOf } from './eventstoredb-pull.ts';
import { follow } from './eventstoredb-subscribe.ts';
import { backoff, TIMEOUTS, type Timeouts } from './eventstoredb-timing.ts';
import type { EventStore, Position, ReadOptions, RecordedEvent } from './port.ts';
import { prepareAppend } from './prepare.ts';

export interface EventStoreDbOptions {
  /** milliseconds since 1970; only for the status and for naming a clock that is off: events are recorded by the leader's clock */
  readonly clock?: () => number;
  readonly timeouts?: Partial<Timeouts>;
  /** from 0 to 1, for the jitter of the pauses */
  readonly random?: () => number;
}

type Read = StreamingRead<AllStreamResolvedEvent> | StreamingRead<ResolvedEvent>;

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
  const appender = createAppender(client, timeouts, clock);
  const underWay = new Set<Promise<unknown>>();
  const ending = new AbortController();
  const names = { known: new Set<string>(), upTo: undefined as Position | undefined };
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

  /** Reads on where it was when a connection drops, and gives up when nothing has come for a while. */
  async function* read(
    open: (last: RecordedEvent | undefined) => Read,
    isNew: (event: RecordedEvent) => boolean,
    { limit = Number.POSITIVE_INFINITY, signal }: ReadOptions,
  ): AsyncGenerator<RecordedEvent> {
    refuseIfClosed();
    const aborted = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
    let last: RecordedEvent | undefined;
    let left = limit;
    let progress = performance.now();
    for (let failures = 0; left > 0; failures += 1) {
      aborted.throwIfAborted();
      try {
        for await (const item of itemsOf<AllStreamResolvedEvent | ResolvedEvent>(
          open(last) as never,
          timeouts.read,
          aborted,
        )) {
          health.answered();
          const event = toStored(item as AllStreamResolvedEvent)?.event;
          if (event === undefined || !isNew(event)) continue;
          last = event;
          failures = 0;
          yield event;
          progress = performance.now();
          left -= 1;
          if (left <= 0) break;
        }
        health.answered();
        return;
      } catch (error) {
        aborted.throwIfAborted();
        if (isDemarcheError(error)) throw noted(error);
        const failure = classify(error);
        if (failure.kind === 'no-stream') return health.answered();
        const pause = backoff(failures, timeouts, random);
        const hopeless = failure.kind !== 'refused' && failure.kind !== 'unknown';
        if (hopeless || performance.now() - progress + pause > timeouts.unavailable) {
          const why = 'message' in failure ? failure.message : failure.kind;
          throw noted(new DemarcheError('STORE_UNAVAILABLE', `${parsed.shown} cannot be read: ${why}`));
        }
        await sleep(pause, undefined, { signal: aborted }).catch(() => undefined);
      }
    }
  }

  function readAll({ after, ...how }: ReadOptions & { readonly after?: Position } = {}): AsyncGenerator<RecordedEvent> {
    const start = after === undefined ? 'start' : parsePosition(after);
    const isNew = createContinuity(after === undefined, after);
    // A read begins at its position, where a subscription begins behind it: what is not new is passed over.
    return read((last) => client.readAll({ fromPosition: last ? parsePosition(last.position) : start }), isNew, how);
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
      const isNew = createContinuity(first === 0n);
      return read((last) => client.readStream(stream, { fromRevision: last ? last.revision + 1n : first }), isNew, how);
    },

    readAll,

    subscribe({ after, signal } = {}) {
      if (after !== undefined) parsePosition(after);
      const until = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
      return (async function* () {
        refuseIfClosed();
        yield* follow({ client, timeouts, health, random, signal: until }, after);
      })();
    },

    /** The server keeps no list of streams without its projections: the log is looked through once, then from where that ended. */
    async streams() {
      for await (const event of readAll(names.upTo === undefined ? {} : { after: names.upTo })) {
        names.known.add(event.stream);
        names.upTo = event.position;
      }
      return [...names.known].sort();
    },

    async head() {
      const backwards = (): Read => client.readAll({ direction: 'backwards', fromPosition: 'end' });
      for await (const event of read(backwards, () => true, { limit: 1 })) return event.position;
      return null;
    },

    status: health.status,

    close() {
      closing ??= shut();
      return closing;
    },
  };
}
