import { afterAll, beforeAll, describe } from 'vitest';
import { openEventStoreDb } from '../../../src/store/eventstoredb.ts';
import { storeContract } from '../contract.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

describe('the store contract on EventStoreDB, by a fake server', () => {
  let server: FakeServer;
  beforeAll(async () => {
    server = await startFakeServer();
  });
  afterAll(() => server.stop());
  storeContract({ open: () => openEventStoreDb(server.address), uniqueIds: false, severalConnections: true });
});
