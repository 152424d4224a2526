import { describe, expect, test, vi } from 'vitest';
import { isDemarcheError } from '../../../events/errors.ts';
import type { EventStore, NewEvent, Position, RecordedEvent } from '../../../src/store/port.ts';
import { collect, ids, upTo } from '../contract/support.ts';
import { type AppendFault, CODE, type ReadFault } from './fake-server.ts';
import { fakeBench } from './support.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const SEED = 20_251_124;
const STREAMS = upTo(8).map((index) => `negotiation-storm-${index}`);
const WRITERS = 12;
const APPENDS_EACH = 60;
/** Of a hundred calls, so many go wrong. */
const FAULTY = 50;
/** Of a hundred appends, so many find the wire in trouble. */
const WIRE = 8;

/** The same numbers for the same seed: mulberry32. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = chance(SEED);
const below = (limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;

const STATUSES = [
  [CODE.unavailable, 'Connection dropped'],
  [CODE.unavailable, 'Server Is Not Ready'],
  [CODE.cancelled, 'Call cancelled'],
  [CODE.internal, 'Received RST_STREAM with code 2'],
  [CODE.aborted, 'Operation timed out: Commit phase timeout.'],
] as const;

/** What was said once, was said for good: the words in force of each stream, and how often they changed. */
type Projection = ReadonlyMap<string, { readonly words: unknown; readonly changes: number }>;
const apply = (state: Projection, event: RecordedEvent): Projection =>
  new Map(state).set(event.stream, { words: event.data.words, changes: (state.get(event.stream)?.changes ?? 0) + 1 });

interface Acknowledged {
  readonly stream: string;
  readonly revision: bigint;
  readonly batch: readonly NewEvent[];
}

