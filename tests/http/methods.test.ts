/** Which methods an address takes, and what it says of the others. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { codeOf, openTestServer } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
const STREAMED = [
  'changes/stream',
  'replay?from=2026-02-01&to=2026-03-01',
  'timelines',
  'export.jsonl',
  'export.csv',
] as const;

/** The head of an answer; of a `GET` whose body may never end, no more is read. */
function head(
  method: 'GET' | 'HEAD',
  url: string,
): Promise<{ status: number; headers: Record<string, unknown>; bytes: number }> {
  return new Promise((resolve, reject) => {
    const ask = request(url, { method, agent: false }, (response) => {
      const { statusCode = 0, headers } = response;
      let bytes = 0;
      const done = () => {
        ask.destroy();
        resolve({ status: statusCode, headers, bytes });
      };
      if (method === 'GET') return done();
      response.on('data', (data: Buffer) => {
        bytes += data.length;
      });
      response.on('end', done);
    });
    ask.on('error', reject);
    ask.end();
  });
}

describe('HEAD', () => {
  test.each(STREAMED)('says of %s what GET says, and ends', async (path) => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${BASE}/${path}`;
    const [whole, alone] = [await head('GET', url), await head('HEAD', url)];
    expect([alone.status, alone.bytes]).toEqual([200, 0]);
    for (const name of ['content-type', 'cache-control', 'content-disposition', 'content-length'])
      expect([name, alone.headers[name]]).toEqual([name, whole.headers[name]]);
  });

  test.each(STREAMED)('is refused of %s as GET is', async (path) => {
    await using server = await openTestServer();
    const url = `/api/negotiations/nowhere/${path}`;
    const asked = await server.app.inject({ method: 'HEAD', url });
    expect([asked.statusCode, asked.body]).toEqual([404, '']);
  });

  test.each(['identity', 'gzip'])('says of the length of an answer the truth or nothing: %s', async (accepted) => {
    await using server = await openTestServer();
    await server.tracker.record(said('long', { stance: 'Long words. '.repeat(200) }));
    for (const path of ['state', 'changes', 'changes.atom', 'rounds']) {
      const [whole, alone] = await Promise.all(
        (['GET', 'HEAD'] as const).map((method) =>
          server.app.inject({ method, url: `${BASE}/${path}`, headers: { 'accept-encoding': accepted } }),
        ),
      );
      const [sent, told] = [whole?.rawPayload.length, alone?.headers['content-length']];
      expect([undefined, String(sent)], path).toContain(told);
      expect(told === undefined, path).toBe(accepted === 'gzip' && path !== 'rounds');
    }
  });

  test('says of no length where the answer is known', async () => {
    await using server = await openTestServer({ records: STORY });
    const { etag } = (await server.get(`${BASE}/rounds`)).headers;
    const headers = { 'if-none-match': String(etag) };
    const { statusCode, headers: told } = await server.app.inject({ method: 'HEAD', url: `${BASE}/rounds`, headers });
    expect([statusCode, told.etag, told['content-length']]).toEqual([304, etag, undefined]);
  });
});

describe('a method that an address has not', () => {
  test.each([
    ['DELETE', '/api/negotiations', 'GET, HEAD'],
    ['POST', '/api/negotiations', 'GET, HEAD'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['PUT', '/metrics', 'GET, HEAD'],
    ['PUT', '/api/webhooks', 'GET, HEAD, POST'],
    ['POST', '/api/webhooks/wh_0', 'DELETE, GET, HEAD'],
    ['GET', '/api/webhooks/wh_0/dead-letters/msg/resend', 'POST'],
    ['OPTIONS', '/api/negotiations', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/docs/', 'GET, HEAD'],
    ['OPTIONS', `${BASE}/state`, 'GET, HEAD'],
    ['DELETE', `${BASE}/state`, 'GET, HEAD'],
    ['DELETE', `${BASE}/developments`, 'GET, HEAD, POST'],
    ['PROPFIND', `${BASE}/rounds.ics`, 'GET, HEAD'],
  ] as const)('is refused, and the answer says which it has: %s %s', async (method, url, allow) => {
    await using server = await openTestServer({ records: STORY });
    for (const payload of ['', 'no JSON']) {
      const headers = payload === '' ? {} : { 'content-type': 'text/plain' };
      const response = await server.app.inject({ method, url, payload, headers });
      expect([response.statusCode, codeOf(response), response.headers.allow]).toEqual([
        405,
        'METHOD_NOT_ALLOWED',
        allow,
      ]);
    }
  });

  test('is no way to find out more without a token', async () => {
    const door = { guarded: () => true, tokens: () => [], holder: () => undefined, stands: () => false };
    await using server = await openTestServer({ door });
    expect((await server.app.inject({ method: 'DELETE', url: '/api/negotiations' })).statusCode).toBe(401);
    expect((await server.app.inject({ method: 'POST', url: '/health/live' })).statusCode).toBe(405);
  });

  test('leaves pages of other sites what they ask beforehand', async () => {
    await using server = await openTestServer({ cors: ['https://desk.example.org'] });
    const headers = { origin: 'https://desk.example.org', 'access-control-request-method': 'POST' };
    for (const url of ['/api/webhooks', `${BASE}/developments`])
      expect((await server.app.inject({ method: 'OPTIONS', url, headers })).statusCode).toBe(204);
  });

  test('of an address that is not there is not found', async () => {
    await using server = await openTestServer();
    for (const [method, url] of [
      ['DELETE', '/nothing/here'],
      ['GET', `${BASE}/nothing-here`],
      ['POST', '/api/nothing'],
    ] as const) {
      const response = await server.app.inject({ method, url });
      expect([response.statusCode, codeOf(response), response.headers.allow]).toEqual([
        404,
        'ROUTE_UNKNOWN',
        undefined,
      ]);
    }
  });
});
