import { setImmediate, setTimeout } from 'node:timers/promises';
import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import type { ConnectionState, EventStore, Position, ReadOptions, RecordedEvent, SubscriptionMessage } from './port.ts';
import { prepareAppend } from './prepare.ts';
import { createBell } from './sqlite-bell.ts';
import { isBusy, translate } from './sqlite-errors.ts';
import { openLogFile } from './sqlite-file.ts';
import { createGroup } from './sqlite-group.ts';
import { createReader } from './sqlite-read.ts';
import { createTransaction } from './sqlite-write.ts';

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

const PAGE = 512;
/** How late a subscriber may learn of what another process wrote, at most. */
const LOOK_MS = 200;
const RETRY_MS = 5;

/**
 * Opens the log in a SQLite file. Several stores, in one process or in many, may have the same file open.
 * @throws DemarcheError `STORE_ADDRESS_INVALID`, `STORE_CORRUPT` (also: a file that is not ours), `STORE_READ_ONLY`, `STORE_UNAVAILABLE`
 */
export function openSqliteStore(options: SqliteOptions): EventStore {
  const { path, clock = Date.now, patience = 5_000, maxPages } = options;
  const db = openLogFile(path, maxPages);
  const reader = createReader(db, path);
  const dataVersion = db.prepare('PRAGMA data_version');
  const bell = createBell(() => dataVersion.get()?.data_version, LOOK_MS);
  const group = createGroup({
    transact: createTransaction(db, path, clock),
    file: path,
    patience,
    onCommit: bell.ring,
  });
  let state: ConnectionState = 'live';
  let since = clock();
  let lastError: string | null = null;
  let closing: Promise<void> | undefined;

  function refuseIfClosed(): void {
    if (closing !== undefined) throw new DemarcheError('STORE_CLOSED', `${path} is closed`);
  }

  /** Runs a statement again and again while another process holds the lock, and lets everything else go on meanwhile. */
  async function patiently<T>(statement: () => T): Promise<T> {
    const start = performance.now();
    for (;;) {
      refuseIfClosed();
      try {
        return statement();
      } catch (error) {
        if (!isBusy(error) || performance.now() - start > patience) throw noted(translate(error, path));
      }
      await setTimeout(RETRY_MS);
    }
  }

  function noted(error: unknown): unknown {
    if (isDemarcheError(error) && error.code.startsWith('STORE_')) lastError = error.message;
    return error;
  }

  async function* pages(
    next: (count: number, last: RecordedEvent | undefined) => readonly RecordedEvent[],
    { limit = Number.POSITIVE_INFINITY, signal }: ReadOptions,
  ): AsyncGenerator<RecordedEvent> {
    let left = limit;
    let last: RecordedEvent | undefined;
    while (left > 0) {
      const wanted = Math.min(PAGE, left);
      signal?.throwIfAborted();
      const page = await patiently(() => next(wanted, last));
      for (const event of page) {
        signal?.throwIfAborted();
        yield event;
      }
      if (page.length < wanted) return;
      left -= page.length;
      last = page.at(-1);
      // A long read gives way to everything else between its pages.
      await setImmediate();
    }
  }

  async function* follow(start: number, signal: AbortSignal | undefined): AsyncGenerator<SubscriptionMessage> {
    let position = start;
    let caughtUp = false;
    const over = (): boolean => closing !== undefined || signal?.aborted === true;
    refuseIfClosed();
    while (!over()) {
      const page = await patiently(() => reader.afterPosition(position, PAGE));
      for (const event of page) {
        if (over()) return;
        yield { kind: 'event', event };
      }
      position += page.length;
      if (page.length > 0) continue;
      if (caughtUp) await bell.wait(signal);
      else {
        caughtUp = true;
        yield { kind: 'caught-up' };
      }
    }
  }

  async function shut(): Promise<void> {
    await group.drained();
    state = 'closed';
    since = clock();
    bell.ring();
    db.close();
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

    readStream(stream, { from = 0n, ...options } = {}) {
      const first = Number(from < 0n ? 0n : from);
      return pages(
        (count, last) => reader.fromRevision(stream, last ? Number(last.revision) + 1 : first, count),
        options,
      );
    },

    readAll({ after, ...options } = {}) {
      const first = parsePosition(after);
      return pages((count, last) => reader.afterPosition(last ? Number(last.position) : first, count), options);
    },

    subscribe({ after, signal } = {}) {
      return follow(parsePosition(after), signal);
    },

    streams: () => patiently(reader.streams),

    async head() {
      const position = await patiently(reader.head);
      return position === 0 ? null : String(position);
    },

    status: () => ({ state, since, lastError }),

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
  throw new DemarcheError('REQUEST_INVALID', message, { faults: [{ field: 'after', value: position, message }] });
}
