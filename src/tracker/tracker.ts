/** The tracker: ties the log and the projections together. This is the library. */
import { defer, finalize, from, type Observable } from 'rxjs';
import {
  DemarcheError,
  type Development,
  type DevelopmentInput,
  type ErrorCode,
  type Fault,
  isDemarcheError,
  nearest,
  type ParsedDevelopment,
  parseDevelopment,
} from '../../events/index.ts';
import {
  type CellTimeline,
  type Change,
  type ChronicleEntry,
  type Difference,
  type Filter,
  type HistoryEntry,
  type Standard,
  type State,
  timelinesOf,
  timelinesThen,
  titleOf,
} from '../../projections/index.ts';
import type { EventStore, Position } from '../store/port.ts';
import { type Batch, openBatch } from './batch.ts';
import { type ChangeFeed, type ChangeFilter, changeFeed, isCursor, passes } from './feed.ts';
import { type Following, follower } from './follower.ts';
import { type ReadView, readView, type View } from './gates.ts';
import { developmentId, negotiationOf } from './identity.ts';
import { type NegotiationLog, negotiationLog } from './log.ts';
import { type Reader, reader } from './reader.ts';
import { decideOne, type Record, type Recording, recorder, refusal } from './recorder.ts';
import { growRegistry, registryFor } from './registry.ts';
import { type Checked, type Rehearsal, rehearse } from './rehearsal.ts';
import type { Snapshots } from './snapshot.ts';
import type { StateText } from './state-text.ts';
import { openTexts } from './texts.ts';
import { inTurns } from './turns.ts';

export interface TrackerOptions {
  readonly store: EventStore;
  /** milliseconds since 1970; default: the machine's clock */
  readonly now?: () => number;
  /** where indexes are kept between runs; default: nowhere, each log is read from its start */
  readonly snapshots?: Snapshots;
}

export interface NegotiationSummary {
  readonly negotiation: string;
  readonly title: string;
  readonly timeZone: string;
  readonly developments: number;
  readonly parties: readonly string[];
  readonly issues: readonly string[];
  readonly revision: string;
  /** why it cannot be read here; null where it can */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}

export interface DiffView extends Pick<View, 'recordedBy' | 'standard'> {
  readonly from: string;
  readonly to: string;
  /** each side as it was known at its own date */
  readonly then?: boolean | undefined;
}

