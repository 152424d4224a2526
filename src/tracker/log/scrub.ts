/**
 * The proof of what was taken on trust: an index that came from a snapshot or from digests has read next to none of the words it stands
 * for. They are all read once in the background, so that damage among them is noticed also where nobody asks for them.
 */
import { setTimeout } from 'node:timers/promises';
import { DemarcheError, type Entry, isDemarcheError } from '../../../events/index.ts';
import { digestOf, isDigest } from '../../../projections/time-index/digest.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import type { EventStore, RecordedEvent } from '../../store/port.ts';
import type { SpareTime } from './spare-time.ts';

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
  /** in which it is done; logs of one process share it */
  readonly spare: SpareTime;
  /** told once what is wrong; nothing more is read then */
  readonly onDamage: (error: DemarcheError) => void;
}

/** When it begins: a process that has only a question to answer is gone by then. */
const BEGIN_MS = 1_000;
/** So many events are read in one go: a millisecond's work or two. */
const PAGE = 100;
/** How long a store is left alone that does not answer. */
const AGAIN_MS = 5_000;

export function scrubber({ store, stream, timeZone, entryOf, spare, onDamage }: ScrubOptions): Scrub {
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
    await rest(BEGIN_MS);
    while (next < end && !signal.aborted) {
      try {
        await spare(readPage, signal);
      } catch (error) {
        if (signal.aborted || (isDemarcheError(error) && error.code === 'STORE_CLOSED')) return;
        if (!isDemarcheError(error)) return onDamage(unreadable(error));
        if (!error.retryable) return onDamage(error);
        await rest(AGAIN_MS);
      }
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
