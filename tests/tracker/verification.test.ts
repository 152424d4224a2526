/** What verifying a log finds: each way in which a log can be wrong, and none in one that is right. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { EventStore, RecordedEvent } from '../../src/store/port.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { verifyLog, verifyStore } from '../../src/tracker/verification.ts';
import { recordAt, tempFolder } from '../cli/run.ts';
import { STEPS } from '../cli/talks.ts';

async function goodLog(): Promise<readonly RecordedEvent[]> {
  let now = 0;
  const clock = () => now;
  const store = await openStore('sqlite::memory:', { clock });
  const tracker = openTracker({ store, now: clock });
  for (const { at, developments } of STEPS) {
    now = Date.parse(at);
    await tracker.record(developments);
  }
  const events = await Array.fromAsync(store.readAll());
  await tracker.close();
  return events;
}

async function* asRead(events: readonly RecordedEvent[]): AsyncGenerator<RecordedEvent> {
  yield* events;
}

const verify = (events: readonly RecordedEvent[], head: string | null = events.at(-1)?.position ?? null) =>
  verifyLog(asRead(events), head, () => {});

/** The log with one event changed. */
const changed = (events: readonly RecordedEvent[], place: number, change: Partial<RecordedEvent>) =>
  events.map((event, index) => (index === place ? { ...event, ...change } : event));

const data = (events: readonly RecordedEvent[], place: number) => events[place]?.data ?? {};

describe('a log', () => {
  it('that is right has no faults, and is counted by negotiation and group', async () => {
    const verification = await verify(await goodLog());
    expect(verification).toMatchObject({ events: 26, position: '26', faults: [], faulty: 0 });
    expect(verification.negotiations).toMatchObject([
      {
        negotiation: 'cod-quotas',
        developments: 26,
        firstRecorded: '2025-04-25T08:00:00.000Z',
        lastRecorded: '2025-05-04T08:00:00.000Z',
      },
    ]);
  });

  it('that is empty has none either', async () => {
    expect(await verify([])).toEqual({ events: 0, position: null, negotiations: [], faults: [], faulty: 0 });
  });

  it.each<[string, (events: readonly RecordedEvent[]) => readonly RecordedEvent[], RegExp]>([
    ['ends too early', (events) => events.slice(0, -1), /ends before 26/],
    ['has positions out of order', (events) => changed(events, 4, { position: '3' }), /does not come after 4/],
    ['lacks a revision', (events) => events.filter((_, index) => index !== 9), /should be 9/],
    [
      'holds a stream that is not ours',
      (events) => changed(events, 4, { stream: 'orders-7' }),
      /not a stream of Demarche/,
    ],
    [
      'has an event under another id',
      (events) => changed(events, 4, { id: events[5]?.id ?? '' }),
      /not the id of the event for S-5/,
    ],
    [
      'says one type and holds another',
      (events) => changed(events, 4, { type: 'PartyLeft' }),
      /the event says PartyLeft, its content PartyJoined/,
    ],
    [
      'holds a development of another negotiation',
      (events) => changed(events, 4, { data: { ...data(events, 4), negotiation: 'other' } }),
      /stands in the log of cod-quotas/,
    ],
    [
      'holds what the catalogue does not know',
      (events) => changed(events, 4, { data: { ...data(events, 4), role: 'king' } }),
      /role.*write one of principal/,
    ],
    [
      'names a party nobody declared',
      (events) => changed(events, 8, { data: { ...data(events, 8), party: 'sweden' } }),
      /no party of this name/,
    ],
    [
      'corrects what is not there',
      (events) => changed(events, 23, { data: { ...data(events, 23), corrects: 'R-99' } }),
      /no development with this id/,
    ],
  ])('that %s is faulty', async (_name, spoil, message) => {
    const events = await goodLog();
    const { faults, faulty } = await verify(spoil(events), events.at(-1)?.position);
    expect(faulty).toBeGreaterThan(0);
    expect(faults.map((fault) => `${fault.field}: ${fault.message}`).join('\n')).toMatch(message);
  });

  it('with a development twice is faulty', async () => {
    const events = await goodLog();
    const again = { ...(events[10] as RecordedEvent), revision: 26n, position: '27' };
    const { faults } = await verify([...events, again]);
    expect(faults.map(({ message }) => message)).toEqual(['this development is in the log twice']);
  });

  it('with many faults keeps the first hundred and counts them all', async () => {
    const events = await goodLog();
    const foreign = Array.from({ length: 150 }, (_, index) => ({
      ...(events[0] as RecordedEvent),
      stream: 'x',
      position: String(index + 1),
    }));
    const { faults, faulty } = await verify(foreign);
    expect([faults.length, faulty]).toEqual([100, 150]);
  });
});

describe('a store', () => {
  it('that is right has no flaws; a bit of an index that is not as it was is one, though every event reads as it was written', async () => {
    const path = join(await tempFolder(), 'log.db');
    await recordAt(`sqlite:${path}`, STEPS);
    const verified = async () => {
      const store = await openStore(`sqlite:${path}`);
      const [first] = await Array.fromAsync(store.readAll({ limit: 1 }));
      const verification = await verifyStore(store, () => {});
      await store.close();
      return { id: first?.id ?? '', ...verification };
    };
    const { id, ...right } = await verified();
    expect(right).toMatchObject({ events: 26, faults: [], faulty: 0 });
    // Only the index of ids has them as bytes.
    const bytes = await readFile(path);
    const at = bytes.indexOf(Buffer.from(id.replaceAll('-', ''), 'hex'));
    expect(at).toBeGreaterThan(0);
    bytes[at + 15] = (bytes[at + 15] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const wrong = await verified();
    expect(wrong).toMatchObject({ events: 26, faulty: expect.any(Number) });
    expect(wrong.faults.map(({ message }) => message).join()).toContain('event_id');
  });

  it.each<[string, bigint, RegExp]>([
    ['that were cut off', 1n, /begins with revision 1: what came before was cut off/],
    ['that were deleted', 1_000n, /holds nothing any more/],
  ])('that goes on telling of events %s is faulty', async (_, from, message) => {
    const path = join(await tempFolder(), 'log.db');
    await recordAt(`sqlite:${path}`, STEPS);
    const store = await openStore(`sqlite:${path}`);
    const cut: EventStore = {
      ...store,
      readStream: (stream, options) => store.readStream(stream, { ...options, from }),
    };
    const { faults, faulty } = await verifyStore(cut, () => {});
    expect([faulty, faults[0]?.value, faults[0]?.message]).toEqual([
      1,
      'negotiation-cod-quotas',
      expect.stringMatching(message),
    ]);
    await store.close();
  });
});
