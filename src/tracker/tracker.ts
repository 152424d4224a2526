/** The tracker: ties the log and the projections together. This is the library. */
import { defer, finalize, from } from 'rxjs';
import { DemarcheError, type Development, type Entry, isDemarcheError } from '../../events/index.ts';
import type { Change, Filter, Standard } from '../../projections/index.ts';
import type { Position } from '../store/port.ts';
import type { ChangeQuery, NegotiationSummary, Tracker, TrackerOptions } from './api.ts';
import { isBeyond, isCursor } from './cursors.ts';
import { type ChangeFeed, changeFeed } from './feed.ts';
import { type DiffView, latest, type ReadView, readSpan, readView, type View } from './gates.ts';
import { follower } from './log/follower.ts';
import { negotiationOf } from './log/identity.ts';
import { type NegotiationLog, negotiationLog, openLogRoom } from './log/log.ts';
import { firstOf, inPages, nextTurn } from './log/turns.ts';
import { type Reader, reader } from './reader.ts';
import { openBatch } from './recording/batch.ts';
import { decideOne } from './recording/decide.ts';
import { parsed } from './recording/input.ts';
import { type Recorder, recorder } from './recording/recorder.ts';
import { growRegistry, registryFor } from './recording/registry.ts';
import { rehearse } from './recording/rehearsal.ts';
import {
  badCursor,
  checkCell,
  checkChoices,
  checkFilter,
  checkStore,
  emptied,
  notRecorded,
  notThatFar,
  unknownNegotiation,
} from './refusals.ts';
import { summaryOf, unreadable } from './summary.ts';
import { openScratch } from './text/scratch.ts';
import { openTexts } from './text/texts.ts';

/** How much is kept of the texts of states, for all negotiations together; a small log never comes near it. */
const TEXTS_BYTES = 128 * 1024 * 1024;

/** So many negotiations are told of in one turn. */
const SUMMARIES = 50;

