/** One negotiation's log, indexed as far as the store has it. Its words stay in the store, and are read back where they are needed. */
import {
  DEVELOPMENT_TYPES,
  DemarcheError,
  type Development,
  type DevelopmentType,
  type Entry,
  isDemarcheError,
  parseDevelopment,
  upcast,
} from '../../events/index.ts';
import { timeZoneOf } from '../../projections/index.ts';
import { digestPageReader, digestReader } from '../../projections/time-index/digest.ts';
import { type Facts, factsOf, KIND, namedBy } from '../../projections/time-index/facts.ts';
import { hashOf } from '../../projections/time-index/hash.ts';
import { createTimeIndex, type TimeIndex } from '../../projections/time-index/time-index.ts';
import type { AppendResult, EventStore, NewEvent, RecordedEvent } from '../store/port.ts';
import { streamOf } from './identity.ts';
import { type Library, library } from './library.ts';
import { scrubber } from './scrub.ts';
import type { LastEvent, Snapshots } from './snapshot.ts';

export interface NegotiationLog {
  readonly negotiation: string;
  /** how many events were read so far */
  readonly size: number;
  /** the last of them */
  readonly last: LastEvent | undefined;
  readonly timeZone: string;
  readonly index: TimeIndex;
  readonly words: Library;
  /** the entries from a revision on, as far as the log was read when asked, in its order */
  entries(from?: number): AsyncIterable<Entry>;
  /** reads what the store has beyond that; several callers share one reading */
  catchUp(): Promise<void>;
  /** the same; what cannot be read is the failure of this log alone */
  begin(): Promise<void>;
  /** takes what was just appended behind the last event, without reading it back */
  appended(events: readonly NewEvent[], result: AppendResult): Promise<void>;
  /** takes an event handed out by a subscription, unless it is there already; what cannot be read is the failure of this log alone */
  take(event: RecordedEvent): Promise<void>;
  /**
   * What stopped the reading of this log, until it is mended; or the damage that was met anywhere in it, for good. Every answer from it
   * is refused with this.
   */
  failure(): Error | null;
  /** calls back with what was read, whenever something was; gives what ends that */
  onAdvance(listener: (entries: readonly Entry[]) => void): () => void;
  /** writes a snapshot where it is worth one */
  close(): Promise<void>;
}

/** So many events are indexed at a time: those that speak of others need these read back, and that is done for all of them at once. */
const PAGE = 500;

/**
 * The log of a negotiation in a store; empty until it is caught up, and for a negotiation that does not exist.
 * @param damaged told when the log turns out to be damaged where it was not read before
 */
