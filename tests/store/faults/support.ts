import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ErrorCode, isDemarcheError } from '../../../events/errors.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore, type SqliteOptions } from '../../../src/store/sqlite.ts';
import { startWorker, type Worker } from '../../support/worker.ts';
import { collect, event, numbered } from '../contract/support.ts';

export function inFolder(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'demarche-faults-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a script of this folder in a process of its own. */
export const start = (script: 'appender.ts' | 'racer.ts', ...parameters: readonly string[]): Worker =>
  startWorker(new URL(script, import.meta.url), ...parameters);

/** A log of some streams and pages, closed again. */
export async function smallLog(path: string): Promise<void> {
  const store = openSqliteStore({ path });
  for (const name of ['a', 'b', 'c'])
    for (const turn of [0, 1, 2, 3, 4])
      await store.append(`negotiation-${name}`, turn === 0 ? 'none' : BigInt(turn * 20 - 1), numbered(20, turn * 20));
  await store.append('negotiation-d', 'none', [event({ data: { text: 'є'.repeat(9_000) } })]);
  await store.close();
}

/** All that a log answers, to compare. */
export async function everything(store: EventStore): Promise<string> {
  const streams = await store.streams();
  const wanted = new Set([...streams, 'negotiation-a', 'negotiation-b', 'negotiation-c', 'negotiation-d']);
  const each = [];
  for (const stream of wanted) each.push(await collect(store.readStream(stream)));
  const answer = { streams, each, all: await collect(store.readAll()), head: await store.head() };
  return JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** Opens, reads all and closes; or the error. */
export async function answerOf(options: SqliteOptions): Promise<string | unknown> {
  let store: EventStore | undefined;
  try {
    store = openSqliteStore(options);
    return await everything(store);
  } catch (error) {
    return error;
  } finally {
    await store?.close();
  }
}

/** Expects an error with this code that names the file. */
export function expectRefusal(error: unknown, code: ErrorCode, path: string): void {
  if (!isDemarcheError(error)) throw error instanceof Error ? error : new Error(`not an error: ${String(error)}`);
  expect(error.code).toBe(code);
  expect(error.message).toContain(path);
}