describe('EventStoreDB in a storm', () => {
  // A clock that is off does no harm either.
  const bench = fakeBench(() => Date.now() + 37_000);

  test('every acknowledged event is there once, in order, and the projection equals a fresh one', {
    timeout: 240_000,
  }, async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const proxy = await openTcpProxy(bench.server.port);
    const store = await bench.open(
      {
        timeouts: {
          append: 150,
          outcome: 500,
          unavailable: 250,
          read: 150,
          confirmation: 150,
          backoffMin: 1,
          backoffMax: 8,
        },
        random,
      },
      `esdb://127.0.0.1:${proxy.port}?tls=false&keepAliveInterval=100&keepAliveTimeout=100`,
    );
    const injected = new Map<string, number>();
    raiseStorm(proxy, injected);
    const followers = upTo(2).map(() => follow(store));
    const acknowledged = (await Promise.all(upTo(WRITERS).map((writer) => write(store, writer)))).flat();
    bench.server.faults = {};
    proxy.thaw();
    const head = await patiently(() => store.head());
    const seen = await Promise.all(followers.map((follower) => follower.upTo(head)));

    const inOrder = bench.server.log.records.filter(({ stream }) => STREAMS.includes(stream));
    expect(new Set(inOrder.map(({ id }) => id)).size).toBe(inOrder.length);
    for (const { stream, revision, batch } of acknowledged) {
      const first = Number(revision) - batch.length + 1;
      const there = bench.server.log.stream(stream).slice(first, Number(revision) + 1);
      expect(there.map(({ id }) => id)).toEqual(ids(batch));
    }
    for (const { events } of seen) expect(ids(events)).toEqual(inOrder.map(({ id }) => id));
    const fresh = (await patiently(() => collect(store.readAll()))).reduce(apply, new Map());
    for (const { projection } of seen) expect(projection).toEqual(fresh);

    expect(acknowledged).toHaveLength(WRITERS * APPENDS_EACH);
    const total = [...injected.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(2_000);
    for (const kind of [
      'silence',
      'end',
      'unavailable',
      'cancelled',
      'internal',
      'freeze',
      'half a batch',
      'cut',
      'moved on',
    ])
      expect([kind, injected.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy((count: number) => count >= 10)]);
    await proxy.close();
  });

  function raiseStorm(proxy: TcpProxy, injected: Map<string, number>): void {
    const count = (kind: string): void => void injected.set(kind, (injected.get(kind) ?? 0) + 1);
    const named = (code: number): string => Object.entries(CODE).find(([, value]) => value === code)?.[0] ?? '';
    bench.server.faults.append = ({ stream }): AppendFault | undefined => {
      if (below(100) < WIRE) troubleTheWire(proxy, count);
      if (below(100) >= FAULTY) return undefined;
      const written = random() < 0.5;
      switch (below(6)) {
        case 0:
          count('silence');
          return { kind: 'silence', written };
        case 1: {
          // Somebody else is quicker: the expected revision is wrong.
          count('moved on');
          const there = bench.server.log.stream(stream);
          const data = new TextEncoder().encode(JSON.stringify({ words: `others ${there.length}` }));
          bench.server.log.foreign(stream, { data });
          return undefined;
        }
        default: {
          const [code, details] = oneOf(STATUSES);
          count(named(code));
          return { kind: 'status', code, details, written: written && details !== 'Server Is Not Ready' };
        }
      }
    };
    bench.server.faults.read = ({ kind }): ReadFault | undefined => {
      if (below(100) >= (kind === 'subscription' ? 90 : FAULTY / 2)) return undefined;
      const after = below(kind === 'subscription' ? 40 : 3);
      // Only a subscription may end early: a read that does has come to the end of what there is.
      switch (below(kind === 'subscription' ? 4 : 3)) {
        case 0:
          count('silence');
          return { kind: 'silence', after: 0 };
        case 3:
          count('end');
          return { kind: 'end', after };
        default: {
          const [code, details] = oneOf(STATUSES);
          count(named(code));
          return { kind: 'status', code, details, after };
        }
      }
    };
  }

  /** Something befalls the wire, with everything that is on it. */
  function troubleTheWire(proxy: TcpProxy, count: (kind: string) => void): void {
    switch (below(4)) {
      case 0:
        count('freeze');
        proxy.freeze();
        setTimeout(proxy.thaw, below(60));
        break;
      case 1:
        count('half a batch');
        proxy.cutAfter(200 + below(3_000));
        break;
      case 2:
        count('cut');
        proxy.cutBeforeAnswer();
        break;
      default:
        count('cut');
        proxy.cut();
    }
  }

  /** One of the writers: it reads where a stream ends and appends there, and does not give up. */
  async function write(store: EventStore, writer: number): Promise<readonly Acknowledged[]> {
    const done: Acknowledged[] = [];
    for (const turn of upTo(APPENDS_EACH)) {
      const stream = oneOf(STREAMS);
      const batch = upTo(1 + below(4)).map((index) => said(writer, turn, index));
      done.push({ stream, batch, revision: await appendOnce(store, stream, batch) });
    }
    return done;
  }

  async function appendOnce(store: EventStore, stream: string, batch: readonly NewEvent[]): Promise<bigint> {
    let expected = await tail(store, stream);
    let doubtful = false;
    for (;;) {
      try {
        return (await store.append(stream, expected, batch)).revision;
      } catch (error) {
        if (!isDemarcheError(error)) throw error;
        // Perhaps written: the very same call finds out. Surely not written: somewhere else, then.
        if (error.code === 'WRONG_EXPECTED_REVISION') expected = await tail(store, stream);
        else if (error.code === 'STORE_OUTCOME_UNKNOWN') doubtful = true;
        else if (error.code !== 'STORE_UNAVAILABLE') throw error;
        else if (!doubtful) expectNothingOf(batch, stream);
      }
    }
  }

  /** Unavailable means surely not written. */
  function expectNothingOf(batch: readonly NewEvent[], stream: string): void {
    const there = new Set(bench.server.log.stream(stream).map(({ id }) => id));
    for (const { id } of batch) expect(there.has(id)).toBe(false);
  }

  const tail = async (store: EventStore, stream: string): Promise<bigint | 'none'> => {
    const length = bench.server.log.stream(stream).length;
    if (length === 0) return 'none';
    const from = BigInt(Math.max(0, length - 3));
    return (await patiently(() => collect(store.readStream(stream, { from })))).at(-1)?.revision ?? 'none';
  };

  const said = (writer: number, turn: number, index: number): NewEvent => ({
    id: `${String(writer + 1).padStart(8, '0')}-0000-4000-8000-${String(turn * 10 + index).padStart(12, '0')}`,
    type: 'PositionStated',
    data: { words: `${writer} said ${turn}, ${index}` },
    metadata: {},
  });

  /** Reads are refused while the server is away; the caller asks again. */
  async function patiently<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!isDemarcheError(error) || error.code !== 'STORE_UNAVAILABLE') throw error;
      }
    }
  }

  /** A subscription that runs all the while, with a projection fed by it. */
  function follow(store: EventStore) {
    const events: RecordedEvent[] = [];
    let projection: Projection = new Map();
    const stop = new AbortController();
    const running = (async () => {
      for await (const message of store.subscribe({ signal: stop.signal })) {
        if (message.kind !== 'event') continue;
        events.push(message.event);
        projection = apply(projection, message.event);
      }
    })();
    return {
      /** what it has seen, once it has come so far */
      async upTo(head: Position | null) {
        await vi.waitFor(() => expect(events.at(-1)?.position).toBe(head), { timeout: 60_000 });
        stop.abort();
        await running;
        return { events, projection };
      },
    };
  }
});
