/** The changes of one negotiation under one standard: those that were, then those that come, each once and in order. */
import { type Observable, Subject } from 'rxjs';
import { type Entry, isDemarcheError } from '../../events/index.ts';
import type { Change, Effect, Standard } from '../../projections/answers.ts';
import { changesOf } from '../../projections/changes.ts';
import { type Filter, isAsked } from '../../projections/index.ts';
import type { Sight } from '../../projections/time-index/rows.ts';
import { isAfter, isPast } from './cursors.ts';
import type { NegotiationLog } from './log/log.ts';
import { inPages, nextTurn } from './log/turns.ts';

export interface ChangeFilter extends Filter {
  readonly effect?: Effect | undefined;
}

/** Each gives only what passes the filter, and in turns, so that a long log does not hold up everything else. */
export interface ChangeFeed {
  /** all changes as they come, shared by all who listen; fails and ends with the log */
  readonly live$: Observable<Change>;
  /** the changes after a cursor (absent: from the start) as far as the log was read */
  past(cursor: string | undefined, filter: ChangeFilter): AsyncIterable<Change>;
  /** the changes as far as the log was read, from the last to the first */
  back(filter: ChangeFilter): AsyncIterable<Change>;
  /** the changes after a cursor, and then those that come, until the signal aborts or the log is closed; throws the failure of the log */
  from(cursor: string | undefined, filter: ChangeFilter, signal?: AbortSignal): AsyncIterable<Change>;
}

export const passes = (change: Change, filter: ChangeFilter): boolean =>
  isAsked(change, filter) && (filter.effect === undefined || change.change === filter.effect);

/** How many changes are kept at hand; who asks for older ones has them found again. */
const KEPT = 4096;
/** How many are handed out in one turn. */
const IN_ONE_TURN = 500;
/** How many events are read back at once, and looked at in one turn. */
const PAGE = 50;
/** How long to wait before trying again where words could not be read back, in milliseconds. */
const AGAIN_MS = 1000;

