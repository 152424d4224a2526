import { describe, expect, test } from 'vitest';
import { openReader } from './support/reader.ts';
import { codeOf, openTestServer } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
const GATES = 'asOf=2026-02-12&knownOn=2026-02-20&recordedBy=2026-03-02';

describe('an answer without an ETag', () => {
  test('is asked about again too: no cache is left to guess', async () => {
    await using server = await openTestServer({ records: STORY });
    for (const url of ['/api/negotiations', `${BASE}/changes`, '/api/webhooks', '/api/openapi.json'])
      expect([url, (await server.get(url)).headers['cache-control']]).toEqual([url, 'no-cache']);
  });
});

describe('an answer with an ETag', () => {
  test.each([
    `state?${GATES}`,
    'rounds?asOf=2026-02-19&knownOn=2026-02-20&recordedBy=2026-03-02',
    `developments?${GATES}`,
    `positions/north/tolls/history?${GATES}`,
    'diff?from=2026-02-01&to=2026-02-12&recordedBy=2026-03-02',
  ])('can be kept for good where every gate lies in the past: %s', async (path) => {
    await using server = await openTestServer({ records: STORY });
    server.clock.set('2026-03-05T00:00:00Z');
    const first = await server.get(`${BASE}/${path}`);
    expect(first.body).toMatch(/2026-0[24]-/);
    expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    await server.tracker.record(said('later', { occurred: '2026-02-11' }));
    const again = await server.get(`${BASE}/${path}`);
    expect(again.body).toBe(first.body);
    const known = await server.get(`${BASE}/${path}`, { 'if-none-match': String(first.headers.etag) });
    expect([known.statusCode, known.body, known.headers.etag]).toEqual([304, '', first.headers.etag]);
  });

  test.each([
    ['no moment', ''],
    ['no recordedBy', 'asOf=2026-02-12&knownOn=2026-02-20'],
    ['no asOf', 'knownOn=2026-02-20&recordedBy=2026-02-28'],
    ['a recordedBy still to come', 'asOf=2026-02-12&knownOn=2026-02-20&recordedBy=2026-03-02'],
    ['a recordedBy whose day has not ended everywhere', 'asOf=2026-02-12&knownOn=2026-02-20&recordedBy=2026-03-01'],
    ['a recordedBy of a moment ago', 'asOf=2026-02-12&knownOn=2026-02-20&recordedBy=2026-03-01T11:59:30Z'],
  ])('is asked about again with %s', async (_, query) => {
    await using server = await openTestServer({ records: STORY });
    expect((await server.get(`${BASE}/state?${query}`)).headers['cache-control']).toBe('no-cache');
  });

  test('is the same until the log moves on, also for a state of now', async () => {
    await using server = await openTestServer({ records: STORY });
    const { get, clock, tracker } = server;
    const first = await get(`${BASE}/state`);
    const etag = String(first.headers.etag);
    clock.set('2026-03-01T12:30:00Z');
    const later = await get(`${BASE}/state`);
    expect(later.json().asOf).toBe('2026-03-01T12:30:00.000Z');
    expect(later.headers.etag).toBe(etag);
    expect((await get(`${BASE}/state`, { 'if-none-match': `"other", ${etag}` })).statusCode).toBe(304);
    await tracker.record(said('more'));
    const { position } = await tracker.record(said('most'));
    const moved = await get(`${BASE}/state?minPosition=${position}`, { 'if-none-match': etag });
    expect(moved.statusCode).toBe(200);
    const recalled = await get(`${BASE}/state`, { 'if-none-match': etag });
    expect(recalled.statusCode).toBe(200);
    expect(recalled.headers.etag).not.toBe(etag);
  });

  test('changes when time alone makes a round overdue', async () => {
    await using server = await openTestServer({ records: STORY });
    const before = await server.get(`${BASE}/state`);
    server.clock.set('2026-04-10T00:00:00Z');
    const after = await server.get(`${BASE}/state`, { 'if-none-match': String(before.headers.etag) });
    expect(after.statusCode).toBe(200);
    expect(after.json().rounds).toMatchObject([{ round: 'second', status: 'overdue' }]);
  });

  test('is not given from memory to one who may not have it, nor under another name', async () => {
    await using server = await openTestServer({ records: STORY });
    await server.get(`${BASE}/state`);
    expect((await server.get(`${BASE}/state`, { host: 'rebound.example' })).statusCode).toBe(421);
    const feed = (host: string) => server.get(`${BASE}/changes.atom`, { host });
    expect((await feed('localhost:1')).body).toContain('http://localhost:1/');
    expect((await feed('localhost:2')).body).not.toContain('http://localhost:1/');
  });
});