export function negotiationLog(
  store: EventStore,
  negotiation: string,
  snapshots?: Snapshots,
  damaged: () => void = () => undefined,
): NegotiationLog {
  const stream = streamOf(negotiation);
  let damage: DemarcheError | undefined;
  const onDamage = (error: DemarcheError): void => {
    damage ??= error;
    damaged();
  };
  const indexed = (event: RecordedEvent): Entry => {
    const by = making ?? index;
    const revision = Number(event.revision);
    // What a page speaks of may lie in the page, which is not indexed yet.
    return entryOf(event, by && revision < by.size ? by.rows.recorded(revision) : 0);
  };
  const words = library(store, stream, indexed, onDamage);
  const scrub = scrubber({ store, stream, timeZone: () => opened().timeZone, entryOf: indexed, onDamage });
  const factsIn = digestReader();
  const pageIn = digestPageReader();
  const listeners = new Set<(entries: readonly Entry[]) => void>();
  let index: TimeIndex | undefined;
  /** one that is not whole yet, and that nobody asks */
  let making: TimeIndex | undefined;
  let last: NegotiationLog['last'];
  let queue: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let failure: Error | null = null;
  let saved = 0;
  let saving: Promise<void> = Promise.resolve();
  let begun = snapshots === undefined;

  const size = (): number => index?.size ?? 0;
  const opened = (): TimeIndex => index ?? createTimeIndex('UTC');

  /** Starts from a snapshot, if there is one of this very log. */
  async function begin(): Promise<void> {
    begun = true;
    const snapshot = await snapshots?.load(stream);
    if (!snapshot || index) return;
    const { revision, id, position } = snapshot.last;
    for await (const event of store.readStream(stream, { from: BigInt(revision), limit: 1 })) {
      if (event.id !== id || event.position !== position) break;
      ({ index, last } = snapshot);
      saved = index.size;
      scrub.upTo(index.size);
      return;
    }
    await snapshots?.discard(stream, 'it is of another log');
  }

  /** One after the other: the later one is to stay. */
  function save(): void {
    if (!index) return;
    saved = index.size;
    saving = saving.then(async () => {
      if (index && last) await snapshots?.save(stream, { index, last });
    });
  }

  async function read(): Promise<void> {
    waiting = undefined;
    if (!begun) await begin();
    if (!index && listeners.size === 0) await makeAnew();
    // Who listens wants the events themselves.
    if (index && listeners.size === 0) last = (await readDigests(index)) ?? last;
    let page: Read[] = [];
    let recorded = last?.recorded ?? 0;
    try {
      for await (const event of store.readStream(stream, { from: BigInt(size()) })) {
        const entry = entryOf(event, recorded);
        recorded = entry.recorded;
        page.push({ entry, id: event.id });
        if (page.length < PAGE) continue;
        await add(page);
        page = [];
      }
    } finally {
      await add(page);
    }
    if (snapshots && size() - saved >= snapshots.every) save();
  }

  /**
   * Makes an index from digests, as far as there are any; nobody sees it before it is whole. The first event says the time zone, by which
   * everything else is counted.
   */
  async function makeAnew(): Promise<void> {
    for await (const event of store.readStream(stream, { limit: 1 })) {
      const entry = entryOf(event, 0);
      const made = createTimeIndex(timeZoneOf([entry]));
      words.keep(entry);
      making = made;
      try {
        made.gather();
        await addOne(made, factsOf(entry.development, made.timeZone), entry.recorded, entry, new Map([[0, entry]]));
        const { position, recorded, revision } = entry;
        const end = (await readDigests(made)) ?? { id: event.id, revision, position, recorded };
        made.settle();
        index = made;
        last = end;
      } finally {
        making = undefined;
      }
    }
  }

  /** Indexes what was read. What it speaks of is read back first, so that the index takes all of it in one turn. */
  async function add(read: readonly Read[]): Promise<void> {
    const page = read.map(({ entry }) => entry);
    const [first] = page;
    const end = read.at(-1);
    if (!first || !end) return;
    index ??= createTimeIndex(timeZoneOf([first]));
    const { timeZone } = index;
    const at = new Map<number, Entry>();
    for (const { entry, facts } of read) {
      at.set(entry.revision, entry);
      words.keep(entry);
      await addOne(index, facts ?? factsOf(entry.development, timeZone), entry.recorded, entry, at);
    }
    const { position, recorded, revision } = end.entry;
    last = { id: end.id, revision, position, recorded };
    for (const listener of listeners) listener(page);
  }

  /** @param at what was read already; what is needed besides is read back */
  async function addOne(
    to: TimeIndex,
    facts: Facts,
    recorded: number,
    entry: Entry | undefined,
    at: Map<number, Entry>,
  ): Promise<void> {
    const named = entry ? namedBy(entry.development) : [];
    const needed = to.needs(facts, named, entry).filter((revision) => !at.has(revision));
    // What is read back is read before the index is touched, so that who asks meanwhile finds it whole.
    if (needed.length > 0) for (const one of await words.entries(needed)) at.set(one.revision, one);
    to.add(facts, named, recorded, (revision) => at.get(revision) ?? missing(revision));
  }

  /** Indexes as much of the log as has digests: of these events, only those that speak of others are read. Says which was the last. */
  async function readDigests(to: TimeIndex): Promise<LastEvent | undefined> {
    const before = to.size;
    for await (const { from, count, lines, of } of store.readDigests?.(stream, before) ?? []) {
      if (to === making) to.reserve(of);
      const { facts: known, recorded } = pageIn(lines);
      const at = await spokenOf(to, from, known);
      let latest = to.size > 0 ? to.rows.recorded(to.size - 1) : 0;
      for (const [place, facts] of known.entries()) {
        const revision = from + place;
        latest = Math.max(latest, recorded[place] ?? 0);
        if (!speaks(to, facts)) {
          to.add(facts, NOBODY, latest, missing);
          continue;
        }
        if (!at.has(revision)) for (const entry of await words.entries([revision])) at.set(revision, entry);
        await addOne(to, facts, latest, at.get(revision), at);
      }
      if (known.length < count) break;
    }
    if (to.size === before) return undefined;
    scrub.upTo(to.size);
    const end = { from: BigInt(to.size - 1), limit: 1 };
    for await (const { id, position } of store.readStream(stream, end))
      return { id, revision: to.size - 1, position, recorded: to.rows.recorded(to.size - 1) };
    return undefined;
  }

  /** The events of a page that speak of others, and those they speak of, in the page or before it: read together, since each is needed. */
  async function spokenOf(to: TimeIndex, from: number, page: readonly Facts[]): Promise<Map<number, Entry>> {
    const at = new Map<number, Entry>();
    const speaking = page.flatMap((facts, place) => (speaks(to, facts) ? [from + place] : []));
    if (speaking.length === 0) return at;
    for (const entry of await words.passing(speaking)) at.set(entry.revision, entry);
    const named = [...at.values()].flatMap(({ development }) => namedBy(development));
    const ids = new Set(named.map((id) => hashOf(id).high));
    const within = page.flatMap(({ id }, place) => (ids.has(id.high) ? [from + place] : []));
    const spoken = new Set([...to.nearby(named), ...within]);
    for (const entry of await words.passing([...spoken].filter((revision) => !at.has(revision))))
      at.set(entry.revision, entry);
    return at;
  }

  /** One after the other, whoever brings events. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    queue = queue.catch(() => undefined).then(task);
    return queue;
  }

  const catchUp = (): Promise<void> => {
    // A reading under way may have passed the end already: who asks now waits for the next one.
    waiting ??= inTurn(read);
    return waiting;
  };

  async function take(event: RecordedEvent): Promise<void> {
    if (!begun) await begin();
    if (event.revision < BigInt(size())) return;
    if (event.revision > BigInt(size())) await read();
    else await add([{ entry: entryOf(event, last?.recorded ?? 0), id: event.id }]);
  }

  /** What a newer Demarche wrote stops this log, and no other. */
  async function guarded(task: () => Promise<void>): Promise<void> {
    try {
      await task();
      failure = null;
    } catch (error) {
      if (!isDemarcheError(error) || error.retryable) throw error;
      failure = error;
    }
  }

  async function append(events: readonly NewEvent[], { revision, placed }: AppendResult): Promise<void> {
    const first = Number(revision) - events.length + 1;
    if (first + events.length <= size()) return;
    // Somebody else's events lie before these, or the store does not say where they are: they are read with the others.
    const copied = events.some(({ metadata }) => metadata.recorded !== undefined);
    if (first !== size() || placed === undefined || copied) return read();
    await add(
      events.map((event, index) => {
        const position = placed.positions[index] ?? '';
        const recorded = { ...event, ...placed, stream, position, revision: BigInt(first + index) };
        // The digest was made of these very facts a moment ago.
        const facts = event.digest === undefined ? undefined : factsIn(event.digest);
        return { entry: entryOf(recorded, last?.recorded ?? 0), id: event.id, facts };
      }),
    );
  }

  return {
    negotiation,
    words,
    get size() {
      return size();
    },
    get last() {
      return last;
    },
    get timeZone() {
      return opened().timeZone;
    },
    get index() {
      return opened();
    },
    async *entries(from = 0) {
      const end = size();
      if (from >= end) return;
      if (!store.readRevisions) {
        for (let at = from; at < end; at += PAGE)
          yield* await words.entries(Array.from({ length: Math.min(PAGE, end - at) }, (_, place) => at + place));
        return;
      }
      let recorded = from === 0 ? 0 : (index?.rows.recorded(from - 1) ?? 0);
      for await (const event of store.readStream(stream, { from: BigInt(from), limit: end - from })) {
        const entry = entryOf(event, recorded);
        recorded = entry.recorded;
        yield entry;
      }
    },
    catchUp,
    appended: (events, result) => inTurn(() => append(events, result)),
    begin: () => inTurn(() => guarded(read)),
    take: (event) => inTurn(() => guarded(() => take(event))),
    failure: () => damage ?? failure,
    onAdvance(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      scrub.stop();
      await queue.catch(() => undefined);
      if (snapshots && size() - saved >= snapshots.atClose) save();
      await saving;
    },
  };
}

