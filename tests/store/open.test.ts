import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { event, inStream, refused } from './contract/support.ts';
import { inFolder } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

describe('opening a store by its address', () => {
  test('sqlite: and a path opens that file', async () => {
    const address = `sqlite:${folder.path('by address.db')}`;
    const store = await openStore(address);
    await store.append('negotiation-a', 'none', [event()]);
    await store.close();
    const again = await openStore(` ${address}\n`);
    expect(again.address).toBe(address);
    expect(await inStream(again, 'negotiation-a')).toHaveLength(1);
    await again.close();
  });

  test('sqlite::memory: opens a log in memory, with the clock it is given', async () => {
    const store = await openStore('sqlite::memory:', { clock: () => 1_234 });
    await store.append('negotiation-a', 'none', [event()]);
    expect((await inStream(store, 'negotiation-a'))[0]?.recorded).toBe(1_234);
    await store.close();
  });

  test('esdb:// and esdb+discover:// name a server, and kurrentdb:// means the same', async () => {
    for (const [address, shown] of [
      ['esdb://127.0.0.1:1?tls=false', 'esdb://127.0.0.1:1'],
      ['esdb+discover://127.0.0.1:1?tls=false', 'esdb+discover://127.0.0.1:1'],
      ['kurrentdb://127.0.0.1:1?tls=false', 'esdb://127.0.0.1:1'],
      ['kurrentdb+discover://127.0.0.1:1?tls=false', 'esdb+discover://127.0.0.1:1'],
    ] as const) {
      const store = await openStore(address);
      expect(store.address).toContain(shown);
      await store.close();
    }
  });

  test('anything else is refused, with examples of what is known', async () => {
    for (const address of [
      '',
      ' ',
      'demarche.db',
      './demarche.db',
      'postgres://h/db',
      'sqlite',
      'sqlite:',
      'SQLITE:x',
      'esdb:',
      'esdb://',
      'esdb:host:2113',
      'kurrentdb:/x',
      ':memory:',
    ]) {
      await refused(openStore(address), 'STORE_ADDRESS_INVALID');
      await expect(openStore(address)).rejects.toThrow('sqlite:./demarche.db');
    }
  });

  test('a refusal does not repeat a password', async () => {
    const error: unknown = await openStore('postgres://anna:s3cret@host/db').catch((reason: unknown) => reason);
    expect(JSON.stringify([String(error), error])).not.toContain('s3cret');
    expect(String(error)).toContain('postgres://***@host/db');
  });

  test("a path that looks like one of SQLite's own addresses is only a path", async () => {
    await refused(openStore('sqlite:file:nowhere/log.db?mode=memory'), 'STORE_ADDRESS_INVALID');
  });

  test('a file that cannot be opened is refused at once', async () => {
    await refused(openStore(`sqlite:${folder.path('no-folder/log.db')}`), 'STORE_ADDRESS_INVALID');
  });
});