describe('time on the web (RFC 7089)', () => {
  test('Accept-Datetime asks for a state, and Memento-Datetime says which it is', async () => {
    await using server = await openTestServer({ records: STORY });
    const asked = 'Fri, 13 Feb 2026 10:00:00 GMT';
    const response = await server.get(`${BASE}/state?party=north`, { 'accept-datetime': asked });
    expect(response.json()).toEqual(
      await server.tracker.state(TALKS, { party: 'north', asOf: '2026-02-13T10:00:00.000Z' }),
    );
    expect(response.headers['memento-datetime']).toBe(asked);
    expect(response.headers.vary).toMatch(/accept-datetime/);
    const { 'content-location': memento = '' } = response.headers;
    expect(response.headers.link).toBe(
      `<${BASE}/state?party=north>; rel="original timegate", <${memento}>; rel="memento"; datetime="${asked}"`,
    );
    const itself = await server.get(String(memento));
    expect(itself.headers['memento-datetime']).toBe(asked);
    expect(itself.json().positions).toEqual(response.json().positions);
  });

  test('a state of now is the original, and is not taken for one of then', async () => {
    await using server = await openTestServer({ records: STORY });
    const asked = { 'accept-datetime': 'Tue, 10 Feb 2026 23:59:59 GMT' };
    const then = await server.get(`${BASE}/state`, asked);
    const now = await server.get(`${BASE}/state`);
    expect(now.headers['memento-datetime']).toBeUndefined();
    expect(now.headers.link).toBe(`<${BASE}/state>; rel="original timegate"`);
    expect((await server.get(`${BASE}/state`, asked)).body).toBe(then.body);
    expect(now.json().positions).not.toEqual(then.json().positions);
  });

  test('the tag of one moment is not the tag of another', async () => {
    await using server = await openTestServer({ records: STORY });
    const early = await server.get(`${BASE}/state`, { 'accept-datetime': 'Tue, 10 Feb 2026 12:00:00 GMT' });
    const asked = { 'accept-datetime': 'Fri, 20 Feb 2026 12:00:00 GMT' };
    const { etag = '' } = early.headers;
    for (let time = 0; time < 3; time += 1) {
      const late = await server.get(`${BASE}/state`, { ...asked, 'if-none-match': etag });
      expect([late.statusCode, late.headers['memento-datetime']]).toEqual([200, asked['accept-datetime']]);
      expect(late.json().positions).not.toEqual(early.json().positions);
      expect(late.headers.etag).not.toBe(etag);
      const known = await server.get(`${BASE}/state`, { ...asked, 'if-none-match': String(late.headers.etag) });
      expect(known.statusCode).toBe(304);
    }
  });

  test.each(['', '?recordedBy=2026-03-01T12:00:00Z'])(
    'a moment still to come means now, and no fixed one: %s',
    async (query) => {
      await using server = await openTestServer({ records: STORY });
      const asked = { 'accept-datetime': 'Fri, 01 Jan 2100 00:00:00 GMT' };
      const url = `${BASE}/state${query}`;
      for (let day = 2; day < 5; day += 1) {
        server.clock.set(`2026-03-0${day}T00:00:00Z`);
        const future = await server.get(url, asked);
        expect(future.json().asOf).toBe(`2026-03-0${day}T00:00:00.000Z`);
        expect(future.headers['memento-datetime']).toBeUndefined();
        expect(future.headers['cache-control']).toBe('no-cache');
        expect(future.headers.etag).toBe((await server.get(url)).headers.etag);
      }
      // The round of April is overdue by then, and the tag says so.
      const { etag = '' } = (await server.get(url, asked)).headers;
      server.clock.set('2026-04-10T00:00:00Z');
      expect((await server.get(url, { ...asked, 'if-none-match': etag })).statusCode).toBe(200);
    },
  );

  test('a date in the address counts', async () => {
    await using server = await openTestServer({ records: STORY });
    const both = await server.get(`${BASE}/state?asOf=2026-02-12`, {
      'accept-datetime': 'Tue, 10 Feb 2026 23:59:59 GMT',
    });
    expect(both.headers['memento-datetime']).toBe('Thu, 12 Feb 2026 23:59:59 GMT');
    const ahead = await server.get(`${BASE}/state?asOf=2100-01-01`);
    expect(ahead.json().asOf).toBe('2100-01-01');
    expect(ahead.headers['memento-datetime']).toBeUndefined();
    expect(ahead.headers.link).not.toContain('rel="memento"');
  });

  test.each(['2026-02-13', 'Fri, 13 Feb 2026', 'yesterday', 'Fri, 99 Feb 2026 10:00:00 GMT'])(
    'refuses %s',
    async (asked) => {
      await using server = await openTestServer();
      const response = await server.get(`${BASE}/state`, { 'accept-datetime': asked });
      expect([response.statusCode, codeOf(response)]).toEqual([400, 'REQUEST_INVALID']);
    },
  );
});

