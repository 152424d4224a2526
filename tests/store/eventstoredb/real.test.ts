import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openEventStoreDb } from '../../../src/store/eventstoredb.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { comparePositions } from '../../../src/store/port.ts';
import {
  event,
  fromHere,
  ids,
  inStream,
  newStream,
  next,
  numbered,
  numbers,
  refused,
  take,
  upTo,
} from '../contract/support.ts';
import { storeContract } from '../contract.ts';
import { findRealServer } from './real-server.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const server = await findRealServer();
const address = server?.address ?? '';
/** The single node of an address, for a wire to be put before it; undefined for a cluster or with TLS. */
const node = /^esdb:\/\/(?:[^@]*@)?127\.0\.0\.1:(\d+)\/?\?tls=false$/.exec(address)?.[1];

describe.skipIf(server === undefined)('on a real EventStoreDB', () => {
  afterAll(() => server?.stop());

  describe('the store contract', () => {
    storeContract({ open: () => openEventStoreDb(address), uniqueIds: false, severalConnections: true });
  });

  describe('the adapter', () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await openEventStoreDb(address);
    });
    afterEach(() => store.close());

    test('4 · what was written when the answer got lost is found, at the same place', async () => {
      const stream = newStream();
      const batch = numbered(3);
      const first = await store.append(stream, 'none', batch);
      await store.append(stream, 2n, numbered(2, 3));
      expect(await store.append(stream, 'none', batch)).toEqual({ ...first, written: false });
      expect(await store.append(stream, 'none', batch.slice(0, 2))).toMatchObject({ revision: 1n, written: false });
      expect(await inStream(store, stream)).toHaveLength(5);
    });

    test('4 · what the stream holds only in part is refused', async () => {
      const stream = newStream();
      const batch = numbered(3);
      await store.append(stream, 'none', batch);
      await refused(store.append(stream, 'none', [...batch, event()]), 'WRONG_EXPECTED_REVISION');
      await refused(store.append(stream, 'none', [...batch.slice(0, 2), event()]), 'WRONG_EXPECTED_REVISION');
      await refused(store.append(stream, 0n, batch), 'WRONG_EXPECTED_REVISION');
    });

    test('5 · the same id with other content is found out', async () => {
      const stream = newStream();
      const [one, other] = [event({ data: { n: 1 } }), event({ data: { n: 2 } })];
      await store.append(stream, 'none', [one, other]);
      await refused(store.append(stream, 'none', [one, { ...other, data: { n: 3 } }]), 'ID_CONFLICT');
    });

    test('17 · a batch that is too large is refused with how many of it fit, and so many do', async () => {
      const stream = newStream();
      const batch = Array.from({ length: 30 }, () => event({ data: { words: 'w'.repeat(99_000) } }));
      const error = await store.append(stream, 'none', batch).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'EVENT_TOO_LARGE',
        faults: [{ field: 'events', value: expect.any(Number) }],
      });
      const fit = (error as { faults: readonly { value: number }[] }).faults[0]?.value ?? 0;
      expect((await store.append(stream, 'none', batch.slice(0, fit))).revision).toBe(BigInt(fit - 1));
    });

    test('13 · behind much that others wrote, a checkpoint comes up to where ours can have been', async () => {
      const stop = new AbortController();
      const messages = store.subscribe({ ...(await fromHere(store)), signal: stop.signal })[Symbol.asyncIterator]();
      await next(messages, 'caught-up');
      await store.append(newStream(), 'none', numbered(1));
      const { event: ours } = await next(messages, 'event');
      await writeForeign(address, 5_000);
      const { position } = await next(messages, 'checkpoint');
      expect(comparePositions(position, ours.position)).toBeGreaterThan(0);
      stop.abort();
      // It is a place to go on from: nothing between is lost.
      const later = newStream();
      await store.append(later, 'none', numbered(3));
      expect(numbers(await take(store.subscribe({ after: position }), [later], 3))).toEqual([0, 1, 2]);
    });

    test('20 · a stream that was deleted for good is told to whoever reads or writes it, and the others go on', async () => {
      const [gone, sound] = [newStream(), newStream()];
      const here = await fromHere(store);
      for (const stream of [gone, sound]) await store.append(stream, 'none', numbered(2));
      const client = EventStoreDBClient.connectionString`${address}`;
      await client.tombstoneStream(gone);
      await client.dispose();
      await store.append(sound, 1n, numbered(1, 2));
      expect(numbers(await take(store.subscribe(here), [sound], 3))).toEqual([0, 1, 2]);
      await refused(inStream(store, gone), 'STORE_CORRUPT');
      await refused(store.append(gone, 1n, numbered(1, 2)), 'STORE_READ_ONLY');
      expect(await store.head()).not.toBeNull();
    });

    test('100,000 events are caught up with, each once and in order', { timeout: 300_000 }, async () => {
      const stream = newStream();
      const here = await fromHere(store);
      for (const turn of upTo(200))
        await store.append(stream, turn === 0 ? 'none' : BigInt(turn * 500 - 1), numbered(500, turn * 500));
      let expected = 0;
      for await (const message of store.subscribe(here)) {
        if (message.kind === 'caught-up') break;
        if (message.kind !== 'event' || message.event.stream !== stream) continue;
        if (message.event.data.number !== expected) expect(message.event.data.number).toBe(expected);
        expected += 1;
      }
      expect(expected).toBe(100_000);
    });

    test('one process writes and another streams', async () => {
      const stream = newStream();
      const messages = store.subscribe(await fromHere(store))[Symbol.asyncIterator]();
      await next(messages, 'caught-up');
      const program = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
      const writer = spawn(process.execPath, [program, address, stream, '200'], { stdio: 'inherit' });
      const seen = await take({ [Symbol.asyncIterator]: () => messages }, [stream], 200);
      expect(numbers(seen)).toEqual(upTo(200));
      if (writer.exitCode === null) await once(writer, 'exit');
      expect(writer.exitCode).toBe(0);
      expect(await inStream(store, stream)).toEqual(seen);
    });

    test.skipIf(server?.restart === undefined)(
      'a restart of the server under a live subscription loses nothing and doubles nothing',
      { timeout: 180_000 },
      async () => {
        const stream = newStream();
        const messages = store.subscribe(await fromHere(store))[Symbol.asyncIterator]();
        await next(messages, 'caught-up');
        await store.append(stream, 'none', numbered(10));
        const reading = take({ [Symbol.asyncIterator]: () => messages }, [stream], 60);
        const restarting = server?.restart?.();
        await vi.waitFor(() => expect(store.status().state).not.toBe('live'), { timeout: 60_000, interval: 5 });
        for (const turn of upTo(50)) {
          const one = numbered(1, 10 + turn);
          // Away for a while: refused, or in doubt; the same call again, until it is there.
          await vi.waitFor(() => store.append(stream, BigInt(9 + turn), one), { timeout: 120_000, interval: 50 });
        }
        await restarting;
        expect(numbers(await reading)).toEqual(upTo(60));
        expect(numbers(await inStream(store, stream))).toEqual(upTo(60));
        await vi.waitFor(() => expect(store.status().state).toBe('live'), { timeout: 30_000 });
      },
    );
  });

  describe.skipIf(node === undefined)('the adapter on a wire that breaks', () => {
    let proxy: TcpProxy;
    let store: EventStore;
    beforeEach(async () => {
      proxy = await openTcpProxy(Number(node));
      store = await openEventStoreDb(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    });
    afterEach(async () => {
      await store.close();
      await proxy.close();
    });

    test('4 · a write whose answer is cut off is written once, and known to be', async () => {
      const stream = newStream();
      await store.append(stream, 'none', numbered(1));
      for (const turn of upTo(20)) {
        proxy.cutBeforeAnswer();
        const result = await store.append(stream, BigInt(turn * 2), numbered(2, turn * 2 + 1));
        expect(result).toMatchObject({ revision: BigInt(turn * 2 + 2), written: true });
      }
      expect(numbers(await inStream(store, stream))).toEqual(upTo(41));
    });

    test('a batch is written whole or not at all, wherever the wire is cut', async () => {
      const stream = newStream();
      await store.append(stream, 'none', numbered(1));
      const batches: (readonly string[])[] = [];
      for (const turn of upTo(20)) {
        const batch = numbered(10, turn * 10 + 1);
        proxy.cutAfter(150 + turn * 120);
        await store.append(stream, BigInt(turn * 10), batch);
        batches.push(ids(batch));
      }
      expect(ids(await inStream(store, stream)).slice(1)).toEqual(batches.flat());
    });

    test('a subscription goes on over a wire that is cut again and again', async () => {
      const stream = newStream();
      const reading = take(store.subscribe(await fromHere(store)), [stream], 300);
      const direct = await openEventStoreDb(address);
      for (const turn of upTo(60)) {
        await direct.append(stream, turn === 0 ? 'none' : BigInt(turn * 5 - 1), numbered(5, turn * 5));
        if (turn % 6 === 0) proxy.cut();
      }
      expect(numbers(await reading)).toEqual(upTo(300));
      await direct.close();
    });
  });
});

/** Events of another program, past the adapter: it writes to no stream that is not ours. */
async function writeForeign(to: string, count: number): Promise<void> {
  const client = EventStoreDBClient.connectionString(to);
  const events = Array.from({ length: count }, () => jsonEvent({ type: 'SomethingElse', data: {} }));
  await client.appendToStream(`another-program-${Date.now()}`, events);
  await client.dispose();
}
