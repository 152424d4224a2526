import { chmodSync, copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { rounds } from '../support/worker.ts';
import { collect, event, inStream, numbered, numbers, refused, upTo } from './contract/support.ts';
import { answerOf, everything, expectRefusal, inFolder, smallLog } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

describe('a file that is damaged or not ours', () => {
  test('a flipped bit anywhere is an error that names the file, or changes no answer', async () => {
    const [sound, path] = [folder.path('sound.db'), folder.path('flipped.db')];
    await smallLog(sound);
    const truth = await answerOf({ path: sound });
    const bytes = readFileSync(sound);
    let noticed = 0;
    for (const _ of upTo(rounds(20) * 15)) {
      const [at, bit] = [Math.floor(Math.random() * bytes.length), Math.floor(Math.random() * 8)];
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
      writeFileSync(path, flipped);
      const answer = await answerOf({ path });
      if (answer === truth) continue;
      expect(answer, `bit ${bit} of byte ${at}`).toBeInstanceOf(Error);
      expectRefusal(answer, 'STORE_CORRUPT', path);
      noticed += 1;
    }
    expect(noticed).toBeGreaterThan(0);
  });

  test('a flipped byte in the words of an event is found by every way to read it', async () => {
    const path = folder.path('words.db');
    await smallLog(path);
    const bytes = readFileSync(path);
    // Pages that were split keep old copies of what moved.
    for (let at = bytes.indexOf('{"number":7}'); at >= 0; at = bytes.indexOf('{"number":7}', at))
      bytes.write('j', at + 4);
    writeFileSync(path, bytes);
    const store = openSqliteStore({ path });
    await refused(collect(store.readAll()), 'STORE_CORRUPT');
    await refused(collect(store.subscribe()), 'STORE_CORRUPT');
    const streams = await Promise.all(
      ['negotiation-a', 'negotiation-b', 'negotiation-c'].map((stream) =>
        inStream(store, stream).catch((error: unknown) => error),
      ),
    );
    expect(streams.map((answer) => answer instanceof Error)).toEqual([true, true, true]);
    expect(store.status().lastError).toContain(path);
    await store.close();
  });

  test('events that were taken out, by whatever means, are missed', async () => {
    const sound = folder.path('whole.db');
    await smallLog(sound);
    for (const [name, statement] of [
      ['first', 'DELETE FROM event WHERE position = 1'],
      ['middle', 'DELETE FROM event WHERE position = 150'],
      ['last', 'DELETE FROM event WHERE position = 301'],
      ['stream', 'DELETE FROM stream WHERE id = 4'],
      ['name', `UPDATE stream SET name = 'negotiation-z' WHERE id = 2`],
      ['moment', 'UPDATE event SET recorded = recorded - 1 WHERE position = 9'],
      ['index', 'DROP INDEX event_id'],
    ] as const) {
      const path = folder.path(`without-${name}.db`);
      copyFileSync(sound, path);
      const other = new DatabaseSync(path);
      other.exec(statement);
      other.close();
      expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
    }
  });

  test('a truncated file is an error that names it', async () => {
    const [sound, path] = [folder.path('long.db'), folder.path('short.db')];
    await smallLog(sound);
    const { length } = readFileSync(sound);
    for (const left of [1, 99, 100, 4_095, 4_096, length / 2, length - 4_096, length - 1]) {
      copyFileSync(sound, path);
      truncateSync(path, Math.floor(left));
      expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
    }
  });

  test('a file cut off within its last page, where long words end, is an error that names it', async () => {
    const path = folder.path('overflow.db');
    const store = openSqliteStore({ path });
    await store.append('negotiation-a', 'none', [event({ data: { text: 'є'.repeat(9_000) } })]);
    await store.close();
    // SQLite reads such pages past its cache, and calls their lack an error of the disk.
    truncateSync(path, readFileSync(path).length - 1);
    expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
  });

  test('an empty file with something in its write-ahead log is refused, and nothing is thrown away', async () => {
    const path = folder.path('emptied.db');
    const store = openSqliteStore({ path });
    await store.append('negotiation-a', 'none', numbered(50));
    copyFileSync(`${path}-wal`, folder.path('kept-wal'));
    await store.close();
    writeFileSync(path, '');
    copyFileSync(folder.path('kept-wal'), `${path}-wal`);
    expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
    expect(readFileSync(`${path}-wal`).equals(readFileSync(folder.path('kept-wal')))).toBe(true);
  });

  test('a file that is no database is refused and left as it was', async () => {
    const path = folder.path('notes.txt');
    const notes = 'Geneva, third round.\n'.repeat(500);
    writeFileSync(path, notes);
    expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
    expect(readFileSync(path, 'utf8')).toBe(notes);
  });

  test('a database of another program is refused and left as it was', async () => {
    for (const [name, statements] of [
      ['tables', 'CREATE TABLE event (position INTEGER PRIMARY KEY, data TEXT)'],
      ['application', 'PRAGMA application_id = 252006674'],
      ['version', 'PRAGMA user_version = 1'],
    ] as const) {
      const path = folder.path(`foreign-${name}.db`);
      const foreign = new DatabaseSync(path);
      foreign.exec(statements);
      foreign.close();
      const before = readFileSync(path);
      expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  test('a log written by a newer Demarche is refused and left as it was', async () => {
    const path = folder.path('newer.db');
    await smallLog(path);
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 3');
    newer.close();
    const before = readFileSync(path);
    const refusal = await answerOf({ path });
    expectRefusal(refusal, 'STORE_CORRUPT', path);
    expect(String(refusal)).toContain('newer');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a folder, and a file in a folder that does not exist, are refused as addresses', async () => {
    expectRefusal(await answerOf({ path: folder.path('.') }), 'STORE_ADDRESS_INVALID', folder.path('.'));
    expectRefusal(await answerOf({ path: folder.path('no/such.db') }), 'STORE_ADDRESS_INVALID', folder.path('no'));
  });
});

describe('no room left', () => {
  /** Appends until there is no room; how many events were acknowledged. */
  async function fill(store: EventStore, stream: string): Promise<number> {
    for (let count = 0; ; count += 3) {
      const batch = upTo(3).map(() => event({ data: { words: 'x'.repeat(2_000) } }));
      const refusal = await store.append(stream, count === 0 ? 'none' : BigInt(count - 1), batch).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refusal === undefined) continue;
      expect(refusal).toMatchObject({ code: 'STORE_FULL', retryable: true });
      return count;
    }
  }

  test('is an error of its own; what was acknowledged stays, and writing goes on when there is room again', async () => {
    const path = folder.path('full.db');
    const store = openSqliteStore({ path, maxPages: 60 });
    const count = await fill(store, 'negotiation-full');
    expect(count).toBeGreaterThan(30);
    expect(await inStream(store, 'negotiation-full')).toHaveLength(count);
    expect(store.status().lastError).toContain(path);
    await store.close();
    const roomier = openSqliteStore({ path });
    expect(await inStream(roomier, 'negotiation-full')).toHaveLength(count);
    await roomier.append('negotiation-full', BigInt(count - 1), numbered(50));
    expect(await inStream(roomier, 'negotiation-full')).toHaveLength(count + 50);
    await roomier.close();
  });

  test('fails what does not fit, and nothing else of the same moment', async () => {
    const store = openSqliteStore({ path: folder.path('crowded.db'), maxPages: 40 });
    const large = upTo(40).map(() => event({ data: { words: 'x'.repeat(5_000) } }));
    const [one, tooMuch, other] = await Promise.allSettled([
      store.append('negotiation-one', 'none', numbered(5)),
      store.append('negotiation-large', 'none', large),
      store.append('negotiation-other', 'none', numbered(5)),
    ]);
    expect([one?.status, tooMuch?.status, other?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(tooMuch).toMatchObject({ reason: { code: 'STORE_FULL' } });
    expect(await store.streams()).toEqual(['negotiation-one', 'negotiation-other']);
    expect(numbers(await inStream(store, 'negotiation-other'))).toEqual(upTo(5));
    await store.append('negotiation-one', 4n, numbered(1, 5));
    await store.close();
  });
});

describe('a log that cannot be written to', () => {
  const superuser = process.geteuid?.() === 0;

  /** The superuser may write anywhere; nobody may not. */
  async function asNobody<T>(work: () => Promise<T>): Promise<T> {
    if (superuser) process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      if (superuser) process.seteuid?.(0);
    }
  }

  test.skipIf(process.platform === 'win32')('can be read, and an append says why not', async () => {
    const path = folder.path('readonly/log.db');
    mkdirSync(folder.path('readonly'));
    await smallLog(path);
    const truth = await answerOf({ path });
    // The side files of a log in use: whoever may not write beside it needs them there.
    const writer = openSqliteStore({ path });
    await writer.head();
    for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, 0o444);
    chmodSync(folder.path('.'), 0o755);
    chmodSync(folder.path('readonly'), 0o555);
    await asNobody(async () => {
      const store = openSqliteStore({ path });
      expect(await everything(store)).toBe(truth);
      const refusal = await store.append('negotiation-a', 99n, [event()]).catch((error: unknown) => error);
      expectRefusal(refusal, 'STORE_READ_ONLY', path);
      expect(await everything(store)).toBe(truth);
      await store.close();
    });
    chmodSync(folder.path('readonly'), 0o755);
    await writer.close();
  });

  test.skipIf(process.platform === 'win32')(
    'and lies in a folder nobody may write to says that it must be copied',
    async () => {
      const path = folder.path('archive/log.db');
      mkdirSync(folder.path('archive'));
      await smallLog(path);
      chmodSync(path, 0o444);
      chmodSync(folder.path('.'), 0o755);
      chmodSync(folder.path('archive'), 0o555);
      const refusal = await asNobody(() => answerOf({ path }));
      expectRefusal(refusal, 'STORE_READ_ONLY', path);
      expect(String(refusal)).toContain('copy');
      chmodSync(folder.path('archive'), 0o000);
      expectRefusal(await asNobody(() => answerOf({ path })), 'STORE_ADDRESS_INVALID', path);
      chmodSync(folder.path('archive'), 0o755);
    },
  );

  test.skipIf(process.platform === 'win32')('and does not exist yet cannot be made', async () => {
    mkdirSync(folder.path('sealed'), { mode: 0o555 });
    chmodSync(folder.path('.'), 0o755);
    const path = folder.path('sealed/log.db');
    expectRefusal(await asNobody(() => answerOf({ path })), 'STORE_UNAVAILABLE', path);
  });
});

describe('the clock', () => {
  test('may step back; the moments of recording do not, also across stores and restarts', async () => {
    const path = folder.path('clock.db');
    const moments = [5_000, 7_000, 3_000.9, 1_000, 7_500];
    let expected: 'none' | bigint = 'none';
    for (const moment of moments) {
      const store = openSqliteStore({ path, clock: () => moment });
      expected = (await store.append('negotiation-clock', expected, [event(), event()])).revision;
      await store.close();
    }
    const store = openSqliteStore({ path });
    const recorded = (await inStream(store, 'negotiation-clock')).map((found) => found.recorded);
    expect(recorded).toEqual([5_000, 5_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_500, 7_500]);
    await store.close();
  });

  test('may step back between two appends of one transaction', async () => {
    const ticks = [0, 9_000, 4_000, 10_000];
    const store = openSqliteStore({ path: ':memory:', clock: () => ticks.shift() ?? 10_000 });
    const streams = ['negotiation-a', 'negotiation-b', 'negotiation-c'];
    await Promise.all(streams.map((stream) => store.append(stream, 'none', [event()])));
    expect((await collect(store.readAll())).map(({ recorded }) => recorded)).toEqual([9_000, 9_000, 10_000]);
    await store.close();
  });
});
