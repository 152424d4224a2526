import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { JSONEventData, AppendResult as ServerResult } from '@eventstore/db-client';
import { DemarcheError } from '../../events/errors.ts';
import type { DemarcheClient } from './eventstoredb-client.ts';
import { classify, type Failure, within } from './eventstoredb-errors.ts';
import { APPEND_MARK, formatPosition, type Stored, toStored } from './eventstoredb-events.ts';
import { itemsOf } from './eventstoredb-pull.ts';
import { backoff, type Timeouts } from './eventstoredb-timing.ts';
import type { AppendResult, ExpectedRevision } from './port.ts';
import type { PreparedEvent } from './prepare.ts';

/** What an append says of itself when the server does not name its limit; the default of its `MaxAppendSize`. */
const DEFAULT_LIMIT_BYTES = 1_048_576;
/** A difference between our clock and the leader's that is worth a word, in milliseconds. */
const SKEW_MS = 2_000;

export interface Appender {
  append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): Promise<AppendResult>;
}

interface Write {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
  /** the revision the first of them gets */
  readonly first: bigint;
  readonly mark: string;
  readonly payload: JSONEventData[];
}

/**
 * Appends with an outcome: tries again under the same ids and the same expected revision while nobody knows whether it happened, and
 * looks at what stands there afterwards, since the server compares ids but not content.
 */
export function createAppender(client: DemarcheClient, timeouts: Timeouts, clock: () => number): Appender {
  /** the leader's clock less ours, as the last append found it */
  let skew = 0;

  async function attempt(write: Write): Promise<AppendResult> {
    const result = await within(timeouts.append, 'an append', () =>
      client.appendToStream(write.stream, write.payload, {
        expectedRevision: write.expected === 'none' ? 'no_stream' : write.expected,
        deadline: timeouts.append,
      }),
    );
    const [stored] = await read(write.stream, write.first, 1);
    if (stored === undefined) throw new Error(`${write.stream} does not show what was written yet`);
    if (stored.mark !== write.mark) return foundThere(write);
    skew = stored.created - clock();
    return { revision: result.nextExpectedRevision, position: await positionOf(write, result), written: true };
  }

  async function positionOf({ stream }: Write, { position, nextExpectedRevision }: ServerResult): Promise<string> {
    if (position !== undefined) return formatPosition(position);
    const [last] = await read(stream, nextExpectedRevision, 1);
    if (last === undefined) throw new Error(`${stream} does not show what was written yet`);
    return last.event.position;
  }

  /** The server took it for a repetition, by the ids: they were there before this call. */
  async function foundThere({ stream, first, events }: Write): Promise<AppendResult> {
    const there = await read(stream, first, events.length);
    const last = there.at(-1);
    if (last === undefined || there.length < events.length) throw new Error(`${stream} does not show its events yet`);
    const changed = events.find((event, index) => !sameContent(event, there[index]));
    if (changed !== undefined) throw idConflict(stream, changed.id);
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
        const failure = await attempt(write).catch((error: unknown) => {
          if (error instanceof DemarcheError) throw error;
          return classify(error);
        });
        if (!('kind' in failure)) return failure;
        if (failure.kind === 'unknown') doubt = failure.message;
        const final = finalError(write, failure, doubt);
        const pause = backoff(failures, timeouts);
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

/** Metadata is about the writing: the same event told by somebody else is the same event. */
const sameContent = (event: PreparedEvent, there: Stored | undefined): boolean =>
  there?.event.id === event.id &&
  there.event.type === event.type &&
  isDeepStrictEqual(there.event.data, JSON.parse(event.data));

const idConflict = (stream: string, id: string): DemarcheError =>
  new DemarcheError('ID_CONFLICT', `Event ${id} is in ${stream} already, with other content.`, {
    faults: [{ field: 'id', value: id, message: 'An id names one event, for ever.' }],
  });

/** The error that no repetition will change, or undefined. */
function finalError(write: Write, failure: Failure, doubt: string | undefined): DemarcheError | undefined {
  switch (failure.kind) {
    case 'refused':
    case 'unknown':
    case 'no-stream':
      return undefined;
    case 'wrong-revision':
      return wrongRevision(write, failure.actual);
    case 'too-large':
      return tooLarge(write, failure.limit);
    case 'denied':
    case 'deleted':
    case 'invalid':
      // This attempt surely wrote nothing; an earlier one may have.
      if (doubt !== undefined) return outcomeUnknown(write.stream, `${doubt}; then ${failure.message}`);
      return failure.kind === 'invalid'
        ? new DemarcheError('REQUEST_INVALID', `The server refuses the append to ${write.stream}: ${failure.message}`)
        : new DemarcheError('STORE_READ_ONLY', `${write.stream} cannot be written to: ${failure.message}`);
  }
}

function wrongRevision({ stream, expected }: Write, actual: bigint | 'none'): DemarcheError {
  const is = actual === 'none' ? 'does not exist' : `is at revision ${actual}`;
  const wanted = expected === 'none' ? 'it was expected not to exist' : `it was expected at ${expected}`;
  return new DemarcheError('WRONG_EXPECTED_REVISION', `${stream} ${is}; ${wanted}.`, {
    faults: [{ field: 'expected', value: String(expected), message: `${stream} ${is}.` }],
  });
}

function tooLarge({ stream, events }: Write, limit = DEFAULT_LIMIT_BYTES): DemarcheError {
  let bytes = 0;
  const upTo = events.map((event) => (bytes += sizeOf(event)));
  const fit = upTo.filter((sum) => sum <= limit).length;
  const advice = fit === 0 ? 'the first alone is too large' : `the first ${fit} of the ${events.length} fit`;
  const message = `The server takes ${limit} bytes in one append, and these have ${bytes}: ${advice} (${stream}).`;
  return new DemarcheError('EVENT_TOO_LARGE', message, { faults: [{ field: 'events', value: fit, message }] });
}

// As the server counts, and room for the mark of the append.
const sizeOf = ({ type, data, metadata }: PreparedEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length + APPEND_MARK.length + 44;

const outcomeUnknown = (stream: string, why: string): DemarcheError =>
  new DemarcheError('STORE_OUTCOME_UNKNOWN', `Nobody knows whether the append to ${stream} was written: ${why}.`);

function gaveUp(stream: string, failure: Failure, doubt: string | undefined, skew: number): DemarcheError {
  const why = `${doubt ?? ('message' in failure ? failure.message : failure.kind)}${skewWords(skew)}`;
  return doubt === undefined
    ? new DemarcheError('STORE_UNAVAILABLE', `The append to ${stream} was not written: ${why}.`)
    : outcomeUnknown(stream, why);
}

/** A clock that is off explains a good deal of what else looks odd, and nobody thinks of it. */
function skewWords(skew: number): string {
  if (Math.abs(skew) < SKEW_MS) return '';
  return `; the server's clock is ${Math.abs(skew / 1000).toFixed(0)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's`;
}
