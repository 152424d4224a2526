import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONEventData, AppendResult as ServerResult } from '@eventstore/db-client';
import { DemarcheError } from '../../events/errors.ts';
import type { DemarcheClient } from './eventstoredb-client.ts';
import { classify, type Failure, within, wordsOf } from './eventstoredb-errors.ts';
import { APPEND_MARK, formatPosition, type Stored, toStored } from './eventstoredb-events.ts';
import { itemsOf } from './eventstoredb-pull.ts';
import { finalError, gaveUp, type Write } from './eventstoredb-refusals.ts';
import { backoff, type Timeouts } from './eventstoredb-timing.ts';
import type { AppendResult, ExpectedRevision, PreparedEvent } from './port.ts';
import { contentConflict } from './refusals.ts';

export interface Appender {
  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): Promise<AppendResult>;
}

/** A write as the server gets it. */
interface Marked extends Write {
  /** the revision the first of its events gets */
  readonly first: bigint;
  readonly mark: string;
  readonly payload: JSONEventData[];
}

/**
 * Appends with an outcome: tries again under the same ids and the same expected revision while nobody knows whether it happened, and
 * looks at what stands there afterwards, since the server compares ids but not content.
 */
export function createAppender(
  client: DemarcheClient,
  timeouts: Timeouts,
  clock: () => number,
  random: () => number,
): Appender {
  /** the leader's clock less ours, as the last append found it */
  let skew = 0;

  const send = (write: Marked): Promise<ServerResult> =>
    within(timeouts.append, 'an append', () =>
      client.appendToStream(write.stream, write.payload, {
        expectedRevision: write.expected === 'none' ? 'no_stream' : write.expected,
        // Our own clock gives up first, and says so in its words; the call itself is not left open for ever.
        deadline: 2 * timeouts.append,
      }),
    );

  /** The server says it is there: since when, and is it what we said? */
  async function lookAt(write: Marked, result: ServerResult): Promise<AppendResult> {
    const [stored] = await read(write.stream, write.first, 1);
    if (stored === undefined) throw new Error(`${write.stream} does not show what was written yet`);
    if (stored.mark !== write.mark) return foundThere(write);
    skew = stored.created - clock();
    return { revision: result.nextExpectedRevision, position: await positionOf(write, result), written: true };
  }

  async function positionOf({ stream }: Marked, { position, nextExpectedRevision }: ServerResult): Promise<string> {
    if (position !== undefined) return formatPosition(position);
    const [last] = await read(stream, nextExpectedRevision, 1);
    if (last === undefined) throw new Error(`${stream} does not show what was written yet`);
    return last.event.position;
  }

  /** The server took it for a repetition, by the ids: they were there before this call. */
  async function foundThere({ stream, first, events }: Marked): Promise<AppendResult> {
    const there = await read(stream, first, events.length);
    const last = there.at(-1);
    if (last === undefined || there.length < events.length) throw new Error(`${stream} does not show its events yet`);
    const told = there.map(({ event }) => event);
    const conflict = contentConflict(stream, events, told);
    if (conflict !== undefined) throw conflict;
    return { revision: last.event.revision, position: last.event.position, written: false };
  }

  async function read(stream: string, fromRevision: bigint, maxCount: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    for await (const item of itemsOf(client.readStream(stream, { fromRevision, maxCount }), timeouts.read)) {
      const stored = toStored(item);
      if (stored !== undefined) found.push(stored);
    }
    return found;
  }

  return {
    async append(stream, expected, events) {
      const mark = randomUUID();
      const payload = events.map((event) => toPayload(event, mark));
      const write = { stream, expected, events, mark, payload, first: expected === 'none' ? 0n : expected + 1n };
      const begun = performance.now();
      let doubt: string | undefined;
      for (let failures = 0; ; failures += 1) {
        let acknowledged = false;
        let failure: Failure;
        try {
          const result = await send(write);
          acknowledged = true;
          return await lookAt(write, result);
        } catch (error) {
          if (error instanceof DemarcheError) throw error;
          failure = classify(error);
        }
        // Whatever kept us from looking: the server had said it was written.
        if (acknowledged || failure.kind === 'unknown') doubt = wordsOf(failure);
        const final = finalError(write, failure, doubt);
        const pause = backoff(failures, timeouts, random);
        const patience = doubt === undefined ? timeouts.unavailable : timeouts.outcome;
        if (final !== undefined) throw final;
        if (performance.now() - begun + pause > patience) throw gaveUp(stream, failure, doubt, skew);
        await sleep(pause);
      }
    },
  };
}

// What is written is what was checked: the client serialises once more, and nothing of the caller's runs while it does.
const toPayload = (event: PreparedEvent, mark: string): JSONEventData => ({
  id: event.id,
  contentType: 'application/json',
  type: event.type,
  data: JSON.parse(event.data),
  metadata: { ...JSON.parse(event.metadata), [APPEND_MARK]: mark },
});