export interface Tracker {
  /**
   * Records one development or several of one negotiation: all of them or none. What is on record already adds nothing.
   * @throws DemarcheError with every fault, and nothing is written
   */
  record(input: DevelopmentInput | readonly DevelopmentInput[], options?: { readonly by?: string }): Promise<Recording>;
  /** Begins a batch of any size, decided on page by page and recorded at once. @throws as `record` for a log that cannot be read */
  batch(negotiation: string, options?: { readonly by?: string | undefined }): Promise<Batch>;
  /** Everything `record` checks, and nothing written. @throws as `record` */
  check(input: unknown): Promise<Checked>;
  /** The same, and how positions would change. @throws as `record` */
  rehearse(input: unknown, standard?: Standard): Promise<Rehearsal>;
  /** The state of a negotiation through the gates. @throws DemarcheError `NEGOTIATION_UNKNOWN`, `GATE_INVALID`, `CELL_UNKNOWN` */
  state(negotiation: string, view?: View & Filter): Promise<State>;
  /** The same as JSON in UTF-8, which costs less to put together than to write. @throws as `state` */
  stateText(negotiation: string, view?: View & Filter): Promise<StateText & Pick<State, 'gates'>>;
  /** How one party's stance on one issue evolved, oldest first. @throws as `state` */
  history(
    negotiation: string,
    cell: { readonly party: string; readonly issue: string },
    view?: View,
  ): Promise<readonly HistoryEntry[]>;
  /** What moved between two dates. @throws as `state` */
  diff(negotiation: string, view: DiffView): Promise<readonly Difference[]>;
  /** Every development in the order in which it counts. @throws as `state` */
  chronicle(negotiation: string, view?: View): Promise<readonly ChronicleEntry[]>;
  /**
   * What each cell held from each moment at which that changed, cell by cell; with `then`, as each moment was known then. `asOf` has no
   * meaning here. @throws as `state`
   */
  timelines(negotiation: string, view?: Omit<View, 'asOf'>): AsyncIterable<CellTimeline>;
  /** Every development as it was recorded, in the order of the log. @throws DemarcheError `NEGOTIATION_UNKNOWN` */
  developments(negotiation: string): Promise<readonly Development[]>;
  negotiations(): Promise<readonly NegotiationSummary[]>;
  /** The position changes after a cursor (absent: from the start), oldest first. @throws as `state`, `REQUEST_INVALID` for a cursor */
  changes(negotiation: string, query?: ChangeQuery & { readonly limit?: number }): Promise<readonly Change[]>;
  /** The same as far as they go now, one by one: pulled, so that a reader may take its time over a long log. @throws as `changes` */
  changesUntilNow(negotiation: string, query?: ChangeQuery): AsyncIterable<Change>;
  /** The position changes after a cursor (absent: from now on), and then those that come, each once. Pulled; ends with the signal. */
  changesFrom(negotiation: string, query?: ChangeQuery, signal?: AbortSignal): AsyncIterable<Change>;
  /** The same as an Observable; unsubscribing ends it. */
  changes$(negotiation: string, query?: ChangeQuery): Observable<Change>;
  /** The changes as they come, one Observable shared by all who ask for the same negotiation and standard. */
  live$(negotiation: string, standard?: Standard): Promise<Observable<Change>>;
  /** Begins to keep up with the store in the background: reads are then answered from memory. */
  follow(): void;
  status(): Following & {
    /** a log turned out to be damaged after answers were given from it; it is refused from then on, whatever somebody kept of it */
    readonly damaged: boolean;
  };
  /**
   * Read your own writes: waits until everything up to a position is applied here, whoever wrote it.
   * @throws DemarcheError `POSITION_NOT_REACHED` after `milliseconds`
   */
  reached(position: Position, milliseconds: number): Promise<void>;
  /** Closes the store as well. */
  close(): Promise<void>;
}

export interface ChangeQuery extends ChangeFilter {
  /** where an earlier reading stopped: the cursor of its last change, or a log position */
  readonly after?: string | undefined;
  readonly standard?: Standard | undefined;
}

/** How many cells are folded in one turn. */
const CELLS_IN_ONE_TURN = 50;

/** How much is kept of the texts of states, for all negotiations together; a small log never comes near it. */
const TEXTS_BYTES = 64 * 1024 * 1024;

