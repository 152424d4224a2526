import { expect, test } from 'vitest';
import { comparePositions, type NewEvent } from '../../../src/store/port.ts';
import { type Bench, collect, event, fromHere, ids, inLog, inStream, numbered, refused, upTo } from './support.ts';

export function ordering(bench: Bench): void {
  /** Three streams written to in turn; what was written, in that order. */
  async function interleaved(
    turns: number,
    size: number,
  ): Promise<{ streams: string[]; written: readonly NewEvent[] }> {
    const streams = [bench.stream(), bench.stream(), bench.stream()];
    const written: NewEvent[] = [];
    for (let turn = 0; turn < turns; turn += 1)
      for (const stream of streams) {
        const batch = numbered(size);
        await bench.store.append(stream, turn === 0 ? 'none' : BigInt(turn * size - 1), batch);
        written.push(...batch);
      }
    return { streams, written };
  }

  test('the events of all streams come in the order they were appended', async () => {
    const { after } = await fromHere(bench.store);
    const { streams, written } = await interleaved(4, 2);
    expect(ids(await inLog(bench.store, streams, after))).toEqual(ids(written));
  });

  test('the order of the log agrees with the order of each stream', async () => {
    const { after } = await fromHere(bench.store);
    const { streams } = await interleaved(3, 3);
    for (const stream of streams)
      expect(await inLog(bench.store, [stream], after)).toEqual(await inStream(bench.store, stream));
  });

  test('positions rise strictly, within a batch and from stream to stream', async () => {
    const { after } = await fromHere(bench.store);
    const { streams } = await interleaved(3, 4);
    const positions = (await inLog(bench.store, streams, after)).map(({ position }) => position);
    expect(positions).toHaveLength(36);
    for (const [index, position] of positions.entries())
      expect(comparePositions(positions[index - 1] ?? after ?? '0', position)).toBeLessThan(0);
  });

  test('positions sort into the order of the log', async () => {
    const { after } = await fromHere(bench.store);
    const { streams } = await interleaved(5, 3);
    const positions = (await inLog(bench.store, streams, after)).map(({ position }) => position);
    expect(positions.toReversed().sort(comparePositions)).toEqual(positions);
    expect(comparePositions(positions[0] ?? '', positions[0] ?? '')).toBe(0);
  });

  test('a position rises from append to append', async () => {
    const stream = bench.stream();
    const first = await bench.store.append(stream, 'none', numbered(2));
    const second = await bench.store.append(stream, 1n, numbered(1));
    expect(comparePositions(first.position, second.position)).toBeLessThan(0);
  });

  test('the log read after a position begins with the event behind it', async () => {
    const { after } = await fromHere(bench.store);
    const { streams } = await interleaved(2, 3);
    const all = await inLog(bench.store, streams, after);
    for (const [index, { position }] of all.entries())
      expect(ids(await inLog(bench.store, streams, position))).toEqual(ids(all.slice(index + 1)));
  });

  test('the log read after its head is empty until something is appended', async () => {
    const stream = bench.stream();
    const { position } = await bench.store.append(stream, 'none', [event()]);
    expect(await inLog(bench.store, [stream], position)).toEqual([]);
    const later = event();
    await bench.store.append(stream, 0n, [later]);
    expect(ids(await inLog(bench.store, [stream], position))).toEqual([later.id]);
  });

  test('a limit ends a read of the log', async () => {
    const here = await fromHere(bench.store);
    await interleaved(2, 2);
    for (const limit of [0, 1, 7]) expect(await collect(bench.store.readAll({ ...here, limit }))).toHaveLength(limit);
  });

  test('the log read in pieces, each after the last, is the log', async () => {
    const here = await fromHere(bench.store);
    const { streams, written } = await interleaved(3, 2);
    const found: string[] = [];
    for (let { after } = here; ; ) {
      const piece = await collect(bench.store.readAll({ ...(after === undefined ? {} : { after }), limit: 5 }));
      found.push(...ids(piece.filter(({ stream }) => streams.includes(stream))));
      after = piece.at(-1)?.position ?? after;
      if (piece.length < 5) break;
    }
    expect(found).toEqual(ids(written));
  });

  test('a log of several pages comes whole, in order, each event once', async () => {
    const { after } = await fromHere(bench.store);
    const { streams, written } = await interleaved(3, 150);
    expect(ids(await inLog(bench.store, streams, after))).toEqual(ids(written));
  });

  test('the head is the position of the last event', async () => {
    const stream = bench.stream();
    const { position } = await bench.store.append(stream, 'none', numbered(3));
    const head = await bench.store.head();
    // Others may write to the log: then the head lies further on, and reading after ours finds them.
    const behind = await collect(bench.store.readAll({ after: position }));
    expect([position, ...behind.map((found) => found.position)]).toContain(head);
  });

  test('the end is where the last event is, or further where others write', async () => {
    const stream = bench.stream();
    let before = await bench.store.end();
    for (const expected of ['none', 0n] as const) {
      const { position } = await bench.store.append(stream, expected, [event()]);
      const end = await bench.store.end();
      expect(comparePositions(end ?? '', position)).toBeGreaterThanOrEqual(0);
      if (before !== null) expect(comparePositions(position, before)).toBeGreaterThan(0);
      before = end;
    }
  });

  test('a position that no log has is refused', async () => {
    for (const after of ['', 'x', '-1', '1.5', ' 7', '1/2/3', '９'])
      await refused((async () => collect(bench.store.readAll({ after })))(), 'REQUEST_INVALID');
  });

  test('streams names each stream once, sorted', async () => {
    const { streams } = await interleaved(2, 2);
    const names = await bench.store.streams();
    expect(names.filter((name) => streams.includes(name))).toEqual([...streams].sort());
    expect(names).toEqual([...names].sort());
  });

  test('a stream whose first append was refused is not named', async () => {
    const stream = bench.stream();
    await refused(bench.store.append(stream, 4n, [event()]), 'WRONG_EXPECTED_REVISION');
    await refused(bench.store.append(stream, 'none', [event({ data: { n: 1n } })]), 'EVENT_UNSERIALISABLE');
    expect(await bench.store.streams()).not.toContain(stream);
  });

  test('a stream is named as soon as its first append is answered', async () => {
    const streams = upTo(5).map(() => bench.stream());
    for (const stream of streams) {
      await bench.store.append(stream, 'none', [event()]);
      expect(await bench.store.streams()).toContain(stream);
    }
  });
}
