import { setImmediate } from 'node:timers/promises';
import { DemarcheError } from '../../events/errors.ts';
import type { AppendResult, PreparedEvent } from './port.ts';
import { isInputOutput, outcomeUnknown, translate } from './sqlite-errors.ts';
import { neverBlock, openLogFile } from './sqlite-file.ts';
import type { Patiently } from './sqlite-iterate.ts';
import { createStreams } from './sqlite-streams.ts';
import { createWriter, type Growing } from './sqlite-write.ts';

export interface BatchOptions {
  readonly path: string;
  readonly maxPages: number | undefined;
  readonly clock: () => number;
  /** waits for the lock */
  readonly patiently: Patiently;
}

/**
 * Writes pages in one transaction. What does not fit into the cache goes to the end of the write-ahead log, where nobody reads it before
 * the commit: a process that is killed leaves nothing but room to be used again.
 * @param expected revision of the last event, -1 for a stream that must not exist
 */
export async function appendPages(
  { path, maxPages, clock, patiently }: BatchOptions,
  stream: string,
  expected: number,
  pages: Iterable<readonly PreparedEvent[]>,
): Promise<AppendResult> {
  const db = openLogFile(path, maxPages);
  try {
    // All of it is recorded at one moment.
    const now = clock();
    const writer = createWriter(db, path, createStreams(db, path), () => now);
    neverBlock(db);
    const growing = await patiently(() => writer.grow(stream, expected));
    try {
      return await grown(growing, pages, path);
    } catch (error) {
      growing.rollback();
      throw error;
    }
  } catch (error) {
    throw translate(error, path);
  } finally {
    db.close();
  }
}

async function grown(growing: Growing, pages: Iterable<readonly PreparedEvent[]>, path: string): Promise<AppendResult> {
  let result: AppendResult | undefined;
  for (const page of pages) {
    if (page.length > 0) result = growing.add(page);
    await setImmediate();
  }
  if (!result) throw new DemarcheError('REQUEST_INVALID', 'There is nothing to append.');
  try {
    growing.commit();
  } catch (error) {
    throw isInputOutput(error) ? outcomeUnknown(path, error) : error;
  }
  const { revision, position } = result;
  return { revision, position, written: true };
}
