import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CopyProgress, compareLogs, copyLog } from '../../src/store/copy.ts';
import { openEventStoreDb } from '../../src/store/eventstoredb.ts';
import type { EventStore, NewEvent, RecordedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { collect, event, newStream, numbered, refused, upTo } from './contract/support.ts';
import { type FakeServer, startFakeServer } from './eventstoredb/fake-server.ts';

/** A clock that shows another moment every time, in years long past. */
const ticking = (start = Date.parse('2021-03-01T09:30:00.123Z')) => {
  let now = start;
  return () => {
    now += 61_003;
    return now;
  };
};

const open = new Set<EventStore>();
const opened = (store: EventStore): EventStore => {
  open.add(store);
  return store;
};
const inMemory = (): EventStore => opened(openSqliteStore({ path: ':memory:', clock: ticking() }));
afterEach(async () => {
  for (const store of open) await store.close();
  open.clear();
});

/** Four streams taking turns, one event as large as a store takes, and who recorded what. */
async function sourceLog(store: EventStore = inMemory()): Promise<{ store: EventStore; names: readonly string[] }> {
  const names = upTo(4).map(() => newStream());
  const [a = '', b = '', c = '', d = ''] = names;
  await store.append(a, 'none', numbered(3));
  await store.append(b, 'none', [event({ metadata: { by: 'desk' }, data: { words: 'Україна \u2028 🕊' } })]);
  await store.append(a, 2n, numbered(2, 3));
  await store.append(c, 'none', [event({ data: { words: 'x'.repeat(900_000) } })]);
  await store.append(d, 'none', numbered(1_100));
  await store.append(b, 0n, numbered(1, 1));
  await store.append(a, 4n, numbered(1, 5));
  return { store, names };
}

/** What a copy keeps of an event; of its metadata all but the moment, which `recorded` is. */
const kept = ({ position: _, metadata: { recorded: __, ...about }, ...rest }: RecordedEvent) => ({ ...rest, about });

async function keptIn(store: EventStore, names: readonly string[]): Promise<readonly unknown[]> {
  return (await collect(store.readAll())).filter(({ stream }) => names.includes(stream)).map(kept);
}

/** The same store, on which something happens instead of, or after, its n-th append. */
function failing(store: EventStore, at: number, written: boolean): EventStore {
  let count = 0;
  return {
    ...store,
    async append(...call) {
      count += 1;
      if (count === at && !written) throw new Error('cut before');
      const result = await store.append(...call);
      if (count === at) throw new Error('cut after');
      return result;
    },
  };
}

/** Only some streams of a store that others use as well. */
const part = (store: EventStore, names: readonly string[]): EventStore => ({
  ...store,
  streams: async () => names.toSorted(),
  async *readAll(options) {
    for await (const one of store.readAll(options)) if (names.includes(one.stream)) yield one;
  },
});

describe.each(['SQLite', 'EventStoreDB, by a fake server', 'a real EventStoreDB'])('a log copied to %s', (kind) => {
  const real = process.env.DEMARCHE_TEST_ESDB;
  const skipped = kind === 'a real EventStoreDB' && !real;
  if (skipped) console.warn('NOT TESTED: copying to a real EventStoreDB, since DEMARCHE_TEST_ESDB names none');

  let server: FakeServer | undefined;
  let target: EventStore;
  beforeEach(async () => {
    if (kind === 'SQLite') target = inMemory();
    else if (kind === 'a real EventStoreDB') target = opened(await openEventStoreDb(real ?? ''));
    else {
      server = await startFakeServer();
      target = opened(await openEventStoreDb(server.address));
    }
  });
  afterEach(async () => {
    await target.close();
    await server?.stop();
    server = undefined;
  });

  test.skipIf(skipped)('keeps streams, ids, order, content, who recorded it and when', async () => {
    const { store, names } = await sourceLog();
    const truth = await keptIn(store, names);
    expect(await copyLog({ from: store, to: target })).toEqual({ written: 1_109, found: 0 });
    expect(await keptIn(target, names)).toEqual(truth);
    await compareLogs(store, target);
  });

  test.skipIf(skipped)('comes back as it went, on the moments of its first recording', async () => {
    const { store, names } = await sourceLog();
    await copyLog({ from: store, to: target });
    const back = inMemory();
    const from = part(target, names);
    expect(await copyLog({ from, to: back })).toEqual({ written: 1_109, found: 0 });
    expect(await keptIn(back, names)).toEqual(await keptIn(store, names));
    await compareLogs(from, back);
    await compareLogs(store, back);
  });

  test.skipIf(skipped)('goes on where it was interrupted, at whichever append, written or not', async () => {
    const { store, names } = await sourceLog();
    const truth = await keptIn(store, names);
    // Each interruption leaves a little more; all of them together end with a whole copy.
    let total = 0;
    for (const at of [1, 2, 1, 1, 3, 1]) {
      const before = (await keptIn(target, names)).length;
      const written = at === 1;
      const cut = copyLog({ from: store, to: failing(target, at, written) });
      await expect(cut).rejects.toThrow(written ? 'cut after' : 'cut before');
      const there = await keptIn(target, names);
      expect(there).toEqual(truth.slice(0, there.length));
      expect(there.length).toBeGreaterThan(before);
      total = there.length;
    }
    expect(await copyLog({ from: store, to: target })).toEqual({ written: 1_109 - total, found: total });
    expect(await copyLog({ from: store, to: target })).toEqual({ written: 0, found: 1_109 });
    expect(await keptIn(target, names)).toEqual(truth);
  });

  test.skipIf(skipped)('lies beside what others wrote there, and may be copied again when there is more', async () => {
    const other = newStream();
    await target.append(other, 'none', numbered(3));
    const { store, names } = await sourceLog();
    await copyLog({ from: store, to: target });
    await target.append(other, 2n, numbered(2, 3));
    await store.append(names[0] ?? '', 5n, numbered(4, 6));
    expect(await copyLog({ from: store, to: target })).toEqual({ written: 4, found: 1_109 });
    expect(await keptIn(target, [other])).toHaveLength(5);
  });
});

describe('a copy', () => {
  test('stopped after any event of the log is continued to the same log', async () => {
    const source = inMemory();
    const names = [newStream(), newStream(), newStream()];
    const turns = [0, 0, 1, 2, 2, 2, 0, 1, 1, 0, 2, 0];
    const next = new Map<string, number>();
    for (const turn of turns) {
      const stream = names[turn] ?? '';
      const at = next.get(stream) ?? 0;
      await source.append(stream, at === 0 ? 'none' : BigInt(at - 1), numbered(1, at));
      next.set(stream, at + 1);
    }
    const events = await collect(source.readAll());
    for (const count of upTo(events.length + 1)) {
      const target = inMemory();
      for (const one of events.slice(0, count)) await target.append(one.stream, expectedOf(one), [copied(one)]);
      expect(await copyLog({ from: source, to: target })).toEqual({ written: events.length - count, found: count });
      expect(await keptIn(target, names)).toEqual(events.map(kept));
    }
  });

  test('of an empty log is empty', async () => {
    const [from, to] = [inMemory(), inMemory()];
    expect(await copyLog({ from, to })).toEqual({ written: 0, found: 0 });
    expect(await to.head()).toBeNull();
  });

  test('tells how far it is: first what is copied, then what is compared, of all', async () => {
    const { store } = await sourceLog();
    const told: CopyProgress[] = [];
    await copyLog({ from: store, to: inMemory(), onProgress: (progress) => told.push(progress) });
    const [copying, verifying] = ['copying', 'verifying'].map((phase) => told.filter((one) => one.phase === phase));
    expect(told).toEqual([...(copying ?? []), ...(verifying ?? [])]);
    for (const phase of [copying, verifying]) {
      const counts = phase?.map(({ events }) => events) ?? [];
      expect(counts).toEqual(counts.toSorted((one, other) => one - other));
      expect(counts.length).toBeGreaterThan(1);
      expect(counts.at(-1)).toBe(1_109);
    }
    expect(verifying?.every(({ total }) => total === 1_109)).toBe(true);
  });

  test('can be stopped by a signal, and takes up again', async () => {
    const { store } = await sourceLog();
    const target = inMemory();
    const stop = new AbortController();
    const onProgress = ({ events }: CopyProgress) => {
      if (events >= 4) stop.abort(new Error('enough'));
    };
    await expect(copyLog({ from: store, to: target, onProgress, signal: stop.signal })).rejects.toThrow('enough');
    const there = (await collect(target.readAll())).length;
    expect(there).toBeGreaterThanOrEqual(4);
    expect(await copyLog({ from: store, to: target })).toEqual({ written: 1_109 - there, found: there });
  });

  test('of a log that is being written holds what was there when it began', async () => {
    const { store, names } = await sourceLog();
    const stream = names[0] ?? '';
    let last = 5n;
    const target = inMemory();
    const meanwhile: EventStore = {
      ...target,
      async append(...call) {
        last = (await store.append(stream, last, numbered(1))).revision;
        await store.append(newStream(), 'none', numbered(1));
        return target.append(...call);
      },
    };
    expect(await copyLog({ from: store, to: meanwhile })).toEqual({ written: 1_109, found: 0 });
    expect((await copyLog({ from: store, to: target })).found).toBe(1_109);
    await compareLogs(store, target);
  });

  test('that two make at the same time is one copy', async () => {
    const { store, names } = await sourceLog();
    const target = inMemory();
    await Promise.allSettled([copyLog({ from: store, to: target }), copyLog({ from: store, to: target })]);
    await copyLog({ from: store, to: target });
    expect(await keptIn(target, names)).toEqual(await keptIn(store, names));
  });
});

const copied = ({ id, type, data, metadata, recorded }: RecordedEvent): NewEvent => ({
  ...{ id, type, data, metadata: { ...metadata, recorded: new Date(recorded).toISOString() } },
});
const expectedOf = ({ revision }: RecordedEvent) => (revision === 0n ? 'none' : revision - 1n);

describe('a target that holds something else', () => {
  const stream = newStream();
  const events = numbered(6);

  async function source(): Promise<EventStore> {
    const store = inMemory();
    await store.append(stream, 'none', events.slice(0, 3));
    await store.append(`${stream}-b`, 'none', numbered(2, 10));
    await store.append(stream, 2n, events.slice(3));
    return store;
  }

  /** What the source recorded, with one of its events told otherwise. */
  const told = async (store: EventStore, at: number, change: (one: NewEvent) => NewEvent): Promise<EventStore> => {
    const target = inMemory();
    for (const [index, one] of (await collect(store.readAll())).slice(0, 4).entries())
      await target.append(one.stream, expectedOf(one), [index === at ? change(copied(one)) : copied(one)]);
    return target;
  };

  test.each<[string, (store: EventStore) => Promise<EventStore>]>([
    [
      'other events of the same negotiation, fewer of them',
      async () => {
        const target = inMemory();
        await target.append(stream, 'none', numbered(2));
        return target;
      },
    ],
    ['other content under the same id', (store) => told(store, 1, (one) => ({ ...one, data: { number: 99 } }))],
    ['another type', (store) => told(store, 1, (one) => ({ ...one, type: 'StatementIssued' }))],
    [
      'another moment',
      (store) => told(store, 2, (one) => ({ ...one, metadata: { recorded: '2020-01-01T00:00:00Z' } })),
    ],
    [
      'another recorder',
      (store) => told(store, 2, ({ metadata, ...one }) => ({ ...one, metadata: { ...metadata, by: 'x' } })),
    ],
    [
      'the same events in another order',
      async (store) => {
        const target = inMemory();
        const all = await collect(store.readAll());
        for (const one of [...all.slice(3, 5), ...all.slice(0, 3)])
          await target.append(one.stream, expectedOf(one), [copied(one)]);
        return target;
      },
    ],
    [
      'all of it and more',
      async (store) => {
        const target = inMemory();
        await copyLog({ from: store, to: target });
        await target.append(stream, 5n, numbered(1));
        return target;
      },
    ],
  ])('%s is refused, and nothing is written to it', async (_, make) => {
    const from = await source();
    const target = await make(from);
    const before = await collect(target.readAll());
    await refused(copyLog({ from, to: target }), 'LOGS_DIFFER');
    await refused(compareLogs(from, target), 'LOGS_DIFFER');
    expect(await collect(target.readAll())).toEqual(before);
  });

  test('the error names the first event that differs, in both', async () => {
    const from = await source();
    const target = await told(from, 1, (one) => ({ ...one, type: 'StatementIssued' }));
    const error = await compareLogs(from, target).catch((reason: unknown) => String(reason));
    expect(error).toContain(`${stream} revision 1 (PositionStated, ${events[1]?.id})`);
    expect(error).toContain(`${stream} revision 1 (StatementIssued, ${events[1]?.id})`);
  });
});