/** Opens the feed of a log that was caught up. It begins where the log ends: nothing is read for it. */
export function changeFeed(log: NegotiationLog, standard: Standard): ChangeFeed {
  let live$ = new Subject<Change>();
  let kept: Change[] = [];
  /** what was changed after this position is at hand, as far as it was found */
  let since = log.last?.position;
  /** up to this revision it was: behind the same event, since the index may be ahead of it while a log is read */
  let found = (log.last?.revision ?? -1) + 1;
  let finding: Promise<void> | undefined;

  /** What each of some events did. */
  async function* effectsOf(
    revisions: Iterable<number>,
  ): AsyncGenerator<{ readonly entry: Entry; readonly changes: readonly Change[] }> {
    const { words } = log;
    for (const page of inPages(revisions, PAGE)) {
      for (const entry of await words.entries(page)) {
        const { index } = log;
        const read = (rows: readonly number[], sight: Sight) => words.developments(index, rows, sight);
        yield { entry, changes: await changesOf({ index, entries: words.entries, read }, entry, standard) };
      }
      await nextTurn();
    }
  }

  function* revisionsFrom(from: number, until = log.size): Generator<number> {
    for (let revision = from; revision < Math.min(until, log.size); revision += 1) yield revision;
  }

  function* revisionsBack(): Generator<number> {
    for (let revision = log.size - 1; revision >= 0; revision -= 1) yield revision;
  }

  /** The events among which all are that ever changed what is asked for, in the order of the log; undefined: all of them are. */
  function concerning(filter: Filter): readonly number[] | undefined {
    if (filter.party === undefined && filter.issue === undefined) return undefined;
    const { index } = log;
    const asked = index.cells.filter((cell) => isAsked(cell, filter));
    const revisions = new Set(asked.flatMap((cell) => index.historyOf(cell.party, cell.issue)));
    return [...revisions].sort((a, b) => a - b);
  }

  async function findSome(): Promise<void> {
    try {
      for await (const { entry, changes } of effectsOf(revisionsFrom(found, found + PAGE))) {
        found = entry.revision + 1;
        kept.push(...changes);
        if (kept.length > 2 * KEPT) {
          since = kept.at(-KEPT - 1)?.position;
          kept = kept.slice(-KEPT);
        }
        for (const change of changes) live$.next(change);
      }
    } finally {
      finding = undefined;
    }
  }

  /** Finds what was changed up to where the log ends now, however it grows meanwhile; several callers share one search. */
  async function find(): Promise<void> {
    const end = log.size;
    while (found < end) {
      finding ??= findSome();
      await finding;
    }
  }

  /** Who listens hears of changes as soon as they are found, also where the store is away for a while; and of what ends that. */
  async function follow(): Promise<void> {
    try {
      refuse();
      await find();
      if (log.closed) live$.complete();
    } catch (error) {
      if (log.closed) live$.complete();
      else if (isDemarcheError(error) && error.retryable) setTimeout(follow, AGAIN_MS).unref();
      else fail(error);
    }
  }

  /** From a log with a failure nothing is told. */
  function refuse(): void {
    const failure = log.failure();
    if (failure) throw failure;
  }

  /** Who listens from now on, to a log that was mended, does not hear of it. */
  function fail(error: unknown): void {
    const failed = live$;
    live$ = new Subject();
    failed.error(error);
  }

  const isAtHand = (cursor: string | undefined): boolean =>
    since === undefined || (cursor !== undefined && isPast(cursor, since));

  /** The first event that may have changed something after a cursor. */
  async function revisionAfter(cursor: string | undefined): Promise<number> {
    let low = 0;
    let high = cursor === undefined ? 0 : log.size;
    while (low < high && cursor !== undefined) {
      const middle = (low + high) >> 1;
      const [entry] = await log.words.passing([middle]);
      if (entry && isPast(cursor, entry.position)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Reads again what was changed after a cursor, up to where the log ends as this begins. @returns the cursor that stands there */
  async function* readAgain(
    cursor: string | undefined,
    filter: ChangeFilter,
  ): AsyncGenerator<Change, string | undefined> {
    const { last } = log;
    if (last === undefined) return cursor;
    const until = last.revision + 1;
    const first = await revisionAfter(cursor);
    const isRead = (revision: number) => revision >= first && revision < until;
    const revisions = concerning(filter)?.filter(isRead) ?? revisionsFrom(first, until);
    for await (const { changes } of effectsOf(revisions))
      for (const change of changes) if (isAfter(change, cursor) && passes(change, filter)) yield change;
    return last.position;
  }

  async function* past(start: string | undefined, filter: ChangeFilter): AsyncGenerator<Change> {
    let cursor = start;
    for (;;) {
      if (isAtHand(cursor)) await find();
      // So much may have been found that what comes after the cursor is at hand no more.
      if (isAtHand(cursor)) break;
      // It takes its turns, in which more may come: who finds nothing here goes along with what comes from this very turn on.
      cursor = yield* readAgain(cursor, filter);
    }
    let lookedAt = 0;
    // A reader is mostly near the end.
    for (const change of kept.slice(kept.findLastIndex((one) => !isAfter(one, cursor)) + 1)) {
      if (passes(change, filter)) yield change;
      lookedAt += 1;
      if (lookedAt % IN_ONE_TURN === 0) await nextTurn();
    }
  }

  async function* back(filter: ChangeFilter): AsyncGenerator<Change> {
    for await (const { changes } of effectsOf(concerning(filter)?.toReversed() ?? revisionsBack()))
      for (const change of changes.toReversed()) if (passes(change, filter)) yield change;
  }

  async function* from(start: string | undefined, filter: ChangeFilter, signal?: AbortSignal): AsyncGenerator<Change> {
    let cursor = start;
    while (!signal?.aborted) {
      refuse();
      const advanced = nextAdvance(log, signal);
      const { closed } = log;
      const end = log.last?.position;
      let handedOut = false;
      try {
        for await (const change of past(cursor, filter)) {
          if (signal?.aborted) return;
          yield change;
          cursor = change.cursor;
          handedOut = true;
        }
        // What changed nothing is not looked at again.
        if (end !== undefined && !(cursor !== undefined && isPast(cursor, end))) cursor = end;
        if (handedOut) continue;
        // All was told that was read.
        if (closed) return;
        await advanced.arrived;
      } catch (error) {
        // Or as much as could be, before the store was closed too; its cursor says where to go on.
        if (log.closed && isDemarcheError(error) && error.code === 'STORE_CLOSED') return;
        throw error;
      } finally {
        advanced.stop();
      }
    }
  }

  log.onAdvance(follow);
  return {
    get live$() {
      return live$;
    },
    past,
    back,
    from,
  };
}

/** Something was read, the log failed or was closed, or the signal aborted. Each listens once: a signal may outlive any number of these. */
function nextAdvance(log: NegotiationLog, signal?: AbortSignal) {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  const arrive = () => resolve();
  const unlisten = log.onAdvance(arrive);
  signal?.addEventListener('abort', arrive, { once: true });
  const stop = () => {
    unlisten();
    signal?.removeEventListener('abort', arrive);
  };
  return { arrived, stop };
}
