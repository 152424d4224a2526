import { expect, test } from 'vitest';
import {
  type Bench,
  collect,
  event,
  fromHere,
  ids,
  inStream,
  next,
  numbered,
  numbers,
  refused,
  take,
  upTo,
} from './support.ts';

export function closing(bench: Bench): void {
  test('closing twice, also at once, is fine', async () => {
    await Promise.all([bench.store.close(), bench.store.close()]);
    await bench.store.close();
  });

  test('an append after closing is refused', async () => {
    await bench.store.close();
    await refused(bench.store.append(bench.stream(), 'none', [event()]), 'STORE_CLOSED');
  });

  test('a read after closing is refused', async () => {
    await bench.store.close();
    await refused(inStream(bench.store, bench.stream()), 'STORE_CLOSED');
    await refused(collect(bench.store.readAll({ limit: 1 })), 'STORE_CLOSED');
    await refused(bench.store.streams(), 'STORE_CLOSED');
    await refused(bench.store.head(), 'STORE_CLOSED');
    await refused(bench.store.end(), 'STORE_CLOSED');
  });

  test('a subscription begun after closing is refused', async () => {
    await bench.store.close();
    await refused(collect(bench.store.subscribe()), 'STORE_CLOSED');
  });

  test('appends under way when it closes are finished, and answered', async () => {
    const streams = upTo(5).map(() => bench.stream());
    const appends = streams.map((stream) => bench.store.append(stream, 'none', numbered(3)));
    await bench.store.close();
    for (const { written } of await Promise.all(appends)) expect(written).toBe(true);
    const again = await bench.open();
    for (const stream of streams) expect(numbers(await inStream(again, stream))).toEqual([0, 1, 2]);
    await again.close();
  });

  test('closing ends the subscriptions that wait', async () => {
    const here = await fromHere(bench.store);
    const waiting = upTo(3).map(() => bench.store.subscribe(here)[Symbol.asyncIterator]());
    for (const messages of waiting) await next(messages, 'caught-up');
    const ends = waiting.map(async (messages) => {
      while (!(await messages.next()).done);
      return 'ended';
    });
    await bench.store.close();
    expect(await Promise.all(ends)).toEqual(['ended', 'ended', 'ended']);
  });

  test('a read the store is closed under throws instead of ending as if that were all', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1_000));
    await bench.store.append(stream, 999n, numbered(1_000, 1_000));
    const reading = (async () => {
      for await (const { revision } of bench.store.readStream(stream)) if (revision === 10n) await bench.store.close();
    })();
    await refused(reading, 'STORE_CLOSED');
  });

  test('what was written is there when the log is opened again, at the same place', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(5));
    const before = await inStream(bench.store, stream);
    await bench.store.close();
    const again = await bench.open();
    expect(await inStream(again, stream)).toEqual(before);
    expect((await again.append(stream, 4n, [event()])).revision).toBe(5n);
    await again.close();
  });

  test('a retry reaches what another store wrote before it was closed', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    const first = await bench.store.append(stream, 'none', batch);
    await bench.store.close();
    const again = await bench.open();
    expect(await again.append(stream, 'none', batch)).toEqual({ ...first, written: false, placed: undefined });
    await again.close();
  });

  test('the status says live, then closed, and since when', async () => {
    await bench.store.head();
    const open = bench.store.status();
    expect(open).toEqual({ state: 'live', since: expect.any(Number), lastError: null });
    await bench.store.close();
    const closed = bench.store.status();
    expect(closed.state).toBe('closed');
    expect(closed.since).toBeGreaterThanOrEqual(open.since);
  });

  test.runIf(bench.severalConnections)('a subscriber learns of what another store wrote', async () => {
    const stream = bench.stream();
    const other = await bench.open();
    const messages = bench.store.subscribe(await fromHere(bench.store))[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const batch = numbered(3);
    const found = take({ [Symbol.asyncIterator]: () => messages }, [stream], 3);
    await other.append(stream, 'none', batch);
    expect(ids(await found)).toEqual(ids(batch));
    await other.close();
  });

  test.runIf(bench.severalConnections)(
    'of two stores with the same expectation exactly one wins, every time',
    async () => {
      const stream = bench.stream();
      const other = await bench.open();
      for (const turn of upTo(20)) {
        const expected = turn === 0 ? 'none' : BigInt(turn - 1);
        const results = await Promise.allSettled([
          bench.store.append(stream, expected, [event()]),
          other.append(stream, expected, [event()]),
        ]);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      }
      expect(await inStream(bench.store, stream)).toEqual(await inStream(other, stream));
      await other.close();
    },
  );

  test.runIf(bench.severalConnections)('closing one store leaves the others open', async () => {
    const stream = bench.stream();
    const other = await bench.open();
    await other.append(stream, 'none', numbered(1));
    await other.close();
    expect((await bench.store.append(stream, 0n, numbered(1, 1))).written).toBe(true);
    expect(numbers(await inStream(bench.store, stream))).toEqual([0, 1]);
  });
}
