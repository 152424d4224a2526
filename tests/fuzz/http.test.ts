import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { developmentSchema } from '../../events/index.ts';
import { createServer } from '../../src/http/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';
import { development, log } from '../tracker/transfer/arbitrary.ts';
import { budget, INSIDES, LIMIT, spoilt } from './support.ts';

let store: EventStore;
let tracker: Tracker;
let app: FastifyInstance;
beforeAll(async () => {
  store = openSqliteStore({ path: ':memory:' });
  tracker = openTracker({ store });
  await tracker.record([
    { negotiation: 'strait', type: 'NegotiationOpened', title: 'The strait', timeZone: 'Europe/Oslo' },
    { negotiation: 'strait', type: 'PartyJoined', party: 'northland', name: 'Northland', role: 'principal' },
    { negotiation: 'strait', type: 'IssueRaised', issue: 'fishing', title: 'Fishing' },
    {
      ...{ id: 'd1', negotiation: 'strait', type: 'DemandStated', occurred: '2024-03-05', party: 'northland' },
      ...{ issue: 'fishing', stance: 'No foreign boats.', source: { publisher: 'The Gazette' } },
    },
  ]);
  const limits = { ratePerMinute: 0, heavyPerMinute: 1_000_000_000, waitMs: 20 };
  app = await createServer({ tracker, limits });
});
afterAll(async () => {
  await app.close();
  await tracker.close();
});

interface Asked {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Asks, and reads the answer as far as it goes; of a stream, only what it begins with. Undefined: no request could be made of it. */
async function ask({ method, url, headers, payload }: Asked): Promise<Answered | undefined> {
  const request = {
    method,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
    payloadAsStream: true,
  } as const;
  const response = await app.inject(request).catch((error: unknown) => {
    // The client refuses what no client would send.
    if (error instanceof TypeError) return undefined;
    throw error;
  });
  if (!response) return undefined;
  const stream = response.stream();
  const pieces: Buffer[] = [];
  if (String(response.headers['content-type']).includes('event-stream')) stream.destroy();
  else for await (const piece of stream) pieces.push(Buffer.from(piece));
  const text = unpacked(Buffer.concat(pieces), response.headers['content-encoding']);
  return { status: response.statusCode, headers: response.headers, text };
}

function unpacked(bytes: Buffer, encoding: unknown): string {
  switch (encoding) {
    case 'br':
      return brotliDecompressSync(bytes).toString();
    case 'gzip':
      return gunzipSync(bytes).toString();
    case 'deflate':
      return inflateSync(bytes).toString();
    case 'zstd':
      return zstdDecompressSync(bytes).toString();
    default:
      return bytes.toString();
  }
}

/** Whatever was asked: an answer of ours, nothing of the inside in it, and nothing written where it was refused. */
async function expectAnswer(asked: Asked): Promise<void> {
  const before = await store.head();
  const answer = await ask(asked);
  if (!answer) return;
  const shown = `${asked.method} ${JSON.stringify(asked.url)} ${answer.text.slice(0, 300)}`;
  // Waiting for a position that never comes is answered with 503 and a code of its own.
  if (answer.status >= 500) expect(answer.text, shown).toContain('POSITION_NOT_REACHED');
  if (answer.status >= 400) {
    if (asked.method !== 'HEAD') {
      expect(answer.headers['content-type'], shown).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(answer.text), shown).toMatchObject({
        status: answer.status,
        code: expect.stringMatching(/^[A-Z_]+$/),
      });
    }
    expect(answer.text, shown).not.toMatch(INSIDES);
    expect(await store.head(), shown).toBe(before);
  }
}

const PATHS = [
  '/api/negotiations',
  '/api/negotiations/strait/state',
  '/api/negotiations/strait/rounds',
  '/api/negotiations/strait/diff',
  '/api/negotiations/strait/developments',
  '/api/negotiations/strait/positions/northland/fishing/history',
  '/api/negotiations/strait/changes',
  '/api/negotiations/strait/changes/stream',
  '/api/negotiations/strait/changes.atom',
  '/api/negotiations/strait/rounds.ics',
  '/api/negotiations/strait/export.jsonl',
  '/api/negotiations/strait/export.csv',
  '/api/negotiations/strait/replay',
  '/api/openapi.json',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/docs',
  '/',
] as const;

const PARAMETERS = [
  'asOf',
  'knownOn',
  'recordedBy',
  'then',
  'standard',
  'party',
  'issue',
  'from',
  'to',
  'after',
  'limit',
  'minPosition',
  'effect',
];
const VALUES = [
  '2024-06-01',
  '2024-06-01T00:00:00Z',
  '2024-06',
  'true',
  'strict',
  'all',
  'northland',
  'fishing',
  '3',
  '1.0',
  'changed',
  '',
];

