/** Reading a whole log as one who trusts nothing: its order, its revisions, its ids, and every development as if it came anew. */
import {
  type Development,
  type Fault,
  GROUPS,
  type Group,
  groupOf,
  isDemarcheError,
  parseDevelopment,
} from '../../events/index.ts';
import { moment } from '../../projections/moments.ts';
import { digestOf, isDigest } from '../../projections/time-index/digest.ts';
import { factsOf } from '../../projections/time-index/facts.ts';
import { comparePositions, type EventStore, type Position, type RecordedEvent } from '../store/port.ts';
import { eventId, negotiationOf, streamOf } from './log/identity.ts';
import { firstOf } from './log/turns.ts';
import { decide } from './recording/decide.ts';
import { type GrowingRegistry, growRegistry } from './recording/registry.ts';

export interface VerifiedNegotiation {
  readonly negotiation: string;
  readonly developments: number;
  readonly groups: Readonly<Record<Group, number>>;
  readonly firstRecorded: string;
  readonly lastRecorded: string;
}

export interface Verification {
  readonly events: number;
  readonly position: Position | null;
  readonly negotiations: readonly VerifiedNegotiation[];
  /** the first hundred; `faulty` counts them all */
  readonly faults: readonly Fault[];
  readonly faulty: number;
}

const KEPT = 100;

interface Seen {
  readonly registry: GrowingRegistry;
  readonly groups: Record<Group, number>;
  readonly first: number;
  developments: number;
  last: number;
}

/**
 * Reads a whole store and says what is wrong: with its log, with the digests beside it, and with how it keeps them.
 * @throws what the store throws where it cannot read on
 */
export async function verifyStore(store: EventStore, onEvent: (count: number) => void): Promise<Verification> {
  const verification = await verifyLog(store.readAll(), await store.head(), onEvent);
  for (const stream of await store.streams())
    for await (const _ of store.readDigests?.(stream, 0) ?? []) {
      // Each page is held to its sum as it is read.
    }
  const flaws = (await store.flaws?.()) ?? [];
  const faults = [
    ...flaws.map((message): Fault => ({ field: 'store', value: store.address, message })),
    ...(await Promise.all(verification.negotiations.map(({ negotiation }) => streamFaults(store, negotiation)))).flat(),
  ];
  return {
    ...verification,
    faults: [...verification.faults, ...faults].slice(0, KEPT),
    faulty: verification.faulty + faults.length,
  };
}

/** A server may go on telling of events that are gone from their stream. */
async function streamFaults(store: EventStore, negotiation: string): Promise<readonly Fault[]> {
  const stream = streamOf(negotiation);
  const wrong = (message: string): readonly Fault[] => [{ field: 'stream', value: stream, message }];
  try {
    const [first] = await firstOf(store.readStream(stream), 1);
    if (!first) return wrong('holds nothing any more, though the log has events of it: it was deleted');
    return first.revision === 0n ? [] : wrong(`begins with revision ${first.revision}: what came before was cut off`);
  } catch (error) {
    if (isDemarcheError(error) && error.code === 'STORE_CORRUPT') return wrong(error.message);
    throw error;
  }
}

/**
 * Reads events in the order of the log and says what is wrong with it.
 * @param head the position the log must reach at least, taken before the reading
 * @throws what the store throws where it cannot read on
 */
export async function verifyLog(
  events: AsyncIterable<RecordedEvent>,
  head: Position | null,
  onEvent: (count: number) => void,
): Promise<Verification> {
  const negotiations = new Map<string, Seen>();
  const faults: Fault[] = [];
  let faulty = 0;
  let count = 0;
  let position: Position | null = null;
  for await (const event of events) {
    const found = [...orderFaults(event, position), ...eventFaults(event, negotiations)];
    faulty += found.length;
    faults.push(...found.slice(0, KEPT - faults.length));
    position = event.position;
    count += 1;
    onEvent(count);
  }
  if (head !== null && (position === null || comparePositions(position, head) < 0)) {
    faulty += 1;
    faults.push({ field: 'position', value: position, message: `the log ends before ${head}, where it should reach` });
  }
  return {
    events: count,
    position,
    negotiations: [...negotiations].map(([negotiation, { groups, developments, first, last }]) => ({
      negotiation,
      developments,
      groups,
      firstRecorded: moment(first),
      lastRecorded: moment(last),
    })),
    faults,
    faulty,
  };
}

