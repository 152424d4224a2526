import type { EventEmitter } from 'node:events';
import { Silence } from './eventstoredb-errors.ts';

/** What both kinds of streams of the client have in common, as far as it is used here. */
export interface ClientStream<T> extends EventEmitter {
  read(): T | null;
  readonly readableLength: number;
}

/** Takes items from a stream of the client one by one. */
export interface Puller<T> {
  /** the next item that is there already, or null */
  take(): T | null;
  /** resolves when there may be something new: an item, the end, an error, a ring. Throws what ended the stream. */
  wait(): Promise<'more' | 'ended'>;
  /** wakes whoever waits */
  ring(): void;
  /** ends the stream with an error of ours, once the items that are there have been taken */
  fail(error: Error): void;
  stop(): void;
}

/**
 * The client emits its errors without destroying the stream, may emit some after it was cancelled, and an error nobody listens for
 * ends the process: so the listeners stay for good.
 * @param silence milliseconds of waiting without an item after which a read counts as failed; absent: for ever
 */
export function pullFrom<T>(stream: ClientStream<T>, cancel: () => Promise<unknown>, silence?: number): Puller<T> {
  let failure: Error | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const ring = (): void => wake?.();
  const fail = (error: Error): void => {
    failure ??= error;
    ring();
  };
  const end = (): void => {
    ended = true;
    ring();
  };
  stream.on('error', fail).on('end', end).on('close', end).on('readable', ring);

  return {
    take: () => stream.read(),
    async wait() {
      if (stream.readableLength > 0) return 'more';
      if (failure !== undefined) throw failure;
      if (ended) return 'ended';
      const patience =
        silence === undefined ? undefined : setTimeout(() => fail(new Silence('a read', silence)), silence);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
      clearTimeout(patience);
      return 'more';
    },
    ring,
    fail,
    stop: () => void cancel().catch(() => undefined),
  };
}

/**
 * The items of a read of the client, each as it is asked for; leaving early cancels the call.
 * @param silence milliseconds without an answer, at the first item or any later one, after which the read has failed
 */
export async function* itemsOf<T>(
  stream: ClientStream<T> & { cancel(): Promise<void> },
  silence: number,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  const puller = pullFrom(stream, () => stream.cancel(), silence);
  signal?.addEventListener('abort', puller.ring, { once: true });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const item = puller.take();
      if (item !== null) yield item;
      else if ((await puller.wait()) === 'ended') return;
    }
  } finally {
    signal?.removeEventListener('abort', puller.ring);
    puller.stop();
  }
}
