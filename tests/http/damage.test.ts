/** What goes on for long hears of it when the log turns out to be damaged: nobody waits for changes that will not come. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DemarcheError } from '../../events/index.ts';
import { createServer } from '../../src/http/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { openReader, type Reader } from './support/reader.ts';
import { until } from './support/server.ts';
import { RECORDED, STORY, TALKS } from './support/talks.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A server on a log of which events can no more be read back, once it is told to be damaged. */
async function openOnDamage() {
  const clock = () => Date.parse(RECORDED);
  const store = openSqliteStore({ path: ':memory:', clock });
  await openTracker({ store, now: clock }).record(STORY);
  let damaged = false;
  const brittle: EventStore = {
    ...store,
    async readRevisions(stream, revisions) {
      if (damaged) throw new DemarcheError('STORE_CORRUPT', '/secret/talks.db: event 7 is not as it was written');
      return (await store.readRevisions?.(stream, revisions)) ?? [];
    },
  };
  let logged = '';
  const write = (line: string): void => {
    logged += line;
  };
  const tracker = openTracker({ store: brittle, now: clock });
  const app = await createServer({
    ...{ tracker, now: clock, page: '/nowhere', logger: { stream: { write } } },
    webhooks: { file: join(folder, 'webhooks.json'), allowPrivate: true, retryMs: [] },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: (text) => text });
  await until(() => tracker.status().ready);
  return {
    app,
    stream: `${address}/api/negotiations/${TALKS}/changes/stream`,
    logged: () => logged,
    damage: () => {
      damaged = true;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await tracker.close();
    },
  };
}

async function expectTold(reader: Reader): Promise<void> {
  await until(() => reader.ended() !== undefined);
  expect(reader.ended()).toBe('ended');
  const last = reader.events.at(-1);
  expect(last).toMatchObject({ event: 'problem', id: undefined });
  expect(JSON.parse(last?.data ?? '')).toMatchObject({ code: 'STORE_CORRUPT', status: 500, retryable: false });
  expect(last?.data).not.toContain('/secret');
}

test('open streams end with the problem, and a webhook shows it, as soon as anybody met the damage', async () => {
  await using server = await openOnDamage();
  const { app } = server;
  const payload = { negotiation: TALKS, url: 'http://127.0.0.1:9/' };
  const { id } = (await app.inject({ method: 'POST', url: '/api/webhooks', payload })).json();
  const webhook = async () => (await app.inject(`/api/webhooks/${id}`)).json();
  const readers = await Promise.all(['', '?standard=all', '?party=south'].map((q) => openReader(server.stream + q)));
  await Promise.all(readers.map((reader) => reader.ready()));
  expect(await webhook()).toMatchObject({ status: 'delivering', lastError: null });

  server.damage();
  const history = await app.inject(`/api/negotiations/${TALKS}/positions/north/fishing/history`);
  expect(history.statusCode).toBe(500);
  for (const reader of readers) await expectTold(reader);
  await until(async () => (await webhook()).status === 'failing');
  const { lastError, failingSince } = await webhook();
  expect(lastError).toBe('The store is damaged or is not a Demarche log; the log of the server says more.');
  expect(failingSince).toBe('2026-03-01T12:00:00.000Z');
  expect(server.logged()).toContain('/secret/talks.db');
  // Who comes back is refused before it begins.
  expect((await openReader(server.stream)).status).toBe(500);
});

test('a webhook is well again once its log is, and the server was started anew', async () => {
  const webhook = async ({ app }: Pick<Awaited<ReturnType<typeof openOnDamage>>, 'app'>) =>
    (await app.inject('/api/webhooks')).json()[0];
  {
    await using server = await openOnDamage();
    const payload = { negotiation: TALKS, url: 'http://127.0.0.1:9/' };
    await server.app.inject({ method: 'POST', url: '/api/webhooks', payload });
    server.damage();
    await server.app.inject(`/api/negotiations/${TALKS}/positions/north/fishing/history`);
    await until(async () => (await webhook(server)).status === 'failing');
  }
  await using again = await openOnDamage();
  await until(async () => (await webhook(again)).status === 'delivering');
  expect(await webhook(again)).toMatchObject({ lastError: null, failingSince: null });
  expect(await webhook(again)).not.toHaveProperty('unread');
});

test('a stream that meets the damage itself, on what it has not seen yet, ends with the problem', async () => {
  await using server = await openOnDamage();
  server.damage();
  await expectTold(await openReader(`${server.stream}?after=0`));
});
