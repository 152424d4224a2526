import { describe, expect, test, vi } from 'vitest';
import { isDemarcheError } from '../../../events/errors.ts';
import { event, ids, inStream, newStream, numbered, refused, upTo } from '../contract/support.ts';
import type { FakeEvent } from './fake-log.ts';
import { type AppendFault, CODE } from './fake-server.ts';
import { fakeBench } from './support.ts';

/** When the answer is known to stay away. */
const QUICK = { append: 50, outcome: 200 } as const;
/** For who waits for the end of an append, and then makes one that has to go through. */
const SOON = { append: 400 } as const;
const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const silence: AppendFault = { kind: 'silence', written: false };
const status = (code: number, details: string, written = false): AppendFault => ({
  kind: 'status',
  code,
  details,
  written,
});

describe('appending to EventStoreDB', () => {
  const bench = fakeBench();
  const stream = newStream();

  /** These calls go wrong, one after the other; the rest go well. */
  function failing(...faults: readonly AppendFault[]): void {
    const left = [...faults];
    bench.server.faults.append = () => left.shift();
  }

  async function failure(attempt: Promise<unknown>): Promise<unknown> {
    return attempt.then(
      () => expect.fail('expected an error'),
      (error: unknown) => error,
    );
  }

  test('1 · a server that never answers an append is given up on by our own clock', async () => {
    bench.server.faults.append = () => silence;
    const store = await bench.open({ timeouts: QUICK });
    await refused(store.append(stream, 'none', [event()]), 'STORE_OUTCOME_UNKNOWN');
    expect(store.status()).toMatchObject({ state: 'down', lastError: expect.stringContaining('no answer') });
  });

  test('2 · a payload that cannot be serialised is refused before the server hears of it', async () => {
    const store = await bench.open();
    const circular: Record<string, unknown> = {};
    circular.itself = circular;
    for (const data of [circular, { n: 1n }, { n: Number.NaN }, { when: () => 'never' }])
      await refused(store.append(stream, 'none', [event({ data })]), 'EVENT_UNSERIALISABLE');
    expect(bench.server.seen.appends).toEqual([]);
  });

  test('2 · what an object turns into later does not reach the log', async () => {
    const store = await bench.open();
    const data = { stance: 'first' };
    const written = store.append(stream, 'none', [event({ data })]);
    data.stance = 'second';
    await written;
    expect((await inStream(store, stream)).map((found) => found.data)).toEqual([{ stance: 'first' }]);
  });

  test('3 · a stream that does not exist is told from one that is elsewhere', async () => {
    const store = await bench.open();
    await expect(store.append(stream, 5n, [event()])).rejects.toThrow(/does not exist/);
    await store.append(stream, 'none', numbered(3));
    await expect(store.append(stream, 5n, [event()])).rejects.toThrow(/is at revision 2/);
  });

  test.each([
    ['silence before it was written', silence],
    ['silence after it was written', { kind: 'silence', written: true } as const],
    ['UNAVAILABLE before it was written', status(CODE.unavailable, 'Connection dropped')],
    ['UNAVAILABLE after it was written', status(CODE.unavailable, 'Connection dropped', true)],
    ['CANCELLED after it was written', status(CODE.cancelled, 'Call cancelled', true)],
    ['INTERNAL after it was written', status(CODE.internal, 'Received RST_STREAM with code 2', true)],
    ['ABORTED after it was written', status(CODE.aborted, 'Operation timed out: Commit phase timeout.', true)],
  ])('4 · %s: the append is tried again with the same ids and revision, and written once', async (_, fault) => {
    failing(fault, fault);
    const store = await bench.open({ timeouts: SOON });
    const batch = numbered(3);
    expect(await store.append(stream, 'none', batch)).toMatchObject({ revision: 2n, written: true });
    expect(bench.server.log.stream(stream).map(({ id }) => id)).toEqual(ids(batch));
    expect(bench.server.seen.appends).toHaveLength(3);
    for (const call of bench.server.seen.appends) {
      expect(call.expected).toBe(-1);
      expect(call.events.map(({ id }) => id)).toEqual(ids(batch));
    }
  });

  test('4 · after a bounded time the outcome is called unknown, and the same call finds out later', async () => {
    bench.server.faults.append = () => ({ kind: 'silence', written: true });
    const store = await bench.open({ timeouts: QUICK });
    const batch = numbered(2);
    const error = await failure(store.append(stream, 'none', batch));
    expect(error).toMatchObject({ code: 'STORE_OUTCOME_UNKNOWN', retryable: true });
    bench.server.faults = {};
    expect(await store.append(stream, 'none', batch)).toEqual({ revision: 1n, position: '200', written: false });
    expect(bench.server.log.records).toHaveLength(2);
  });

  test.each([
    ['is not ready', { kind: 'status', code: CODE.unavailable, details: 'Server Is Not Ready', after: 0 }],
    ['falls silent', { kind: 'silence', after: 0 }],
    ['lags', { kind: 'end', after: 0 }],
  ] as const)('4 · a server that %s once it has written leaves the outcome unknown, not denied', async (_, fault) => {
    bench.server.faults.read = () => fault;
    const store = await bench.open({ timeouts: { ...QUICK, read: 50 } });
    const batch = numbered(2);
    await refused(store.append(stream, 'none', batch), 'STORE_OUTCOME_UNKNOWN');
    bench.server.faults = {};
    expect(await store.append(stream, 'none', batch)).toMatchObject({ revision: 1n, written: false });
    expect(bench.server.log.records).toHaveLength(2);
  });

  test('4 · when somebody else took the place meanwhile, it surely was not written', async () => {
    bench.server.faults.append = ({ events }) => {
      bench.server.faults = {};
      bench.server.log.append(stream, -1, [{ ...(events[0] as FakeEvent), id: event().id }]);
      return silence;
    };
    const store = await bench.open({ timeouts: SOON });
    await refused(store.append(stream, 'none', [event()]), 'WRONG_EXPECTED_REVISION');
    expect(bench.server.log.records).toHaveLength(1);
  });

  test('5 · the same id with other content is found out, though the server calls it a success', async () => {
    const store = await bench.open();
    const [first, second] = [event({ data: { n: 1 } }), event({ data: { n: 2 } })];
    await store.append(stream, 'none', [first, second]);
    await refused(store.append(stream, 'none', [first, { ...second, data: { n: 3 } }]), 'ID_CONFLICT');
    await refused(store.append(stream, 'none', [{ ...first, type: 'DemandStated' }, second]), 'ID_CONFLICT');
    expect((await store.append(stream, 'none', [first, second])).written).toBe(false);
  });

  test('5 · so is one that another process wrote in the very moment of ours', async () => {
    bench.server.faults.append = ({ events }) => {
      const [mine] = events as readonly [FakeEvent];
      bench.server.log.append(stream, -1, [{ ...mine, data: json({ n: 2 }), metadata: json({}) }]);
      return undefined;
    };
    const store = await bench.open();
    await refused(store.append(stream, 'none', [event({ data: { n: 1 } })]), 'ID_CONFLICT');
  });

  test('17 · an append that is too large says how many fit, and is tried once', async () => {
    const store = await bench.open();
    const batch = Array.from({ length: 15 }, () => event({ data: { words: 'w'.repeat(100_000) } }));
    const error = await failure(store.append(stream, 'none', batch));
    expect(error).toMatchObject({
      code: 'EVENT_TOO_LARGE',
      retryable: false,
      message: expect.stringContaining('the first 10 of the 15 fit'),
      faults: [{ field: 'events', value: 10 }],
    });
    expect(bench.server.seen.appends).toHaveLength(1);
    expect((await store.append(stream, 'none', batch.slice(0, 10))).revision).toBe(9n);
  });

  test.each([
    ['UNAVAILABLE', status(CODE.unavailable, 'Server Is Not Ready')],
    ['UNKNOWN', status(CODE.unknown, 'Server Is Not Ready')],
    ['UNKNOWN, busy', status(CODE.unknown, 'Server Is Too Busy')],
  ])('17 · a server that is not ready (%s) is asked again', async (_, fault) => {
    failing(fault, fault, fault);
    const store = await bench.open({ timeouts: { unavailable: 2_000 } });
    expect((await store.append(stream, 'none', [event()])).written).toBe(true);
    expect(bench.server.seen.appends).toHaveLength(4);
  });

  test('17 · the chance in the pauses between two attempts is the one that was given', async () => {
    failing(...upTo(3).map(() => status(CODE.unavailable, 'Server Is Not Ready')));
    const random = vi.fn(() => 0.5);
    const store = await bench.open({ timeouts: { unavailable: 2_000 }, random });
    expect((await store.append(stream, 'none', [event()])).written).toBe(true);
    expect(random).toHaveBeenCalledTimes(3);
  });

  test('17 · one that stays so is unavailable: surely not written, to be retried', async () => {
    bench.server.faults.append = () => status(CODE.unavailable, 'Server Is Not Ready');
    const store = await bench.open();
    expect(await failure(store.append(stream, 'none', [event()]))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
    });
    expect(bench.server.log.records).toEqual([]);
  });

  test('17 · a server that cannot be reached is unavailable too', async () => {
    const store = await bench.open();
    await bench.server.stop();
    await refused(store.append(stream, 'none', [event()]), 'STORE_UNAVAILABLE');
    await bench.server.start();
    expect((await store.append(stream, 'none', [event()])).written).toBe(true);
  });

  test('an append that the server does not allow is not tried again', async () => {
    bench.server.faults.append = () => status(16, 'Authentication Failed');
    const store = await bench.open();
    await refused(store.append(stream, 'none', [event()]), 'STORE_READ_ONLY');
    expect(bench.server.seen.appends).toHaveLength(1);
  });

  test('what marks an append is no part of the metadata that is handed out', async () => {
    const store = await bench.open();
    await store.append(stream, 'none', [event({ metadata: { by: 'the desk' } })]);
    expect((await inStream(store, stream)).map(({ metadata }) => metadata)).toEqual([{ by: 'the desk' }]);
  });
});

describe.each([
  ['40 s ahead of', 40_000],
  ['40 s behind', -40_000],
])('with a server whose clock is %s ours', (words, skew) => {
  const bench = fakeBench(() => Date.now() + skew);

  test('19 · appends go through, and a timeout names the clock', async () => {
    const store = await bench.open({ timeouts: { ...SOON, outcome: 300 } });
    const stream = newStream();
    expect((await store.append(stream, 'none', [event()])).written).toBe(true);
    bench.server.faults.append = () => silence;
    const error = await store.append(stream, 0n, [event()]).catch((reason: unknown) => reason);
    expect(isDemarcheError(error) && error.message).toContain(`the server's clock is ${words}`);
    expect(error).toMatchObject({ code: 'STORE_OUTCOME_UNKNOWN' });
  });
});
