import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { DemarcheError, isDemarcheError, refusal } from '../../events/errors.ts';
import type { AppendResult, EventStore, Position, StoreStatus } from './port.ts';
import { checkStream, prepareAppend } from './prepare.ts';
import { appendPages } from './sqlite-batch.ts';
import { createBell } from './sqlite-bell.ts';
import { isBusy, translate } from './sqlite-errors.ts';
import { flawsOf, neverBlock, openLogFile, RETRY_MS, sameFile } from './sqlite-file.ts';
import { createGroup } from './sqlite-group.ts';
import { follow, type Patiently, pages } from './sqlite-iterate.ts';
import { PACK } from './sqlite-packs.ts';
import { createReader } from './sqlite-read.ts';
import { createStreams } from './sqlite-streams.ts';
import { createWriter } from './sqlite-write.ts';

export interface SqliteOptions {
  /** a file, made if it does not exist, or `:memory:` */
  readonly path: string;
  /** milliseconds since 1970; may step back, what is recorded does not */
  readonly clock?: () => number;
  /** milliseconds to wait for another process that holds the lock, before `STORE_UNAVAILABLE` */
  readonly patience?: number;
  /** pages of 4 KiB the file may grow to; absent: what the disk holds */
  readonly maxPages?: number;
}

/** How late a subscriber may learn of what another process wrote, at most. */
const LOOK_MS = 200;
const BATCH = 'a batch is being written; try again in a moment';
const GONE = 'the file was deleted, moved or replaced while it was open, and nothing more is written to it';

/**
 * Opens the log in a SQLite file. Several stores, in one process or in many, may have the same file open.
 * @throws DemarcheError `STORE_ADDRESS_INVALID`, `STORE_CORRUPT` (also: a file that is not ours), `STORE_READ_ONLY`, `STORE_UNAVAILABLE`
 */
export function openSqliteStore(options: SqliteOptions): EventStore {
  const { path, maxPages } = options;
  let db: DatabaseSync | undefined;
  try {
    db = openLogFile(path, maxPages);
    const store = storeOn(db, options);
    neverBlock(db);
    return store;
  } catch (error) {
    db?.close();
    throw translate(error, path);
  }
}

