/** Packs say what the rows of their events say, are trusted only whole, and are never needed; and files made before there were any. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { NewEvent, PreparedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { linesOf } from '../support/digest-lines.ts';
import { event, numbered, refused } from './contract/support.ts';
import { answerOf, expectRefusal, inFolder, smallLog } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

const STREAM = 'negotiation-a';
const digested = (count: number, from: number) =>
  numbered(count, from).map((one, index) => ({ ...one, digest: `about ${from + index}, і все` }));

const preparedOf = ({ data, metadata, digest, ...one }: NewEvent): PreparedEvent => ({
  ...{ ...one, digest: digest ?? null, data: JSON.stringify(data), metadata: JSON.stringify(metadata) },
});

/** Appends up to so many events in all, each with a digest, a moment later than those before. */
async function grow(path: string, from: number, sizes: readonly number[]): Promise<void> {
  let now = 1_700_000_000_000 + from;
  const store = openSqliteStore({ path, clock: () => now });
  let held = from;
  for (const size of sizes) {
    now += size;
    await store.append(STREAM, held === 0 ? 'none' : BigInt(held - 1), digested(size, held));
    held += size;
  }
  await store.close();
}

/** Each digest with its revision and moment, from a revision on. */
async function digests(path: string, from = 0): Promise<readonly string[]> {
  const store = openSqliteStore({ path });
  try {
    const found: string[] = [];
    for await (const page of store.readDigests?.(STREAM, from) ?? []) {
      let recorded = 0;
      for (const [place, { step, digest }] of linesOf(page.lines).entries()) {
        recorded += step;
        found.push(`${page.from + place} ${recorded} ${digest}`);
      }
    }
    return found;
  } finally {
    await store.close();
  }
}

function inSql(path: string, statement: string): void {
  const db = new DatabaseSync(path);
  db.exec(statement);
  db.close();
}

function packsIn(path: string): readonly unknown[] {
  const db = new DatabaseSync(path);
  const firsts = db.prepare('SELECT first FROM pack ORDER BY first').all();
  db.close();
  return firsts.map(({ first }) => first);
}

describe('packs', () => {
  test('say what the rows say, from wherever they are read, however they were appended', async () => {
    const path = folder.path('packed.db');
    await grow(path, 0, [1, 7, 991, 1, 1, 2_500, 98, 1]);
    expect(packsIn(path)).toEqual([0, 1_000, 2_000]);
    const froms = [0, 1, 999, 1_000, 1_001, 2_999, 3_000, 3_599, 3_600];
    const packed = [];
    for (const from of froms) packed.push(await digests(path, from));
    inSql(path, 'DELETE FROM pack');
    for (const [place, from] of froms.entries()) {
      expect(packed[place]).toHaveLength(3_600 - from);
      expect(await digests(path, from)).toEqual(packed[place]);
    }
  });

  test('are filled by a batch of many pages as well', async () => {
    const path = folder.path('batch.db');
    const store = openSqliteStore({ path });
    const prepared = digested(2_000, 0).map(preparedOf);
    await store.appendPages?.(STREAM, 'none', [prepared.slice(0, 700), prepared.slice(700)]);
    await store.close();
    expect(packsIn(path)).toEqual([0, 1_000]);
    expect(await digests(path)).toHaveLength(2_000);
  });

  test('that are not as they were written, or lie elsewhere, are refused', async () => {
    for (const [name, statement] of [
      ['changed', `UPDATE pack SET lines = replace(lines, 'about 5,', 'about 6,') WHERE first = 0`],
      ['cut', 'UPDATE pack SET lines = substr(lines, 1, 500) WHERE first = 0'],
      ['moved', 'DELETE FROM pack WHERE first = 0; UPDATE pack SET first = 0'],
    ] as const) {
      const path = folder.path(`${name}.db`);
      await grow(path, 0, [2_000]);
      inSql(path, statement);
      await refused(digests(path), 'STORE_CORRUPT');
    }
  });

  test('are not made of digests that are damaged or missing, and do not keep events from being appended', async () => {
    const path = folder.path('damaged.db');
    await grow(path, 0, [900]);
    inSql(path, `UPDATE event SET digest = 'another' WHERE revision = 5`);
    await grow(path, 900, [200]);
    expect(packsIn(path)).toEqual([]);
    await refused(digests(path), 'STORE_CORRUPT');

    const lacking = folder.path('lacking.db');
    await grow(lacking, 0, [10]);
    const store = openSqliteStore({ path: lacking });
    await store.append(STREAM, 9n, [event(), ...digested(1_500, 11)]);
    await store.close();
    expect(packsIn(lacking)).toEqual([]);
    expect(await digests(lacking)).toHaveLength(10);
    expect((await digests(lacking, 11)).length).toBe(1_500);
  });

  test('are undone with the batch that filled them', async () => {
    const path = folder.path('undone.db');
    await grow(path, 0, [999]);
    const store = openSqliteStore({ path });
    const other = event();
    await store.append('negotiation-b', 'none', [other]);
    const pages = [digested(3, 999), [other]].map((page) => page.map(preparedOf));
    await refused(Promise.resolve(store.appendPages?.(STREAM, 998n, pages)), 'ID_CONFLICT');
    await store.close();
    expect(packsIn(path)).toEqual([]);
    await grow(path, 999, [1]);
    expect(packsIn(path)).toEqual([0]);
  });
});

/** The tables of a file of format 1, as they were written. */
const FORMER = `
PRAGMA application_id = 1684890472; PRAGMA user_version = 1;
CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sum INTEGER NOT NULL
  ) STRICT;
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    digest_sum INTEGER NOT NULL,
    digest TEXT,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
CREATE UNIQUE INDEX event_id ON event (unhex(id, '-'));`;

/** A file of the former format that holds what another holds. */
function former(path: string, from: string): void {
  inSql(
    path,
    `${FORMER} ATTACH '${from}' AS later; INSERT INTO stream SELECT * FROM later.stream; INSERT INTO event SELECT * FROM later.event;`,
  );
}

function formatOf(path: string): unknown {
  const db = new DatabaseSync(path);
  const { user_version } = db.prepare('PRAGMA user_version').get() ?? {};
  db.close();
  return user_version;
}

describe('a file of the former format', () => {
  test('says the same, and goes on in this one', async () => {
    const [sound, path] = [folder.path('later.db'), folder.path('former.db')];
    await smallLog(sound);
    former(path, sound);
    const truth = await answerOf({ path: sound });
    expect(truth).toBeTypeOf('string');
    expect(await answerOf({ path })).toBe(truth);
    expect(formatOf(path)).toBe(2);
    expect(await answerOf({ path })).toBe(truth);
  });

  test('hands back its digests, and has packs from the next one that is full', async () => {
    const [later, path] = [folder.path('digested.db'), folder.path('former-digested.db')];
    await grow(later, 0, [1_500]);
    former(path, later);
    expect(await digests(path)).toEqual(await digests(later));
    for (const each of [later, path]) await grow(each, 1_500, [600]);
    expect(packsIn(path)).toEqual([1_000]);
    expect(await digests(path)).toEqual(await digests(later));
  });

  test('is refused, and left as it was, where its tables are not as they were written', async () => {
    const [later, path] = [folder.path('whole.db'), folder.path('former-broken.db')];
    await smallLog(later);
    former(path, later);
    inSql(path, 'DROP INDEX event_id');
    expectRefusal(await answerOf({ path }), 'STORE_CORRUPT', path);
    expect(formatOf(path)).toBe(1);
  });
});
