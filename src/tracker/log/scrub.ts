/**
 * The proof of what was taken on trust: an index that came from a snapshot or from digests has read next to none of the words it stands
 * for. They are all read once in the background, so that damage among them is noticed also where nobody asks for them.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { DemarcheError, type Entry, isDemarcheError } from '../../../events/index.ts';
import { digestOf, isDigest } from '../../../projections/time-index/digest.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import type { EventStore, RecordedEvent } from '../../store/port.ts';

export interface Scrub {
  /** all before this revision is to be read, as soon as there is time */
  upTo(revision: number): void;
  /** ends it, wherever it is */
  stop(): void;
}

export interface ScrubOptions {
  readonly store: EventStore;
  readonly stream: string;
  /** of the negotiation, in which its digests count */
  readonly timeZone: () => string;
  readonly entryOf: (event: RecordedEvent) => Entry;
  /** told once what is wrong; nothing more is read then */
  readonly onDamage: (error: DemarcheError) => void;
}

/** When it begins: a process that has only a question to answer is gone by then. */
const BEGIN_MS = 1_000;
/** So many events are read in one go: a millisecond's work or two. */
const PAGE = 100;
/** It takes a tenth of the time of this thread at the most, and pauses after each page for so many milliseconds at least. */
const SHARE = 0.1;
const PAUSE_MS = 5;
/** It stands back where others take more than a quarter of that time: then a hundredth is enough. */
const BUSY = 0.25;
const SHARE_WHILE_BUSY = 0.01;
/** How long a store is left alone that does not answer. */
const AGAIN_MS = 5_000;

export function scrubber({ store, stream, timeZone, entryOf, onDamage }: ScrubOptions): Scrub {
  const stopping = new AbortController();
  const { signal } = stopping;
  let next = 0;
  let end = 0;
  let running = false;

  /** The store checks the sum of each event as it reads it. */
  async function readPage(): Promise<void> {
    for await (const event of store.readStream(stream, { from: BigInt(next), limit: Math.min(PAGE, end - next) })) {
      if (signal.aborted) return;
      const { digest } = event;
      // A digest of another version was not used.
      const used = digest !== undefined && isDigest(digest);
      const { development } = entryOf(event);
      if (used && digest !== digestOf(factsOf(development, timeZone())))
        throw new DemarcheError('STORE_CORRUPT', `${store.address}: event ${event.id} is not what its digest says`);
      next += 1;
    }
  }

  /** A process that has nothing else to do does not wait for this. */
  const rest = (milliseconds: number): Promise<void> =>
    setTimeout(milliseconds, undefined, { ref: false, signal }).catch(() => undefined);

  async function run(): Promise<void> {
    let load = performance.eventLoopUtilization();
    await rest(BEGIN_MS);
    while (next < end && !signal.aborted) {
      const share = performance.eventLoopUtilization(load).utilization > BUSY ? SHARE_WHILE_BUSY : SHARE;
      const start = performance.now();
      let again = false;
      try {
        await readPage();
      } catch (error) {
        if (signal.aborted || (isDemarcheError(error) && error.code === 'STORE_CLOSED')) return;
        if (!isDemarcheError(error)) return onDamage(unreadable(error));
        if (!error.retryable) return onDamage(error);
        again = true;
      }
      load = performance.eventLoopUtilization();
      await rest(again ? AGAIN_MS : Math.max(PAUSE_MS, (performance.now() - start) * (1 / share - 1)));
    }
    running = false;
  }

  const unreadable = (cause: unknown): DemarcheError =>
    new DemarcheError(
      'STORE_CORRUPT',
      `${store.address}: event ${next} of ${stream} cannot be read: ${String(cause)}`,
      {
        cause,
      },
    );

  return {
    upTo(revision) {
      end = Math.max(end, revision);
      if (running || next >= end) return;
      running = true;
      void run();
    },
    stop: () => stopping.abort(),
  };
}
