import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { checkAddress, createServer, createToken, doorkeeper, listenError } from '../../src/http/index.ts';
import { tellTrouble } from '../../src/http/ready.ts';
import type { Tracker } from '../../src/tracker/index.ts';
import { openReader } from './support/reader.ts';
import { codeOf, openTestServer, type TestServer, until } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
/** 256 random bits in base64url. */
const SECRET_LENGTH = 43;

/** What a server writes to its log. */
function logged() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(
        ...chunk
          .toString()
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
      done();
    },
  });
  return { lines, logger: { level: 'debug', stream } };
}

describe('health', () => {
  test('is alive, and ready once everything recorded is applied', async () => {
    await using server = await openTestServer();
    expect((await server.get('/health/live')).json()).toEqual({ status: 'alive' });
    expect((await server.get('/health/ready')).json()).toEqual({
      status: 'ready',
      store: 'live',
      applied: '5',
      staleSince: null,
    });
  });

  test.each([
    ['catching up', { ready: false, applied: '3', staleSince: 0, store: { state: 'live' } }],
    ['the store is gone', { ready: false, applied: '5', staleSince: 0, store: { state: 'down' } }],
    ['nothing was read yet', { ready: false, applied: null, staleSince: 0, store: { state: 'connecting' } }],
  ])('is not ready while %s', async (_, status) => {
    const tracker = { follow() {}, status: () => status } as unknown as Tracker;
    const app = await createServer({ tracker, page: '/nowhere' });
    const response = await app.inject('/health/ready');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toEqual({
      status: 'not-ready',
      store: status.store.state,
      applied: status.applied,
      staleSince: '1970-01-01T00:00:00.000Z',
    });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/metrics')).body).toMatch(/^demarche_ready 0$/m);
    await app.close();
  });
});

describe('metrics', () => {
  test('count requests by route and status, developments, streams and lag', async () => {
    await using server = await openTestServer({ records: STORY });
    await server.get(`${BASE}/state`);
    await server.get(`${BASE}/state?party=nobody`);
    await server.get('/nothing/here');
    await server.post(`${BASE}/developments`, [said('one'), said('two')]);
    const { body } = await server.get('/metrics');
    const route = 'route="/api/negotiations/:negotiation/state"';
    for (const name of ['demarche_http_requests_total', 'demarche_http_request_duration_seconds_count']) {
      expect(body).toContain(`${name}{method="GET",${route},status="200"} 1`);
      expect(body).toContain(`${name}{method="GET",${route},status="404"} 1`);
    }
    expect(body).not.toContain('/nothing/here');
    expect(body).toMatch(/^demarche_developments_recorded_total 2$/m);
    expect(body).toMatch(/^demarche_streams_open 0$/m);
    expect(body).toMatch(/^demarche_rebuild_duration_seconds [0-9.e-]+$/m);
    expect(body).toMatch(/^demarche_lag_seconds 0$/m);
    expect(body).toMatch(/^demarche_ready 1$/m);
  });
});

describe('metrics of streams', () => {
  /** The value of each line of a metric, by its labels. */
  const read = async (server: TestServer, name: string) =>
    Object.fromEntries(
      [...(await server.get('/metrics')).body.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))].map(
        ([, labels = '', value]) => [labels, Number(value)],
      ),
    );

  test('count what was sent to a reader before it caught up, and after', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = await server.listen();
    const past = (await server.tracker.changes(TALKS)).length;
    const reader = await openReader(`${url}${BASE}/changes/stream?after=0`);
    await reader.ready();
    expect(await read(server, 'demarche_changes_delivered_total')).toEqual({ '': past });
    await server.tracker.record(said('one'));
    await reader.changes(past + 1);
    expect(await read(server, 'demarche_changes_delivered_total')).toEqual({ '': past + 1 });
    const filtered = await openReader(`${url}${BASE}/changes/stream?after=0&party=south`);
    await filtered.ready();
    const sent = past + 1 + filtered.cursors().length;
    expect(await read(server, 'demarche_changes_delivered_total')).toEqual({ '': sent });
    for (const one of [reader, filtered]) one.leave();
  });

  test.each([
    ['changes/stream', 'changes/stream?after=0'],
    ['replay', 'replay?from=2026-02-01&to=2026-02-28&pace=0.1'],
  ])('count a reader of %s that leaves, and how long it was there', async (route, path) => {
    await using server = await openTestServer({ records: STORY });
    const reader = await openReader(`${await server.listen()}${BASE}/${path}`);
    await until(() => reader.cursors().length > 0);
    const labels = `method="GET",route="/api/negotiations/:negotiation/${route}",status="200"`;
    const requests = async () => (await read(server, 'demarche_http_requests_total'))[labels];
    expect(await requests()).toBeUndefined();
    reader.leave();
    await until(async () => (await requests()) === 1);
    expect((await read(server, 'demarche_http_request_duration_seconds_count'))[labels]).toBe(1);
    expect((await read(server, 'demarche_http_request_duration_seconds_sum'))[labels]).toBeGreaterThan(0);
  });
});

