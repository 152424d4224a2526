import { afterEach, beforeEach } from 'vitest';
import { type EventStoreDbOptions, openEventStoreDb } from '../../../src/store/eventstoredb.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

/** Long enough for two slow cores with other work to do: who waits for the end of one asks for less. In milliseconds. */
const PATIENT = {
  append: 2_000,
  outcome: 4_000,
  unavailable: 150,
  read: 2_000,
  confirmation: 2_000,
  backoffMin: 1,
  backoffMax: 20,
} as const;

export interface FakeBench {
  readonly server: FakeServer;
  /** a store on the fake server, closed after the case */
  open(options?: EventStoreDbOptions, address?: string): Promise<EventStore>;
}

/** A fake server of its own for each case. */
export function fakeBench(clock?: () => number): FakeBench {
  let server: FakeServer | undefined;
  let stores: EventStore[] = [];
  const running = (): FakeServer => {
    if (server === undefined) throw new Error('the fake server runs only while a case does');
    return server;
  };
  beforeEach(async () => {
    server = await startFakeServer(clock);
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    stores = [];
    await server?.stop();
  });
  return {
    get server() {
      return running();
    },
    async open(options, address) {
      const store = await openEventStoreDb(address ?? running().address, {
        ...options,
        timeouts: { ...PATIENT, ...options?.timeouts },
      });
      stores.push(store);
      return store;
    },
  };
}