const speaks = (index: TimeIndex, facts: Facts): boolean =>
  facts.kind === KIND.remark || facts.kind === KIND.denial || index.isAwaited(facts);

const NOBODY: readonly string[] = [];

const missing = (revision: number): never => {
  throw new RangeError(`event ${revision} was not read`);
};

interface Read {
  readonly entry: Entry;
  /** of the event */
  readonly id: string;
  /** where they are known already */
  readonly facts?: Facts | undefined;
}

/**
 * What an event of the store says. The moment of recording never steps back within a log: where a clock did, the last one holds.
 * @throws DemarcheError `SCHEMA_VERSION_UNKNOWN` where a newer Demarche wrote it: reading stops there, visibly
 */
function entryOf(event: RecordedEvent, notBefore: number): Entry {
  if (!DEVELOPMENT_TYPES.includes(event.type as DevelopmentType)) {
    const message = `event ${event.id} at position ${event.position} is a "${event.type}", which this Demarche does not know; read it with a newer one`;
    throw new DemarcheError('SCHEMA_VERSION_UNKNOWN', message);
  }
  return {
    development: developmentOf(event),
    revision: Number(event.revision),
    position: event.position,
    recorded: Math.max(event.recorded, notBefore),
    recorder: typeof event.metadata.by === 'string' ? event.metadata.by : null,
  };
}

/** What an earlier version left to its reader to assume is filled in; what was written by this version says it all. */
function developmentOf({ data }: RecordedEvent): Development {
  const written = upcast(data);
  const parsed = written === data ? undefined : parseDevelopment(written);
  return (parsed?.ok ? parsed.value : written) as Development;
}
