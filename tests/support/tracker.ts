/** A tracker on a log in memory, with a clock the test sets. */
import type { Development, DevelopmentInput, Entry } from '../../events/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';

export const NEGOTIATION = 'talks';

export interface Clock {
  readonly now: () => number;
  /** a moment (RFC 3339), or milliseconds since 1970; may step back */
  readonly set: (moment: string | number) => void;
}

export interface TestTracker extends AsyncDisposable {
  readonly tracker: Tracker;
  readonly store: EventStore;
  readonly clock: Clock;
  /** records one or several at a moment */
  readonly at: (moment: string | number, input: DevelopmentInput | readonly DevelopmentInput[]) => Promise<void>;
  /** the log as the store holds it, every time from the start */
  readonly log: () => Promise<readonly Entry[]>;
}

export function openTestTracker(start: string | number = '2026-01-01T00:00:00Z'): TestTracker {
  const clock = settableClock(start);
  const store = openSqliteStore({ path: ':memory:', clock: clock.now });
  const tracker = openTracker({ store, now: clock.now });
  return {
    tracker,
    store,
    clock,
    async at(moment, input) {
      clock.set(moment);
      await tracker.record(input);
    },
    log: () => logOf(store),
    [Symbol.asyncDispose]: () => tracker.close(),
  };
}

export function settableClock(start: string | number): Clock {
  const read = (moment: string | number) =>
    typeof moment === 'number' ? moment : Temporal.Instant.from(moment).epochMilliseconds;
  let now = read(start);
  return {
    now: () => now,
    set: (moment) => {
      now = read(moment);
    },
  };
}

/** The log of the test's negotiation, straight from the store. */
export async function logOf(store: EventStore, negotiation = NEGOTIATION): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const { data, metadata, ...event } of store.readStream(`negotiation-${negotiation}`)) {
    const { revision, position, recorded } = event;
    const recorder = typeof metadata.by === 'string' ? metadata.by : null;
    entries.push({
      development: data as unknown as Development,
      revision: Number(revision),
      position,
      recorded,
      recorder,
    });
  }
  return entries;
}
