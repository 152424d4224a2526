/** A store that says that it wrote, and then cannot be read: what was recorded is recorded all the same. */
import { expect, test } from 'vitest';
import { DemarcheError } from '../../events/errors.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { batchOf, NEGOTIATION, OPENING } from './batches.ts';

/** A store that never says where each event lies, as one on a network: it is read back. */
function readBack(): { readonly store: EventStore; failWith(error: DemarcheError | undefined): void } {
  const { readRevisions: _, readDigests: __, ...store } = openSqliteStore({ path: ':memory:' });
  let failure: DemarcheError | undefined;
  return {
    failWith(error) {
      failure = error;
    },
    store: {
      ...store,
      async append(...call) {
        const { placed: _, ...result } = await store.append(...call);
        return result;
      },
      async *readStream(...call) {
        if (failure) throw failure;
        yield* store.readStream(...call);
      },
    },
  };
}

test('a recording that cannot be read back is answered, and read with what follows', async () => {
  const { store, failWith } = readBack();
  const tracker = openTracker({ store });
  await tracker.record(OPENING);
  failWith(new DemarcheError('STORE_UNAVAILABLE', 'the server went away'));
  const batches = [0, 1, 2].map((number) => batchOf('a', number, 2));
  const recordings = await Promise.all(batches.slice(0, 2).map((batch) => tracker.record(batch)));
  expect(recordings.flatMap(({ developments }) => developments.map(({ added }) => added))).toEqual(Array(4).fill(true));
  expect(recordings.at(-1)).toMatchObject({ position: await store.head(), revision: String(OPENING.length + 3) });
  failWith(undefined);
  const { developments } = await tracker.record(batches.flat());
  expect(developments.map(({ added }) => added)).toEqual([false, false, false, false, true, true]);
  const wanted = [OPENING, ...batches].flat().map(({ id }) => id);
  expect((await tracker.developments(NEGOTIATION)).map(({ id }) => id)).toEqual(wanted);
  await tracker.close();
});

test('damage met while it is read back is told to who reads or records next', async () => {
  const { store, failWith } = readBack();
  const tracker = openTracker({ store });
  await tracker.record(OPENING);
  failWith(new DemarcheError('STORE_CORRUPT', 'an event is not as it was written'));
  const { developments } = await tracker.record(batchOf('a', 0, 2));
  expect(developments.map(({ added }) => added)).toEqual([true, true]);
  await expect(tracker.state(NEGOTIATION)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  await expect(tracker.record(batchOf('a', 1, 2))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  expect(await store.head()).toBe(String(OPENING.length + 2));
  await tracker.close();
});
