/** The changes of one negotiation under one standard: those that were, then those that come, each once and in order. */
import { type Observable, Subject } from 'rxjs';
import type { Entry } from '../../events/index.ts';
import type { Change, Effect, Standard } from '../../projections/answers.ts';
import { changeFold } from '../../projections/changes.ts';
import { comparePositions } from '../store/port.ts';
import type { NegotiationLog } from './log.ts';
import { nextTurn } from './turns.ts';

export interface ChangeFilter {
  readonly party?: string | undefined;
  readonly issue?: string | undefined;
  readonly effect?: Effect | undefined;
}

export interface ChangeFeed {
  /** changes as they come, shared by all who listen */
  readonly live$: Observable<Change>;
  /** the changes after a cursor (absent: from the start) as far as the log was read, in turns, so that a long log does not hold up everything else */
  past(cursor?: string): AsyncIterable<Change>;
  /** the same, and then those that come, until the signal aborts */
  from(cursor: string | undefined, signal?: AbortSignal): AsyncIterable<Change>;
}

/** How many changes are kept at hand; who asks for older ones has them made again from the log. */
const KEPT = 4096;
/** How many events are folded in one turn, so that a long log does not hold up everything else. */
const IN_ONE_TURN = 500;

/** Opens the feed of a log that was caught up, which is read once for it. */
export async function changeFeed(log: NegotiationLog, standard: Standard): Promise<ChangeFeed> {
  const live$ = new Subject<Change>();
  const fold = changeFold(log.timeZone, standard);
  let kept: Change[] = [];
  /** the log up to here is folded; what it changed before `keptFrom` is no longer at hand */
  let folded = 0;
  let keptFrom = 0;

  function advance(entries: readonly Entry[]): void {
    const fresh: Change[] = [];
    for (const entry of entries) {
      if (entry.revision !== folded) continue;
      fresh.push(...fold.add(entry));
      folded += 1;
    }
    kept.push(...fresh);
    if (kept.length > 2 * KEPT) {
      kept = kept.slice(-KEPT);
      keptFrom = Number(kept[0]?.revision ?? folded) + 1;
    }
    for (const change of fresh) live$.next(change);
  }

  /** Are all changes after this cursor at hand? */
  const isAtHand = (cursor: string | undefined): boolean =>
    keptFrom === 0 || (kept[0] !== undefined && cursor !== undefined && !isAfter(kept[0], cursor));

  async function* past(cursor?: string): AsyncGenerator<Change> {
    if (!isAtHand(cursor)) {
      const again = changeFold(log.timeZone, standard);
      for await (const entry of log.entries())
        for (const change of again.add(entry)) if (isAfter(change, cursor)) yield change;
      return;
    }
    let handedOut = 0;
    // A reader is mostly near the end.
    for (const change of kept.slice(kept.findLastIndex((one) => !isAfter(one, cursor)) + 1)) {
      yield change;
      handedOut += 1;
      if (handedOut % IN_ONE_TURN === 0) await nextTurn();
    }
  }

  async function* from(start: string | undefined, signal?: AbortSignal): AsyncGenerator<Change> {
    let cursor = start;
    while (!signal?.aborted) {
      const advanced = nextAdvance(log, signal);
      let handedOut = false;
      for await (const change of past(cursor)) {
        if (signal?.aborted) return;
        yield change;
        cursor = change.cursor;
        handedOut = true;
      }
      if (!handedOut) await advanced.arrived;
      advanced.stop();
    }
  }

  // What arrives while the log is read is read with it: only the entry after the last one folded is taken.
  while (folded < log.size) for await (const entry of log.entries(folded)) advance([entry]);
  log.onAdvance(advance);
  return { live$, past, from };
}

/** Something was read, or the signal aborted. */
function nextAdvance(log: NegotiationLog, signal?: AbortSignal) {
  let stop = () => {};
  const arrived = new Promise<void>((resolve) => {
    const unlisten = log.onAdvance(() => resolve());
    signal?.addEventListener('abort', () => resolve(), { once: true });
    stop = () => {
      unlisten();
      resolve();
    };
  });
  return { arrived, stop };
}

/** A cursor is a log position, or one with the number of a change within it: "42", "42.0", "42/40.1". */
function readCursor(cursor: string): { readonly position: string; readonly index: number } {
  const [position = '', index] = cursor.split('.');
  return { position, index: index === undefined ? Number.POSITIVE_INFINITY : Number(index) };
}

/** Does this change come after the cursor? */
export function isAfter(change: Change, cursor: string | undefined): boolean {
  if (cursor === undefined) return true;
  const [one, other] = [readCursor(change.cursor), readCursor(cursor)];
  const order = comparePositions(one.position, other.position);
  return order > 0 || (order === 0 && one.index > other.index);
}

export const isCursor = (text: string): boolean => /^\d{1,30}(\/\d{1,30})?(\.\d{1,6})?$/.test(text);

export const passes = (change: Change, { party, issue, effect }: ChangeFilter): boolean =>
  (party === undefined || change.party === party) &&
  (issue === undefined || change.issue === issue) &&
  (effect === undefined || change.change === effect);
