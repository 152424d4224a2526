import { setImmediate } from 'node:timers/promises';
import type { ReadOptions, RecordedEvent, SubscriptionMessage } from './port.ts';
import type { Bell } from './sqlite-bell.ts';

/** Events fetched at a time. Larger pages are not faster; each event may have a megabyte. */
const PAGE = 512;

/** Runs a statement, waiting for the lock where that is needed, unless the store is closed. */
export type Patiently = <T>(statement: () => T) => Promise<T>;

/** Hands out one page after the other. `next` reads so many events after the last one of the page before. */
export async function* pages(
  next: (count: number, last: RecordedEvent | undefined) => readonly RecordedEvent[],
  { limit = Number.POSITIVE_INFINITY, signal }: ReadOptions,
  patiently: Patiently,
): AsyncGenerator<RecordedEvent> {
  let left = limit;
  let last: RecordedEvent | undefined;
  while (left > 0) {
    const wanted = Math.min(PAGE, left);
    signal?.throwIfAborted();
    const page = await patiently(() => next(wanted, last));
    for (const event of page) {
      signal?.throwIfAborted();
      yield event;
    }
    if (page.length < wanted) return;
    left -= page.length;
    last = page.at(-1);
    // A long read gives way to everything else between its pages.
    await setImmediate();
  }
}

/** Hands out what comes after a position, for as long as it is not `over`; waits for the bell where there is nothing. */
export async function* follow(options: {
  readonly after: number;
  readonly read: (after: number, count: number) => readonly RecordedEvent[];
  readonly patiently: Patiently;
  readonly bell: Bell;
  readonly closed: () => boolean;
  readonly signal: AbortSignal | undefined;
}): AsyncGenerator<SubscriptionMessage> {
  const { read, patiently, bell, closed, signal } = options;
  let { after } = options;
  let caughtUp = false;
  const over = (): boolean => closed() || signal?.aborted === true;
  // On a store that is closed already, this is where it says so.
  await patiently(() => undefined);
  while (!over()) {
    const page = await patiently(() => read(after, PAGE));
    for (const event of page) {
      if (over()) return;
      yield { kind: 'event', event };
    }
    after += page.length;
    if (page.length === PAGE) await setImmediate();
    if (page.length > 0) continue;
    // Between finding nothing and waiting, no other code of this process runs: no bell is missed.
    if (caughtUp) await bell.wait(signal);
    else {
      caughtUp = true;
      yield { kind: 'caught-up' };
    }
  }
}
