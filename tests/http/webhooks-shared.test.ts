/** Two servers on one machine and one file of webhooks: one of them has it, and delivers. */
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryLock } from '../../src/http/files/lock.ts';
import { createServer } from '../../src/http/index.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { lockHolder } from './support/lock-holder.ts';
import { openReceiver } from './support/receiver.ts';
import { codeOf, openTestServer, until } from './support/server.ts';
import { OPENING, said, TALKS } from './support/talks.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'webhooks.json');
});
afterEach(() => rm(folder, { recursive: true }));

const webhooks = (lookMs = 10) => ({ file, allowPrivate: true, retryMs: [5, 5], lookMs });
const onFile = async (): Promise<{ readonly id: string }[]> => JSON.parse(await readFile(file, 'utf8')).webhooks;

/** A server on a log that others are on as well. */
async function start() {
  const tracker = openTracker({ store: openSqliteStore({ path: join(folder, 'talks.db') }) });
  const app = await createServer({ tracker, page: '/nowhere', webhooks: webhooks() });
  await until(() => tracker.status().ready);
  const post = (payload: object) => app.inject({ method: 'POST', url: '/api/webhooks', payload });
  const remove = (id: string) => app.inject({ method: 'DELETE', url: `/api/webhooks/${id}` });
  const list = async () => (await app.inject('/api/webhooks')).json<{ id: string; cursor: string }[]>();
  return { tracker, app, post, remove, list, stop: () => app.close().then(() => tracker.close()) };
}

describe('of two servers on one file of webhooks', () => {
  test('one makes them and delivers; the other one shows them, refuses to change them, and goes on when the first is gone', async () => {
    await using receiver = await openReceiver();
    const first = await start();
    await first.tracker.record(OPENING);
    const second = await start();
    const body = { negotiation: TALKS, url: receiver.url };
    const { id } = (await first.post(body)).json();

    await until(() => second.tracker.status().applied === '5');
    for (const refused of [await second.post(body), await second.remove(id)]) {
      expect([refused.statusCode, codeOf(refused), refused.json().retryable]).toEqual([503, 'HELD_ELSEWHERE', true]);
      expect(refused.json().detail).toContain(
        `another server on this machine (process ${process.pid}) has the webhooks`,
      );
    }
    expect(await second.list()).toMatchObject([{ id }]);
    await second.tracker.record(said('one'));
    await until(async () => (await first.list())[0]?.cursor === '6');
    await first.stop();

    await until(async () => (await second.post(body)).statusCode === 201);
    expect((await onFile()).map((one) => one.id)).toContain(id);
    await second.tracker.record(said('two'));
    await until(() => receiver.deliveries.length === 3);
    const sent = receiver.deliveries.map(({ headers, body: text }) => [
      headers['webhook-id']?.includes(id.slice(3)),
      JSON.parse(text).data.development,
    ]);
    expect(sent.filter(([ofFirst]) => ofFirst)).toEqual([
      [true, 'one'],
      [true, 'two'],
    ]);
    expect((await second.remove(id)).statusCode).toBe(204);
    await second.stop();
  });

  test('the one that has not got them names no path where what the other one wrote cannot be read', async () => {
    const other = await lockHolder(file);
    await using server = await openTestServer({ webhooks: webhooks(60_000) });
    await writeFile(file, '{');
    const response = await server.get('/api/webhooks');
    expect([response.statusCode, codeOf(response)]).toEqual([500, 'WEBHOOKS_INVALID']);
    expect(response.body).not.toContain(folder);
    await other.kill();
  });

  test('the one that was killed does not keep them', async () => {
    const killed = await lockHolder(file);
    await using server = await openTestServer({ webhooks: webhooks() });
    const body = { negotiation: TALKS, url: 'http://127.0.0.1:9/' };
    const refused = await server.post('/api/webhooks', body);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      503,
      expect.stringContaining(`process ${killed.pid}`),
    ]);
    await killed.kill();
    await until(async () => (await server.post('/api/webhooks', body)).statusCode === 201);
  });

  test('the one that was still for so long that it looked gone writes nothing any more', async () => {
    await using server = await openTestServer({ webhooks: webhooks(600_000) });
    const body = { negotiation: TALKS, url: 'http://127.0.0.1:9/' };
    const { id } = (await server.post('/api/webhooks', body)).json();
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, '.webhooks.json.lock'), longAgo, longAgo);
    const other = await tryLock(file, 60_000);
    if (!('lock' in other)) throw new Error('it was old');
    const written = await readFile(file, 'utf8');
    const refused = await server.post('/api/webhooks', body);
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'HELD_ELSEWHERE']);
    expect((await server.app.inject({ method: 'DELETE', url: `/api/webhooks/${id}` })).statusCode).toBe(503);
    expect(await readFile(file, 'utf8')).toBe(written);
    expect((await server.get('/api/webhooks')).json()).toMatchObject([{ id }]);
    await other.lock.release();
  });
});
