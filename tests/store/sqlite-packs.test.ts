/** Packs say what the rows of their events say, are trusted only whole, and are never needed. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { NewEvent, PreparedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { linesOf } from '../support/digest-lines.ts';
import { event, numbered, refused } from './contract/support.ts';
import { inFolder } from './faults/support.ts';

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