/** Opens a tracker on a store. */
export function openTracker({ store, now = Date.now, snapshots }: TrackerOptions): Tracker {
  const logs = new Map<string, Known>();
  const texts = openTexts(TEXTS_BYTES);
  let damaged = false;
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
    for (const name of names) await known(name).log.begin();
    return head;
  }

  async function allNames(): Promise<readonly string[]> {
    if (following.inMemory()) return [...logs.keys()].sort();
    return (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
  }

  function known(negotiation: string): Known {
    let one = logs.get(negotiation);
    if (!one) {
      const log = negotiationLog(store, negotiation, snapshots, () => {
        damaged = true;
      });
      one = { log, reader: reader(log, texts), record: recorder(store, log, now), feeds: new Map() };
      logs.set(negotiation, one);
    }
    return one;
  }

  async function read(negotiation: string): Promise<Known> {
    const one = known(negotiation);
    if (!following.inMemory() || one.log.size === 0) await one.log.catchUp();
    const failure = one.log.failure();
    if (failure) throw failure;
    if (one.log.size > 0) return one;
    logs.delete(negotiation);
    throw unknownNegotiation(await allNames(), negotiation);
  }

  async function feed(
    negotiation: string,
    { after, party, issue, standard = 'stated' }: ChangeQuery,
  ): Promise<ChangeFeed & Known> {
    if (after !== undefined && !isCursor(after)) throw badCursor(after);
    const one = await read(negotiation);
    checkFilter(one.log, { party, issue });
    let found = one.feeds.get(standard);
    if (!found) {
      found = changeFeed(one.log, standard);
      one.feeds.set(standard, found);
    }
    return { ...(await found), ...one };
  }

  async function* changesFrom(
    negotiation: string,
    query: ChangeQuery = {},
    signal?: AbortSignal,
  ): AsyncGenerator<Change> {
    const one = await feed(negotiation, query);
    const start = query.after ?? one.log.last?.position;
    for await (const change of one.from(start, signal)) if (passes(change, query)) yield change;
  }

  async function* changesUntilNow(negotiation: string, query: ChangeQuery = {}): AsyncGenerator<Change> {
    const one = await feed(negotiation, query);
    for await (const change of one.past(query.after)) if (passes(change, query)) yield change;
  }

  async function view(negotiation: string, asked: View): Promise<Known & ReadView> {
    const { log, ...known } = await read(negotiation);
    return { ...known, log, ...readView(asked, log.timeZone, latest(log, now())) };
  }

  /** Decides as recording would, and leaves it at that. */
  async function decided(input: unknown) {
    const developments = parsed(input);
    const [first] = developments;
    if (!first) return { checked: { developments: [] }, log: undefined, entries: [] };
    const { log } = known(first.negotiation);
    await log.catchUp();
    const decision = decideOne(growRegistry(await registryFor(log, developments)), developments, now());
    if ('faults' in decision) throw refusal(decision.faults, developments.length);
    const { entries } = decision;
    const added = new Set(entries.map(({ development }) => development.id));
    return { checked: { developments: developments.map(({ id }) => ({ id, added: added.has(id) })) }, log, entries };
  }

  return {
    async record(input, { by } = {}) {
      const developments = parsed(input);
      const [first] = developments;
      if (!first)
        throw new DemarcheError('DEVELOPMENT_INVALID', 'there is nothing to record: give at least one development');
      return known(first.negotiation).record(developments, by === undefined ? {} : { by });
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
      const { checked, log, entries } = await decided(input);
      if (!log) return { ...checked, changes: [] };
      return { ...checked, changes: rehearse(await Array.fromAsync(log.entries()), entries, log.timeZone, standard) };
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
    async history(negotiation, cell, asked = {}) {
      const { log, reader, gates, standard } = await view(negotiation, asked);
      checkFilter(log, cell);
      return reader.history(cell, gates, standard);
    },
    async diff(negotiation, { from, to, ...rest }) {
      const before = await view(negotiation, { ...rest, asOf: from });
      const after = await view(negotiation, { ...rest, asOf: to });
      return after.reader.difference(before.gates, after.gates, after.standard);
    },
    async chronicle(negotiation, asked = {}) {
      const { reader, gates } = await view(negotiation, asked);
      return reader.chronicle(gates);
    },
    async *timelines(negotiation, asked = {}) {
      const { log, gates, standard } = await view(negotiation, asked);
      const entries = await Array.fromAsync(log.entries());
      yield* inTurns(
        asked.then
          ? timelinesThen(entries, log.timeZone, gates.recordedBy, standard)
          : timelinesOf(entries, log.timeZone, gates, standard),
        CELLS_IN_ONE_TURN,
      );
    },
    async developments(negotiation) {
      const { log } = await read(negotiation);
      return Array.fromAsync(log.entries(), ({ development }) => development);
    },
    async negotiations() {
      const names = await allNames();
      return Promise.all(
        names.map(async (name) => {
          try {
            return await summaryOf(await read(name), now());
          } catch (error) {
            if (!isDemarcheError(error) || error.retryable) throw error;
            return unreadable(name, error);
          }
        }),
      );
    },
    async changes(negotiation, { limit = Number.POSITIVE_INFINITY, ...query } = {}) {
      const found: Change[] = [];
      for await (const change of (await feed(negotiation, query)).past(query.after)) {
        if (found.length >= limit) break;
        if (passes(change, query)) found.push(change);
      }
      return found;
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
      following.stop();
      await Promise.all([...logs.values()].map(({ log }) => log.close()));
      await store.close();
    },
  };
}

interface Known {
  readonly log: NegotiationLog;
  readonly record: Record;
  readonly reader: Reader;
  readonly feeds: Map<Standard, Promise<ChangeFeed>>;
}

function badCursor(value: string): DemarcheError {
  const message = 'write the cursor of a change, or a log position, such as "42"';
  return new DemarcheError('REQUEST_INVALID', `after: ${message}`, { faults: [{ field: 'after', value, message }] });
}

/** "As of now" is never before the last recording: the current state is all that is on record. */
const latest = ({ last }: NegotiationLog, now: number): number => Math.max(now, last?.recorded ?? now);

const withId = (parsed: ParsedDevelopment): Development =>
  (parsed.id === undefined ? { ...parsed, id: developmentId(parsed) } : parsed) as Development;

/** Checks developments that are to be recorded together, and gives each its id. */
function parsed(input: unknown): readonly Development[] {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  const faults: Fault[] = [];
  const developments = inputs.flatMap((one, index): Development[] => {
    const result = parseDevelopment(one);
    if (result.ok) return [withId(result.value)];
    faults.push(...result.faults.map((fault) => (inputs.length > 1 ? { ...fault, index } : fault)));
    return [];
  });
  const [first] = developments;
  for (const [index, { negotiation }] of developments.entries()) {
    if (negotiation === first?.negotiation) continue;
    const message = `developments recorded together belong to one negotiation, here ${first?.negotiation}`;
    faults.push({ field: 'negotiation', value: negotiation, message, index });
  }
  if (faults.length > 0) throw refusal(faults, inputs.length);
  return developments;
}

function unknownNegotiation(names: readonly string[], negotiation: string): DemarcheError {
  const suggestion = nearest(negotiation, names);
  const message = suggestion
    ? `there is no negotiation "${negotiation}"; did you mean ${suggestion}?`
    : `there is no negotiation "${negotiation}"; ${names.length > 0 ? `on record: ${names.join(', ')}` : 'nothing is on record yet'}`;
  return new DemarcheError('NEGOTIATION_UNKNOWN', message, {
    faults: [
      { field: 'negotiation', value: negotiation, message, ...(suggestion === undefined ? {} : { suggestion }) },
    ],
  });
}

function checkFilter({ index: { declared } }: NegotiationLog, { party, issue }: Filter): void {
  const faults = [
    ...(party === undefined || declared.party.has(party) ? [] : [notDeclared('party', party, [...declared.party])]),
    ...(issue === undefined || declared.issue.has(issue) ? [] : [notDeclared('issue', issue, [...declared.issue])]),
  ];
  if (faults.length > 0)
    throw new DemarcheError('CELL_UNKNOWN', faults.map(({ message }) => message).join('; '), { faults });
}

function notDeclared(field: string, value: string, declared: readonly string[]): Fault {
  const suggestion = nearest(value, declared);
  const message = suggestion
    ? `there is no ${field} "${value}"; did you mean ${suggestion}?`
    : `there is no ${field} "${value}"; declared: ${declared.join(', ')}`;
  return { field, value, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

async function summaryOf({ log, reader }: Known, now: number): Promise<NegotiationSummary> {
  const { negotiation, size, timeZone } = log;
  const { told, parties, issues } = await reader.context({ asOf: latest(log, now), knownOn: null, recordedBy: null });
  return {
    negotiation,
    title: titleOf(told),
    timeZone,
    developments: size,
    parties: parties.map(({ party }) => party),
    issues: issues.map(({ issue }) => issue),
    revision: String(size - 1),
    failure: null,
  };
}

const unreadable = (negotiation: string, { code, message }: DemarcheError): NegotiationSummary => ({
  negotiation,
  title: '',
  timeZone: 'UTC',
  developments: 0,
  parties: [],
  issues: [],
  revision: '-1',
  failure: { code, message },
});