/** Opens a tracker on a store. @throws DemarcheError `REQUEST_INVALID` for what is no open store, as without types one may give */
export function openTracker({ store, now = Date.now, snapshots }: TrackerOptions): Tracker {
  checkStore(store);
  const logs = new Map<string, Known>();
  const room = { texts: openTexts(TEXTS_BYTES), scratch: openScratch() };
  const logRoom = openLogRoom();
  let damaged = false;
  let closed = false;
  const following = follower(
    store,
    readAll,
    async (event) => {
      const negotiation = negotiationOf(event.stream);
      if (negotiation !== undefined) await known(negotiation).log.take(event);
    },
    now,
  );

  /** Whole logs are read faster than one event after the other, and may begin with a snapshot. */
  async function readAll(): Promise<Position | null> {
    const head = await store.head();
    const names = (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
    for (const name of names) {
      await known(name).log.begin();
      // Many small logs are as long a read as a large one.
      await nextTurn();
    }
    return head;
  }

  async function allNames(): Promise<readonly string[]> {
    if (following.inMemory()) return [...logs.keys()].filter((name) => !isNothing(logs.get(name))).sort();
    return (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
  }

  function known(negotiation: string): Known {
    let one = logs.get(negotiation);
    if (!one) {
      const onDamage = () => {
        damaged = true;
      };
      const log = negotiationLog(store, negotiation, { snapshots, room: logRoom, damaged: onDamage });
      one = { log, reader: reader(log, room), record: recorder(store, log, now), feeds: new Map(), recording: 0 };
      logs.set(negotiation, one);
    }
    return one;
  }

  /** What was asked of a negotiation, or recorded in one, that is not there leaves nothing of it behind. */
  function forget(negotiation: string): void {
    const one = logs.get(negotiation);
    if (isNothing(one) && one?.recording === 0) logs.delete(negotiation);
  }

  async function read(negotiation: string): Promise<Known> {
    const one = known(negotiation);
    if (!following.inMemory() || one.log.size === 0) await one.log.catchUp();
    const failure = one.log.failure();
    if (failure) throw failure;
    if (one.log.size > 0) return one;
    const names = await allNames();
    // It may have been recorded just now; if not, what the log had of it is gone.
    if (names.includes(negotiation)) await one.log.catchUp();
    if (one.log.size > 0) return one;
    forget(negotiation);
    throw names.includes(negotiation) ? emptied(negotiation) : unknownNegotiation(names, negotiation);
  }

  async function feed(
    negotiation: string,
    { after, party, issue, effect, standard = 'stated' }: ChangeQuery,
  ): Promise<ChangeFeed & Known> {
    checkChoices({ standard, effect });
    if (after !== undefined && !isCursor(after)) throw badCursor(after);
    const one = await read(negotiation);
    checkFilter(one.log, { party, issue });
    if (after !== undefined) await checkPlace(one.log, after);
    let found = one.feeds.get(standard);
    if (!found) {
      found = changeFeed(one.log, standard);
      one.feeds.set(standard, found);
    }
    return { ...found, ...one };
  }

  /** What lies behind a place that the log has not come to would be passed over without a word until it does: it is of another log. */
  async function checkPlace({ last }: NegotiationLog, after: string): Promise<void> {
    const isReached = (end: Position | null | undefined) => end !== null && end !== undefined && !isBeyond(after, end);
    if (isReached(last?.position) || isReached(following.status().applied)) return;
    const end = await store.end();
    if (!isReached(end)) throw notThatFar(after, end);
  }

  async function* changesFrom(
    negotiation: string,
    query: ChangeQuery = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Change> {
    if (closed) throw new DemarcheError('STORE_CLOSED', 'the tracker is closed: there will be no more changes');
    const one = await feed(negotiation, query);
    const start = query.after ?? one.log.last?.position;
    yield* one.from(start, query, signal);
  }

  async function* changesUntilNow(negotiation: string, query: ChangeQuery = {}): AsyncGenerator<Change> {
    const one = await feed(negotiation, query);
    yield* one.past(query.after, query);
  }

  async function view(negotiation: string, asked: View): Promise<Known & ReadView> {
    const { log, ...known } = await read(negotiation);
    return { ...known, log, ...readView(asked, log.timeZone, latest(log, now())) };
  }

  async function span(negotiation: string, { party, issue, ...asked }: DiffView & Filter) {
    const { log, reader } = await read(negotiation);
    const filter = { party, issue };
    const { before, after } = readSpan(asked, log.timeZone, latest(log, now()));
    checkFilter(log, filter);
    return { reader, before, after, filter };
  }

  async function summary(name: string): Promise<NegotiationSummary> {
    try {
      const { log, reader } = await read(name);
      return await summaryOf(log, reader);
    } catch (error) {
      if (!isDemarcheError(error) || error.retryable) throw error;
      return unreadable(name, error);
    }
  }

  /** Decides as recording would, and leaves it at that. */
  async function decided(input: unknown) {
    const developments = parsed(input);
    const [first] = developments;
    if (!first) return { checked: { developments: [] }, log: undefined, entries: [] };
    const { log } = known(first.negotiation);
    await log.catchUp();
    forget(first.negotiation);
    const decision = decideOne(growRegistry(await registryFor(log, developments)), developments, now());
    if ('faults' in decision) throw notRecorded(decision.faults, developments.length);
    const { entries } = decision;
    const unsaid = new Set(entries.map(({ development }) => development.id));
    return {
      checked: { developments: developments.map(({ id }) => ({ id, added: unsaid.delete(id) })) },
      log,
      entries,
    };
  }

  return {
    async record(input, { by } = {}) {
      const developments = parsed(input);
      const [first] = developments;
      if (!first)
        throw new DemarcheError('DEVELOPMENT_INVALID', 'there is nothing to record: give at least one development');
      const one = known(first.negotiation);
      one.recording += 1;
      try {
        return await one.record(developments, by === undefined ? {} : { by });
      } finally {
        one.recording -= 1;
        forget(first.negotiation);
      }
    },
    async batch(negotiation, { by } = {}) {
      const { log } = known(negotiation);
      await log.catchUp();
      const failure = log.failure();
      if (failure) throw failure;
      return openBatch(store, log, now, by === undefined ? {} : { by });
    },
    async check(input) {
      return (await decided(input)).checked;
    },
    async rehearse(input, standard = 'stated') {
      checkChoices({ standard });
      const { checked, log, entries } = await decided(input);
      if (!log) return { ...checked, changes: [] };
      return { ...checked, changes: await rehearse(log, entries, standard) };
    },
    async state(negotiation, { party, issue, ...asked } = {}) {
      const { log, reader, gates, standard, echo } = await view(negotiation, asked);
      checkFilter(log, { party, issue });
      return { negotiation, ...echo, ...(await reader.state(gates, standard, { party, issue })) };
    },
    async stateText(negotiation, { party, issue, ...asked } = {}) {
      const { log, reader, gates, standard, echo } = await view(negotiation, asked);
      checkFilter(log, { party, issue });
      const text = await reader.stateText(gates, standard, { party, issue }, { negotiation, ...echo });
      return { ...text, gates: echo.gates };
    },
    async proceedings(negotiation, asked = {}) {
      const { reader, gates, echo } = await view(negotiation, asked);
      return { negotiation, ...echo, ...(await reader.proceedings(gates)) };
    },
    async history(negotiation, cell, asked = {}) {
      const { log, reader, gates, standard } = await view(negotiation, asked);
      checkCell(log, cell);
      return reader.history(cell, gates, standard);
    },
    async diff(negotiation, asked) {
      const { reader, before, after, filter } = await span(negotiation, asked);
      return reader.difference(before.gates, after.gates, after.standard, filter);
    },
    async span(negotiation, asked) {
      const { before, after } = await span(negotiation, asked);
      return { from: before.gates.asOf, to: after.gates.asOf };
    },
    async chronicle(negotiation, asked = {}) {
      const { reader, gates } = await view(negotiation, asked);
      return reader.chronicle(gates);
    },
    async chroniclePage(negotiation, asked, query) {
      const { reader, gates } = await view(negotiation, asked);
      return reader.chroniclePage(gates, query);
    },
    async surroundings(negotiation, asked = {}) {
      const { reader, gates } = await view(negotiation, asked);
      return reader.surroundings(gates);
    },
    async lastRecorded(negotiation, count) {
      const { reader, gates } = await view(negotiation, {});
      return reader.lastRecorded(gates, count);
    },
    async *timelines(negotiation, { party, issue, ...asked } = {}) {
      const { log, reader, gates, standard } = await view(negotiation, asked);
      checkFilter(log, { party, issue });
      yield* reader.timelines(gates, standard, asked.then === true, { party, issue });
    },
    async developmentsUntilNow(negotiation) {
      const { log } = await read(negotiation);
      return developmentsOf(log.entries());
    },
    async developments(negotiation) {
      const { log } = await read(negotiation);
      return Array.fromAsync(developmentsOf(log.entries()));
    },
    async negotiations() {
      const summaries: NegotiationSummary[] = [];
      for (const page of inPages(await allNames(), SUMMARIES)) {
        summaries.push(...(await Promise.all(page.map(summary))));
        await nextTurn();
      }
      return summaries;
    },
    async changes(negotiation, { limit = Number.POSITIVE_INFINITY, ...query } = {}) {
      const { past } = await feed(negotiation, query);
      return firstOf(past(query.after, query), limit);
    },
    async newestChanges(negotiation, { limit, ...query }) {
      const { back } = await feed(negotiation, query);
      return firstOf(back(query), limit);
    },
    changesUntilNow,
    changesFrom,
    changes$: (negotiation, query) =>
      defer(() => {
        const stop = new AbortController();
        return from(changesFrom(negotiation, query, stop.signal)).pipe(finalize(() => stop.abort()));
      }),
    live$: async (negotiation, standard) => (await feed(negotiation, { standard })).live$,
    follow: following.start,
    status: () => ({ ...following.status(), damaged }),
    reached: following.reached,
    async close() {
      closed = true;
      following.stop();
      await Promise.all([...logs.values()].map(({ log }) => log.close()));
      await store.close();
    },
  };
}

/** Nothing was read of it, and nothing keeps it from being read. */
const isNothing = (one: Known | undefined): boolean => one?.log.size === 0 && one.log.failure() === null;

async function* developmentsOf(entries: AsyncIterable<Entry>): AsyncGenerator<Development> {
  for await (const { development } of entries) yield development;
}

interface Known {
  readonly log: NegotiationLog;
  readonly record: Recorder;
  readonly reader: Reader;
  readonly feeds: Map<Standard, ChangeFeed>;
  /** how many recordings are under way: until they end, it is not forgotten */
  recording: number;
}
