import { expect, test } from 'vitest';
import { comparePositions, type Position, type SubscriptionMessage } from '../../../src/store/port.ts';
import { type Bench, collect, event, fromHere, ids, next, numbered, numbers, take, upTo } from './support.ts';

export function subscribing(bench: Bench): void {
  test('what is there already is handed out first, then that it has caught up', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const batch = numbered(5);
    await bench.store.append(stream, 'none', batch);
    const found: string[] = [];
    for await (const message of bench.store.subscribe(here)) {
      if (message.kind === 'caught-up') break;
      if (message.kind === 'event' && message.event.stream === stream) found.push(message.event.id);
    }
    expect(found).toEqual(ids(batch));
  });

  test('from the head, it has caught up without an event of the past', async () => {
    const stream = bench.stream();
    const { position } = await bench.store.append(stream, 'none', numbered(3));
    const messages = bench.store.subscribe({ after: position })[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    await bench.store.append(stream, 2n, numbered(1, 3));
    let message = await next(messages, 'event');
    while (message.event.stream !== stream) message = await next(messages, 'event');
    expect(message.event.revision).toBe(3n);
    await messages.return?.();
  });

  test('without a position it begins at the beginning of the log', async () => {
    await bench.store.append(bench.stream(), 'none', numbered(1));
    const messages = bench.store.subscribe()[Symbol.asyncIterator]();
    const { event: first } = await next(messages, 'event');
    await messages.return?.();
    expect(await collect(bench.store.readAll({ limit: 1 }))).toEqual([first]);
  });

  test('an event handed out is the same as the event read', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    await bench.store.append(stream, 'none', numbered(2));
    const handedOut = await take(bench.store.subscribe(here), [stream], 2);
    const read = [];
    for await (const found of bench.store.readStream(stream)) read.push(found);
    expect(handedOut).toEqual(read);
  });

  test('what is appended afterwards comes as it is appended, in order', async () => {
    const [first, second] = [bench.stream(), bench.stream()];
    const messages = bench.store.subscribe(await fromHere(bench.store))[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    for (const turn of upTo(5))
      for (const stream of [first, second]) {
        const one = event();
        await bench.store.append(stream, turn === 0 ? 'none' : BigInt(turn - 1), [one]);
        let message = await next(messages, 'event');
        while (![first, second].includes(message.event.stream)) message = await next(messages, 'event');
        expect(message.event.id).toBe(one.id);
      }
    await messages.return?.();
  });

  test('a waiting subscriber is woken by an append', async () => {
    const stream = bench.stream();
    const messages = bench.store.subscribe(await fromHere(bench.store))[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const waiting = take({ [Symbol.asyncIterator]: () => messages }, [stream], 1);
    const one = event();
    await bench.store.append(stream, 'none', [one]);
    expect(ids(await waiting)).toEqual([one.id]);
  });

  test('across the moment of catching up nothing is lost and nothing comes twice', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const batches = upTo(60).map((turn) => numbered(5, turn * 5));
    await bench.store.append(stream, 'none', batches[0] ?? []);
    const writing = (async () => {
      for (const [turn, batch] of batches.entries())
        if (turn > 0) await bench.store.append(stream, BigInt(turn * 5 - 1), batch);
    })();
    // Begun one after the other while the writer runs: each meets the end of the log at another moment.
    const readers: Promise<readonly unknown[]>[] = [];
    for (const _ of upTo(6)) {
      readers.push(take(bench.store.subscribe(here), [stream], 300).then(numbers));
      for await (const found of bench.store.readStream(stream)) expect(found.stream).toBe(stream);
    }
    await writing;
    for (const found of await Promise.all(readers)) expect(found).toEqual(upTo(300));
  });

  test('several subscribers each get everything, in the same order', async () => {
    const streams = [bench.stream(), bench.stream()];
    const here = await fromHere(bench.store);
    const readers = upTo(8).map(() => take(bench.store.subscribe(here), streams, 40));
    await Promise.all(streams.map((stream) => bench.store.append(stream, 'none', numbered(20))));
    const [first, ...others] = await Promise.all(readers);
    expect(first).toHaveLength(40);
    for (const found of others) expect(found).toEqual(first);
  });

  test('a slow subscriber loses nothing and holds up nobody', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const slow = bench.store.subscribe(here)[Symbol.asyncIterator]();
    await bench.store.append(stream, 'none', numbered(300));
    let held = await next(slow, 'event');
    // It holds this one message while the others write and read three hundred more.
    const fast = take(bench.store.subscribe(here), [stream], 600);
    await bench.store.append(stream, 299n, numbered(300, 300));
    expect(numbers(await fast)).toEqual(upTo(600));
    const found: unknown[] = [];
    for (; found.length < 600; held = found.length < 600 ? await next(slow, 'event') : held)
      if (held.event.stream === stream) found.push(held.event.data.number);
    expect(found).toEqual(upTo(600));
    await slow.return?.();
  });

  test('who stops and goes on from the last event handed out misses nothing and gets nothing twice', async () => {
    const stream = bench.stream();
    let from = await fromHere(bench.store);
    await bench.store.append(stream, 'none', numbered(50));
    const found: unknown[] = [];
    while (found.length < 50) {
      const part = await take(bench.store.subscribe(from), [stream], 7 - (found.length === 49 ? 6 : 0));
      found.push(...numbers(part));
      const last = part.at(-1);
      if (last !== undefined) from = { after: last.position };
    }
    expect(found).toEqual(upTo(50));
  });

  test('no checkpoint lies behind an event still to come', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const reading = (async () => {
      const places: { readonly kind: SubscriptionMessage['kind']; readonly position: Position }[] = [];
      for await (const message of bench.store.subscribe(here)) {
        if (message.kind === 'checkpoint') places.push(message);
        if (message.kind !== 'event') continue;
        places.push({ kind: 'event', position: message.event.position });
        if (message.event.stream === stream && message.event.revision === 199n) return places;
      }
      return places;
    })();
    for (const turn of upTo(20))
      await bench.store.append(stream, turn === 0 ? 'none' : BigInt(turn * 10 - 1), numbered(10));
    const places = await reading;
    expect(places.filter(({ kind }) => kind === 'event').length).toBeGreaterThanOrEqual(200);
    for (const [index, { kind, position }] of places.entries()) {
      const before = places[index - 1];
      if (before === undefined) continue;
      const order = comparePositions(before.position, position);
      if (kind === 'event') expect(order).toBeLessThan(0);
      else expect(order).toBeLessThanOrEqual(0);
    }
  });

  test('a subscription ends when its signal aborts while it waits', async () => {
    const stop = new AbortController();
    const messages = bench.store
      .subscribe({ ...(await fromHere(bench.store)), signal: stop.signal })
      [Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const ended = drain(messages);
    stop.abort();
    expect(await ended).toBe('ended');
  });

  test('a subscription ends when its signal aborts while there is more to hand out', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    await bench.store.append(stream, 'none', numbered(400));
    const stop = new AbortController();
    let count = 0;
    for await (const message of bench.store.subscribe({ ...here, signal: stop.signal })) {
      if (message.kind === 'event') count += 1;
      if (count === 10) stop.abort();
    }
    expect(count).toBe(10);
  });

  test('a subscription whose signal is aborted already ends at once', async () => {
    const messages = bench.store.subscribe({ signal: AbortSignal.abort() });
    expect(await drain(messages[Symbol.asyncIterator]())).toBe('ended');
  });

  test('subscribers that leave are not in the way of those that stay', async () => {
    const stream = bench.stream();
    const here = await fromHere(bench.store);
    const stays = take(bench.store.subscribe(here), [stream], 30);
    await bench.store.append(stream, 'none', numbered(10));
    for (const _ of upTo(10)) await take(bench.store.subscribe(here), [stream], 3);
    await bench.store.append(stream, 9n, numbered(20, 10));
    expect(numbers(await stays)).toEqual(upTo(30));
  });
}

/** Passes over whatever still comes. */
async function drain(messages: AsyncIterator<SubscriptionMessage>): Promise<'ended'> {
  while (!(await messages.next()).done);
  return 'ended';
}