const query = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...PARAMETERS) }, spoilt(fc.constantFrom(...PARAMETERS))),
      spoilt(fc.constantFrom(...VALUES)),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString());
const rawQuery = spoilt(query);
const url = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PATHS) }, spoilt(fc.constantFrom(...PATHS))),
    fc.oneof(query, rawQuery),
  )
  .map(([path, asked]) => (asked === '' ? path : `${path}?${asked}`))
  .filter((one) => one.startsWith('/'));

const HEADERS = {
  accept: '*/*',
  'accept-encoding': 'gzip, br',
  'accept-datetime': 'Tue, 05 Mar 2024 12:00:00 GMT',
  'if-none-match': 'W/"x", *',
  'last-event-id': '3.0',
  'content-type': 'application/json',
  'content-encoding': 'identity',
  'idempotency-key': 'k-1',
  authorization: 'Bearer dmch_x',
  origin: 'https://example.org',
  host: 'localhost:4800',
  range: 'bytes=0-1',
  'x-forwarded-for': '10.0.0.1',
  expect: '100-continue',
} as const;
// What a client could send at all: no line ends, nothing beyond one byte.
const sendable = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
const headers = fc
  .subarray(Object.entries(HEADERS))
  .chain((some) =>
    fc.tuple(
      ...some.map(([name, value]) =>
        fc.tuple(fc.constant(name), fc.oneof(fc.constant<string>(value), spoilt(fc.constant(value)).map(sendable))),
      ),
    ),
  )
  .map((pairs) => Object.fromEntries(pairs as readonly (readonly [string, string])[]));

test(
  'any path, query and headers have an answer, and it shows nothing of the inside',
  async () => {
    const method = fc.constantFrom<Asked['method'][]>('GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT');
    await fc.assert(fc.asyncProperty(fc.record({ method, url, headers }), expectAnswer), budget(1_500));
  },
  LIMIT,
);

const one = development.map((fields) => JSON.stringify({ ...fields, negotiation: 'strait' }));
const several = log.map((list) => JSON.stringify(list));
/** Valid JSON that is no development: any value, and developments with any value in one of their fields. */
const FIELDS = [...new Set(developmentSchema.options.flatMap(({ shape }) => Object.keys(shape)))];
const misfit = fc
  .tuple(development, fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 4 }))
  .map(([fields, name, value]) => JSON.stringify({ ...fields, [name]: value }));
const body = fc.oneof(
  spoilt(one),
  spoilt(several),
  one,
  misfit,
  fc.json(),
  fc.constantFrom('[]', '{}', '"x"', '0', ''),
);

test(
  'any body is recorded whole, or refused with nothing written',
  async () => {
    const type = fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      spoilt(fc.constant('application/json; charset=utf-8')).map(sendable),
    );
    const to = fc.oneof({ weight: 8, arbitrary: fc.constant('/api/negotiations/strait/developments') }, url);
    const posted = fc.record({ url: to, type, body, key: fc.option(fc.constantFrom('k', 'l'), { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(posted, async ({ url: address, type: contentType, body: payload, key }) => {
        const sent = { 'content-type': contentType, ...(key === undefined ? {} : { 'idempotency-key': key }) };
        await expectAnswer({ method: 'POST', url: address, headers: sent, payload });
      }),
      budget(1_500),
    );
    // After all of it, the log can still be read, and what is answered is JSON.
    for (const path of ['state', 'developments', 'changes'])
      expect((await app.inject(`/api/negotiations/strait/${path}`)).statusCode).toBe(200);
  },
  LIMIT,
);

test(
  'any bytes on the wire are answered or cut off, and the server goes on',
  async () => {
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const wire = spoilt(
      fc.constantFrom(
        'GET /api/negotiations/strait/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
        'POST /api/negotiations/strait/developments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]',
        'POST /api/negotiations/strait/developments HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n2\r\n[]\r\n0\r\n\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(wire, async (text) => {
        const before = await store.head();
        const answer = await overTheWire(port, Buffer.from(text, 'latin1'));
        expect(answer).not.toMatch(INSIDES);
        expect(answer).not.toMatch(/^HTTP\/1\.1 5\d\d/m);
        expect(await store.head()).toBe(before);
      }),
      budget(300),
    );
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  },
  LIMIT,
);

/** Sends bytes, ends, and collects what comes back. */
const overTheWire = (port: number, bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
    });
    // A connection that is reset was cut off.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
