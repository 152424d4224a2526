import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { firstValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { DemarcheError, type DevelopmentInput } from '../../events/index.ts';
import type { Change } from '../../projections/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { setUp } from '../support/stories.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

const stated = (id: string, own: object = {}): DevelopmentInput =>
  ({
    id,
    negotiation: NEGOTIATION,
    type: 'PositionStated',
    occurred: '2026-02-01',
    party: 'ada',
    issue: 'border',
    stance: `Words of ${id}.`,
    source: { publisher: 'Gazette', published: '2026-02-02' },
    ...own,
  }) as DevelopmentInput;

async function openWithSetUp() {
  const opened = openTestTracker(START);
  await opened.tracker.record(setUp('UTC'));
  return opened;
}

describe('the feed of position changes', () => {
  test('begins anew after any cursor, with nothing lost and nothing doubled, also between the changes of one position', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record(stated('one'));
    await tracker.record(stated('two', { party: undefined, parties: ['ada', 'bor', 'cyd'] }));
    await tracker.record(stated('three', { issue: 'water' }));
    const all = await tracker.changes(NEGOTIATION);
    expect(all.map(({ development }) => development)).toEqual(['one', 'two', 'two', 'two', 'three']);
    for (const [index, { cursor }] of all.entries())
      expect(await tracker.changes(NEGOTIATION, { after: cursor })).toEqual(all.slice(index + 1));
  });

  test('gives the same changes to who was there and to who comes later, also long after they are kept at hand', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    const live: string[] = [];
    (await tracker.live$(NEGOTIATION)).subscribe(({ cursor }) => live.push(cursor));
    const many = Array.from({ length: 9000 }, (_, index) => stated(`n${index}`, { occurred: '2026-02-01' }));
    await tracker.record(many);
    const all = await tracker.changes(NEGOTIATION);
    expect(all).toHaveLength(9000);
    expect(live).toEqual(all.map(({ cursor }) => cursor));
    for (const index of [0, 17, 4000, 8990, 8998])
      expect((await tracker.changes(NEGOTIATION, { after: all[index]?.cursor })).map(({ cursor }) => cursor)).toEqual(
        live.slice(index + 1),
      );
  });

  test('goes on from the past into what is recorded while it is read', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record(stated('early'));
    const three = firstValueFrom(tracker.changes$(NEGOTIATION, { after: '0' }).pipe(take(3), toArray()));
    await tracker.record(stated('later'));
    await tracker.record(stated('last'));
    expect((await three).map(({ development }) => development)).toEqual(['early', 'later', 'last']);
  });

  test('leaves nothing out between what was and what comes, also where what was is long and changed nothing', async () => {
    await using opened = await openWithSetUp();
    await opened.tracker.record(stated('early'));
    const [early] = await opened.tracker.changes(NEGOTIATION);
    const said = Array.from({ length: 400 }, (_, number) => {
      const { party, source, occurred } = stated('any') as unknown as Record<string, unknown>;
      const own = { id: `said-${number}`, type: 'StatementIssued', summary: 'Talked.' };
      return { negotiation: NEGOTIATION, party, source, occurred, ...own } as unknown as DevelopmentInput;
    });
    await opened.tracker.record(said);
    // A feed that begins now has nothing at hand of what was.
    const tracker = openTracker({ store: opened.store });
    const live$ = await tracker.live$(NEGOTIATION);
    const [got, missed] = [[] as string[], [] as string[]];
    let isAlong = false;
    live$.subscribe(({ development }) => (isAlong ? got : missed).push(development));
    /** As a reader of a stream comes along: page by page, and with all the others from the turn on in which there is nothing more. */
    const comeAlong = async () => {
      let after = early?.cursor;
      for (;;) {
        const page = await tracker.changes(NEGOTIATION, { after });
        if (page.length === 0) break;
        got.push(...page.map(({ development }) => development));
        after = page.at(-1)?.cursor;
      }
      isAlong = true;
    };
    const coming = comeAlong();
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    await tracker.record(stated('meanwhile'));
    await coming;
    await tracker.record(stated('later'));
    await expect.poll(() => got).toEqual(['meanwhile', 'later']);
  });

  test('listens to the signal of a reader once, however often the log grows, and not at all once the reader is gone', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    const stop = new AbortController();
    const listening = () => getEventListeners(stop.signal, 'abort').length;
    const changes = tracker.changesFrom(NEGOTIATION, {}, stop.signal)[Symbol.asyncIterator]();
    for (let number = 0; number < 50; number += 1) {
      const next = changes.next();
      await expect.poll(listening, { interval: 1 }).toBe(1);
      await tracker.record(stated(`n${number}`));
      expect((await next).value).toMatchObject({ development: `n${number}` });
    }
    expect(listening()).toBeLessThanOrEqual(1);
    await changes.return?.();
    expect(listening()).toBe(0);
  });

  test('ends with the damage for everybody who listens, once anybody met it', async () => {
    await using opened = await openWithSetUp();
    const { store } = opened;
    await opened.tracker.record([stated('one'), stated('two')]);
    let damaged = false;
    const brittle: EventStore = {
      ...store,
      async readRevisions(stream, revisions) {
        if (damaged) throw new DemarcheError('STORE_CORRUPT', 'event 7 is not as it was written');
        return (await store.readRevisions?.(stream, revisions)) ?? [];
      },
    };
    // It has the events from digests, and their words from nowhere yet.
    const tracker = openTracker({ store: brittle, now: opened.clock.now });
    const live = firstValueFrom(await tracker.live$(NEGOTIATION));
    const observed = firstValueFrom(tracker.changes$(NEGOTIATION));
    const pulled = tracker.changesFrom(NEGOTIATION)[Symbol.asyncIterator]().next();
    const refusal = { code: 'STORE_CORRUPT' };
    const all = Promise.all([live, observed, pulled].map((one) => expect(one).rejects.toMatchObject(refusal)));
    await setImmediate();
    damaged = true;
    await expect(tracker.history(NEGOTIATION, { party: 'ada', issue: 'border' })).rejects.toMatchObject(refusal);
    await all;
  });

  test('ends when the tracker is closed, for everybody who listens, behind what was recorded before', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    const { position } = await tracker.record(stated('one'));
    const ids = ({ development }: Change) => development;
    const live = firstValueFrom((await tracker.live$(NEGOTIATION)).pipe(map(ids), toArray()));
    const observed = firstValueFrom(tracker.changes$(NEGOTIATION, { after: position }).pipe(map(ids), toArray()));
    const pulled = Array.fromAsync(tracker.changesFrom(NEGOTIATION, { after: position }), ids);
    await tracker.record([stated('two'), stated('three')]);
    await tracker.close();
    for (const one of [live, observed, pulled]) expect(await one).toEqual(['two', 'three']);
    await expect(Array.fromAsync(tracker.changesFrom(NEGOTIATION))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });

  test('of a tracker that does not follow the store has what others recorded as soon as it reads again', async () => {
    await using opened = await openWithSetUp();
    const { tracker, store } = opened;
    const other = openTracker({ store, now: opened.clock.now });
    const seen: string[] = [];
    (await tracker.live$(NEGOTIATION)).subscribe(({ development }) => seen.push(development));
    await other.record(stated('theirs'));
    await setImmediate();
    expect(seen).toEqual([]);
    await tracker.state(NEGOTIATION);
    await expect.poll(() => seen).toEqual(['theirs']);
  });

  test('begins with what comes next where no cursor is given', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record(stated('early'));
    const found: string[] = [];
    const one = firstValueFrom(tracker.changes$(NEGOTIATION)).then(({ development }) => found.push(development));
    // When it has begun to listen is its own affair: it is sent one of those that come later.
    for (let number = 0; found.length === 0; number += 1) {
      await tracker.record(stated(`later-${number}`));
      await setImmediate();
    }
    await one;
    expect(found).toEqual([expect.stringMatching(/^later-/)]);
  });

  test('marks a late recording that alters only the past, and says which span it alters', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record([stated('first', { occurred: '2026-01-05' }), stated('third', { occurred: '2026-01-25' })]);
    await tracker.record(stated('second', { occurred: '2026-01-15' }));
    const [change] = (await tracker.changes(NEGOTIATION)).slice(-1);
    expect(change).toMatchObject({
      development: 'second',
      past: true,
      alters: { from: '2026-01-15T23:59:59.999Z', to: '2026-01-25T23:59:59.999Z' },
    });
    expect([change?.before?.setBy, change?.after?.setBy]).toEqual(['first', 'second']);
  });

  test('filters by party, issue and effect, and refuses names that were never declared', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record([
      stated('a'),
      stated('b', { party: 'bor' }),
      stated('c', { issue: 'water' }),
      stated('d', { stance: 'Other words.' }),
    ]);
    const ids = async (query: object) =>
      (await tracker.changes(NEGOTIATION, query)).map(({ development }) => development);
    expect(await ids({ party: 'bor' })).toEqual(['b']);
    expect(await ids({ issue: 'water' })).toEqual(['c']);
    expect(await ids({ effect: 'changed' })).toEqual(['d']);
    await expect(ids({ party: 'bora' })).rejects.toMatchObject({
      code: 'CELL_UNKNOWN',
      faults: [{ suggestion: 'bor' }],
    });
    await expect(ids({ after: 'yesterday' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      faults: [{ field: 'after' }],
    });
  });

  test('begins nowhere behind the end of the log, where what comes would be passed over without a word', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record({ negotiation: 'other', type: 'NegotiationOpened', title: 'Others' });
    const { position } = await tracker.record(stated('a'));
    expect(await tracker.changes(NEGOTIATION, { after: position })).toEqual([]);
    const beyond = String(Number(position) + 1);
    const refusal = { code: 'POSITION_NOT_REACHED', faults: [{ field: 'after', value: beyond }] };
    await expect(tracker.changes(NEGOTIATION, { after: beyond })).rejects.toMatchObject(refusal);
    await expect(firstValueFrom(tracker.changes$(NEGOTIATION, { after: beyond }))).rejects.toMatchObject(refusal);
    // A place that only another negotiation has come to is one that the log has come to.
    const { position: elsewhere } = await tracker.record({
      ...{ negotiation: 'other', type: 'IssueRaised', issue: 'air', title: 'Air' },
    });
    expect(await tracker.changes(NEGOTIATION, { after: elsewhere })).toEqual([]);
  });

  test('begins behind the last event where others write to the same server, and a reader may have read past that', async () => {
    await using opened = await openWithSetUp();
    const { position } = await opened.tracker.record(stated('a'));
    const [theirs, beyond] = [1, 2].map((more) => String(Number(position) + more)) as [string, string];
    const tracker = openTracker({ store: { ...opened.store, end: async () => theirs }, now: opened.clock.now });
    expect(await tracker.changes(NEGOTIATION, { after: theirs })).toEqual([]);
    await expect(tracker.changes(NEGOTIATION, { after: beyond })).rejects.toMatchObject({
      code: 'POSITION_NOT_REACHED',
    });
  });

  test('is rehearsed for a new negotiation in the time zone it opens with, as it is recorded then', async () => {
    await using opened = openTestTracker('2026-03-10T12:00:00Z');
    const { tracker } = opened;
    const late = stated('late', {
      type: 'DemandStated',
      occurred: '2026-03-01T18:00:00Z',
      source: { publisher: 'Gazette' },
    });
    const drafts = [...setUp('Asia/Tokyo'), late];
    const { changes } = await tracker.rehearse(drafts);
    expect(changes.map(({ after }) => after?.since)).toEqual(['2026-03-02']);
    await tracker.record(drafts);
    const said = ({ position: _, cursor: __, ...change }: Change) => change;
    expect(changes.map(said)).toEqual((await tracker.changes(NEGOTIATION)).map(said));
  });

  test('pins the state it speaks of on all three gates', async () => {
    await using opened = await openWithSetUp();
    const { tracker } = opened;
    await tracker.record(stated('a'));
    const [change] = await tracker.changes(NEGOTIATION);
    const { pathname, searchParams } = new URL(change?.link ?? '', 'http://localhost');
    expect(pathname).toBe(`/api/negotiations/${NEGOTIATION}/state`);
    const state = await tracker.state(NEGOTIATION, Object.fromEntries(searchParams));
    expect(state.positions).toEqual([change?.after]);
  });
});

describe('a tracker that keeps up with its store', () => {
  test('applies what another tracker on the same store recorded, and waits for it where asked to', async () => {
    await using opened = await openWithSetUp();
    const { tracker, store } = opened;
    const reader = openTracker({ store, now: opened.clock.now });
    reader.follow();
    const { position } = await tracker.record(stated('a'));
    await reader.reached(position, 5000);
    expect((await reader.state(NEGOTIATION)).positions).toHaveLength(1);
    expect(reader.status()).toMatchObject({ following: true, applied: position });
    await expect(reader.reached('999999', 20)).rejects.toMatchObject({ code: 'POSITION_NOT_REACHED' });
  });
});
