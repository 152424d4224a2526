import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type ErrorCode, isDemarcheError } from '../../../events/errors.ts';
import type { EventStore, NewEvent, Position, RecordedEvent, SubscriptionMessage } from '../../../src/store/port.ts';

/** A log that the contract is held against. Other streams may lie in it, and others may write to it at the same time. */
export interface LogUnderTest {
  /** Opens a store on this one log; what an earlier one wrote is still there. The contract closes it. */
  open(): Promise<EventStore>;
  /** finds out an id used anywhere in the log, not only where a retry would lie */
  readonly uniqueIds: boolean;
  /** whether one process may have several stores open on the log at the same time */
  readonly severalConnections: boolean;
}

/** What a case works with: the store opened for it, and names nobody else uses. */
export interface Bench extends LogUnderTest {
  readonly store: EventStore;
  stream(): string;
}

export const newStream = (): string => `negotiation-contract-${randomUUID()}`;

export const event = (fields: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'PositionStated',
  data: { party: 'northland', issue: 'fishing', stance: 'Only inside the old line.' },
  metadata: {},
  ...fields,
});

/** Events told apart by a number in their data. */
export const numbered = (count: number, from = 0): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => event({ data: { number: from + index } }));

export const numbers = (events: readonly RecordedEvent[]): readonly unknown[] => events.map(({ data }) => data.number);

export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export const ids = (events: readonly NewEvent[]): readonly string[] => events.map(({ id }) => id);

export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const inStream = (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> =>
  collect(store.readStream(stream));

/** What lies in some streams after a position, in the order of the log. */
export async function inLog(
  store: EventStore,
  streams: readonly string[],
  after: Position | undefined,
): Promise<readonly RecordedEvent[]> {
  const events = await collect(store.readAll(after === undefined ? {} : { after }));
  return events.filter(({ stream }) => streams.includes(stream));
}

/** Where the log ends now, as an option: nothing, for an empty log. */
export async function fromHere(store: EventStore): Promise<{ after?: Position }> {
  const after = await store.head();
  return after === null ? {} : { after };
}

/** Reads a subscription until it has handed out as many events of these streams. The signal of the caller ends it. */
export async function take(
  messages: AsyncIterable<SubscriptionMessage>,
  streams: readonly string[],
  count: number,
): Promise<readonly RecordedEvent[]> {
  const taken: RecordedEvent[] = [];
  for await (const message of messages) {
    if (message.kind === 'event' && streams.includes(message.event.stream)) taken.push(message.event);
    if (taken.length >= count) break;
  }
  return taken;
}

/** Waits for the first message of a kind; everything before it is passed over. */
export async function next<K extends SubscriptionMessage['kind']>(
  messages: AsyncIterator<SubscriptionMessage>,
  kind: K,
): Promise<Extract<SubscriptionMessage, { kind: K }>> {
  for (;;) {
    const { done, value } = await messages.next();
    if (done) throw new Error(`the subscription ended before a message "${kind}"`);
    if (value.kind === kind) return value as Extract<SubscriptionMessage, { kind: K }>;
  }
}

/** Expects a refusal by its code, and that it names what is wrong in a sentence. */
export async function refused(attempt: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await attempt.then(
    (value) => expect.fail(`expected ${code}, got an answer: ${String(value)}`),
    (reason: unknown) => reason,
  );
  if (!isDemarcheError(error)) throw error;
  expect(error.code).toBe(code);
  expect(error.message).not.toBe('');
}