const orderFaults = ({ position }: RecordedEvent, before: Position | null): readonly Fault[] =>
  before === null || comparePositions(before, position) < 0
    ? []
    : [{ field: 'position', value: position, message: `does not come after ${before}` }];

function eventFaults(event: RecordedEvent, negotiations: Map<string, Seen>): readonly Fault[] {
  const at = (field: string, value: unknown, message: string): Fault => ({
    field: `position ${event.position}, ${event.stream} revision ${event.revision}, ${field}`,
    value,
    message,
  });
  const negotiation = negotiationOf(event.stream);
  if (negotiation === undefined) return [at('stream', event.stream, 'is not a stream of Demarche')];
  const seen = seenOf(negotiations, negotiation, event.recorded);
  const expected = seen.developments;
  seen.developments += 1;
  seen.last = Math.max(seen.last, event.recorded);
  const faults =
    event.revision === BigInt(expected) ? [] : [at('revision', String(event.revision), `should be ${expected}`)];
  const parsed = parseDevelopment(event.data);
  if (!parsed.ok) return [...faults, ...parsed.faults.map(({ field, value, message }) => at(field, value, message))];
  const development = parsed.value as Development;
  seen.groups[groupOf(development.type)] += 1;
  return [
    ...faults,
    ...identityFaults(event, development, negotiation, at),
    ...contentFaults(event, development, seen, at),
    ...digestFaults(event, development, seen, at),
  ];
}

type At = (field: string, value: unknown, message: string) => Fault;

function identityFaults(event: RecordedEvent, { id, type, ...development }: Development, negotiation: string, at: At) {
  const wrong: Fault[] = [];
  if (type !== event.type) wrong.push(at('type', event.type, `the event says ${event.type}, its content ${type}`));
  if (development.negotiation !== negotiation)
    wrong.push(at('negotiation', development.negotiation, `stands in the log of ${negotiation}`));
  if (id === undefined) wrong.push(at('id', id, 'the development has no id'));
  else if (eventId(negotiation, id) !== event.id)
    wrong.push(at('id', event.id, `is not the id of the event for ${id}`));
  return wrong;
}

/** Would it be recorded after what came before it? */
function contentFaults(event: RecordedEvent, development: Development, { registry, last }: Seen, at: At) {
  const decision = decide(registry, development, last);
  registry.add({
    development,
    revision: Number(event.revision),
    position: event.position,
    recorded: last,
    recorder: null,
  });
  switch (decision.kind) {
    case 'record':
      return [];
    case 'known':
      return [at('id', development.id, 'this development is in the log twice')];
    case 'refuse':
      return decision.faults.map(({ field, value, message }) => at(field, value, message));
  }
}

/** Does what is kept beside the event, to start from, say what the event says? */
function digestFaults({ digest }: RecordedEvent, development: Development, { registry }: Seen, at: At) {
  if (digest === undefined || !isDigest(digest)) return [];
  const expected = digestOf(factsOf(development, registry.timeZone));
  return digest === expected ? [] : [at('digest', digest, `should be ${expected}`)];
}

function seenOf(negotiations: Map<string, Seen>, negotiation: string, recorded: number): Seen {
  let seen = negotiations.get(negotiation);
  if (!seen) {
    const groups = Object.fromEntries(Object.keys(GROUPS).map((group) => [group, 0])) as Record<Group, number>;
    seen = { registry: growRegistry(), groups, first: recorded, last: recorded, developments: 0 };
    negotiations.set(negotiation, seen);
  }
  return seen;
}
