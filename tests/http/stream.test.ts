import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import type { Change } from '../../projections/index.ts';
import { createServer } from '../../src/http/index.ts';
import { makeToken } from '../../src/http/tokens/token.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { openReader, type Reader } from './support/reader.ts';
import { codeOf, openTestServer, type TestServerOptions, until } from './support/server.ts';
import { RECORDED, STORY, said, TALKS } from './support/talks.ts';

const PATH = `/api/negotiations/${TALKS}/changes/stream`;

async function openListening(options: TestServerOptions = {}) {
  const server = await openTestServer({ records: STORY, ...options });
  const stream = `${await server.listen()}${PATH}`;
  return { server, stream, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** After everything else, in the world as well. */
const several = (count: number, from = 0, words = 'Words of') =>
  Array.from({ length: count }, (_, index) =>
    said(`n${from + index}`, { occurred: '2026-02-20', stance: `${words} ${from + index}` }),
  );
const LONG = 'A long explanation. '.repeat(150);

describe('the stream of position changes', () => {
  test('begins now, and gives each change with its cursor as it is recorded', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    const reader = await openReader(stream);
    expect(reader.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(reader.headers['cache-control']).toBe('no-store, no-transform');
    await reader.ready();
    expect(reader.cursors()).toEqual([]);
    await server.tracker.record(several(1));
    await server.tracker.record(said('joint', { party: undefined, parties: ['north', 'south'], issue: 'fishing' }));
    await reader.changes(3);
    const changes = reader.events
      .filter(({ event }) => event === 'change')
      .map(({ data }) => JSON.parse(data) as Change);
    expect(changes.map(({ development, party }) => [development, party])).toEqual([
      ['n0', 'north'],
      ['joint', 'north'],
      ['joint', 'south'],
    ]);
    expect(changes).toEqual((await server.tracker.changes(TALKS)).slice(-3));
    expect(reader.cursors()).toEqual(changes.map(({ cursor }) => cursor));
    reader.leave();
  });

  test('resumes after any cursor, also between the changes of one position, by header or by address', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    const all = (await server.tracker.changes(TALKS)).map(({ cursor }) => cursor);
    expect(all.some((cursor) => cursor.includes('.'))).toBe(true);
    for (const [index, cursor] of all.entries()) {
      const byHeader = await openReader(stream, { 'last-event-id': cursor });
      const byAddress = await openReader(`${stream}?after=${cursor}`);
      const both = await openReader(`${stream}?after=0`, { 'last-event-id': cursor });
      for (const reader of [byHeader, byAddress, both]) {
        await reader.ready();
        expect(reader.cursors()).toEqual(all.slice(index + 1));
        reader.leave();
      }
    }
    const fromTheStart = await openReader(`${stream}?after=0`);
    await fromTheStart.ready();
    expect(fromTheStart.cursors()).toEqual(all);
    fromTheStart.leave();
  });

  test('says when the store is gone, also to who comes then, and when it is back', async () => {
    await using opened = await openListening({ heartbeatMs: 600_000 });
    const { tracker } = opened.server;
    const behind = (reader: Reader) => reader.events.filter(({ event }) => event === 'behind');
    const early = await openReader(opened.stream);
    await early.ready();
    expect(behind(early)).toEqual([]);
    const status = vi.spyOn(tracker, 'status');
    status.mockReturnValue({ ...tracker.status(), ready: false, staleSince: Date.parse(RECORDED) });
    await until(() => behind(early).length === 1);
    const late = await openReader(opened.stream);
    await until(() => behind(late).length === 1);
    for (const reader of [early, late])
      expect(behind(reader)).toMatchObject([
        { id: undefined, data: `{"since":"${new Date(RECORDED).toISOString()}"}` },
      ]);
    status.mockRestore();
    for (const reader of [early, late]) {
      await until(() => behind(reader).length === 2);
      expect(behind(reader)[1]?.data).toBe('{"since":null}');
      reader.leave();
    }
  });

  test('says where it is when nothing came yet, so that a lost line loses nothing', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    const reader = await openReader(stream);
    await reader.ready();
    reader.leave();
    await server.tracker.record(several(2));
    const again = await openReader(stream, { 'last-event-id': reader.events.at(-1)?.id ?? '' });
    await again.changes(2);
    expect(again.events.slice(0, 2).map(({ data }) => JSON.parse(data).development)).toEqual(['n0', 'n1']);
    again.leave();
  });

  test('gives readers with filters their changes only, and a narrow reader where to go on', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    const queries = ['party=south', 'issue=fishing', 'effect=reiterated', 'standard=strict', 'party=north&issue=tolls'];
    const readers = await Promise.all(queries.map((query) => openReader(`${stream}?after=0&${query}`)));
    await Promise.all(readers.map((reader) => reader.ready()));
    await server.tracker.record([
      ...several(2),
      said('southern', { party: 'south' }),
      said('again', { type: 'PositionReiterated', stance: undefined }),
      said('fish', { issue: 'fishing', attribution: 'on-record', speaker: { name: 'A. Delegate' } }),
    ]);
    for (const [index, reader] of readers.entries()) {
      const query = Object.fromEntries(new URLSearchParams(queries[index]));
      const expected = (await server.tracker.changes(TALKS, query)).map(({ cursor }) => cursor);
      expect(expected.length).toBeGreaterThan(0);
      await reader.changes(expected.length);
      expect(reader.cursors()).toEqual(expected);
      reader.leave();
    }
  });

  test('gives a reader that is ahead of this server nothing twice', async () => {
    const store = openSqliteStore({ path: ':memory:', clock: () => Date.parse(RECORDED) });
    const late = Promise.withResolvers<void>();
    const behind: EventStore = {
      ...store,
      async *subscribe(options) {
        for await (const message of store.subscribe(options)) {
          if (message.kind === 'event') await late.promise;
          yield message;
        }
      },
    };
    const writer = openTracker({ store });
    await writer.record(STORY);
    const tracker = openTracker({ store: behind });
    const app = await createServer({ tracker, page: '/nowhere' });
    const address = await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: (text) => text });
    await until(() => tracker.status().ready);
    await writer.record(several(1));
    const { position } = await writer.record(several(1, 1));
    const ahead = await openReader(`${address}${PATH}?after=${position}`);
    await ahead.ready();
    expect(tracker.status().applied).not.toBe(position);
    late.resolve();
    await writer.record(several(1, 2));
    await ahead.changes(1);
    expect(JSON.parse(ahead.events.find(({ event }) => event === 'change')?.data ?? '{}').development).toBe('n2');
    ahead.leave();
    await app.close();
    await tracker.close();
  });

  test('says the same to readers of either version of HTTP, in any script', async () => {
    await using opened = await openListening({ heartbeatMs: 20 });
    const { server, stream } = opened;
    const reader = await openReader(stream);
    await reader.ready();
    const { hostname, port } = new URL(stream);
    // Of this version, no piece says how long it is.
    const old = connect({ host: hostname, port: Number(port) });
    let body = '';
    old.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
    });
    old.write(`GET ${PATH} HTTP/1.0\r\nhost: localhost\r\n\r\n`);
    await until(() => body.includes('event: ready'));
    for (const [number, stance] of ['Fünf Häfen, ab sofort.', 'П’ять портів, негайно.'].entries()) {
      await server.tracker.record(said(`n${number}`, { occurred: '2026-02-20', stance }));
      await until(() => body.includes(stance));
    }
    await reader.changes(2);
    await until(() => body.endsWith(': heartbeat\n\n'));
    const lines = body.slice(body.indexOf('\r\n\r\n') + 4).split('\n');
    expect(lines.filter((line) => line !== '' && !/^(?:retry|id|event|data)?: /.test(line))).toEqual([]);
    const changes = reader.events.filter(({ event }) => event === 'change').map(({ data }) => `data: ${data}`);
    // The first says that it is ready.
    expect(lines.filter((line) => line.startsWith('data: ')).slice(1)).toEqual(changes);
    old.destroy();
    reader.leave();
  });

  test('gives a sign of life while nothing happens', async () => {
    await using opened = await openListening({ heartbeatMs: 10 });
    const reader = await openReader(opened.stream);
    await until(() => reader.comments.length >= 3);
    expect(new Set(reader.comments)).toEqual(new Set(['heartbeat']));
    reader.leave();
  });

  test('is refused before it begins where the question is wrong', async () => {
    await using opened = await openListening();
    for (const [query, status, code] of [
      ['party=nobody', 404, 'CELL_UNKNOWN'],
      ['effect=loud', 400, 'REQUEST_INVALID'],
      ['after=x', 400, 'REQUEST_INVALID'],
      ['since=1', 400, 'REQUEST_INVALID'],
    ] as const) {
      const response = await opened.server.get(`${PATH}?${query}`);
      expect([response.statusCode, codeOf(response)]).toEqual([status, code]);
    }
    expect((await opened.server.get('/api/negotiations/nowhere/changes/stream')).statusCode).toBe(404);
  });

  test('is refused to a client that has too many open, until one is closed', async () => {
    await using opened = await openListening({ limits: { streamsPerClient: 2, streams: 100 } });
    const [first, second] = [await openReader(opened.stream), await openReader(opened.stream)];
    const third = await openReader(opened.stream);
    expect(third.status).toBe(429);
    expect(third.headers['retry-after']).toBe('1');
    await until(() => third.ended() !== undefined);
    expect(JSON.parse(third.body())).toMatchObject({ code: 'STREAMS_EXCEEDED' });
    first.leave();
    await until(async () => (await openReader(opened.stream)).status === 200);
    second.leave();
  });

  test('is refused once as many are open as the server takes', async () => {
    await using opened = await openListening({ limits: { streams: 1 } });
    const reader = await openReader(opened.stream);
    expect((await openReader(opened.stream)).status).toBe(429);
    reader.leave();
  });

  test('cuts off a reader that takes nothing, keeps the others, and lets it come back to where it was', async () => {
    await using opened = await openListening({ limits: { bufferBytes: 64 * 1024 } });
    const { server, stream } = opened;
    const [slow, quick] = [await openReader(stream), await openReader(stream)];
    await Promise.all([slow.ready(), quick.ready()]);
    slow.pause();
    const cut = async () => /demarche_streams_cut_total 1/.test((await server.get('/metrics')).body);
    let recorded = 0;
    while (!(await cut())) {
      await server.tracker.record(several(20, recorded, LONG));
      recorded += 20;
      await quick.changes(recorded);
    }
    slow.resume();
    await until(() => slow.ended() !== undefined);
    expect(slow.ended()).toBe('broken');
    const seen = slow.cursors();
    expect(seen.length).toBeLessThan(recorded);
    const again = await openReader(stream, { 'last-event-id': slow.events.at(-1)?.id ?? '' });
    await again.changes(recorded - seen.length);
    expect([...seen, ...again.cursors()]).toEqual(quick.cursors());
    for (const reader of [quick, again]) reader.leave();
  });

  test('reads a long log to a new reader at the pace of the reader, never holding all of it', async () => {
    await using opened = await openListening({ limits: { bufferBytes: 64 * 1024 } });
    const { server, stream } = opened;
    for (let at = 0; at < 6000; at += 1000) await server.tracker.record(several(1000, at));
    const reader = await openReader(`${stream}?after=0`);
    reader.pause();
    const other = await openReader(`${stream}?after=0&party=south`);
    await other.ready();
    reader.resume();
    await reader.ready();
    expect(reader.cursors()).toEqual((await server.tracker.changes(TALKS)).map(({ cursor }) => cursor));
    for (const one of [reader, other]) one.leave();
  });

  test('misses nothing that is recorded while a reader catches up', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    await server.tracker.record(several(1000, 0, LONG));
    const reader = await openReader(`${stream}?after=0`);
    reader.pause();
    await reader.changes(1);
    // More than a socket holds is on its way by now, and this comes behind it.
    for (let index = 1000; index < 1050; index += 1) await server.tracker.record(several(1, index));
    reader.resume();
    await reader.ready();
    await server.tracker.record(several(1, 1050));
    const all = (await server.tracker.changes(TALKS)).map(({ cursor }) => cursor);
    await reader.changes(all.length);
    expect(reader.cursors()).toEqual(all);
    reader.leave();
  });

  test('cuts off a reader that stops taking what it has not seen yet', async () => {
    await using opened = await openListening({ limits: { stallMs: 50, bufferBytes: 1024 } });
    const { server, stream } = opened;
    await server.tracker.record(several(1000, 0, LONG));
    const reader = await openReader(`${stream}?after=0`);
    reader.pause();
    await until(async () => /demarche_streams_cut_total 1/.test((await server.get('/metrics')).body));
    reader.resume();
    await until(() => reader.ended() !== undefined);
    expect(reader.ended()).toBe('broken');
  });

  test('ends with a word to come back when the server stops', async () => {
    const opened = await openListening();
    const reader = await openReader(opened.stream);
    await reader.ready();
    await opened.server.app.close();
    await until(() => reader.ended() !== undefined);
    expect(reader.ended()).toBe('ended');
    expect(reader.retries).toEqual([2000, 1000]);
    await opened.server.tracker.close();
  });

  test('ends when the tracker is closed under the server, behind what was recorded before', async () => {
    await using opened = await openListening();
    const reader = await openReader(opened.stream);
    await reader.ready();
    await opened.server.tracker.record(several(1));
    await opened.server.tracker.close();
    await until(() => reader.ended() !== undefined);
    expect([reader.ended(), reader.cursors().length]).toEqual(['ended', 1]);
  });

  test('ends for a reader whose token is taken back, and for none else, before anything more is delivered', async () => {
    const { token: leaver } = makeToken('leaver', 'reader', 0);
    const { token: stayer } = makeToken('stayer', 'reader', 0);
    const standing = new Set([leaver.id, stayer.id]);
    const door = {
      guarded: () => true,
      tokens: () => [leaver, stayer],
      holder: (secret: string) => [leaver, stayer].find(({ name }) => name === secret),
      stands: (id: string) => standing.has(id),
    };
    await using opened = await openListening({ door, heartbeatMs: 600_000 });
    const readers = await Promise.all(
      ['leaver', 'leaver', 'stayer'].map((secret) => openReader(opened.stream, { authorization: `Bearer ${secret}` })),
    );
    await Promise.all(readers.map((reader) => reader.ready()));
    standing.delete(leaver.id);
    await opened.server.tracker.record(said('not-for-leavers'));
    const [gone, gone2, there] = readers;
    await there?.changes(1);
    await until(() => gone?.ended() !== undefined && gone2?.ended() !== undefined);
    expect([gone, gone2].map((reader) => reader?.cursors())).toEqual([[], []]);
    expect(there?.ended()).toBeUndefined();
    there?.leave();
  });

  test('ends where its token is taken back while nothing is delivered, long before the next sign of life', async () => {
    let stands = true;
    const { token } = makeToken('leaver', 'reader', 0);
    const door = { guarded: () => true, tokens: () => [token], holder: () => token, stands: () => stands };
    await using opened = await openListening({ door, heartbeatMs: 600_000 });
    const reader = await openReader(opened.stream, { authorization: 'Bearer any' });
    await reader.ready();
    stands = false;
    await until(() => reader.ended() !== undefined);
    expect(reader.ended()).toBe('ended');
  });

  test('frees what it held when its readers are gone', async () => {
    await using opened = await openListening();
    const { server, stream } = opened;
    const readers = await Promise.all(Array.from({ length: 20 }, () => openReader(stream)));
    const open = async () => Number(/demarche_streams_open (\d+)/.exec((await server.get('/metrics')).body)?.[1]);
    expect(await open()).toBe(20);
    for (const reader of readers) reader.leave();
    await until(async () => (await open()) === 0);
  });
});
