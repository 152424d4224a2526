/** The words of logs at hand: bounded for all of them together, and read back in turns. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../events/index.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { entryOf } from '../../../src/tracker/log/entry.ts';
import { streamOf } from '../../../src/tracker/log/identity.ts';
import { library, openShelf } from '../../../src/tracker/log/library.ts';
import { setUp } from '../../support/stories.ts';
import { NEGOTIATION, settableClock } from '../../support/tracker.ts';

const SET_UP = setUp('UTC').length;

/** A store with so many events in each of some negotiations, and how many of them were read back. */
async function withEvents(names: readonly string[], count: number) {
  const { now } = settableClock('2026-03-01T12:00:00Z');
  const store = openSqliteStore({ path: ':memory:', clock: now });
  const tracker = openTracker({ store, now });
  for (const negotiation of names)
    await tracker.record([
      ...setUp('UTC').map((one) => ({ ...one, negotiation })),
      ...Array.from({ length: count - SET_UP }, (_, number) => ({
        ...{ id: `d-${number}`, negotiation, type: 'DemandStated' as const, occurred: '2026-02-10' },
        ...{ party: 'ada', issue: 'border', stance: `Demand ${number}.`, source: { publisher: 'The Gazette' } },
      })),
    ]);
  let read = 0;
  const counting: EventStore = {
    ...store,
    readRevisions(stream, revisions) {
      read += revisions.length;
      return store.readRevisions?.(stream, revisions) ?? Promise.resolve([]);
    },
  };
  return { store: counting, readBack: () => read };
}

const fail = (error: Error): never => {
  throw error;
};

describe('the words of many logs', () => {
  it('have one room together: what was used last stays, whichever log it is of', async () => {
    const names = ['cod-quotas', 'river-waters', 'north-border'];
    const { store, readBack } = await withEvents(names, 16);
    const shelf = openShelf(32, 32);
    const [cod, river, north] = names.map((name) =>
      library(store, streamOf(name), shelf, (event) => entryOf(event, 0), fail),
    );
    const all = Array.from({ length: 16 }, (_, revision) => revision);
    const told = async (words = cod): Promise<readonly Entry[]> => (await words?.entries(all)) ?? [];
    await told(cod);
    await told(river);
    expect(readBack()).toBe(32);
    expect((await told(cod)).map(({ development }) => development.negotiation)).toEqual(all.map(() => 'cod-quotas'));
    expect((await told(river)).map(({ development }) => development.negotiation)).toEqual(
      all.map(() => 'river-waters'),
    );
    expect(readBack()).toBe(32);
    await told(north);
    await told(cod);
    expect(readBack()).toBe(64);
    await store.close();
  });

  it('are read back in turns, so that a long answer holds nobody up', async () => {
    const { store, readBack } = await withEvents([NEGOTIATION], 1_800);
    const words = library(store, streamOf(NEGOTIATION), openShelf(), (event) => entryOf(event, 0), fail);
    const seen: number[] = [];
    let over = false;
    const watch = (): void => {
      seen.push(readBack());
      if (!over) setImmediate(watch);
    };
    setImmediate(watch);
    const entries = await words.entries(Array.from({ length: 1_800 }, (_, revision) => revision));
    over = true;
    expect(entries.map(({ revision }) => revision)).toEqual(Array.from({ length: 1_800 }, (_, revision) => revision));
    expect(seen).toEqual(expect.arrayContaining([500, 1_000, 1_500]));
    await store.close();
  });
});
