/** Moving a log from one store to another: same streams, same ids, same global order, same moments of recording. */
import { canonicalJson } from '../../events/canonical.ts';
import { DemarcheError } from '../../events/errors.ts';
import type { EventStore, JsonObject, NewEvent, RecordedEvent } from './port.ts';

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
 * Copies a whole log, and then reads both to see that they say the same. Interrupted, it goes on where it stopped when called again.
 * @throws DemarcheError `LOGS_DIFFER` where the target holds something else; and as the stores do
 */
export async function copyLog({ from, to, onProgress, signal }: CopyOptions): Promise<Copied> {
  const there = await lastRevisions(to);
  let written = 0;
  let found = 0;
  const flush = async (batch: readonly RecordedEvent[]) => {
    const [first] = batch;
    if (!first) return;
    signal?.throwIfAborted();
    await to.append(first.stream, first.revision === 0n ? 'none' : first.revision - 1n, batch.map(asNew));
    written += batch.length;
    onProgress?.({ phase: 'copying', events: written + found });
  };
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of from.readAll(signal ? { signal } : {})) {
    if (event.revision <= (there.get(event.stream) ?? -1n)) {
      found += 1;
      if (found % BATCH_EVENTS === 0) onProgress?.({ phase: 'copying', events: written + found });
      continue;
    }
    const size = JSON.stringify(event.data).length * 2;
    if (batch[0]?.stream !== event.stream || batch.length >= BATCH_EVENTS || bytes + size > BATCH_BYTES) {
      await flush(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  await flush(batch);
  const total = written + found;
  await compareLogs(from, to, (events) => onProgress?.({ phase: 'verifying', events, total }), signal);
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
  const options = signal ? { signal } : {};
  const streams = new Set(await one.streams());
  const others = only(streams, other.readAll(options));
  let events = 0;
  try {
    for await (const event of one.readAll(options)) {
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

async function lastRevisions(store: EventStore): Promise<ReadonlyMap<string, bigint>> {
  const last = new Map<string, bigint>();
  for await (const { stream, revision } of store.readAll()) last.set(stream, revision);
  return last;
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