describe('the log', () => {
  test('has a line for each request with the id its answer carries', async () => {
    const { lines, logger } = logged();
    await using server = await openTestServer({ logger });
    const response = await server.post(`${BASE}/developments`, said('one'));
    const id = response.headers['x-request-id'];
    expect(lines.find(({ reqId }) => reqId === id)).toMatchObject({
      level: 30,
      method: 'POST',
      path: `${BASE}/developments`,
      status: 201,
      client: '127.0.0.1',
    });
    const refused = await server.get(`${BASE}/state?asOf=never`);
    expect(refused.json().instance).toBe(`urn:demarche:request:${refused.headers['x-request-id']}`);
  });

  test('says why the store is not followed, once for each reason, and when it is again', () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    let status = { ready: true, lastError: null as string | null };
    const tracker = { status: () => status } as unknown as Tracker;
    const say = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
    const stop = tellTrouble(tracker, { warn: say('warn'), info: say('info') });
    const at = (ready: boolean, lastError: string | null) => {
      status = { ready, lastError };
      vi.advanceTimersByTime(2000);
    };
    at(true, null);
    at(false, null);
    at(false, 'the server does not answer');
    at(false, 'the stream talks was deleted');
    at(true, null);
    at(true, null);
    stop();
    at(false, 'nobody looks any more');
    vi.useRealTimers();
    expect(lines).toEqual([
      'warn: the store: the server does not answer',
      'warn: the store: the stream talks was deleted',
      'info: the store: followed again',
    ]);
  });

  test('never holds a secret, wherever one was put', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demarche-'));
    const file = join(folder, 'tokens.json');
    const { secret } = await createToken(file, { name: 'desk', role: 'editor' }, 0);
    const { lines, logger } = logged();
    await using server = await openTestServer({
      logger,
      door: doorkeeper(file, () => 0),
      webhooks: { allowPrivate: true },
    });
    const bearer = { authorization: `Bearer ${secret}` };
    const basic = { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` };
    const asked = [
      await server.get(`${BASE}/state?token=${secret}`, bearer),
      await server.get('/api/negotiations', basic),
      await server.get('/api/negotiations', { authorization: `Bearer ${secret}x`, cookie: secret }),
      await server.post(`${BASE}/developments`, { ...said('one'), note: secret, unknown: secret }, bearer),
      await server.post('/api/webhooks', { negotiation: TALKS, url: 'http://127.0.0.1:9/' }, bearer),
      await server.get('/api/webhooks', bearer),
    ];
    expect(asked.map(({ statusCode }) => statusCode)).toEqual([400, 200, 401, 422, 201, 200]);
    expect(asked.at(-1)?.json()).toHaveLength(1);
    // A request is logged once its answer is on its way.
    const ids = asked.map(({ headers }) => headers['x-request-id']);
    await until(() => ids.every((id) => lines.some(({ reqId }) => reqId === id)));
    const text = JSON.stringify(lines);
    // The random part may hold "_" itself: its length tells where it begins.
    expect(text).not.toContain(secret.slice(-SECRET_LENGTH));
    expect(text).not.toContain('whsec_');
    expect(text).not.toContain(Buffer.from(`x:${secret}`).toString('base64'));
    await rm(folder, { recursive: true });
  });

  test('has the file of a negotiation that cannot be read, and the list of negotiations does not', async () => {
    const { lines, logger } = logged();
    const failure = { code: 'STORE_CORRUPT', message: '/var/secret/talks.db: the event at position 7 is damaged' };
    const tracker = {
      follow() {},
      status: () => ({ ready: true, applied: '1', staleSince: null, store: { state: 'live' } }),
      negotiations: async () => [{ negotiation: TALKS, failure }],
    } as unknown as Tracker;
    const app = await createServer({ tracker, logger, page: '/nowhere' });
    const response = await app.inject('/api/negotiations');
    expect(response.json()[0].failure).toEqual({
      code: 'STORE_CORRUPT',
      message: 'The store is damaged or is not a Demarche log; the log of the server says more.',
    });
    expect(JSON.stringify(lines)).toContain(failure.message);
    await app.close();
  });

  test('has what went wrong inside, and the answer does not', async () => {
    const { lines, logger } = logged();
    const tracker = {
      follow() {},
      status: () => ({ ready: true, applied: '1', staleSince: null, store: { state: 'live' } }),
      negotiations: async () => {
        throw new TypeError('the secret inside /etc/passwd');
      },
    } as unknown as Tracker;
    const app = await createServer({ tracker, logger, page: '/nowhere' });
    const response = await app.inject('/api/negotiations');
    expect([response.statusCode, codeOf(response)]).toEqual([500, 'INTERNAL']);
    expect(response.body).not.toMatch(/secret|passwd|TypeError/);
    expect(JSON.stringify(lines)).toContain('the secret inside /etc/passwd');
    await app.close();
  });
});

describe('limits', () => {
  test('on requests a minute from one client say when to come back', async () => {
    await using server = await openTestServer({ limits: { ratePerMinute: 3, heavyPerMinute: 1 } });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await server.get('/api/negotiations')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await server.get('/api/negotiations');
    expect(codeOf(refused)).toBe('RATE_EXCEEDED');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await server.get('/health/live')).statusCode).toBe(200);
  });

  const HEAVY = [
    'export.jsonl',
    'changes.atom',
    'replay?from=2026-02-01&to=2026-03-01',
    'timelines',
    'export.csv',
    'rounds.ics',
  ];

  test('on what reads a whole log are tighter, and one for all of it', async () => {
    await using server = await openTestServer({ limits: { ratePerMinute: 100, heavyPerMinute: 4 } });
    const statuses = [];
    for (const path of HEAVY) statuses.push((await server.get(`${BASE}/${path}`)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = await server.get(`${BASE}/export.jsonl`);
    expect([codeOf(refused), refused.json().detail]).toEqual([
      'RATE_EXCEEDED',
      expect.stringContaining('this takes 4 exports'),
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await server.get(`${BASE}/state`)).statusCode).toBe(200);
  });

  test.each(HEAVY)('on all requests count %s too', async (path) => {
    await using server = await openTestServer({ limits: { ratePerMinute: 3, heavyPerMinute: 240 } });
    expect((await server.get(`${BASE}/${path}`)).statusCode).toBe(200);
    expect((await server.get(`${BASE}/state`)).statusCode).toBe(200);
    expect((await server.get(`${BASE}/${path}`)).statusCode).toBe(200);
    for (const again of [path, 'state']) expect((await server.get(`${BASE}/${again}`)).statusCode).toBe(429);
  });

  test('are off where none is wanted', async () => {
    await using server = await openTestServer({ limits: { ratePerMinute: 0, heavyPerMinute: 1 } });
    for (const path of HEAVY) expect((await server.get(`${BASE}/${path}`)).statusCode).toBe(200);
  });
});

describe('pages of other sites', () => {
  const origin = 'https://desk.example.org';
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };

  test('may not ask here, until their origin is named', async () => {
    await using server = await openTestServer();
    const response = await server.get('/api/negotiations', { origin });
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    const asked = await server.app.inject({ method: 'OPTIONS', url: `${BASE}/developments`, headers: preflight });
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    expect(asked.statusCode).toBe(405);
  });

  test('may ask once it is, and others still may not', async () => {
    await using server = await openTestServer({ cors: [origin] });
    const response = await server.get('/api/negotiations', { origin });
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      vary: expect.stringContaining('Origin'),
    });
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    const asked = await server.app.inject({ method: 'OPTIONS', url: `${BASE}/developments`, headers: preflight });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers['access-control-allow-headers']).toContain('authorization');
    const other = await server.get('/api/negotiations', { origin: 'https://elsewhere.example' });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(other.headers.vary).toContain('Origin');
  });
});

describe('what a browser is told', () => {
  test('no inline script, no frame, nothing from elsewhere, no guessing of types', async () => {
    await using server = await openTestServer();
    for (const path of ['/', '/docs/', '/nothing', '/api/negotiations', '/api/nothing', '/api/openapi.json']) {
      const { headers } = await server.get(path);
      const policy = String(headers['content-security-policy']);
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1]?.split(' ');
      // An answer of the API is no document: no script at all.
      expect(scripts === undefined, path).toBe(path.startsWith('/api/'));
      expect(scripts?.every((one) => one === "'self'" || one.startsWith("'sha256-")) ?? true).toBe(true);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('http');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers.server).toBeUndefined();
    }
  });

  test('the documentation loads everything from this server', async () => {
    await using server = await openTestServer();
    const page = await server.get('/docs/');
    expect([...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)).toEqual(['js/scalar.js']);
    const script = await server.get('/docs/js/scalar.js');
    expect(script.statusCode).toBe(200);
    expect(script.body.length).toBeGreaterThan(1_000_000);
  });

  test('where the page is not built, "/" says where the answers are', async () => {
    await using server = await openTestServer();
    const response = await server.get('/');
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.body).toContain('/api/negotiations');
    for (const path of response.body.match(/(?<=^ {2})\/\S+/gm) ?? [])
      expect((await server.get(path)).statusCode).toBeOneOf([200, 301]);
  });
});

describe('where a server listens', () => {
  const file = 'tokens.json';

  test.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])('on %s without tokens', (host) => {
    expect(() => checkAddress({ host }, { any: false, file })).not.toThrow();
  });

  test.each([
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '192.168.1.5' },
    { host: 'talks.example.org' },
    { host: '127.0.0.1', url: 'https://talks.example.org' },
  ])('on %j only with tokens', (address) => {
    expect(() => checkAddress(address, { any: false, file })).toThrowError(
      expect.objectContaining({ code: 'SERVER_ADDRESS_INVALID' }),
    );
    expect(() => checkAddress(address, { any: true, file })).not.toThrow();
  });

  test('a port that is taken is said as a person would', async () => {
    await using first = await openTestServer();
    await using second = await openTestServer();
    const port = Number(new URL(await first.listen()).port);
    const error = await second.app.listen({ host: '127.0.0.1', port }).catch((reason) => reason);
    expect(listenError(error, { host: '127.0.0.1', port })).toMatchObject({
      code: 'SERVER_ADDRESS_INVALID',
      message: expect.stringContaining('something listens there already'),
    });
  });
});
