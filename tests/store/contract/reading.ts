import { expect, test } from 'vitest';
import { linesOf } from '../../support/digest-lines.ts';
import {
  type Bench,
  collect,
  event,
  fromHere,
  ids,
  inLog,
  inStream,
  next,
  numbered,
  numbers,
  refused,
  upTo,
} from './support.ts';

export function reading(bench: Bench): void {
  test('a stream that does not exist is empty', async () => {
    expect(await inStream(bench.store, bench.stream())).toEqual([]);
  });

  test('an event carries all that it was given and where it lies', async () => {
    const stream = bench.stream();
    const given = event({ type: 'DemandStated', metadata: { recordedBy: 'anna' } });
    const { position } = await bench.store.append(stream, 'none', [given]);
    const [found] = await inStream(bench.store, stream);
    expect(found).toEqual({ ...given, stream, revision: 0n, position, recorded: expect.any(Number) });
  });

  test('some events of a stream are read by their revisions, in order, and those that are not there left out', async ({
    skip,
  }) => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(8));
    const some = await bench.store.readRevisions?.(stream, [6n, 2n, 40n, 3n]);
    if (some === undefined) return skip('this store reads no revisions back');
    expect(some).toEqual(
      (await inStream(bench.store, stream)).filter(({ revision }) => [2n, 3n, 6n].includes(revision)),
    );
    expect(await bench.store.readRevisions?.(bench.stream(), [0n])).toEqual([]);
  });

  test('digests are handed back in order, as far as every event has one', async ({ skip }) => {
    const stream = bench.stream();
    const digested = numbered(4).map((one, index) => ({ ...one, digest: `about ${index}` }));
    await bench.store.append(stream, 'none', [
      ...digested,
      event(),
      { ...event(), digest: 'behind one that has none' },
    ]);
    if (bench.store.readDigests === undefined) return skip('this store keeps no digests');
    const found = [];
    for await (const { from, count, lines } of bench.store.readDigests(stream, 1)) {
      let recorded = 0;
      const page = linesOf(lines);
      expect(page).toHaveLength(count);
      for (const [index, { step, digest }] of page.entries()) {
        recorded += step;
        found.push({ digest, revision: from + index, recorded });
      }
    }
    const events = (await inStream(bench.store, stream)).slice(1, 4);
    expect(found).toEqual(
      events.map(({ revision, recorded }) => ({ digest: `about ${revision}`, revision: Number(revision), recorded })),
    );
  });

  test('the moment of recording is a whole number of milliseconds, within a day of now', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', [event()]);
    const recorded = (await inStream(bench.store, stream))[0]?.recorded ?? Number.NaN;
    expect(Number.isInteger(recorded)).toBe(true);
    expect(Math.abs(recorded - Date.now())).toBeLessThan(86_400_000);
  });

  test('a stream read from a revision begins with that event', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(5));
    expect(numbers(await collect(bench.store.readStream(stream, { from: 2n })))).toEqual([2, 3, 4]);
  });

  test('a stream read from behind its end is empty', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(2));
    expect(await collect(bench.store.readStream(stream, { from: 2n }))).toEqual([]);
    expect(await collect(bench.store.readStream(stream, { from: 1_000_000n }))).toEqual([]);
  });

  test('a limit ends a read, wherever it falls', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(5));
    for (const limit of [0, 1, 4, 5, 6])
      expect(numbers(await collect(bench.store.readStream(stream, { limit })))).toEqual(upTo(Math.min(limit, 5)));
  });

  test('from and limit together give a window', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(10));
    expect(numbers(await collect(bench.store.readStream(stream, { from: 3n, limit: 4 })))).toEqual([3, 4, 5, 6]);
  });

  test('a stream of several pages comes whole, in order, each event once', async () => {
    const stream = bench.stream();
    const batch = numbered(1_700);
    await bench.store.append(stream, 'none', batch.slice(0, 1_000));
    await bench.store.append(stream, 999n, batch.slice(1_000));
    expect(ids(await inStream(bench.store, stream))).toEqual(ids(batch));
    expect(numbers(await collect(bench.store.readStream(stream, { limit: 1_234 })))).toEqual(upTo(1_234));
  });

  test('two reads of a stream do not disturb each other', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(40));
    const [one, other] = await Promise.all([inStream(bench.store, stream), inStream(bench.store, stream)]);
    expect(numbers(one)).toEqual(upTo(40));
    expect(other).toEqual(one);
  });

  test('what is appended once an append is answered is seen by the next read', async () => {
    const stream = bench.stream();
    let expected: 'none' | bigint = 'none';
    for (const one of numbered(10)) {
      expected = (await bench.store.append(stream, expected, [one])).revision;
      expect((await inStream(bench.store, stream)).at(-1)?.id).toBe(one.id);
    }
  });

  test('a reader may append to the stream it reads', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1));
    for await (const { revision } of bench.store.readStream(stream, { limit: 1 }))
      await bench.store.append(stream, revision, numbered(1, 1));
    expect(numbers(await inStream(bench.store, stream))).toEqual([0, 1]);
  });

  test('a read left early leaves the store as usable as before', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(600));
    for (const _ of upTo(30))
      for await (const found of bench.store.readStream(stream)) if (found.revision === 3n) break;
    expect((await bench.store.append(stream, 599n, [event()])).revision).toBe(600n);
    expect(await inStream(bench.store, stream)).toHaveLength(601);
  });

  test('a read whose signal is aborted already throws its reason', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(1));
    const reason = new Error('changed my mind');
    await expect(collect(bench.store.readStream(stream, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    await expect(collect(bench.store.readAll({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  test('a read aborted half-way throws instead of ending as if that were all', async () => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(20));
    const stop = new AbortController();
    const reason = new Error('enough');
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const { data } of bench.store.readStream(stream, { signal: stop.signal }))
        if (seen.push(data.number) === 5) stop.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    expect(seen).toEqual(upTo(5));
  });

  test('a copied event was recorded when its metadata says', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const messages = bench.store.subscribe(here)[Symbol.asyncIterator]();
    await bench.store.append(stream, 'none', [
      event({ metadata: { recorded: '2025-11-24T10:00:00.250Z' } }),
      event({ metadata: { recorded: '2025-11-24T13:00:00+03:00' } }),
    ]);
    const moments = [Date.UTC(2025, 10, 24, 10, 0, 0, 250), Date.UTC(2025, 10, 24, 10)];
    expect((await inStream(bench.store, stream)).map(({ recorded }) => recorded)).toEqual(moments);
    expect((await inLog(bench.store, [stream], here.after)).map(({ recorded }) => recorded)).toEqual(moments);
    let first = await next(messages, 'event');
    while (first.event.stream !== stream) first = await next(messages, 'event');
    expect(first.event.recorded).toBe(moments[0]);
    await messages.return?.();
  });

  test('a copied event whose moment of recording cannot be read is refused', async () => {
    for (const recorded of ['', 'yesterday', '2025-11-24', 1_763_978_400_000, null, '2025-13-45T99:00:00Z'])
      await refused(bench.store.append(bench.stream(), 'none', [event({ metadata: { recorded } })]), 'REQUEST_INVALID');
  });
}
