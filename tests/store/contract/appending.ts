import { expect, test } from 'vitest';
import type { AppendResult } from '../../../src/store/port.ts';
import { type Bench, event, ids, inStream, numbered, numbers, refused, upTo } from './support.ts';

export function appending(bench: Bench): void {
  test('the first event of a stream has revision 0', async () => {
    const stream = bench.stream();
    const result = await bench.store.append(stream, 'none', [event()]);
    expect(result.revision).toBe(0n);
    expect(result.written).toBe(true);
  });

  test('the events of a batch have consecutive revisions', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(3));
    expect((await inStream(bench.store, stream)).map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
  });

  test('an append answers with the revision and position of its last event', async () => {
    const stream = bench.stream();
    const result = await bench.store.append(stream, 'none', numbered(3));
    const last = (await inStream(bench.store, stream)).at(-1);
    expect(result).toMatchObject({ revision: 2n, position: last?.position, written: true });
  });

  test('an append that says where its events lie says what a reader finds', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(2));
    const { placed } = await bench.store.append(stream, 1n, numbered(3, 2));
    const found = (await inStream(bench.store, stream)).slice(2);
    if (placed === undefined) return;
    expect(found.map(({ position }) => position)).toEqual(placed.positions);
    expect(found.map(({ recorded }) => recorded)).toEqual(found.map(() => placed.recorded));
  });

  test('an append at the revision of the last event continues the stream', async () => {
    const stream = bench.stream();
    const { revision } = await bench.store.append(stream, 'none', numbered(2));
    expect((await bench.store.append(stream, revision, numbered(2, 2))).revision).toBe(3n);
    expect(numbers(await inStream(bench.store, stream))).toEqual(upTo(4));
  });

  test('a stream that exists is refused where none was expected', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1));
    await refused(bench.store.append(stream, 'none', [event()]), 'WRONG_EXPECTED_REVISION');
    expect(numbers(await inStream(bench.store, stream))).toEqual([0]);
  });

  test('a stream that does not exist is refused where a revision was expected', async () => {
    const stream = bench.stream();
    await refused(bench.store.append(stream, 0n, [event()]), 'WRONG_EXPECTED_REVISION');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('a revision that the stream has passed is refused', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(3));
    await refused(bench.store.append(stream, 1n, [event()]), 'WRONG_EXPECTED_REVISION');
    expect(await inStream(bench.store, stream)).toHaveLength(3);
  });

  test('a revision that the stream has not reached is refused', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(3));
    await refused(bench.store.append(stream, 3n, [event()]), 'WRONG_EXPECTED_REVISION');
    expect(await inStream(bench.store, stream)).toHaveLength(3);
  });

  test('the refusal of a wrong revision may be retried, at another revision', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1));
    const again = event();
    await expect(bench.store.append(stream, 'none', [again])).rejects.toMatchObject({ retryable: true });
    expect((await bench.store.append(stream, 0n, [again])).written).toBe(true);
  });

  test('a revision below zero is refused', async () => {
    await refused(bench.store.append(bench.stream(), -1n, [event()]), 'REQUEST_INVALID');
  });

  test('an empty list is refused', async () => {
    const stream = bench.stream();
    await refused(bench.store.append(stream, 'none', []), 'REQUEST_INVALID');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('a stream that is not one of ours is refused', async () => {
    for (const stream of [
      '',
      'other-stream',
      'negotiation-',
      '$negotiation-x',
      'negotiation-a b',
      'negotiation-é',
      'negotiation-\0',
    ])
      await refused(bench.store.append(stream, 'none', [event()]), 'REQUEST_INVALID');
  });

  test('an id that is not a UUID is refused', async () => {
    const stream = bench.stream();
    for (const id of ['', 'R-41', '00000000-0000-0000-0000-00000000000', event().id.toUpperCase()])
      await refused(bench.store.append(stream, 'none', [event({ id })]), 'REQUEST_INVALID');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('an event without a type, or with one that is no word, is refused', async () => {
    for (const type of ['', ' ', 'two words', '$metadata', 'half\ud83d', 'nul\0', 'x'.repeat(101)])
      await refused(bench.store.append(bench.stream(), 'none', [event({ type })]), 'REQUEST_INVALID');
  });

  test('one id twice in a batch is refused, and nothing of it is written', async () => {
    const stream = bench.stream();
    const twice = event();
    await refused(bench.store.append(stream, 'none', [event(), twice, event(), twice]), 'ID_CONFLICT');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('a batch of a thousand events is written whole and in order', async () => {
    const stream = bench.stream();
    const batch = numbered(1_000);
    expect((await bench.store.append(stream, 'none', batch)).revision).toBe(999n);
    const written = await inStream(bench.store, stream);
    expect(ids(written)).toEqual(ids(batch));
    expect(numbers(written)).toEqual(upTo(1_000));
  });

  test('of several writers with the same expectation exactly one wins', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1));
    const results = await Promise.allSettled(upTo(12).map(() => bench.store.append(stream, 0n, [event()])));
    expectOneWinner(results);
    expect(await inStream(bench.store, stream)).toHaveLength(2);
  });

  test('of several writers of the first event exactly one wins', async () => {
    const stream = bench.stream();
    const results = await Promise.allSettled(upTo(12).map(() => bench.store.append(stream, 'none', numbered(2))));
    expectOneWinner(results);
    expect(numbers(await inStream(bench.store, stream))).toEqual([0, 1]);
  });

  test('writers that try again at the revision they find all get in, each once', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', [event()]);
    const wanted = upTo(6).map(() => event());
    await Promise.all(
      wanted.map(async (one) => {
        for (;;) {
          const last = (await inStream(bench.store, stream)).at(-1);
          if (last === undefined) throw new Error('the stream was begun');
          const refusal = await bench.store.append(stream, last.revision, [one]).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (refusal === undefined) return;
          expect(refusal).toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
        }
      }),
    );
    expect([...ids((await inStream(bench.store, stream)).slice(1))].sort()).toEqual([...ids(wanted)].sort());
  });

  test('writers of different streams do not hinder each other', async () => {
    const streams = upTo(20).map(() => bench.stream());
    const results = await Promise.all(streams.map((stream) => bench.store.append(stream, 'none', numbered(3))));
    expect(results.every(({ revision, written }) => written && revision === 2n)).toBe(true);
    for (const stream of streams) expect(numbers(await inStream(bench.store, stream))).toEqual([0, 1, 2]);
  });

  test('one append refused does not fail the others of the same moment', async () => {
    const [good, bad, alsoGood] = [bench.stream(), bench.stream(), bench.stream()];
    await bench.store.append(bad, 'none', numbered(1));
    const results = await Promise.allSettled([
      bench.store.append(good, 'none', numbered(2)),
      bench.store.append(bad, 'none', numbered(2)),
      bench.store.append(bad, 7n, numbered(2)),
      bench.store.append(alsoGood, 'none', [event({ data: { n: 1n } })]),
      bench.store.append(alsoGood, 'none', numbered(3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(numbers(await inStream(bench.store, good))).toEqual([0, 1]);
    expect(numbers(await inStream(bench.store, bad))).toEqual([0]);
    expect(numbers(await inStream(bench.store, alsoGood))).toEqual([0, 1, 2]);
  });
}

function expectOneWinner(results: readonly PromiseSettledResult<AppendResult>[]): void {
  const losers = results.filter((result) => result.status === 'rejected');
  expect(losers).toHaveLength(results.length - 1);
  for (const { reason } of losers) expect(reason).toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
}
