import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { collect, fromHere, ids, inStream, take, upTo } from './contract/support.ts';
import { type Batch, batchEvents, batchSize } from './faults/batches.ts';
import { child, inFolder, rounds, succeeded } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

describe('a process killed while it appends', () => {
  const WRITERS = 4;

  /** Runs a writer until a random moment; what it said it began, and what it was told is written. */
  async function killed(path: string, name: string, delay: number): Promise<{ begun: Batch[]; acknowledged: Batch[] }> {
    const begun: Batch[] = [];
    const acknowledged: Batch[] = [];
    const writer = child('appender.ts', path, name, String(WRITERS));
    const exit = once(writer, 'exit');
    if (writer.stdout === null) throw new Error('its output is a pipe');
    const lines = createInterface({ input: writer.stdout }).on('line', (line) => {
      const [word, number, batch] = line.split(' ');
      (word === 'done' ? acknowledged : begun).push({ stream: `negotiation-${name}-${number}`, number: Number(batch) });
    });
    const read = once(lines, 'close');
    await setTimeout(delay);
    writer.kill('SIGKILL');
    await Promise.all([exit, read]);
    return { begun, acknowledged };
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
    let written = 0;
    let interrupted = 0;
    for (const round of upTo(rounds(20))) {
      // Some rounds begin with no file at all, and are killed while it is made.
      const path = folder.path(`killed-${Math.floor(round / 4)}.db`);
      const delay = Math.floor(Math.random() * (round % 4 === 0 ? 300 : 500));
      const { begun, acknowledged } = await killed(path, `r${round}`, delay);
      const store = openSqliteStore({ path });
      for (const writer of upTo(WRITERS)) {
        const stream = `negotiation-r${round}-${writer}`;
        const before = wholeBatches(await inStream(store, stream), stream);
        const promised = acknowledged.filter((batch) => batch.stream === stream).map(({ number }) => number);
        expect(before.slice(0, promised.length), `killed after ${delay} ms`).toEqual(promised);
        const last = begun.filter((batch) => batch.stream === stream).at(-1);
        if (last === undefined) continue;
        const size = upTo(last.number).reduce((sum, number) => sum + batchSize({ stream, number }), 0);
        const retry = await store.append(stream, size === 0 ? 'none' : BigInt(size - 1), batchEvents(last));
        expect(retry.written).toBe(!before.includes(last.number));
        interrupted += promised.includes(last.number) ? 0 : 1;
        expect(wholeBatches(await inStream(store, stream), stream)).toEqual(upTo(last.number + 1));
      }
      const all = ids(await collect(store.readAll()));
      expect(new Set(all).size).toBe(all.length);
      written += acknowledged.length;
      await store.close();
    }
    // Else the rounds would have shown nothing.
    expect(written).toBeGreaterThan(0);
    expect(interrupted).toBeGreaterThan(0);
  }, 600_000);
});

describe('several processes on one log', () => {
  test('of all that race for a revision exactly one wins, and nothing is lost', async () => {
    const path = folder.path('raced.db');
    const stream = 'negotiation-raced';
    const store = openSqliteStore({ path });
    const total = upTo(40).reduce((sum, number) => sum + batchSize({ stream, number }), 0);
    const watched = take(store.subscribe(await fromHere(store)), [stream], 3 * total);
    await Promise.all(upTo(3).map((racer) => succeeded(child('racer.ts', path, stream, String(racer), '40'))));
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
    await Promise.all(upTo(4).map((one) => succeeded(child('racer.ts', path, `negotiation-${one}`, 'x', '3'))));
    const store = openSqliteStore({ path });
    expect(await store.streams()).toEqual(upTo(4).map((one) => `negotiation-${one}`));
    await store.close();
  });
});
