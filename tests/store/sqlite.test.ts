import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { prepareEvents } from '../../src/store/prepare.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { collect, event, inStream, next, numbered, numbers, refused, upTo } from './contract/support.ts';
import { storeContract } from './contract.ts';
import { inFolder } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

describe('the store contract on SQLite', () => {
  storeContract({
    open: async () => openSqliteStore({ path: folder.path('contract.db') }),
    uniqueIds: true,
    severalConnections: true,
  });
});

describe('the SQLite store', () => {
  test('keeps logs in memory apart from each other', async () => {
    const [one, other] = [openSqliteStore({ path: ':memory:' }), openSqliteStore({ path: ':memory:' })];
    await one.append('negotiation-a', 'none', numbered(1));
    expect(await other.head()).toBeNull();
    expect(await other.streams()).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  test('says in its address which file it is', async () => {
    const store = openSqliteStore({ path: folder.path('named.db') });
    expect(store.address).toBe(`sqlite:${folder.path('named.db')}`);
    await store.close();
  });

  test('counts positions from 1 without gaps, also where appends were refused', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    const used = event();
    await store.append('negotiation-a', 'none', [used]);
    await refused(store.append('negotiation-b', 'none', [event(), used]), 'ID_CONFLICT');
    await refused(store.append('negotiation-b', 3n, [event()]), 'WRONG_EXPECTED_REVISION');
    await store.append('negotiation-b', 'none', numbered(2));
    expect((await collect(store.readAll())).map(({ position }) => position)).toEqual(['1', '2', '3']);
    await store.close();
  });

  test('writes all appends of one turn of the event loop in one transaction, and those of the next in another', async () => {
    const path = folder.path('group.db');
    const store = openSqliteStore({ path });
    const before = commits(path);
    await Promise.all(upTo(64).map((one) => store.append(`negotiation-${one}`, 'none', numbered(2))));
    expect(commits(path) - before).toBe(1);
    await store.append('negotiation-0', 1n, numbered(1, 2));
    await store.append('negotiation-0', 2n, numbered(1, 3));
    expect(commits(path) - before).toBe(3);
    await store.close();
  });

  test('takes appends started one after the other on one stream, without waiting, in that order', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    const results = upTo(20).map((n) =>
      store.append('negotiation-a', n === 0 ? 'none' : BigInt(n - 1), numbered(1, n)),
    );
    expect((await Promise.all(results)).map(({ revision }) => revision)).toEqual(upTo(20).map(BigInt));
    expect(numbers(await inStream(store, 'negotiation-a'))).toEqual(upTo(20));
    await store.close();
  });

  test('answers an append only when everybody can read it', async () => {
    const path = folder.path('answered.db');
    const store = openSqliteStore({ path });
    const other = new DatabaseSync(path);
    const count = other.prepare('SELECT count(*) AS count FROM event');
    const appended = upTo(5).map(async (one) => {
      await store.append(`negotiation-${one}`, 'none', numbered(3));
      return count.get()?.count;
    });
    expect(count.get()?.count).toBe(0);
    expect(await Promise.all(appended)).toEqual([15, 15, 15, 15, 15]);
    other.close();
    await store.close();
  });

  test('keeps data as the text JSON.stringify gave', async () => {
    const path = folder.path('text.db');
    const store = openSqliteStore({ path });
    const data = { z: 1, a: '\u2028\ud83d', ключ: [1e21, null] };
    await store.append('negotiation-a', 'none', [event({ data })]);
    await store.close();
    const other = new DatabaseSync(path);
    expect(other.prepare('SELECT data FROM event').get()?.data).toBe(JSON.stringify(data));
    other.close();
  });

  test('lets everything else go on during a long read', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    await store.append('negotiation-a', 'none', numbered(5_000));
    let turns = 0;
    let reading = true;
    const others = (async () => {
      for (; reading; turns += 1) await setImmediate();
    })();
    await collect(store.readAll());
    reading = false;
    await others;
    expect(turns).toBeGreaterThanOrEqual(9);
    await store.close();
  });

  test('waits for another process that holds the lock, and lets everything else go on meanwhile', async () => {
    const path = folder.path('locked.db');
    const store = openSqliteStore({ path });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    let answered = false;
    const appended = store.append('negotiation-a', 'none', numbered(2)).then(() => {
      answered = true;
    });
    for (const _ of upTo(3)) await setTimeout(20);
    expect(answered).toBe(false);
    expect(await inStream(store, 'negotiation-a')).toEqual([]);
    other.exec('ROLLBACK');
    await appended;
    expect(numbers(await inStream(store, 'negotiation-a'))).toEqual([0, 1]);
    other.close();
    await store.close();
  });

  test('gives up on a lock that is not let go, has written nothing, and can be asked again', async () => {
    const path = folder.path('stuck.db');
    const store = openSqliteStore({ path, patience: 60 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const batch = numbered(2);
    const appends = ['negotiation-a', 'negotiation-b'].map((stream) => store.append(stream, 'none', batch));
    for (const append of appends) await refused(append, 'STORE_UNAVAILABLE');
    other.exec('ROLLBACK');
    expect(await store.streams()).toEqual([]);
    expect((await store.append('negotiation-a', 'none', batch)).written).toBe(true);
    other.close();
    await store.close();
  });

  test('closes only when the appends that wait for a lock are answered', async () => {
    const path = folder.path('closing.db');
    const store = openSqliteStore({ path });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const appended = store.append('negotiation-a', 'none', numbered(2));
    const paged = store.appendPages?.('negotiation-b', 'none', [prepareEvents(numbered(3))]);
    await setTimeout(20);
    const closed = store.close();
    other.exec('COMMIT');
    expect((await appended).written).toBe(true);
    expect((await paged)?.written).toBe(true);
    await closed;
    expect(other.prepare('SELECT count(*) AS count FROM event').get()?.count).toBe(5);
    other.close();
  });

  test('notices what another store did to a stream it remembers', async () => {
    const path = folder.path('remembered.db');
    const [one, other] = [openSqliteStore({ path }), openSqliteStore({ path })];
    await one.append('negotiation-a', 'none', numbered(1));
    await other.append('negotiation-a', 0n, numbered(1, 1));
    await other.append('negotiation-b', 'none', numbered(1));
    await refused(one.append('negotiation-a', 0n, [event()]), 'WRONG_EXPECTED_REVISION');
    await refused(one.append('negotiation-b', 'none', [event()]), 'WRONG_EXPECTED_REVISION');
    expect((await one.append('negotiation-a', 1n, numbered(1, 2))).position).toBe('4');
    await Promise.all([one.close(), other.close()]);
  });

  test('forgets a stream whose first batch was refused', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    const used = event();
    await store.append('negotiation-a', 'none', [used]);
    const [refusal, fresh] = await Promise.allSettled([
      store.append('negotiation-b', 'none', [event(), used]),
      store.append('negotiation-c', 'none', numbered(1)),
    ]);
    expect([refusal?.status, fresh?.status]).toEqual(['rejected', 'fulfilled']);
    await store.append('negotiation-b', 'none', numbered(2));
    expect(await store.streams()).toEqual(['negotiation-a', 'negotiation-b', 'negotiation-c']);
    expect(numbers(await inStream(store, 'negotiation-b'))).toEqual([0, 1]);
    await store.close();
  });

  test('keeps no process alive that has nothing to wait for, once the subscribers have left', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    const stop = new AbortController();
    const messages = store.subscribe({ signal: stop.signal })[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const before = timers();
    const ended = messages.next();
    await setImmediate();
    expect(timers()).toBe(before + 1);
    stop.abort();
    await ended;
    expect(timers()).toBe(before);
    await store.close();
  });
});

/** How many transactions the write-ahead log holds: the last frame of each carries the size of the database after it. */
function commits(path: string): number {
  const wal = readFileSync(`${path}-wal`);
  if (wal.length < 32) return 0;
  const frame = 24 + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  let count = 0;
  for (let at = 32; at + frame <= wal.length; at += frame)
    if (wal.subarray(at + 8, at + 16).equals(salt) && wal.readUInt32BE(at + 4) > 0) count += 1;
  return count;
}

const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
