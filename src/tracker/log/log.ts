/** One negotiation's log, indexed as far as the store has it. Its words stay in the store, and are read back where they are needed. */
import { type DemarcheError, type Entry, isDemarcheError } from '../../../events/index.ts';
import { timeZoneOf } from '../../../projections/index.ts';
import { digestReader } from '../../../projections/time-index/digest.ts';
import { type Facts, factsOf } from '../../../projections/time-index/facts.ts';
import { createTimeIndex, type TimeIndex } from '../../../projections/time-index/time-index.ts';
import type { AppendResult, EventStore, NewEvent, RecordedEvent } from '../../store/port.ts';
import { entryOf } from './entry.ts';
import { streamOf } from './identity.ts';
import { indexingOf } from './indexing.ts';
import { type Library, library, openShelf, type Shelf } from './library.ts';
import { scrubber } from './scrub.ts';
import type { LastEvent, Snapshot, Snapshots } from './snapshot.ts';
import { type SpareTime, spareTime } from './spare-time.ts';

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
  /** nothing more will be read */
  readonly closed: boolean;
  /** calls back whenever something more was read, the log turned out to have a failure, or it was closed; gives what ends that */
  onAdvance(listener: () => void): () => void;
  /** writes a snapshot where it is worth one */
  close(): Promise<void>;
}

/** What the logs of one tracker share, so that many small ones together take no more than one large one. */
export interface LogRoom {
  readonly shelf: Shelf;
  readonly spare: SpareTime;
}

export const openLogRoom = (): LogRoom => ({ shelf: openShelf(), spare: spareTime() });

export interface LogOptions {
  readonly snapshots?: Snapshots | undefined;
  readonly room?: LogRoom;
  /** told when the log turns out to be damaged where it was not read before */
  readonly damaged?: () => void;
}

/** So many events are indexed at a time: those that speak of others need these read back, and that is done for all of them at once. */
const PAGE = 500;

/** The log of a negotiation in a store; empty until it is caught up, and for a negotiation that does not exist. */
export function negotiationLog(
  store: EventStore,
  negotiation: string,
  { snapshots, room = openLogRoom(), damaged = () => undefined }: LogOptions = {},
): NegotiationLog {
  const stream = streamOf(negotiation);
  let damage: DemarcheError | undefined;
  const onDamage = (error: DemarcheError): void => {
    damage ??= error;
    damaged();
    tellListeners();
  };
  const indexed = (event: RecordedEvent): Entry => {
    const by = indexing.making ?? index;
    const revision = Number(event.revision);
    // What a page speaks of may lie in the page, which is not indexed yet.
    return entryOf(event, by && revision < by.size ? by.rows.recorded(revision) : 0);
  };
  const words = library(store, stream, room.shelf, indexed, onDamage);
  const { spare } = room;
  const scrub = scrubber({ store, stream, timeZone: () => opened().timeZone, entryOf: indexed, spare, onDamage });
  const indexing = indexingOf({ store, stream, words, onTrusted: (revision) => scrub.upTo(revision) });
  const factsIn = digestReader();
  const listeners = new Set<() => void>();
  let index: TimeIndex | undefined;
  let last: NegotiationLog['last'];
  let queue: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let failure: Error | null = null;
  let saved = 0;
  let saving: Promise<void> = Promise.resolve();
  let begun = snapshots === undefined;
  let closed = false;

  const size = (): number => index?.size ?? 0;
  const opened = (): TimeIndex => index ?? createTimeIndex('UTC');

  /** Starts from a snapshot, if there is one of this very log. */
  async function begin(): Promise<void> {
    const snapshot = await snapshots?.load(stream);
    if (snapshot && !index) await startFrom(snapshot);
    // Not before: where the store was away meanwhile, the snapshot is there for the next attempt.
    begun = true;
  }

  async function startFrom(snapshot: Snapshot): Promise<void> {
    const { revision, id, position, recorded } = snapshot.last;
    for await (const event of store.readStream(stream, { from: BigInt(revision), limit: 1 })) {
      // A log that was made anew in the same place may end with the same words at the same position, but not at the same moment.
      if (event.id !== id || event.position !== position || event.recorded !== recorded) break;
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
    if (index) await indexing.readDigests(index);
    else index = await indexing.makeAnew();
    if (index && last?.revision !== index.size - 1) {
      last = await indexing.lastOf(index);
      tellListeners();
    }
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

  /** Indexes what was read. What it speaks of is read back first, so that the index takes all of it in one turn. */
  async function add(read: readonly Read[]): Promise<void> {
    const [first] = read;
    const end = read.at(-1);
    if (!first || !end) return;
    index ??= createTimeIndex(timeZoneOf([first.entry]));
    const { timeZone } = index;
    const at = new Map<number, Entry>();
    for (const { entry, facts } of read) {
      at.set(entry.revision, entry);
      words.keep(entry);
      await indexing.addOne(index, facts ?? factsOf(entry.development, timeZone), entry.recorded, entry, at);
    }
    const { position, recorded, revision } = end.entry;
    last = { id: end.id, revision, position, recorded };
    tellListeners();
  }

  function tellListeners(): void {
    for (const listener of listeners) listener();
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
      tellListeners();
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
    get closed() {
      return closed;
    },
    async close() {
      scrub.stop();
      await queue.catch(() => undefined);
      closed = true;
      tellListeners();
      if (snapshots && size() - saved >= snapshots.atClose) save();
      await saving;
    },
  };
}

interface Read {
  readonly entry: Entry;
  /** of the event */
  readonly id: string;
  /** where they are known already */
  readonly facts?: Facts | undefined;
}