function storeOn(db: DatabaseSync, { path, maxPages, clock = Date.now, patience = 5_000 }: SqliteOptions): EventStore {
  const streams = createStreams(db, path);
  streams.refresh();
  const reader = createReader(db, path, streams);
  const dataVersion = db.prepare('PRAGMA data_version');
  const isSame = sameFile(path);
  let status: StoreStatus = { state: 'live', since: clock(), lastError: null };
  let closing: Promise<void> | undefined;
  const bell = createBell(() => {
    look();
    return dataVersion.get()?.data_version;
  }, LOOK_MS);
  const writer = createWriter(db, path, streams, clock);
  /** batches under way, one after the other */
  let batches: readonly Promise<unknown>[] = [];
  const group = createGroup({
    transact(appends) {
      refuseIfGone();
      return writer.transact(appends);
    },
    // Waiting for the lock would hold up this thread, and with it the batch that has the lock.
    held: () => (batches.length > 0 ? new DemarcheError('STORE_UNAVAILABLE', `${path}: ${BATCH}`) : undefined),
    ...{ file: path, patience, onCommit: bell.ring },
  });

  function refuseIfClosed(): void {
    if (closing !== undefined) throw new DemarcheError('STORE_CLOSED', `${path} is closed`);
  }

  /** Now and then, while somebody follows: is the file still there? It may be taken away for a while, and come back. */
  function look(): void {
    const state = isSame() ? 'live' : 'down';
    if (closing !== undefined || status.state === state) return;
    status = { state, since: clock(), lastError: state === 'down' ? `${path}: ${GONE}` : status.lastError };
  }

  function refuseIfGone(): void {
    if (!isSame()) throw new DemarcheError('STORE_UNAVAILABLE', `${path}: ${GONE}`);
  }

  /** A batch is written over a connection of its own, so that nothing of it is read over this one before its end. */
  async function inBatch(write: () => Promise<AppendResult>): Promise<AppendResult> {
    const before = batches;
    const batch = Promise.allSettled(before).then(() => {
      refuseIfGone();
      return write();
    });
    batches = [...before, batch];
    try {
      return await batch;
    } catch (error) {
      throw noted(error);
    } finally {
      batches = batches.filter((one) => one !== batch);
      bell.ring();
    }
  }

  /**
   * Tries again and again while another process holds the lock, and lets everything else go on meanwhile.
   * @param refuse why it would not be tried: a read, where the store is closed under it
   */
  async function patiently<T>(statement: () => T, refuse: () => void = refuseIfClosed): Promise<T> {
    const start = performance.now();
    for (;;) {
      refuse();
      try {
        return statement();
      } catch (error) {
        if (!isBusy(error) || performance.now() - start > patience) throw noted(translate(error, path));
      }
      await setTimeout(RETRY_MS);
    }
  }

  /** The same for what is finished also where the store is closed meanwhile. */
  const lastingly: Patiently = (statement) => patiently(statement, () => undefined);

  function noted(error: unknown): unknown {
    if (isDemarcheError(error) && error.code.startsWith('STORE_')) status = { ...status, lastError: error.message };
    return error;
  }

  async function shut(): Promise<void> {
    await group.drained();
    await Promise.allSettled(batches);
    status = { ...status, state: 'closed', since: clock() };
    bell.ring();
    db.close();
  }

  async function head(): Promise<Position | null> {
    const position = await patiently(reader.head);
    return position === 0 ? null : String(position);
  }

  return {
    address: `sqlite:${path}`,

    async append(stream, expected, events) {
      refuseIfClosed();
      const prepared = prepareAppend(stream, expected, events);
      try {
        return await group.append({ stream, expected: expected === 'none' ? -1 : Number(expected), events: prepared });
      } catch (error) {
        throw noted(error);
      }
    },

    // In memory there is no second connection, and no more room than for an append.
    ...(path === ':memory:'
      ? {}
      : {
          async appendPages(stream, expected, pages) {
            refuseIfClosed();
            checkStream(stream, expected);
            const revision = expected === 'none' ? -1 : Number(expected);
            return inBatch(() => appendPages({ path, maxPages, clock, patiently: lastingly }, stream, revision, pages));
          },
        }),

    readStream(stream, { from = 0n, ...options } = {}) {
      const first = Number(from < 0n ? 0n : from);
      const start = (last: { readonly revision: bigint } | undefined) => (last ? Number(last.revision) + 1 : first);
      return pages((count, last) => reader.fromRevision(stream, start(last), count), options, patiently);
    },

    readRevisions: (stream, revisions) => patiently(() => reader.revisions(stream, revisions.map(Number))),

    async *readDigests(stream, from) {
      for (let next = from; ; ) {
        const page = await patiently(() => reader.digests(stream, next));
        if (page.count > 0) yield page;
        next += page.count;
        // Where one is missing, none that follows is read.
        if (page.count === 0 || next % PACK !== 0) return;
        await setImmediate();
      }
    },

    readAll({ after, ...options } = {}) {
      const first = parsePosition(after);
      const start = (last: { readonly position: Position } | undefined) => (last ? Number(last.position) : first);
      return pages((count, last) => reader.afterPosition(start(last), count), options, patiently);
    },

    subscribe({ after, signal } = {}) {
      const closed = () => closing !== undefined;
      return follow({ after: parsePosition(after), read: reader.afterPosition, patiently, bell, closed, signal });
    },

    streams: () => patiently(streams.names),

    head,
    // No events have positions here but ours.
    end: head,

    status: () => status,

    flaws: () => patiently(() => flawsOf(db)),

    close() {
      closing ??= shut();
      return closing;
    },
  };
}

/** Positions of this store are 1, 2, 3, …; 0 is before the first. */
function parsePosition(position: Position | undefined): number {
  if (position === undefined) return 0;
  if (/^\d{1,15}$/.test(position)) return Number(position);
  const message = `"${position}" is not a position in a SQLite log; those are whole numbers.`;
  throw refusal('REQUEST_INVALID', { field: 'after', value: position, message });
}
