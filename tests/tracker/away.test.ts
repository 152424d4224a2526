import { describe, expect, test } from 'vitest';
import { DemarcheError } from '../../events/index.ts';
import type { EventStore, StoreStatus, SubscriptionMessage } from '../../src/store/port.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { setUp } from '../support/stories.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

const stated = (id: string, stance: string) =>
  ({
    id,
    negotiation: NEGOTIATION,
    type: 'PositionStated',
    occurred: '2026-02-01',
    party: 'ada',
    issue: 'border',
    stance,
    source: { publisher: 'Gazette' },
  }) as const;

/** A store whose server can go away and come back, and that reads nothing back cheaply: as one on a network behaves. */
function onNetwork(store: EventStore) {
  let status: StoreStatus = { state: 'live', since: START, lastError: null };
  const away = () => new DemarcheError('STORE_UNAVAILABLE', 'the server does not answer');
  const reachable = () => {
    if (status.state !== 'live') throw away();
  };
  let dropped = new AbortController();
  async function* guarded<T>(read: () => AsyncIterable<T>): AsyncGenerator<T> {
    reachable();
    yield* read();
  }
  async function* subscribe(options: Parameters<EventStore['subscribe']>[0] = {}): AsyncGenerator<SubscriptionMessage> {
    reachable();
    const signal = AbortSignal.any([dropped.signal, ...(options.signal ? [options.signal] : [])]);
    yield* store.subscribe({ ...options, signal });
    reachable();
  }
  const { readRevisions: _, ...port } = store;
  const network: EventStore = {
    ...port,
    append: async (...args) => {
      reachable();
      return store.append(...args);
    },
    readStream: (...args) => guarded(() => store.readStream(...args)),
    readAll: (...args) => guarded(() => store.readAll(...args)),
    streams: async () => {
      reachable();
      return store.streams();
    },
    head: async () => {
      reachable();
      return store.head();
    },
    subscribe,
    status: () => status,
  };
  return {
    network,
    goAway() {
      status = { state: 'down', since: START + 1000, lastError: 'the server does not answer' };
      dropped.abort();
      dropped = new AbortController();
    },
    comeBack() {
      status = { state: 'live', since: START + 2000, lastError: null };
    },
  };
}

describe('while the server of the store is away', () => {
  test('every question is answered from memory, with its age; recording is refused for now; and it catches up by itself', async () => {
    await using opened = openTestTracker(START);
    await opened.tracker.record(setUp('UTC'));
    const { position } = await opened.tracker.record([stated('one', 'No.'), stated('two', 'Yes.')]);
    const { network, goAway, comeBack } = onNetwork(opened.store);
    const reader = openTracker({ store: network, now: opened.clock.now });
    reader.follow();
    await reader.reached(position, 5000);
    await expect.poll(() => reader.status().ready).toBe(true);
    const answers = () =>
      Promise.all([
        reader.state(NEGOTIATION),
        reader.history(NEGOTIATION, { party: 'ada', issue: 'border' }),
        reader.diff(NEGOTIATION, { from: '2026-01-01', to: '2026-02-28' }),
        reader.chronicle(NEGOTIATION),
        reader.changes(NEGOTIATION),
        reader.developments(NEGOTIATION),
        reader.negotiations(),
      ]);
    const before = await answers();

    goAway();
    await expect.poll(() => reader.status().ready).toBe(false);
    expect(await answers()).toEqual(before);
    expect(reader.status().staleSince).toBeLessThanOrEqual(START + 1000);
    await expect(reader.record(stated('three', 'Later.'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
    });

    const later = await opened.tracker.record(stated('three', 'Later.'));
    expect((await reader.state(NEGOTIATION)).positions[0]?.stance).toBe('Yes.');
    comeBack();
    await reader.reached(later.position, 10_000);
    expect((await reader.state(NEGOTIATION)).positions[0]?.stance).toBe('Later.');
    await reader.close();
  });
});

test('a negotiation whose stream was deleted under the log is damaged, not unknown', async () => {
  await using opened = openTestTracker(START);
  await opened.tracker.record(setUp('UTC'));
  const emptied: EventStore = {
    ...opened.store,
    readStream: (stream) => opened.store.readStream(stream, { from: 1_000n }),
  };
  const reader = openTracker({ store: emptied, now: opened.clock.now });
  await expect(reader.state(NEGOTIATION)).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    faults: [{ field: 'negotiation', value: NEGOTIATION, message: expect.stringContaining('was deleted') }],
  });
  await expect(reader.state(`${NEGOTIATION}-2`)).rejects.toMatchObject({ code: 'NEGOTIATION_UNKNOWN' });
  expect(await reader.negotiations()).toMatchObject([{ failure: { code: 'STORE_CORRUPT' } }]);
});
