/**
 * Delivers the changes of one webhook, in order, each until it is taken or given up. The log is the queue: while a receiver is away
 * nothing piles up here. At least once: after a crash, what was delivered last may come again, under the same id.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isDemarcheError } from '../../../events/errors.ts';
import type { Change } from '../../../projections/index.ts';
import type { Tracker } from '../../tracker/index.ts';
import type { DeliveryOutcome } from '../metrics.ts';
import { problemOf } from '../problem.ts';
import { type Outcome, post } from './post.ts';
import { type Dead, messageId, type Webhook } from './webhook.ts';

export interface CourierOptions {
  readonly tracker: Tracker;
  /** milliseconds to wait before each further attempt; after the last one a delivery is given up */
  readonly retryMs: readonly number[];
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  /** milliseconds since 1970 */
  readonly now: () => number;
  /** from 0 up to 1 */
  readonly random: () => number;
  readonly onOutcome: (outcome: DeliveryOutcome) => void;
  /** told what keeps the changes from being read, where that does not pass by itself */
  readonly onError: (error: unknown) => void;
}

/** 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h: about four hours in all. */
export const RETRY_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000];
/** As many deliveries given up as are kept of one webhook; the oldest go first. */
const MOST_DEAD = 1000;
/** How long to wait where the changes themselves cannot be read. */
const AGAIN_MS = 1000;

/**
 * Works until the signal aborts or the receiver is gone.
 * @param update changes what is kept of the webhook
 */
export async function courier(
  webhook: () => Webhook,
  update: (changes: Partial<Webhook>) => void,
  options: CourierOptions,
  signal: AbortSignal,
): Promise<void> {
  const { tracker, now, random, retryMs, onOutcome, onError } = options;

  function failing(lastError: string): void {
    const { failingSince } = webhook();
    update({ lastError, failingSince: failingSince ?? new Date(now()).toISOString() });
  }

  async function deliver(change: Change): Promise<void> {
    let lastError = '';
    for (const [attempt, wait] of [0, ...retryMs].entries()) {
      // Not all at the same moment, when a receiver of many comes back.
      if (wait > 0) await pause(wait * (0.75 + random() / 2), undefined, { signal });
      const outcome = await attemptToDeliver(webhook(), change, options, signal);
      signal.throwIfAborted();
      onOutcome(outcome.kind);
      if (outcome.kind === 'delivered') return update({ cursor: change.cursor, failingSince: null, lastError: null });
      if (outcome.kind === 'gone') return update({ stopped: true, lastError: 'the receiver wants no more (410)' });
      lastError = outcome.error;
      failing(lastError);
      if (attempt === retryMs.length) break;
    }
    onOutcome('dead');
    update({ cursor: change.cursor, dead: [...webhook().dead.slice(1 - MOST_DEAD), deadLetterOf(change, lastError)] });
  }

  const deadLetterOf = ({ cursor, development }: Change, lastError: string): Dead => ({
    message: messageId(webhook(), cursor),
    cursor,
    before: webhook().cursor,
    development,
    attempts: retryMs.length + 1,
    lastError,
    failed: new Date(now()).toISOString(),
  });

  while (!signal.aborted && !webhook().stopped) {
    const { negotiation, cursor, party, issue, effect, standard } = webhook();
    try {
      const query = { after: cursor, party, issue, effect, standard };
      // It is refused as before, or the log was mended: nothing needs to be delivered to know.
      if (webhook().unread) {
        await tracker.changes(negotiation, { ...query, limit: 0 });
        update({ unread: false, failingSince: null, lastError: null });
      }
      for await (const change of tracker.changesFrom(negotiation, query, signal)) {
        await deliver(change);
        if (webhook().stopped) return;
      }
    } catch (error) {
      const { detail } = problemOf(error);
      if (!signal.aborted && !isPassing(error) && webhook().lastError !== detail) {
        onError(error);
        failing(detail);
        update({ unread: true });
      }
      if (!signal.aborted) await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * The store is away, or closed with the server. Anything else stays: the log is damaged, or it ends before the last delivery. Whoever set
 * this up looks for changes in vain then, and has to know.
 */
const isPassing = (error: unknown): boolean =>
  isDemarcheError(error) &&
  (error.code === 'STORE_CLOSED' || (error.retryable && error.code !== 'POSITION_NOT_REACHED'));

/** One attempt, as it is made the first time and when somebody asks for it again. */
export function attemptToDeliver(
  webhook: Webhook,
  change: Change,
  { now, timeoutMs, allowPrivate }: Pick<CourierOptions, 'now' | 'timeoutMs' | 'allowPrivate'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const body = JSON.stringify({ type: 'position.changed', timestamp: change.recorded, data: change });
  const { url, secret } = webhook;
  return post(
    { id: messageId(webhook, change.cursor), body },
    { url, secret, now: now(), timeoutMs, allowPrivate, signal },
  );
}
