/** Gathering a batch, and appending it. */
import type { AppendResult, EventStore, ExpectedRevision, NewEvent, PreparedEvent } from './port.ts';
import type { Staging } from './staging-port.ts';

/** Opens an empty place for a batch. The driver behind it is loaded only where something is staged. */
export async function openStaging(): Promise<Staging> {
  const { openSqliteStaging } = await import('./sqlite-staging.ts');
  return openSqliteStaging();
}

/**
 * Appends pages: one after the other where a store takes them so; else together, in memory, and the store says itself what is too large
 * for it. @throws DemarcheError as `EventStore.appendPages`
 */
export function appendStaged(
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  pages: Iterable<readonly PreparedEvent[]>,
): Promise<AppendResult> {
  if (store.appendPages) return store.appendPages(stream, expected, pages);
  return store.append(stream, expected, [...pages].flat().map(unprepared));
}

const unprepared = ({ id, type, data, metadata, digest }: PreparedEvent): NewEvent => ({
  ...{ id, type, data: JSON.parse(data), metadata: JSON.parse(metadata) },
  ...(digest === null ? {} : { digest }),
});
