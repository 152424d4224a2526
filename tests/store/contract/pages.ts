import { expect, test } from 'vitest';
import type { EventStore, NewEvent, PreparedEvent, RecordedEvent } from '../../../src/store/port.ts';
import { prepareEvents } from '../../../src/store/prepare.ts';
import { type Bench, event, fromHere, ids, inLog, inStream, numbered, numbers, refused, upTo } from './support.ts';

type AppendPages = NonNullable<EventStore['appendPages']>;
type Pages = Iterable<readonly PreparedEvent[]>;

/** What holds for a store that takes an append in pages; the others do without. */
export function paging(bench: Bench): void {
  const paged = (name: string, run: (appendPages: AppendPages) => Promise<void>): void =>
    test(name, async ({ skip }) => {
      const { appendPages } = bench.store;
      if (!appendPages) return skip('this store takes no pages');
      await run(appendPages);
    });

  function* pagesOf(events: readonly NewEvent[], size: number, between: () => void = () => undefined): Pages {
    for (let from = 0; from < events.length; from += size) {
      yield prepareEvents(events.slice(from, from + size));
      between();
    }
  }

  paged('pages are one append: all events, in their order, without a gap', async (appendPages) => {
    const { after } = await fromHere(bench.store);
    const [stream, other] = [bench.stream(), bench.stream()];
    const events = numbered(25);
    const result = await appendPages(stream, 'none', pagesOf(events, 4));
    expect(result).toMatchObject({ revision: 24n, written: true, position: await bench.store.head() });
    const there = await inStream(bench.store, stream);
    expect(numbers(there)).toEqual(upTo(25));
    expect(there.map(({ revision }) => revision)).toEqual(upTo(25).map(BigInt));
    expect(new Set(there.map(({ recorded }) => recorded)).size).toBe(1);
    const behind = numbered(2);
    await bench.store.append(stream, 24n, behind);
    await bench.store.append(other, 'none', numbered(1));
    expect(ids(await inLog(bench.store, [stream], after))).toEqual(ids([...events, ...behind]));
  });

  paged('they go behind what is there, if it ends where that was expected', async (appendPages) => {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', numbered(3));
    for (const expected of ['none', 1n, 3n] as const)
      await refused(appendPages(stream, expected, pagesOf(numbered(5), 2)), 'WRONG_EXPECTED_REVISION');
    expect(await inStream(bench.store, stream)).toHaveLength(3);
    await appendPages(stream, 2n, pagesOf(numbered(5, 3), 2));
    expect(numbers(await inStream(bench.store, stream))).toEqual(upTo(8));
  });

  paged('readers see nothing of them before the end', async (appendPages) => {
    const stream = bench.stream();
    const seen: Promise<readonly RecordedEvent[]>[] = [];
    const looking = () => seen.push(inStream(bench.store, stream));
    await appendPages(stream, 'none', pagesOf(numbered(9), 3, looking));
    expect(await Promise.all(seen.slice(0, -1))).toEqual([[], []]);
    expect(await inStream(bench.store, stream)).toHaveLength(9);
  });

  paged('who appends meanwhile waits, and is written too', async (appendPages) => {
    const [stream, other] = [bench.stream(), bench.stream()];
    const meanwhile: Promise<unknown>[] = [];
    const writing = () =>
      meanwhile.length === 0 && meanwhile.push(bench.store.append(other, 'none', [event(), event()]));
    await Promise.all([
      appendPages(stream, 'none', pagesOf(numbered(9), 3, writing)),
      appendPages(bench.stream(), 'none', pagesOf(numbered(4), 2)),
    ]);
    await Promise.all(meanwhile);
    expect(await inStream(bench.store, other)).toHaveLength(2);
    expect(await inStream(bench.store, stream)).toHaveLength(9);
  });

  paged('where a page cannot be had, nothing is written, and the next one is', async (appendPages) => {
    const stream = bench.stream();
    const broken = new Error('the disk is gone');
    function* failing(): Pages {
      yield prepareEvents(numbered(3));
      throw broken;
    }
    await expect(appendPages(stream, 'none', failing())).rejects.toBe(broken);
    expect(await inStream(bench.store, stream)).toEqual([]);
    await appendPages(stream, 'none', pagesOf(numbered(3), 2));
    expect(await inStream(bench.store, stream)).toHaveLength(3);
  });

  paged('an id twice in them, or there already, is refused with all of them', async (appendPages) => {
    const stream = bench.stream();
    const twice = event();
    await refused(appendPages(stream, 'none', pagesOf([twice, event(), event(), twice], 2)), 'ID_CONFLICT');
    expect(await inStream(bench.store, stream)).toEqual([]);
    await bench.store.append(stream, 'none', [twice]);
    await refused(appendPages(stream, 0n, pagesOf([event(), event(), twice], 2)), 'ID_CONFLICT');
    expect(await inStream(bench.store, stream)).toHaveLength(1);
  });

  paged('no pages at all, and a stream that is not ours, are refused', async (appendPages) => {
    await refused(appendPages(bench.stream(), 'none', []), 'REQUEST_INVALID');
    await refused(appendPages('another', 'none', pagesOf(numbered(1), 1)), 'REQUEST_INVALID');
  });

  paged('an append under way when the store closes is finished, and answered', async (appendPages) => {
    const [stream, other] = [bench.stream(), bench.stream()];
    const appends = [stream, other].map((one) => appendPages(one, 'none', pagesOf(numbered(9), 4)));
    await bench.store.close();
    for (const { written } of await Promise.all(appends)) expect(written).toBe(true);
    const again = await bench.open();
    for (const one of [stream, other]) expect(numbers(await inStream(again, one))).toEqual(upTo(9));
    await again.close();
  });
}
