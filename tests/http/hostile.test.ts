import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestServer, type TestServer } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
const RECORD = `${BASE}/developments`;

let server: TestServer;
let before: string;
beforeAll(async () => {
  server = await openTestServer({ records: STORY });
  before = JSON.stringify(await server.tracker.developments(TALKS));
});
afterAll(() => server[Symbol.asyncDispose]());

/** Whatever came, the log is as it was, and the answer gives nothing away. */
async function expectUnharmed(status: number, body: string): Promise<void> {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body).not.toMatch(/node_modules|\.ts\b|\n +at |\/home\/|file:\/\/\/(?!etc)/);
  expect(JSON.stringify(await server.tracker.developments(TALKS))).toBe(before);
}

const long = (length: number) => 'x'.repeat(length);
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const stated = (own: object) => JSON.stringify(said('hostile', own));

const ADDRESSES: readonly string[] = [
  // huge and odd numbers
  `${BASE}/changes?limit=99999999999999999999`,
  `${BASE}/changes?limit=-1`,
  `${BASE}/changes?limit=1e3`,
  `${BASE}/changes?limit=0x10`,
  `${BASE}/changes?limit=NaN`,
  `${BASE}/changes?after=${'9'.repeat(400)}`,
  `${BASE}/changes?after=-1`,
  `${BASE}/state?minPosition=${'9'.repeat(40)}`,
  `${BASE}/replay?from=2026-01-01&to=2026-03-01&pace=1e9`,
  `${BASE}/replay?from=2026-01-01&to=2026-03-01&pace=0`,
  // dates that would cost a lot to read
  `${BASE}/state?asOf=${'9'.repeat(5000)}`,
  `${BASE}/state?asOf=Y17E8`,
  `${BASE}/state?asOf=-999999999-01-01`,
  `${BASE}/state?asOf=2026-02-30`,
  `${BASE}/state?asOf=${encodeURIComponent('[2026-01-01,2026-01-02,2026-01-03]')}`,
  `${BASE}/state?asOf=${encodeURIComponent(nested(40, '{', '}'))}`,
  `${BASE}/state?asOf=${encodeURIComponent('2026-01-01/'.repeat(7))}`,
  `${BASE}/state?asOf=${encodeURIComponent('2026-02-26\u0000')}`,
  `${BASE}/state?asOf=${encodeURIComponent("2026' OR 1=1 --")}`,
  // names
  `${BASE}/state?__proto__=1`,
  `${BASE}/state?constructor=1`,
  `${BASE}/state?party=__proto__`,
  `${BASE}/state?party=constructor`,
  `${BASE}/state?party[]=north`,
  `${BASE}/state?party=north&party=south`,
  `${BASE}/positions/constructor/tostring/history`,
  `${BASE}/positions/__proto__/tolls/history`,
  `${BASE}/state?party=${long(10_000)}`,
  '/api/negotiations/__proto__/state',
  '/api/negotiations/constructor/state',
  `/api/negotiations/${long(150)}/state`,
  `/api/negotiations/${long(5000)}/state`,
  '/api/negotiations/$all/state',
  // path tricks
  '/api/negotiations/..%2f..%2fetc%2fpasswd/state',
  '/api/negotiations/../../etc/passwd',
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/../../../package.json',
  '/..%5c..%5cpackage.json',
  '/%2e%2e/package.json',
  '/.env',
  '/api//negotiations',
  `/api/negotiations/${TALKS}/state%00`,
  `/api/negotiations/${TALKS}%0d%0aset-cookie:%20a=b/state`,
  '/%',
  '/%ff%fe',
  '/api/negotiations/%E0%A4%A/state',
];

