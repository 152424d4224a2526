import { setTimeout as sleep } from 'node:timers/promises';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import { classify, wordsOf } from './eventstoredb-errors.ts';
import { corrupt } from './eventstoredb-events.ts';
import type { Health } from './eventstoredb-health.ts';
import { itemsOf } from './eventstoredb-pull.ts';
import { backoff, type Timeouts } from './eventstoredb-timing.ts';
import type { ReadOptions } from './port.ts';

export type Read = StreamingRead<AllStreamResolvedEvent> | StreamingRead<ResolvedEvent>;

export interface Reading {
  readonly timeouts: Timeouts;
  readonly health: Health;
  readonly random: () => number;
  readonly shown: string;
}

/**
 * Reads events; reads on where it was when a connection drops, and gives up when nothing has come for a while.
 * @param open begins a read behind the last that was taken, for so many more
 * @param take what is wanted of an event; undefined: it is passed over
 * @throws DemarcheError `STORE_UNAVAILABLE`, `STORE_CORRUPT`; the reason of the signal
 */
export async function* readEvents<T>(
  { timeouts, health, random, shown }: Reading,
  open: (last: T | undefined, limit: { readonly maxCount?: number }) => Read,
  take: (item: AllStreamResolvedEvent) => T | undefined,
  { limit = Number.POSITIVE_INFINITY, signal }: ReadOptions,
): AsyncGenerator<T> {
  let last: T | undefined;
  let left = limit;
  let progress = performance.now();
  for (let failures = 0; left > 0; failures += 1) {
    signal?.throwIfAborted();
    try {
      const stream = open(last, Number.isFinite(left) ? { maxCount: left } : {});
      for await (const item of itemsOf<AllStreamResolvedEvent>(stream as never, timeouts.read, signal)) {
        health.answered();
        const taken = take(item);
        if (taken !== undefined) {
          last = taken;
          failures = 0;
          left -= 1;
          yield taken;
          if (left <= 0) break;
        }
        // Others' events are a sign of life as well; but they are read again, so the pauses grow until something is taken.
        progress = performance.now();
      }
      health.answered();
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (isDemarcheError(error)) throw error;
      const failure = classify(error);
      if (failure.kind === 'no-stream') return health.answered();
      if (failure.kind === 'deleted') throw corrupt(failure.message);
      const pause = backoff(failures, timeouts, random);
      const hopeless = failure.kind !== 'refused' && failure.kind !== 'unknown';
      if (hopeless || performance.now() - progress + pause > timeouts.unavailable) {
        throw new DemarcheError('STORE_UNAVAILABLE', `${shown} cannot be read: ${wordsOf(failure)}`);
      }
      await sleep(pause, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    }
  }
}
