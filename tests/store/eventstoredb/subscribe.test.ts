import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { backoff, TIMEOUTS } from '../../../src/store/eventstoredb-timing.ts';
import { comparePositions, type EventStore, type SubscriptionMessage } from '../../../src/store/port.ts';
import { event, newStream, next, numbered, numbers, take, upTo } from '../contract/support.ts';
import type { FakeRecord } from './fake-log.ts';
import { caughtUp, checkpoint, eventResponse, fellBehind, unresolvedLink } from './fake-protocol.ts';
import { CODE, type FakeSubscription, type ReadFault } from './fake-server.ts';
import { fakeBench } from './support.ts';

describe('subscribing to EventStoreDB', () => {
  const bench = fakeBench();
  const stream = newStream();
  const begin = (store: EventStore): AsyncIterator<SubscriptionMessage> => store.subscribe()[Symbol.asyncIterator]();

  async function theSubscription(): Promise<FakeSubscription> {
    await vi.waitFor(() => expect(bench.server.subscriptions.size).toBe(1));
    const [one] = bench.server.subscriptions;
    if (one === undefined) throw new Error('there is one');
    return one;
  }

  /** The subscriptions begun so far, by where they began. */
  const begun = (): readonly unknown[] =>
    bench.server.seen.reads.filter(({ kind }) => kind === 'subscription').map(({ from }) => from);

  test('1 · a subscription that is not confirmed is given up on and begun again', async () => {
    const faults: ReadFault[] = [
      { kind: 'silence', after: 0 },
      { kind: 'silence', after: 0 },
    ];
    bench.server.faults.read = () => faults.shift();
    const store = await bench.open({ timeouts: { confirmation: 50 } });
    await next(begin(store), 'caught-up');
    expect(begun()).toHaveLength(3);
    expect(store.status()).toMatchObject({ state: 'live', lastError: expect.stringContaining('a subscription') });
  });

  test('7 · the end of a subscription is a drop, not the end', async () => {
    const store = await bench.open();
    const messages = begin(store);
    await store.append(stream, 'none', numbered(1));
    await next(messages, 'caught-up');
    const waiting = next(messages, 'event');
    (await theSubscription()).end();
    await vi.waitFor(() => expect(begun()).toHaveLength(2));
    await store.append(stream, 0n, numbered(1, 1));
    expect((await waiting).event.data).toEqual({ number: 1 });
  });

  test.each([CODE.cancelled, CODE.internal, CODE.unavailable])(
    '8 · a subscription nobody pulls from may fail with code %i, and no process ends of it',
    async (code) => {
      const store = await bench.open();
      const messages = begin(store);
      await store.append(stream, 'none', numbered(2));
      const held = await next(messages, 'event');
      (await theSubscription()).fail(code, 'gone');
      await sleep(20);
      expect(held.event.revision).toBe(0n);
      expect((await next(messages, 'event')).event.revision).toBe(1n);
      await messages.return?.();
      await sleep(20);
    },
  );

  test('8 · a subscription that was left may fail afterwards', async () => {
    const store = await bench.open();
    const messages = begin(store);
    await next(messages, 'caught-up');
    const left = await theSubscription();
    await Promise.all([messages.return?.(), left.fail(CODE.unavailable, 'gone')]);
    await bench.server.stop();
    await sleep(20);
    expect(bench.server.subscriptions.size).toBe(0);
  });

  test.each([
    ['CANCELLED', CODE.cancelled],
    ['INTERNAL', CODE.internal],
    ['UNAVAILABLE', CODE.unavailable],
    ['UNKNOWN', CODE.unknown],
    ['ABORTED, as for a reader that is too slow', CODE.aborted],
  ])('9 · %s is met again and again, and never the last word', async (_, code) => {
    let met = 0;
    bench.server.faults.read = () => (met++ < 40 ? { kind: 'status', code, details: 'not now', after: 0 } : undefined);
    const store = await bench.open({ timeouts: { backoffMax: 2 } });
    await store.append(stream, 'none', numbered(1)).catch(() => undefined);
    met = 0;
    expect((await next(begin(store), 'event')).event.revision).toBe(0n);
    expect(met).toBe(41);
  });

  test('9 · the pauses grow from 100 ms to 10 s, and half of each is chance', () => {
    const pauses = (chance: number): readonly number[] =>
      upTo(40).map((failures) => backoff(failures, TIMEOUTS, () => chance));
    expect(pauses(1).slice(0, 9)).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
    expect(pauses(0).slice(0, 9)).toEqual([100, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    expect(pauses(1).at(-1)).toBe(10_000);
    expect(new Set(upTo(20).map(() => backoff(5, TIMEOUTS))).size).toBeGreaterThan(10);
  });

  test('10 · it resumes behind the last event that was handed out, and hands out none twice', async () => {
    const drops: ReadFault[] = [7, 5, 0].map((after) => ({
      kind: 'status',
      code: CODE.unavailable,
      details: 'gone',
      after,
    }));
    bench.server.faults.read = ({ kind }) => (kind === 'subscription' ? drops.shift() : undefined);
    const store = await bench.open();
    await store.append(stream, 'none', numbered(20));
    expect(numbers(await take(store.subscribe(), [stream], 20))).toEqual(upTo(20));
    expect(begun()).toEqual([0, 700, 1_200, 1_200]);
  });

  test('11 · it has caught up only after everything before has been handed out', async () => {
    bench.server.scripted = true;
    const store = await bench.open();
    await store.append(stream, 'none', numbered(12));
    const messages = begin(store);
    const waiting = messages.next();
    const subscription = await theSubscription();
    for (const record of bench.server.log.records) subscription.send(eventResponse(record));
    subscription.send(caughtUp());
    await sleep(30);
    const seen = [(await waiting).value];
    while (seen.at(-1)?.kind !== 'caught-up') {
      expect(store.status().state).toBe('catching-up');
      seen.push((await messages.next()).value);
    }
    expect(seen.map(({ kind }) => kind)).toEqual([...upTo(12).map(() => 'event'), 'caught-up']);
    expect(store.status().state).toBe('live');
    subscription.send(fellBehind());
    await vi.waitFor(() => expect(store.status().state).toBe('catching-up'));
  });

  test('12 · a checkpoint is never ahead of what was handed out, nor behind it', async () => {
    bench.server.scripted = true;
    const store = await bench.open();
    await store.append(stream, 'none', numbered(6));
    const messages = begin(store);
    const waiting = messages.next();
    const subscription = await theSubscription();
    const [a, b, c, d, e, f] = bench.server.log.records as readonly [
      FakeRecord,
      FakeRecord,
      FakeRecord,
      FakeRecord,
      FakeRecord,
      FakeRecord,
    ];
    const script = [
      eventResponse(a),
      eventResponse(b),
      checkpoint(250),
      eventResponse(c),
      checkpoint(300),
      eventResponse(d),
    ];
    script.push(checkpoint(450), checkpoint(460), eventResponse(e), eventResponse(f), checkpoint(700));
    for (const response of script) subscription.send(response);
    await sleep(30);
    const seen: SubscriptionMessage[] = [(await waiting).value];
    while (seen.length < 9) seen.push((await messages.next()).value);
    expect(seen.map((message) => (message.kind === 'event' ? message.event.position : message))).toEqual([
      '100',
      '200',
      { kind: 'checkpoint', position: '250/0' },
      '300',
      '400',
      { kind: 'checkpoint', position: '450/0' },
      { kind: 'checkpoint', position: '460/0' },
      '500',
      '600',
    ]);
  });

  test('12 · after a checkpoint it resumes behind an event that still exists, so that none of ours is passed over', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(1));
    for (const _ of upTo(20)) bench.server.log.foreign('another-program');
    const messages = begin(store);
    const { position } = await next(messages, 'checkpoint');
    expect(position).toBe('2100/0');
    (await theSubscription()).end();
    const waiting = next(messages, 'event');
    await vi.waitFor(() => expect(begun()).toEqual([0, 2_000]));
    await store.append(stream, 0n, numbered(1, 1));
    expect((await waiting).event.data).toEqual({ number: 1 });
  });

  test('a node that has not come so far as the position is not taken for caught up', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(2));
    const messages = store.subscribe({ after: '300' })[Symbol.asyncIterator]();
    const waiting = messages.next();
    await vi.waitFor(() => expect(store.status().lastError).toContain('ends before position 300'));
    expect(begun()).toEqual([]);
    await store.append(stream, 1n, numbered(1, 2));
    expect((await waiting).value).toEqual({ kind: 'caught-up' });
    await store.append(stream, 2n, numbered(1, 3));
    expect((await next(messages, 'event')).event.revision).toBe(3n);
  });

  test('13 · behind a sparse filter, the checkpoint passes the head: there is no lag', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(1));
    const messages = begin(store);
    await next(messages, 'caught-up');
    for (const _ of upTo(50)) bench.server.log.foreign('another-program');
    const { position } = await next(messages, 'checkpoint');
    const head = await store.head();
    expect(head).toBe('100');
    expect(comparePositions(position, head ?? '')).toBeGreaterThan(0);
  });

  test('20 · system events, links that lead nowhere and types nobody knows do not stop it', async () => {
    bench.server.scripted = true;
    const store = await bench.open();
    const messages = begin(store);
    const waiting = next(messages, 'event');
    const subscription = await theSubscription();
    subscription.send(eventResponse(bench.server.log.foreign('$stats', { type: '$statsCollected' })));
    subscription.send(unresolvedLink(bench.server.log.foreign('$ce-negotiation', { type: '$>' })));
    subscription.send(eventResponse(bench.server.log.foreign(`$$${stream}`, { type: '$metadata' })));
    subscription.send(
      eventResponse(bench.server.log.foreign('another-program', { contentType: 'application/octet-stream' })),
    );
    await store.append(stream, 'none', [event({ type: 'NobodyKnowsThis' }), event()]);
    for (const record of bench.server.log.stream(stream)) subscription.send(eventResponse(record));
    expect((await waiting).event.type).toBe('NobodyKnowsThis');
    expect((await next(messages, 'event')).event.revision).toBe(1n);
  });

  test('20 · what no Demarche wrote, in a stream of ours, stops it visibly', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(1));
    const messages = begin(store);
    await next(messages, 'caught-up');
    bench.server.log.foreign(stream, { contentType: 'application/octet-stream' });
    await expect(messages.next()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(store.status().lastError).toContain('revision 1');
  });

  test('20 · so does a link in a stream of ours whose event is gone', async () => {
    bench.server.scripted = true;
    const store = await bench.open();
    const message = begin(store).next();
    (await theSubscription()).send(unresolvedLink(bench.server.log.foreign(stream, { type: '$>' })));
    await expect(message).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  test('an event that is left out stops it visibly', async () => {
    bench.server.scripted = true;
    const store = await bench.open();
    await store.append(stream, 'none', numbered(3));
    const messages = begin(store);
    const first = next(messages, 'event');
    const subscription = await theSubscription();
    const [a, , c] = bench.server.log.records as readonly [FakeRecord, FakeRecord, FakeRecord];
    for (const record of [a, a, c]) subscription.send(eventResponse(record));
    expect((await first).event.revision).toBe(0n);
    await expect(messages.next()).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining('lacks'),
    });
  });

  test('while the server is away the state is down, and live again when it is back', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', numbered(1));
    const messages = begin(store);
    await next(messages, 'caught-up');
    const before = store.status();
    expect(before).toEqual({ state: 'live', since: expect.any(Number), lastError: null });
    const again = next(messages, 'caught-up');
    await bench.server.stop();
    await vi.waitFor(() => expect(store.status().state).toBe('down'));
    const down = store.status();
    expect(down.lastError).not.toBeNull();
    await sleep(50);
    expect(store.status()).toMatchObject({ state: 'down', since: down.since });
    await bench.server.start();
    await again;
    expect(store.status().state).toBe('live');
  });
});
