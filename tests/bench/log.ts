/** Logs of made-up negotiations in SQLite files, made once a run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { eventOf } from '../../src/tracker/log/events.ts';
import { streamOf } from '../../src/tracker/log/identity.ts';
import { inPages } from '../../src/tracker/log/turns.ts';
import { developments, type Made, NEGOTIATION } from './data.ts';
import type { Setting } from './row.ts';

const BATCH = 1000;

/** The file of a log of so many developments; made if this run has not made it yet. */
export async function logFile({ folder, say }: Setting, size: number): Promise<string> {
  const file = join(folder, `${size}.db`);
  if (existsSync(file)) return file;
  say(`writing ${size} developments`);
  await append(file, developments(size), 0);
  return file;
}

/** Appends developments to a log that holds so many, at the moments at which they are recorded. */
export async function append(file: string, made: Iterable<Made>, held: number): Promise<void> {
  let now = 0;
  let expected = held - 1;
  const store = openSqliteStore({ path: file, clock: () => now });
  try {
    for (const batch of inPages(made, BATCH)) {
      now = batch.at(-1)?.recorded ?? now;
      const events = batch.map(({ development }) => eventOf(development, {}, 'UTC'));
      await store.append(streamOf(NEGOTIATION), expected < 0 ? 'none' : BigInt(expected), events);
      expected += batch.length;
    }
  } finally {
    await store.close();
  }
}
