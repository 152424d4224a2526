import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServer } from '../../src/http/index.ts';
import { checkDestination, isPublic, lookupPublic } from '../../src/http/webhooks/destination.ts';
import { post } from '../../src/http/webhooks/post.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { openReceiver } from './support/receiver.ts';
import { codeOf, openTestServer, type TestServerOptions, until } from './support/server.ts';
import { OPENING, said, TALKS } from './support/talks.ts';

let file: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'webhooks.json');
});
afterEach(() => rm(folder, { recursive: true }));

const open = (options: TestServerOptions = {}) =>
  openTestServer({ webhooks: { file, allowPrivate: true, retryMs: [5, 5] }, ...options });

const idOf = (delivery: { readonly headers: Readonly<Record<string, string>> }) => delivery.headers['webhook-id'];
const developmentOf = ({ body }: { readonly body: string }) => JSON.parse(body).data.development as string;

describe('a webhook', () => {
  test('is delivered each change from now on, in order, signed so that the receiver can tell', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    await server.tracker.record(said('before'));
    const made = await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url });
    expect(made.statusCode).toBe(201);
    const { id, secret } = made.json();
    expect(made.headers.location).toBe(`/api/webhooks/${id}`);
    expect(made.headers['cache-control']).toBe('no-store');
    await server.tracker.record([said('one'), said('two', { party: undefined, parties: ['north', 'south'] })]);
    await until(() => receiver.deliveries.length === 3);
    expect(receiver.deliveries.map(developmentOf)).toEqual(['one', 'two', 'two']);
    const verifier = new Verifier(secret);
    const changes = (await server.tracker.changes(TALKS)).slice(-3);
    for (const [index, { body, headers }] of receiver.deliveries.entries()) {
      // The clock of the test stands in the past, which a verifier would take for a replay.
      const timestamp = Number(headers['webhook-timestamp']);
      expect(timestamp).toBe(server.clock.now() / 1000);
      const signature = verifier.sign(headers['webhook-id'] ?? '', new Date(timestamp * 1000), body);
      expect(headers['webhook-signature']).toBe(signature);
      expect(JSON.parse(body)).toEqual({
        type: 'position.changed',
        timestamp: changes[index]?.recorded,
        data: changes[index],
      });
    }
    expect(new Set(receiver.deliveries.map(idOf)).size).toBe(3);
  });

  test('is delivered only what it asked for', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url, party: 'south', effect: 'changed' });
    await server.tracker.record([
      said('a', { party: 'south' }),
      said('b'),
      said('c', { party: 'south', stance: 'Other words' }),
    ]);
    await until(() => receiver.deliveries.length === 1);
    expect(receiver.deliveries.map(developmentOf)).toEqual(['c']);
  });

  test('is tried again under the same id until it is taken; what comes after it waits', async () => {
    await using receiver = await openReceiver();
    await using server = await open({ webhooks: { file, allowPrivate: true, retryMs: Array(10).fill(2) } });
    const { id } = (await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url })).json();
    receiver.statuses.push(500, 503, 302, 404);
    await server.tracker.record([said('one'), said('two')]);
    await until(() => receiver.deliveries.length === 6);
    expect(receiver.deliveries.map(developmentOf)).toEqual(['one', 'one', 'one', 'one', 'one', 'two']);
    expect(new Set(receiver.deliveries.slice(0, 5).map(idOf)).size).toBe(1);
    await until(async () => (await server.get(`/api/webhooks/${id}`)).json().failingSince === null);
    // What was received is counted once its answer has come back.
    const metrics = async () => (await server.get('/metrics')).body;
    await until(async () => (await metrics()).includes('demarche_webhook_deliveries_total{outcome="delivered"} 2'));
    expect(await metrics()).toContain('demarche_webhook_deliveries_total{outcome="failed"} 4');
  });

  test('gives up after its last attempt, keeps a dead letter, and goes on; resent, it is off the list', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    const { id } = (await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url })).json();
    receiver.statuses.push(500, 500, 500);
    await server.tracker.record([said('one'), said('two')]);
    await until(() => receiver.deliveries.length === 4);
    const letters = (await server.get(`/api/webhooks/${id}/dead-letters`)).json();
    expect(letters).toEqual([
      {
        message: idOf(receiver.deliveries[0] ?? { headers: {} }),
        cursor: '6',
        development: 'one',
        attempts: 3,
        lastError: 'the receiver answered 500',
        failed: '2026-03-01T12:00:00.000Z',
      },
    ]);
    const resend = `/api/webhooks/${id}/dead-letters/${letters[0].message}/resend`;
    receiver.statuses.push(400);
    expect((await server.post(resend, {})).json()).toMatchObject({
      delivered: false,
      deadLetter: { attempts: 4, lastError: 'the receiver answered 400' },
    });
    expect((await server.post(resend, {})).json()).toEqual({ delivered: true, deadLetter: null });
    expect(receiver.deliveries.at(-1)).toMatchObject({ body: receiver.deliveries[0]?.body });
    expect(idOf(receiver.deliveries.at(-1) ?? { headers: {} })).toBe(letters[0].message);
    expect((await server.get(`/api/webhooks/${id}/dead-letters`)).json()).toEqual([]);
    expect((await server.post(resend, {})).statusCode).toBe(404);
  });

  test('stops where the receiver says it is gone', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    const { id } = (await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url })).json();
    receiver.statuses.push(410);
    await server.tracker.record([said('one'), said('two')]);
    await until(async () => (await server.get(`/api/webhooks/${id}`)).json().status === 'stopped');
    expect(receiver.deliveries).toHaveLength(1);
    expect((await server.get('/metrics')).body).toContain('demarche_webhook_deliveries_total{outcome="gone"} 1');
  });

  test('goes on where it was after the server was started again, and misses nothing recorded meanwhile', async () => {
    await using receiver = await openReceiver();
    const path = join(folder, 'talks.db');
    const start = async () => {
      const tracker = openTracker({ store: openSqliteStore({ path }) });
      const app = await createServer({
        tracker,
        page: '/nowhere',
        webhooks: { file, allowPrivate: true, retryMs: [5, 5] },
      });
      return { tracker, app, stop: () => app.close().then(() => tracker.close()) };
    };
    const first = await start();
    await first.tracker.record(OPENING);
    await first.app.inject({
      method: 'POST',
      url: '/api/webhooks',
      payload: { negotiation: TALKS, url: receiver.url },
    });
    await first.tracker.record(said('one'));
    await until(() => receiver.deliveries.length === 1);
    await first.stop();
    const away = openTracker({ store: openSqliteStore({ path }) });
    await away.record([said('two'), said('three')]);
    await away.close();
    const second = await start();
    await until(() => receiver.deliveries.length === 3);
    expect(receiver.deliveries.map(developmentOf)).toEqual(['one', 'two', 'three']);
    await second.stop();
  });

  test('says so where the log ends before the last delivery: it was exchanged for another', async () => {
    await using receiver = await openReceiver();
    {
      await using first = await open({ records: [...OPENING, said('one'), said('two')] });
      await first.post('/api/webhooks', { negotiation: TALKS, url: receiver.url });
    }
    await using second = await open();
    const listed = async () =>
      (await second.get('/api/webhooks')).json<{ lastError: string | null; failingSince: string | null }[]>()[0];
    await until(async () => (await listed())?.lastError !== null);
    expect(await listed()).toMatchObject({
      lastError: expect.stringContaining('this log ends at 5'),
      failingSince: new Date(second.clock.now()).toISOString(),
    });
    expect(receiver.deliveries).toEqual([]);
  });

  test('is listed without its secret, kept in a file for its owner alone, and taken away', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    const { id, secret } = (await server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url })).json();
    const list = await server.get('/api/webhooks');
    expect(list.json()).toMatchObject([{ id, status: 'delivering', deadLetters: 0, url: receiver.url }]);
    expect(list.body).not.toContain(secret);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const gone = await server.app.inject({ method: 'DELETE', url: `/api/webhooks/${id}` });
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    expect((await server.get('/api/webhooks')).json()).toEqual([]);
    expect(JSON.parse(await readFile(file, 'utf8')).webhooks).toEqual([]);
    await server.tracker.record(said('after'));
    const again = await server.get(`/api/webhooks/${id}`);
    expect([again.statusCode, codeOf(again)]).toEqual([404, 'WEBHOOK_UNKNOWN']);
    expect(receiver.deliveries).toEqual([]);
  });

  test('is taken away also by those who name the type of a body that they do not send', async () => {
    await using server = await open();
    const headers = { 'content-type': 'application/json' };
    const { id } = (await server.post('/api/webhooks', { negotiation: TALKS, url: 'http://127.0.0.1:1/' })).json();
    const url = `/api/webhooks/${id}`;
    const resent = await server.app.inject({ method: 'POST', url: `${url}/dead-letters/msg/resend`, headers });
    expect(codeOf(resent)).toBe('WEBHOOK_UNKNOWN');
    expect((await server.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    const nothing = await server.app.inject({ method: 'POST', url: '/api/webhooks', headers });
    expect([nothing.statusCode, nothing.json().detail]).toEqual([400, 'the body is empty; send JSON']);
  });

  test('is one of a hundred at most, also where more are asked for at once; one that is refused takes no place', async () => {
    await using receiver = await openReceiver();
    await using server = await open();
    const add = (fields: object = {}) =>
      server.post('/api/webhooks', { negotiation: TALKS, url: receiver.url, ...fields });
    const misplaced = await Promise.all(Array.from({ length: 100 }, () => add({ party: 'nobody' })));
    expect(new Set(misplaced.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    const answers = await Promise.all(Array.from({ length: 120 }, () => add()));
    const made = answers.filter(({ statusCode }) => statusCode === 201);
    expect(made).toHaveLength(100);
    const refused = answers.filter((answer) => !made.includes(answer));
    expect(new Set(refused.map(codeOf))).toEqual(new Set(['WEBHOOK_INVALID']));
    expect((await add()).statusCode).toBe(refused[0]?.statusCode);
    const { headers } = made[0] ?? expect.fail('none was made');
    await server.app.inject({ method: 'DELETE', url: String(headers.location) });
    expect((await add()).statusCode).toBe(201);
  });
});

describe('where webhooks may go', () => {
  const PRIVATE = [
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '3fff::1',
  ];
  const PUBLIC = [
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '193.0.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::8a',
  ];

  test.each(PRIVATE)('not to %s', (address) => expect(isPublic(address)).toBe(false));
  test.each(PUBLIC)('to %s', (address) => expect(isPublic(address)).toBe(true));

  test.each([
    'http://127.0.0.1/',
    'http://[::1]:4800/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost:4990/x',
    'http://LOCALHOST./',
    'https://hooks.localhost/',
  ])('not to %s, however it is written', (url) => {
    expect(() => checkDestination(url)).toThrowError(expect.objectContaining({ code: 'WEBHOOK_INVALID' }));
  });

  test.each(['http://localhost.example.org/', 'http://mylocalhost/', 'https://localhost-hooks.example/'])(
    'to %s, as far as its name tells',
    (url) => expect(() => checkDestination(url)).not.toThrow(),
  );

  test('not to what any other name leads to, where that is this machine', async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all: true }, resolve));
    expect(error).toMatchObject({ code: 'WEBHOOK_INVALID' });
  });

  test('not to a name that leads to this machine, which is looked at when it is connected to', async () => {
    await using receiver = await openReceiver();
    const { port } = new URL(receiver.url);
    const outcome = await post(
      { id: 'msg_1', body: '{}' },
      {
        url: `http://localhost:${port}/`,
        secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
        now: 0,
        timeoutMs: 5000,
        allowPrivate: false,
        signal: new AbortController().signal,
      },
    );
    expect(outcome).toEqual({ kind: 'failed', error: expect.stringContaining('public addresses only') });
    expect(receiver.deliveries).toEqual([]);
  });

  test.each([
    [{ url: 'http://127.0.0.1:1/' }, 422, 'WEBHOOK_INVALID'],
    [{ url: 'ftp://example.org/' }, 400, 'REQUEST_INVALID'],
    [{ url: 'https://user:word@example.org/' }, 400, 'REQUEST_INVALID'],
    [{ url: 'example.org' }, 400, 'REQUEST_INVALID'],
    [{ url: 'https://example.org/', negotiation: 'nowhere' }, 404, 'NEGOTIATION_UNKNOWN'],
    [{ url: 'https://example.org/', party: 'nobody' }, 404, 'CELL_UNKNOWN'],
    [{ url: 'https://example.org/', secret: 'mine' }, 400, 'REQUEST_INVALID'],
  ])('are refused at once where that can be told: %j', async (own, status, code) => {
    await using server = await openTestServer();
    const response = await server.post('/api/webhooks', { negotiation: TALKS, ...own });
    expect([response.statusCode, codeOf(response)]).toEqual([status, code]);
    expect((await server.get('/api/webhooks')).json()).toEqual([]);
  });

  test('a receiver is heard out, unless there is no end to what it says', async () => {
    const answers: ServerResponse[] = [];
    const talkative = createHttpServer((_, response) => {
      answers.push(response);
      response.flushHeaders();
    }).listen(0, '127.0.0.1');
    await once(talkative, 'listening');
    const { port } = talkative.address() as { port: number };
    const delivered = async (): Promise<ServerResponse> => {
      const outcome = await post(
        { id: 'msg_1', body: '{}' },
        {
          url: `http://127.0.0.1:${port}/`,
          secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
          now: 0,
          timeoutMs: 60_000,
          allowPrivate: true,
          signal: new AbortController().signal,
        },
      );
      expect(outcome).toEqual({ kind: 'delivered' });
      const answer = answers.pop();
      if (!answer) throw new Error('nobody asked');
      return answer;
    };

    const brief = await delivered();
    const closed = once(brief, 'close');
    for (const word of ['in', 'several', 'pieces']) {
      brief.write(word);
      await pause(20);
    }
    brief.end();
    await closed;
    expect(brief.writableFinished).toBe(true);

    const endless = await delivered();
    while (!endless.destroyed) {
      endless.write('x'.repeat(10_000));
      await pause(1);
    }
    expect(endless.writableFinished).toBe(false);
    talkative.close();
  });

  test('a receiver that does not answer is given up on after a while', async () => {
    const silent = createTcpServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const outcome = await post(
      { id: 'msg_1', body: '{}' },
      {
        url: `http://127.0.0.1:${port}/`,
        secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
        now: 0,
        timeoutMs: 20,
        allowPrivate: true,
        signal: new AbortController().signal,
      },
    );
    expect(outcome).toEqual({ kind: 'failed', error: 'the receiver did not answer in time' });
    silent.close();
  });
});
