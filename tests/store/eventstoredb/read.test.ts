import { Readable } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createHealth } from '../../../src/store/eventstoredb-health.ts';
import { readEvents } from '../../../src/store/eventstoredb-read.ts';
import { TIMEOUTS } from '../../../src/store/eventstoredb-timing.ts';
import { collect, event, inStream, newStream, numbered, numbers, refused, take, upTo } from '../contract/support.ts';
import { CODE, type ReadFault } from './fake-server.ts';
import { fakeBench } from './support.ts';

describe('reading from EventStoreDB', () => {
  const bench = fakeBench();
  const stream = newStream();
  afterEach(() => vi.restoreAllMocks());

  test.each([0, 3])('1 · a read that falls silent after %i items is given up on by our own clock', async (after) => {
    const store = await bench.open({ timeouts: { read: 400 } });
    await store.append(stream, 'none', numbered(10));
    bench.server.faults.read = () => ({ kind: 'silence', after });
    await refused(inStream(store, stream), 'STORE_UNAVAILABLE');
    await refused(collect(store.readAll()), 'STORE_UNAVAILABLE');
  });

  test('6 · leaving a read early cancels the call', async () => {
    const store = await bench.open();
    const large = Array.from({ length: 10 }, () => event({ data: { words: 'w'.repeat(90_000) } }));
    for (const turn of upTo(20)) {
      const batch = large.map((one) => ({ ...one, id: event().id }));
      await store.append(stream, turn === 0 ? 'none' : BigInt(turn * 10 - 1), batch);
    }
    bench.server.seen.cancelled = 0;
    bench.server.seen.itemsSent = 0;
    for await (const { revision } of store.readStream(stream)) if (revision === 2n) break;
    await vi.waitFor(() => expect(bench.server.seen.cancelled).toBe(1));
    // What is not asked for is not sent: the buffers on the way hold a few of the two hundred.
    expect(bench.server.seen.itemsSent).toBeLessThan(150);
  });

  test.each<ReadFault>([
    { kind: 'status', code: CODE.unavailable, details: 'Connection dropped', after: 4 },
    { kind: 'status', code: CODE.cancelled, details: 'Call cancelled', after: 4 },
    { kind: 'status', code: CODE.internal, details: 'Received RST_STREAM with code 2', after: 4 },
  ])('9 · a read goes on where it was when the connection drops (%o)', async (fault) => {
    const store = await bench.open({ timeouts: { unavailable: 2_000 } });
    await store.append(stream, 'none', numbered(30));
    const faults = Array.from({ length: 5 }, () => fault);
    bench.server.faults.read = () => faults.shift();
    expect(numbers(await inStream(store, stream))).toEqual(upTo(30));
    faults.push(fault, fault, fault);
    expect(numbers(await collect(store.readAll()))).toEqual(upTo(30));
  });

  test('20 · events of others are a sign of life: a read that meets nothing else for long goes on when the connection drops', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    let attempts = 0;
    async function* items() {
      attempts += 1;
      for (const _ of upTo(10)) {
        now += 100;
        yield {};
      }
      if (attempts === 1) throw new Error('Connection dropped');
      yield { commitPosition: 7n };
    }
    const open = () => Object.assign(Readable.from(items()), { cancel: async () => undefined }) as never;
    const timeouts = { ...TIMEOUTS, unavailable: 500, backoffMin: 1 };
    const reading = { timeouts, health: createHealth(Date.now, String), random: () => 0, shown: 'esdb://there' };
    const found = await collect(readEvents(reading, open, ({ commitPosition }) => commitPosition, {}));
    expect(found).toEqual([7n]);
    expect(attempts).toBe(2);
  });

  test('20 · events of others lie between ours and are passed over', async () => {
    const store = await bench.open();
    bench.server.log.foreign('$stats-127.0.0.1:2113', { type: '$statsCollected' });
    await store.append(stream, 'none', numbered(2));
    bench.server.log.foreign('another-program');
    bench.server.log.foreign(`$$${stream}`, { type: '$metadata' });
    await store.append(stream, 1n, numbered(1, 2));
    bench.server.log.foreign('$scavenges');
    expect(numbers(await collect(store.readAll()))).toEqual([0, 1, 2]);
    expect(await store.streams()).toEqual([stream]);
  });

  test('13 · the head is that of our last event, however much of others lies behind it', async () => {
    const store = await bench.open();
    expect(await store.head()).toBeNull();
    const { position } = await store.append(stream, 'none', numbered(2));
    for (const _ of upTo(100)) bench.server.log.foreign('another-program');
    expect(await store.head()).toBe(position);
  });

  test('an event in our stream that no Demarche wrote stops a read visibly', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(2));
    bench.server.log.foreign(stream, { contentType: 'application/octet-stream', data: Uint8Array.of(1, 2, 3) });
    await refused(inStream(store, stream), 'STORE_CORRUPT');
    await refused(collect(store.readAll()), 'STORE_CORRUPT');
  });

  test('JSON that is broken stops a read visibly', async () => {
    const store = await bench.open();
    bench.server.log.foreign(stream, { data: new TextEncoder().encode('{"half":') });
    await refused(inStream(store, stream), 'STORE_CORRUPT');
  });

  test('a stream that lacks its beginning stops a read visibly, from wherever it was to begin', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(6));
    bench.server.truncate(stream, 4);
    await refused(inStream(store, stream), 'STORE_CORRUPT');
    await refused(collect(store.readStream(stream, { from: 2n })), 'STORE_CORRUPT');
    expect(numbers(await collect(store.readStream(stream, { from: 4n })))).toEqual([4, 5]);
  });

  test('no more of a stream is asked for than is wanted', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(20));
    bench.server.seen.itemsSent = 0;
    expect(numbers(await collect(store.readStream(stream, { from: 5n, limit: 2 })))).toEqual([5, 6]);
    expect(bench.server.seen.itemsSent).toBe(2);
  });

  test('a position of another store is refused', async () => {
    const store = await bench.open();
    await refused((async () => collect(store.readAll({ after: 'abc' })))(), 'REQUEST_INVALID');
  });

  test('the streams are found once, and then only what is new is looked through', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(50));
    expect(await store.streams()).toEqual([stream]);
    bench.server.seen.itemsSent = 0;
    const other = newStream();
    await store.append(other, 'none', numbered(1));
    expect(await store.streams()).toEqual([stream, other].sort());
    expect(bench.server.seen.itemsSent).toBeLessThan(5);
  });

  test('who follows the log from its beginning need not look through it for its streams', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(50));
    await take(store.subscribe(), [stream], 50);
    bench.server.seen.itemsSent = 0;
    expect(await store.streams()).toEqual([stream]);
    expect(bench.server.seen.itemsSent).toBeLessThan(5);
  });

  test('who begins in the middle knows only what follows, and the rest is looked through', async () => {
    const store = await bench.open();
    const { position } = await store.append(stream, 'none', numbered(3));
    const other = newStream();
    await store.append(other, 'none', numbered(1));
    await take(store.subscribe({ after: position }), [other], 1);
    expect(await store.streams()).toEqual([stream, other].sort());
  });
});
