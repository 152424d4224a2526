import { expect, test } from 'vitest';
import { type Bench, event, ids, inStream, numbered, refused } from './support.ts';

export function retrying(bench: Bench): void {
  test('an append repeated is answered as the first time, and nothing is written', async () => {
    const stream = bench.stream();
    const once = [event()];
    const first = await bench.store.append(stream, 'none', once);
    expect(await bench.store.append(stream, 'none', once)).toEqual({ ...first, written: false, placed: undefined });
    expect(await inStream(bench.store, stream)).toHaveLength(1);
  });

  test('a batch repeated is answered as the first time, and nothing is written', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(2));
    const batch = numbered(5);
    const first = await bench.store.append(stream, 1n, batch);
    expect(await bench.store.append(stream, 1n, batch)).toEqual({ ...first, written: false, placed: undefined });
    expect(await inStream(bench.store, stream)).toHaveLength(7);
  });

  test('a batch repeated after more was appended behind it is answered as the first time', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    const first = await bench.store.append(stream, 'none', batch);
    await bench.store.append(stream, first.revision, numbered(4));
    expect(await bench.store.append(stream, 'none', batch)).toEqual({ ...first, written: false, placed: undefined });
    expect(await inStream(bench.store, stream)).toHaveLength(7);
  });

  test('the same append started twice at once is written once, and both are answered', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    const [one, other] = await Promise.all([
      bench.store.append(stream, 'none', batch),
      bench.store.append(stream, 'none', batch),
    ]);
    expect(one.position).toBe(other.position);
    expect(one.revision).toBe(other.revision);
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test('a retry of an event equal but for the order of its keys is the same event', async () => {
    const stream = bench.stream();
    const { id } = event();
    await bench.store.append(stream, 'none', [event({ id, data: { a: 1, b: { c: [1, 2], d: null } } })]);
    const again = await bench.store.append(stream, 'none', [event({ id, data: { b: { d: null, c: [1, 2] }, a: 1 } })]);
    expect(again.written).toBe(false);
  });

  test('the same event told with other metadata is the same event, and the first metadata stays', async () => {
    const stream = bench.stream();
    const { id } = event();
    await bench.store.append(stream, 'none', [event({ id, metadata: { recordedBy: 'anna' } })]);
    const again = await bench.store.append(stream, 'none', [event({ id, metadata: { recordedBy: 'boris' } })]);
    expect(again.written).toBe(false);
    expect((await inStream(bench.store, stream)).map(({ metadata }) => metadata)).toEqual([{ recordedBy: 'anna' }]);
  });

  test('an id that is there with other data is a conflict, and nothing is written', async () => {
    const stream = bench.stream();
    const { id } = event();
    await bench.store.append(stream, 'none', [event({ id, data: { stance: 'yes' } })]);
    await refused(bench.store.append(stream, 'none', [event({ id, data: { stance: 'no' } })]), 'ID_CONFLICT');
    expect((await inStream(bench.store, stream)).map(({ data }) => data)).toEqual([{ stance: 'yes' }]);
  });

  test('an id that is there with another type is a conflict', async () => {
    const stream = bench.stream();
    const { id } = event();
    await bench.store.append(stream, 'none', [event({ id, type: 'DemandStated' })]);
    await refused(bench.store.append(stream, 'none', [event({ id, type: 'DemandDropped' })]), 'ID_CONFLICT');
    expect(await inStream(bench.store, stream)).toHaveLength(1);
  });

  test('a batch that is there but for the content of one event is a conflict', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    await bench.store.append(stream, 'none', batch);
    const changed = batch.map((one, index) => (index === 2 ? { ...one, data: { number: 99 } } : one));
    await refused(bench.store.append(stream, 'none', changed), 'ID_CONFLICT');
    expect(await inStream(bench.store, stream)).toHaveLength(3);
  });

  test('a batch of which only the beginning is there is refused', async () => {
    const stream = bench.stream();
    const batch = numbered(2);
    await bench.store.append(stream, 'none', batch);
    await refused(bench.store.append(stream, 'none', [...batch, event()]), 'WRONG_EXPECTED_REVISION');
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test('a batch that differs from what is there in its last event is refused', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    await bench.store.append(stream, 'none', batch);
    await refused(bench.store.append(stream, 'none', [...batch.slice(0, 2), event()]), 'WRONG_EXPECTED_REVISION');
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test('a batch that differs from what is there in its first event is refused', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    await bench.store.append(stream, 'none', batch);
    await refused(bench.store.append(stream, 'none', [event(), ...batch.slice(1)]), 'WRONG_EXPECTED_REVISION');
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test('the same events in another order are refused', async () => {
    const stream = bench.stream();
    const batch = numbered(3);
    await bench.store.append(stream, 'none', batch);
    await refused(bench.store.append(stream, 'none', batch.toReversed()), 'WRONG_EXPECTED_REVISION');
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test.runIf(bench.uniqueIds)('an event that is in the stream is refused as the next one', async () => {
    const stream = bench.stream();
    const batch = numbered(2);
    await bench.store.append(stream, 'none', batch);
    await refused(bench.store.append(stream, 1n, batch), 'ID_CONFLICT');
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
  });

  test.runIf(bench.uniqueIds)(
    'an id that another stream uses is a conflict, and nothing of the batch is written',
    async () => {
      const [first, second] = [bench.stream(), bench.stream()];
      const used = event();
      await bench.store.append(first, 'none', [used]);
      await refused(bench.store.append(second, 'none', [event(), event(), used]), 'ID_CONFLICT');
      expect(await inStream(bench.store, second)).toEqual([]);
      expect(await bench.store.streams()).not.toContain(second);
    },
  );

  test.runIf(bench.uniqueIds)('a batch refused for a used id does not fail the others of the same moment', async () => {
    const [first, second, third] = [bench.stream(), bench.stream(), bench.stream()];
    const used = event();
    const batch = numbered(3);
    await bench.store.append(first, 'none', [used]);
    const [one, other, last] = await Promise.allSettled([
      bench.store.append(first, 0n, numbered(2)),
      bench.store.append(second, 'none', [event(), used]),
      bench.store.append(third, 'none', batch),
    ]);
    expect([one?.status, other?.status, last?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ids(await inStream(bench.store, third))).toEqual(ids(batch));
    expect(await inStream(bench.store, first)).toHaveLength(3);
  });
}
