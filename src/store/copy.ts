/** Moving a log from one store to another: same streams, same ids, same global order, same moments of recording. */
import { canonicalJson } from '../../events/canonical.ts';
import { DemarcheError } from '../../events/errors.ts';
import { comparePositions, type EventStore, type JsonObject, type NewEvent, type RecordedEvent } from './port.ts';

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying';
  /** events handled in this phase, those that were there already counted too */
  readonly events: number;
  /** how many there are in all, once that is known: when all are copied */
  readonly total?: number;
}

export interface CopyOptions {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly onProgress?: (progress: CopyProgress) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** written now, and found there from an earlier copy */
  readonly written: number;
  readonly found: number;
}

/** What goes into one append: below what EventStoreDB takes at once by default (a mebibyte). */
const BATCH_EVENTS = 500;
const BATCH_BYTES = 500_000;

/**
 * Copies a whole log as far as it reaches when this begins, and then reads both to see that they say the same. Interrupted, it goes on
 * where it stopped when called again. Nothing is written where the target holds anything else of the same negotiations.
 * @throws DemarcheError `LOGS_DIFFER` where it does; and as the stores do
 */
export async function copyLog({ from, to, onProgress, signal }: CopyOptions): Promise<Copied> {
  const source = await extentOf(from, signal);
  const there = only(source.streams, to.readAll(signal ? { signal } : {}));
  let written = 0;
  let found = 0;
  const tell = () => onProgress?.({ phase: 'copying', events: written + found });
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  async function flush(): Promise<void> {
    const [first] = batch;
    if (!first) return;
    signal?.throwIfAborted();
    await to.append(first.stream, first.revision === 0n ? 'none' : first.revision - 1n, batch.map(asNew));
    written += batch.length;
    batch = [];
    bytes = 0;
    tell();
  }
  try {
    for await (const event of source.events()) {
      // Copies are written in the order of the log: an earlier one is its beginning.
      const { value } = written === 0 && batch.length === 0 ? await there.next() : { value: undefined };
      if (value) {
        if (fingerprint(event) !== fingerprint(value)) throw differ(event, value, from, to);
        found += 1;
        if (found % BATCH_EVENTS === 0) tell();
        continue;
      }
      const size = JSON.stringify(event.data).length * 2;
      if (batch[0]?.stream !== event.stream || batch.length >= BATCH_EVENTS || bytes + size > BATCH_BYTES)
        await flush();
      batch.push(event);
      bytes += size;
    }
    await flush();
  } finally {
    await there.return(undefined);
  }
  const total = written + found;
  await compare(source, from, to, (events) => onProgress?.({ phase: 'verifying', events, total }), signal);
  return { written, found };
}

/**
 * Reads two logs side by side. The other may hold more streams, but in those of the first nothing else.
 * @throws DemarcheError `LOGS_DIFFER`, naming the first event that is not the same in both
 */
export async function compareLogs(
  one: EventStore,
  other: EventStore,
  onProgress?: (events: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await compare(await extentOf(one, signal), one, other, onProgress, signal);
}

/** A log as far as it reached at a moment, whatever is written to it afterwards. */
interface Extent {
  readonly streams: ReadonlySet<string>;
  events(): AsyncIterable<RecordedEvent>;
}

async function extentOf(store: EventStore, signal: AbortSignal | undefined): Promise<Extent> {
  const head = await store.head();
  async function* events(): AsyncGenerator<RecordedEvent> {
    if (head === null) return;
    for await (const event of store.readAll(signal ? { signal } : {})) {
      if (comparePositions(event.position, head) > 0) return;
      yield event;
    }
  }
  return { streams: new Set(await store.streams()), events };
}

async function compare(
  { streams, events: read }: Extent,
  one: EventStore,
  other: EventStore,
  onProgress?: (events: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const others = only(streams, other.readAll(signal ? { signal } : {}));
  let events = 0;
  try {
    for await (const event of read()) {
      const { value } = await others.next();
      if (!value || fingerprint(event) !== fingerprint(value)) throw differ(event, value, one, other);
      events += 1;
      if (events % BATCH_EVENTS === 0) onProgress?.(events);
    }
    const { value } = await others.next();
    if (value) throw differ(undefined, value, one, other);
    onProgress?.(events);
  } finally {
    await others.return(undefined);
  }
}

async function* only(
  streams: ReadonlySet<string>,
  events: AsyncIterable<RecordedEvent>,
): AsyncGenerator<RecordedEvent, undefined, undefined> {
  for await (const event of events) if (streams.has(event.stream)) yield event;
}

const asNew = (event: RecordedEvent): NewEvent => ({
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: { ...event.metadata, recorded: new Date(event.recorded).toISOString() },
});

/** All that a copy keeps. */
function fingerprint({ stream, revision, id, type, data, metadata, recorded }: RecordedEvent): string {
  const { recorded: _, ...about }: JsonObject = metadata;
  return canonicalJson({ stream, revision: String(revision), id, type, data, about, recorded });
}

function differ(
  event: RecordedEvent | undefined,
  found: RecordedEvent | undefined,
  one: EventStore,
  other: EventStore,
): DemarcheError {
  const name = (which: RecordedEvent | undefined) =>
    which ? `${which.stream} revision ${which.revision} (${which.type}, ${which.id})` : 'nothing more';
  const message = `the logs differ: ${one.address} has ${name(event)} where ${other.address} has ${name(found)}; copy where these negotiations are not yet on record, or onto an earlier copy`;
  return new DemarcheError('LOGS_DIFFER', message);
}
