import { afterAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { inRounds, killedWhenSaid, random, uncounted } from '../support/worker.ts';
import { collect, fromHere, ids, inStream, take, upTo } from './contract/support.ts';
import { type Batch, batchEvents, batchSize } from './faults/batches.ts';
import { inFolder, start } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

describe('a process killed while it appends', () => {
  const WRITERS = 4;

  /** Runs a writer until it has said so much, and what it said it began, and was told is written. */
  async function killed(
    path: string,
    name: string,
    things: number,
  ): Promise<{ begun: Batch[]; acknowledged: Batch[] }> {
    const said = await killedWhenSaid(start('appender.ts', path, name, String(WRITERS)), things);
    const batches = (what: string) =>
      said
        .filter(({ word }) => word === what)
        .map(({ writer, number }) => ({ stream: `negotiation-${name}-${writer}`, number }));
    return { begun: batches('begin'), acknowledged: batches('done') };
  }

  /** The numbers of the batches in a stream; fails where one is not whole. */
  function wholeBatches(events: readonly RecordedEvent[], stream: string): readonly number[] {
    const found: number[] = [];
    for (let at = 0; at < events.length; ) {
      const batch = { stream, number: found.length };
      expect(ids(events.slice(at, at + batchSize(batch)))).toEqual(ids(batchEvents(batch)));
      found.push(batch.number);
      at += batchSize(batch);
    }
    return found;
  }

  test('every acknowledged event is there once, no batch is there in part, and what was under way can be retried', async () => {
    const counts = { written: 0, interrupted: 0 };
    const missing = () => uncounted(counts);
    await inRounds(20, missing, async (round) => {
      // Some rounds begin with no file at all, and most of them are killed while it is made.
      const path = folder.path(`killed-${Math.floor(round / 4)}.db`);
      const things = 1 + random(round % 4 === 0 ? 3 : 1_500);
      const { begun, acknowledged } = await killed(path, `r${round}`, things);
      const store = openSqliteStore({ path });
      for (const writer of upTo(WRITERS)) {
        const stream = `negotiation-r${round}-${writer}`;
        const before = wholeBatches(await inStream(store, stream), stream);
        const promised = acknowledged.filter((batch) => batch.stream === stream).map(({ number }) => number);
        expect(before.slice(0, promised.length), `killed after it said ${things} things`).toEqual(promised);
        const last = begun.filter((batch) => batch.stream === stream).at(-1);
        if (last === undefined) continue;
        const size = upTo(last.number).reduce((sum, number) => sum + batchSize({ stream, number }), 0);
        const retry = await store.append(stream, size === 0 ? 'none' : BigInt(size - 1), batchEvents(last));
        expect(retry.written).toBe(!before.includes(last.number));
        counts.interrupted += promised.includes(last.number) ? 0 : 1;
        expect(wholeBatches(await inStream(store, stream), stream)).toEqual(upTo(last.number + 1));
      }
      const all = ids(await collect(store.readAll()));
      expect(new Set(all).size).toBe(all.length);
      counts.written += acknowledged.length;
      await store.close();
    });
  }, 600_000);
});

describe('several processes on one log', () => {
  const succeeded = async (...work: Parameters<typeof start>) => expect(await start(...work).ended).toEqual([0, null]);

  test('of all that race for a revision exactly one wins, and nothing is lost', async () => {
    const path = folder.path('raced.db');
    const stream = 'negotiation-raced';
    const store = openSqliteStore({ path });
    const total = upTo(40).reduce((sum, number) => sum + batchSize({ stream, number }), 0);
    const watched = take(store.subscribe(await fromHere(store)), [stream], 3 * total);
    await Promise.all(upTo(3).map((racer) => succeeded('racer.ts', path, stream, String(racer), '40')));
    const found = await inStream(store, stream);
    expect(found.map(({ revision }) => revision)).toEqual(upTo(3 * total).map(BigInt));
    const wanted = upTo(3).flatMap((racer) =>
      upTo(40).flatMap((number) => ids(batchEvents({ stream: `${stream}-${racer}`, number }))),
    );
    expect(ids(found).toSorted()).toEqual(wanted.toSorted());
    expect(await watched).toEqual(found);
    await store.close();
  });

  test('several may make the same new log at the same moment', async () => {
    const path = folder.path('made-by-many.db');
    await Promise.all(upTo(4).map((one) => succeeded('racer.ts', path, `negotiation-${one}`, 'x', '3')));
    const store = openSqliteStore({ path });
    expect(await store.streams()).toEqual(upTo(4).map((one) => `negotiation-${one}`));
    await store.close();
  });
});
