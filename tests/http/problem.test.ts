/** A problem stays small, whatever was sent: the first faults, and how many more there are. Each says what would be right. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { DemarcheError, type Fault } from '../../events/index.ts';
import { problem, problemOf } from '../../src/http/problem.ts';
import { openTestServer } from './support/server.ts';
import { TALKS } from './support/talks.ts';

const faults: readonly Fault[] = Array.from({ length: 1000 }, (_, index) => ({
  index,
  field: 'party',
  value: 'x'.repeat(5000),
  message: 'not declared',
}));

it('lists a hundred faults and counts the others', () => {
  const answer = problemOf(new DemarcheError('PARTY_UNKNOWN', 'no such parties', { faults }));
  expect(problem.parse(answer)).toMatchObject({ code: 'PARTY_UNKNOWN', status: 422, more: 900 });
  expect(answer.faults).toHaveLength(100);
  expect(JSON.stringify(answer).length).toBeLessThan(64 * 1024);
});

it('says nothing of what was not thrown on purpose', () => {
  expect(problemOf(new Error('secret'))).toMatchObject({ code: 'INTERNAL', status: 500, faults: [], more: 0 });
  expect(JSON.stringify(problemOf(new Error('secret')))).not.toContain('secret');
});

describe('what the framework refuses says what would be right', () => {
  const record = { method: 'POST', url: `/api/negotiations/${TALKS}/developments` } as const;
  const json = { 'content-type': 'application/json' };

  it.each([
    ['a body too large', { ...record, headers: json, payload: 'x'.repeat(3000) }, 413, '', /up to 2000 bytes/],
    [
      'no JSON',
      { ...record, headers: { 'content-type': 'text/csv' }, payload: 'x' },
      415,
      'content-type',
      /application\/json/,
    ],
    ['no type', { ...record, payload: 'x' }, 415, 'content-type', /application\/json/],
    [
      'another script',
      { ...record, headers: { 'content-type': 'application/json; charset=utf-16' }, payload: 'x' },
      415,
      'content-type',
      /UTF-8/,
    ],
    ['a percent sign', { url: '/api/negotiations/%zz/state' }, 400, 'url', /%25/],
    ['a name too long', { url: `/api/negotiations/${'x'.repeat(201)}/state` }, 400, 'url', /up to 200 letters/],
  ] as const)('of %s', async (_, asked, status, field, words) => {
    await using server = await openTestServer({ limits: { bodyBytes: 2000 } });
    const response = await server.app.inject(asked);
    expect(response.statusCode).toBe(status);
    const said = problem.parse(response.json());
    expect(said.detail).toMatch(words);
    expect(said.faults).toMatchObject([{ field, message: expect.stringMatching(words) }]);
  });

  it('of a type or an encoding, also in headers', async () => {
    await using server = await openTestServer();
    for (const headers of [{ 'content-type': 'text/csv' }, { ...json, 'content-encoding': 'gzip' }]) {
      const { statusCode, headers: said } = await server.app.inject({ ...record, headers, payload: 'x' });
      expect([statusCode, said.accept, said['accept-encoding']]).toEqual([415, 'application/json', 'identity']);
    }
  });

  it.each([
    ['no host', 'HTTP/1.1', []],
    ['two hosts', 'HTTP/1.1', ['localhost', 'localhost']],
    ['two hosts', 'HTTP/1.0', ['localhost', 'elsewhere.example']],
  ])('of %s, in %s', async (_, version, hosts) => {
    await using server = await openTestServer();
    const { port } = new URL(await server.listen());
    for (const path of ['/health/live', '/api/negotiations']) {
      const lines = [`GET ${path} ${version}`, ...hosts.map((host) => `Host: ${host}`), 'Connection: close'];
      const [head = '', body = ''] = (await exchange(Number(port), `${lines.join('\r\n')}\r\n\r\n`)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 400 /);
      expect(problem.parse(JSON.parse(body)).faults).toMatchObject([{ field: 'host' }]);
    }
  });

  it('of headers too large', async () => {
    await using server = await openTestServer();
    const url = `${await server.listen()}/api/negotiations`;
    const [status, body] = await new Promise<[number | undefined, string]>((resolve, reject) => {
      const asked = request(url, { agent: false, headers: { 'x-long': 'x'.repeat(20_000) } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (data: string) => {
          text += data;
        });
        response.on('end', () => resolve([response.statusCode, text]));
      });
      asked.on('error', reject).end();
    });
    expect([status, problem.parse(JSON.parse(body)).detail]).toEqual([431, expect.stringMatching(/up to 16384 bytes/)]);
  });
});

/** What the server on a port says to these bytes until it closes the connection. */
function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