describe('the express way, for what is asked again', () => {
  /** Asked three times: the third answer comes from memory, past everything else. */
  async function thrice(url: string, headers: Record<string, string> = {}) {
    const ask = () => fetch(url, { headers: { 'accept-encoding': 'identity', ...headers } });
    const first = await ask();
    await ask().then((response) => response.arrayBuffer());
    const third = await ask();
    return { first, third, bodies: [await first.text(), await third.text()] };
  }
  const spoken = ({ headers }: Response) =>
    Object.fromEntries(
      [...headers].filter(([name]) => !/^(?:date|keep-alive|connection|x-request-id|x-ratelimit)/.test(name)),
    );

  test('gives the same answer with the same headers, and counts it', async () => {
    await using server = await openTestServer({ records: STORY });
    const base = await server.listen();
    for (const path of [
      `${BASE}/state?asOf=2026-02-12`,
      `${BASE}/state`,
      `${BASE}/rounds.ics`,
      `${BASE}/changes.atom`,
    ]) {
      const { first, third, bodies } = await thrice(`${base}${path}`);
      expect(third.status).toBe(200);
      expect(bodies[1]).toBe(bodies[0]);
      expect(spoken(third)).toEqual(spoken(first));
      expect(third.headers.has('x-ratelimit-limit')).toBe(false);
      expect([first, third].map(({ headers }) => headers.has('x-request-id'))).toEqual([true, false]);
    }
    const labels = '{method="GET",route="/api/negotiations/:negotiation/state",status="200"}';
    const { body } = await server.get('/metrics');
    expect(body).toContain(`demarche_http_requests_total${labels} 6`);
    expect(body).toContain(`demarche_http_request_duration_seconds_count${labels} 4`);
  });

  test('says 304 to whoever has the answer, with what a 304 has to repeat', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${BASE}/state?asOf=2026-02-12`;
    const { first } = await thrice(url);
    const known = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([known.status, await known.text()]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'vary', 'content-location'])
      expect(known.headers.get(name)).toBe(first.headers.get(name));
  });

  test('ends where the log moves on', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${BASE}/state?asOf=2026-02-12`;
    const { first } = await thrice(url);
    await server.post(`${BASE}/developments`, { ...said('moved'), occurred: '2026-02-11' });
    const after = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(after.status).toBe(200);
    expect(await after.text()).toContain('moved');
  });

  test('is not for strangers, nor for whoever shows no token', async () => {
    let guarded = false;
    const door = { guarded: () => guarded, tokens: () => [], holder: () => undefined, stands: () => false };
    await using server = await openTestServer({ records: STORY, door });
    const url = `${await server.listen()}${BASE}/state?asOf=2026-02-12`;
    await thrice(url);
    const { port } = new URL(url);
    expect((await openReader(url, { host: `rebound.example:${port}` })).status).toBe(421);
    guarded = true;
    expect((await fetch(url)).status).toBe(401);
  });

  test('keeps it compressed for those who take it so, and not for others', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${BASE}/state?asOf=2026-02-12`;
    const { bodies } = await thrice(url);
    for (const [accepted, encoding] of [
      ['gzip', 'gzip'],
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['identity', null],
      ['gzip;q=0', null],
    ] as const) {
      const asks = await thrice(url, { 'accept-encoding': accepted });
      for (const { headers } of [asks.first, asks.third]) expect(headers.get('content-encoding')).toBe(encoding);
      expect(asks.bodies).toEqual([bodies[0], bodies[0]]);
      expect(spoken(asks.third)['content-type']).toBe('application/json; charset=utf-8');
      expect(asks.third.headers.get('vary')).toBe(asks.first.headers.get('vary'));
      // Where weights are to be compared, it is packed anew.
      if (!accepted.includes(';')) expect(asks.third.headers.has('x-ratelimit-limit')).toBe(false);
      const etag = asks.third.headers.get('etag') ?? '';
      const known = await fetch(url, { headers: { 'accept-encoding': accepted, 'if-none-match': etag } });
      expect([known.status, known.headers.get('content-encoding')]).toEqual([304, null]);
    }
    await server.post(`${BASE}/developments`, { ...said('moved'), occurred: '2026-02-11' });
    for (const accepted of ['gzip', 'br'])
      expect(await (await fetch(url, { headers: { 'accept-encoding': accepted } })).text()).toContain('moved');
  });

  test('compresses for whoever takes it so, and tells other sites what they may see', async () => {
    const origin = 'https://desk.example.org';
    await using server = await openTestServer({ records: STORY, cors: [origin] });
    const url = `${await server.listen()}${BASE}/state?asOf=2026-02-12`;
    const { bodies } = await thrice(url);
    const compressed = await fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(await compressed.text()).toBe(bodies[0]);
    const other = await thrice(url, { origin });
    expect(other.third.headers.get('access-control-allow-origin')).toBe(origin);
    expect((await thrice(url)).third.headers.get('access-control-allow-origin')).toBeNull();
  });
});