const BODIES: readonly (readonly [string, string | Buffer, Record<string, string>?])[] = [
  ['nothing', ''],
  ['no JSON', '{"type":'],
  ['two values', '{} {}'],
  ['a number', '1e999'],
  ['a text', '"PositionStated"'],
  ['null', 'null'],
  ['an empty list', '[]'],
  ['a list of lists', '[[]]'],
  ['JSON nested in objects', `${'{"changes":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['JSON nested in lists', nested(100_000, '[', ']')],
  [
    'JSON nested in a field that takes any JSON',
    stated({ type: 'DevelopmentCorrected', corrects: 'first', changes: { note: JSON.parse(nested(60, '[', ']')) } }),
  ],
  ['brackets without end', '['.repeat(500_000)],
  ['__proto__', '{"__proto__":{"admin":true},"type":"PositionStated"}'],
  ['__proto__ in a field', '{"type":"PositionStated","source":{"__proto__":{"publisher":"x"}}}'],
  ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
  [
    '__proto__ as a correction',
    '{"type":"DevelopmentCorrected","corrects":"first","changes":{"__proto__":{"stance":"x"}},"source":{"publisher":"x"}}',
  ],
  ['the same in escapes', '{"\\u005f_proto__":{"admin":true},"type":"PositionStated"}'],
  ['a party called __proto__', stated({ party: '__proto__' })],
  ['a party called constructor', stated({ party: 'constructor' })],
  ['words without end', stated({ stance: long(4001) })],
  ['control characters', stated({ stance: 'a\u0000b' })],
  ['an escape sequence', stated({ stance: 'a\u001b[2Jb' })],
  ['half a character', stated({ stance: 'a\ud800b' }).replaceAll('\\ud800', '\\uD800')],
  ['a date without end', stated({ occurred: '9'.repeat(1000) })],
  ['a date far away', stated({ occurred: 'Y-17E7' })],
  ['a set of dates', stated({ occurred: '{1667..2026}' })],
  ['an interval of intervals', stated({ occurred: '2026/2026/2026' })],
  ['an id with a line end', stated({ id: 'a\nb' })],
  ['an id as a path', stated({ id: '../../etc/passwd' })],
  ['an id too long', stated({ id: long(101) })],
  ['a script as an address', stated({ source: { publisher: 'x', url: 'javascript:alert(1)' } })],
  ['a file as an address', stated({ source: { publisher: 'x', url: 'file:///etc/passwd' } })],
  ['a huge number', stated({ source: { publisher: 'x', credibility: 1e308 } })],
  ['a number that is none', stated({ source: { publisher: 'x', credibility: 3 } }).replace(':3', ':1e999')],
  ['a version of its own', stated({ schemaVersion: 99 })],
  ['a version that is a text', stated({ schemaVersion: '__proto__' })],
  ['a party twice', stated({ party: undefined, parties: ['north', 'north'] })],
  [
    'more parties than there can be',
    stated({ party: undefined, parties: Array.from({ length: 5000 }, (_, index) => `p${index}`) }),
  ],
  ['UTF-16', Buffer.from(stated({}), 'utf16le')],
  ['UTF-16, said so', Buffer.from(stated({}), 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
  ['Latin 1', Buffer.from(stated({ stance: 'Köln' }), 'latin1')],
  ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['a byte order mark alone', Buffer.from([0xef, 0xbb, 0xbf])],
  ['compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), { 'content-encoding': 'gzip' }],
  ['another type', stated({}), { 'content-type': 'text/plain' }],
  ['a form', 'type=PositionStated', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form with a file', stated({}), { 'content-type': 'multipart/form-data; boundary=x' }],
  ['XML', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', { 'content-type': 'application/xml' }],
  ['no type', stated({}), { 'content-type': '' }],
  ['a key with spaces', stated({}), { 'idempotency-key': 'a key' }],
  ['a key too long', stated({}), { 'idempotency-key': long(256) }],
];

const HEADERS: readonly (readonly [string, string, Record<string, string>])[] = [
  ['a cursor with a line end', `${BASE}/changes/stream`, { 'last-event-id': '1\nevent: change' }],
  ['a cursor that is none', `${BASE}/changes/stream`, { 'last-event-id': '__proto__' }],
  ['a huge cursor', `${BASE}/changes/stream`, { 'last-event-id': '9'.repeat(5000) }],
  ['a place in a replay that is none', `${BASE}/replay?from=2026-01-01&to=2026-03-01`, { 'last-event-id': 'x' }],
  ['a date that is none', `${BASE}/state`, { 'accept-datetime': long(5000) }],
  ['a strange host', `${BASE}/state`, { host: 'a b' }],
  ['a host with a path', `${BASE}/state`, { host: 'localhost/../evil' }],
];

describe('hostile input is refused and changes nothing', () => {
  test.each(ADDRESSES.map((address) => [address.length > 90 ? `${address.slice(0, 90)}…` : address, address]))(
    'GET %s',
    async (_, address) => {
      const response = await server.get(address);
      await expectUnharmed(response.statusCode, response.body);
      expect(response.headers['set-cookie']).toBeUndefined();
    },
  );

  test.each(BODIES.map(([what, body, headers = {}]) => ({ what, body, headers })))(
    'POST $what',
    async ({ body, headers }) => {
      const response = await server.post(RECORD, body, headers);
      await expectUnharmed(response.statusCode, response.body);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
    },
  );

  test.each(HEADERS)('%s in a header', async (_, path, headers) => {
    const response = await server.get(path, headers);
    await expectUnharmed(response.statusCode, response.body);
  });

  test('two thousand developments with one fault each are answered with some of them', async () => {
    await using small = await openTestServer({ limits: { batch: 2000 } });
    const many = Array.from({ length: 2000 }, (_, index) => said(`n${index}`, { party: 'nobody' }));
    const response = await small.post(RECORD, many);
    expect(response.statusCode).toBe(422);
    expect(response.json().faults).toHaveLength(100);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', 'POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${long(40_000)}\r\n\r\n`],
    ['a line end inside a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n'],
  ])('%s on the socket', async (_, bytes) => {
    await using listening = await openTestServer();
    const { port } = new URL(await listening.listen());
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/node_modules|\.ts\b/);
  });
});
