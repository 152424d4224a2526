import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type Position as ServerPosition,
  streamNameFilter,
} from '@eventstore/db-client';
import { isDemarcheError } from '../../events/errors.ts';
import type { DemarcheClient } from './eventstoredb-client.ts';
import { classify, Silence, wordsOf } from './eventstoredb-errors.ts';
import { createContinuity, formatPosition, parsePosition, toStored } from './eventstoredb-events.ts';
import type { Health, SubscriptionState } from './eventstoredb-health.ts';
import { itemsOf, pullFrom } from './eventstoredb-pull.ts';
import { backoff, type Timeouts } from './eventstoredb-timing.ts';
import {
  comparePositions,
  type Position,
  type RecordedEvent,
  STREAM_PREFIX,
  type SubscriptionMessage,
} from './port.ts';

/** Events of others that the server looks through before it says how far it is: window × interval. */
const SEARCH_WINDOW = 500;
const CHECKPOINT_INTERVAL = 4;

interface Following {
  readonly client: DemarcheClient;
  readonly timeouts: Timeouts;
  readonly health: Health;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

/**
 * All events of ours after a position, then new ones, until the signal aborts. Whatever ends a connection, a new one takes up after
 * the last message handed out, for ever, with growing pauses. Only a log that is not as Demarche wrote it ends it with an error.
 */
export async function* follow(following: Following, after: Position | undefined): AsyncGenerator<SubscriptionMessage> {
  const { timeouts, health, signal, random } = following;
  const { at, ended } = health.subscription();
  const isNew = createContinuity(after === undefined ? 0n : undefined, after);
  let position = after;
  let failures = 0;
  try {
    at('connecting');
    while (!signal.aborted) {
      try {
        for await (const message of connection(following, position, isNew, at)) {
          if (message.kind === 'event') position = message.event.position;
          if (message.kind === 'checkpoint') {
            if (position !== undefined && comparePositions(message.position, position) <= 0) continue;
            position = message.position;
          }
          failures = 0;
          yield message;
        }
      } catch (error) {
        if (isDemarcheError(error)) {
          health.noted(error.message);
          throw error;
        }
        if (signal.aborted) return;
        health.failed(wordsOf(classify(error)));
      }
      if (signal.aborted) return;
      // And so it stays until a new connection is confirmed: what matters is since when.
      at('down');
      await sleep(backoff(failures, timeouts, random), undefined, { signal }).catch(() => undefined);
      failures += 1;
    }
  } finally {
    ended();
  }
}

/** One connection, to its end: it throws whatever dropped it, and a graceful end is a drop too. */
async function* connection(
  { client, timeouts, health, signal }: Following,
  after: Position | undefined,
  isNew: (event: RecordedEvent) => boolean,
  at: (state: SubscriptionState) => void,
): AsyncGenerator<SubscriptionMessage> {
  const fromPosition = await resumePoint(client, after, timeouts, signal);
  // The client announces these ahead of the events that came before them: each waits until so many events have been taken.
  const announced: { readonly due: number; readonly message: SubscriptionMessage }[] = [];
  let taken = 0;
  const announce = (message: SubscriptionMessage): void => {
    announced.push({ due: taken + subscription.readableLength, message });
    puller.ring();
  };
  const subscription: AllStreamSubscription & {
    readonly readableLength: number;
    read(): AllStreamResolvedEvent | null;
  } = client.subscribeToAll({
    fromPosition,
    filter: streamNameFilter({
      prefixes: [STREAM_PREFIX],
      maxSearchWindow: SEARCH_WINDOW,
      checkpointInterval: CHECKPOINT_INTERVAL,
      checkpointReached: (_, position) => announce({ kind: 'checkpoint', position: formatPosition(position) }),
    }),
  }) as never;
  const puller = pullFrom(subscription, () => subscription.unsubscribe());
  const watchdog = setTimeout(
    () => puller.fail(new Silence('a subscription', timeouts.confirmation)),
    timeouts.confirmation,
  );
  subscription
    .on('confirmation', () => {
      clearTimeout(watchdog);
      health.answered();
      at('catching-up');
    })
    .on('caughtUp', () => announce({ kind: 'caught-up' }))
    .on('fellBehind', () => at('catching-up'));
  signal.addEventListener('abort', puller.ring, { once: true });
  const dueMessage = (): SubscriptionMessage | undefined =>
    announced[0] !== undefined && announced[0].due <= taken ? announced.shift()?.message : undefined;
  try {
    while (!signal.aborted) {
      const message = dueMessage();
      if (message !== undefined) {
        if (message.kind === 'caught-up') at('live');
        yield message;
        continue;
      }
      const item = puller.take();
      if (item !== null) {
        taken += 1;
        const stored = toStored(item);
        if (stored !== undefined && isNew(stored.event)) yield { kind: 'event', event: stored.event };
      } else if (announced.length === 0 && (await puller.wait()) === 'ended') {
        throw new Error('the server ended the subscription');
      }
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', puller.ring);
    puller.stop();
  }
}

/**
 * Where to resume so that nothing is passed over. The server starts after the first event at or behind the position it is given: if
 * the event of another program that stood there has been scavenged meanwhile, it would start after one of ours. A position of ours is
 * safe (nothing of ours is ever removed); for a checkpoint, the last event before it that still exists is.
 * @throws Error where the node has not come so far: it would call itself caught up
 */
async function resumePoint(
  client: DemarcheClient,
  after: Position | undefined,
  { read }: Timeouts,
  signal: AbortSignal,
): Promise<ServerPosition | 'start'> {
  if (after === undefined) return 'start';
  const { commit, prepare } = parsePosition(after);
  if (commit === 0n) return 'start';
  const lastBefore = async (fromPosition: ServerPosition | 'end'): Promise<ServerPosition | undefined> => {
    const backwards = client.readAll({ direction: 'backwards', fromPosition, maxCount: 1 });
    for await (const { event, link } of itemsOf(backwards, read, signal)) return event?.position ?? link?.position;
    return undefined;
  };
  if (commit !== prepare) return (await lastBefore({ commit, prepare: commit })) ?? 'start';
  const end = await lastBefore('end');
  if (end === undefined || end.commit < commit)
    throw new Error(`the log of this node ends before position ${after}: it lags behind, or is another log`);
  return { commit, prepare };
}
