/** What a start took on trust is read in the background: all of it, once, and never by whoever read it anyway. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { type NegotiationLog, negotiationLog } from '../../../src/tracker/log/log.ts';
import { setUp } from '../../support/stories.ts';
import { NEGOTIATION, settableClock } from '../../support/tracker.ts';

const clock = settableClock('2026-03-01T12:00:00Z');
const COUNT = 1_200;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A store with many demands, of which a digest may be told wrong; and the revisions read of it, as they are read. */
async function demands(wrong?: number) {
  const store = openSqliteStore({ path: ':memory:', clock: clock.now });
  const demand = (number: number) => ({
    ...{ id: `d-${number}`, negotiation: NEGOTIATION, type: 'DemandStated' as const, occurred: '2026-02-10' },
    ...{ party: 'ada', issue: 'border', stance: `Demand ${number}.`, source: { publisher: 'The Gazette' } },
  });
  const tracker = openTracker({ store, now: clock.now });
  await tracker.record([...setUp('UTC'), ...Array.from({ length: COUNT }, (_, number) => demand(number))]);
  const read: number[] = [];
  const shown: EventStore = {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) {
        read.push(Number(event.revision));
        const { digest = '' } = event;
        yield Number(event.revision) === wrong ? { ...event, digest: digest.replace('border', 'waters') } : event;
      }
    },
  };
  return { store: shown, read, size: COUNT + setUp('UTC').length };
}

function logOn(store: EventStore): NegotiationLog {
  const log = negotiationLog(store, NEGOTIATION);
  closing.push(async () => {
    await log.close();
    await store.close();
  });
  return log;
}

describe('a log that was begun from digests', () => {
  it('reads every event once, and finds nothing wrong where nothing is', async () => {
    const { store, read, size } = await demands();
    const log = logOn(store);
    await log.catchUp();
    const before = read.length;
    expect(before).toBeLessThan(5);
    await expect.poll(() => read.length - before, { timeout: 20_000 }).toBe(size);
    expect(read.slice(before)).toEqual(Array.from({ length: size }, (_, revision) => revision));
    await log.catchUp();
    expect(log.failure()).toBeNull();
  });

  it('refuses every answer once an event is not what its digest says', async () => {
    const { store, size } = await demands(200);
    const log = logOn(store);
    await log.catchUp();
    expect(log.size).toBe(size);
    await expect.poll(() => log.failure()?.message, { timeout: 20_000 }).toContain('not what its digest says');
    expect(log.failure()).toMatchObject({ code: 'STORE_CORRUPT' });
    await log.catchUp();
    await log.begin();
    expect(log.failure()).toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('stops reading when it is closed', async () => {
    const { store, read, size } = await demands();
    const log = logOn(store);
    await log.catchUp();
    await expect.poll(() => read.length, { timeout: 20_000, interval: 1 }).toBeGreaterThan(50);
    await log.close();
    const { length } = read;
    expect(length).toBeLessThan(size);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(read.length).toBe(length);
    expect(log.failure()).toBeNull();
  });
});

describe('a log that was read whole', () => {
  it('is not read again', async () => {
    const { store, read, size } = await demands();
    const { readDigests: _, ...whole } = store;
    const log = logOn(whole);
    await log.catchUp();
    const { length } = read;
    expect(length).toBeGreaterThanOrEqual(size);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(read.length).toBe(length);
  });
});
