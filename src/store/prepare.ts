import { DemarcheError, type Fault, refusal } from '../../events/errors.ts';
import { type ExpectedRevision, type JsonObject, type NewEvent, type PreparedEvent, STREAM_PREFIX } from './port.ts';

/** Bytes of UTF-8 in the type, data and metadata of one event, at most: a little below the mebibyte EventStoreDB takes by default. */
export const EVENT_LIMIT_BYTES = 1_000_000;

/**
 * Checks what no store should have to meet and serialises the payloads. Both stores call it before anything else.
 * @throws DemarcheError `REQUEST_INVALID`, `ID_CONFLICT` (one id twice in the batch), `EVENT_UNSERIALISABLE`, `EVENT_TOO_LARGE`
 */
export function prepareAppend(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): readonly PreparedEvent[] {
  const faults = [...streamFaults(stream, expected)];
  if (events.length === 0) faults.push({ field: 'events', value: [], message: 'There is nothing to append.' });
  return prepared(events, faults);
}

/** The same for a part of what is to be appended. @throws as `prepareAppend` */
export const prepareEvents = (events: readonly NewEvent[]): readonly PreparedEvent[] => prepared(events, []);

/** The same for a stream alone. @throws DemarcheError `REQUEST_INVALID` */
export function checkStream(stream: string, expected: ExpectedRevision): void {
  refuse(streamFaults(stream, expected));
}

const streamFaults = (stream: string, expected: ExpectedRevision): readonly Fault[] => [
  ...(STREAM.test(stream) ? [] : [{ field: 'stream', value: stream, message: STREAM_RULE }]),
  ...(expected === 'none' || (typeof expected === 'bigint' && expected >= 0n)
    ? []
    : [{ field: 'expected', value: String(expected), message: EXPECTED_RULE }]),
];

function prepared(events: readonly NewEvent[], faults: Fault[]): readonly PreparedEvent[] {
  for (const [index, event] of events.entries()) checkEvent(event, index, faults);
  refuse(faults);
  refuseIdTwice(events);
  return events.map(prepareEvent);
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new DemarcheError('REQUEST_INVALID', faults.map((f) => f.message).join(' '), { faults });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// Printable ASCII: such a name is the same in every store, shell and address.
const STREAM = new RegExp(`^${STREAM_PREFIX}[!-~]{1,200}$`);
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

const TYPE = /^[A-Za-z][\w.-]{0,99}$/;
const TYPE_RULE = 'The type of an event is 1 to 100 letters, digits, and . _ -, a letter first.';
const STREAM_RULE = `A stream is named ${STREAM_PREFIX} and 1 to 200 printable ASCII characters.`;
const EXPECTED_RULE = 'The expected revision is "none" or a bigint from 0n on.';

function checkEvent({ id, type, metadata }: NewEvent, index: number, faults: Fault[]): void {
  if (!UUID.test(id))
    faults.push({ index, field: 'id', value: id, message: 'The id of an event is a UUID in lower case.' });
  if (!TYPE.test(type)) faults.push({ index, field: 'type', value: type, message: TYPE_RULE });
  const recorded = metadata?.recorded;
  if (recorded !== undefined && recordedBefore(metadata) === undefined) {
    const message = 'metadata.recorded is a moment as in RFC 3339, 2026-02-13T09:30:00Z.';
    faults.push({ index, field: 'metadata.recorded', value: recorded, message });
  }
}

/** For a copied event, the moment it was first recorded, in milliseconds since 1970. */
export function recordedBefore(metadata: JsonObject): number | undefined {
  const { recorded } = metadata;
  if (typeof recorded !== 'string' || !RFC3339.test(recorded)) return undefined;
  const moment = Date.parse(recorded);
  return Number.isNaN(moment) ? undefined : moment;
}

function refuseIdTwice(events: readonly NewEvent[]): void {
  if (events.length === 1) return;
  const first = new Map<string, number>();
  for (const [index, { id }] of events.entries()) {
    const earlier = first.get(id);
    if (earlier !== undefined)
      throw refusal(
        'ID_CONFLICT',
        { index, field: 'id', value: id, message: 'Each event of a batch needs an id of its own.' },
        `Events ${earlier} and ${index} of the batch carry the same id ${id}.`,
      );
    first.set(id, index);
  }
}

function prepareEvent(event: NewEvent, index: number): PreparedEvent {
  const { id, type } = event;
  const prepared = {
    id,
    type,
    data: serialise(event.data, 'data', index),
    metadata: serialise(event.metadata, 'metadata', index),
    digest: event.digest ?? null,
  };
  const bytes = sizeOf(prepared);
  if (bytes <= EVENT_LIMIT_BYTES) return prepared;
  const message = `Event ${id} has ${bytes} bytes; ${EVENT_LIMIT_BYTES} is the most an event may have.`;
  throw refusal('EVENT_TOO_LARGE', { index, field: 'data', message });
}

/** Bytes of UTF-8, or a bound on them where that is small enough: a UTF-16 unit takes three bytes at most. */
function sizeOf({ type, data, metadata }: PreparedEvent): number {
  const bound = 3 * (type.length + data.length + metadata.length);
  if (bound <= EVENT_LIMIT_BYTES) return bound;
  return Buffer.byteLength(type) + Buffer.byteLength(data) + Buffer.byteLength(metadata);
}

function serialise(value: JsonObject, field: string, index: number): string {
  let problem: { readonly field: string; readonly message: string } | undefined;
  try {
    const text = JSON.stringify(value);
    problem = isPlainObject(value) ? unfit(value, field) : { field, message: 'is not a plain object' };
    if (problem === undefined) return text;
  } catch (error) {
    problem = { field, message: `cannot be written as JSON (${firstLine(error)})` };
  }
  const message = `${problem.field} ${problem.message}.`;
  throw refusal('EVENT_UNSERIALISABLE', { index, field: problem.field, message });
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

const isPlainObject = (value: unknown): value is JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * The first place where JSON would silently write something else than what stands there (NaN becomes null, a Map becomes {}).
 * A property that is `undefined` is as good as absent, and allowed. JSON.stringify has run before, so there are no cycles.
 */
function unfit(value: unknown, field: string): { readonly field: string; readonly message: string } | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : { field, message: `is ${value}, which JSON has no word for` };
    case 'object':
      if (value === null) return undefined;
      if (Array.isArray(value)) return firstUnfit(value.entries(), field);
      if (!isPlainObject(value)) return { field, message: 'is neither a plain object, an array nor a simple value' };
      return unfitProperty(value, field);
    default:
      return { field, message: `is of type ${typeof value}, which JSON has no word for` };
  }
}

function firstUnfit(entries: Iterable<readonly [number, unknown]>, field: string): ReturnType<typeof unfit> {
  for (const [key, item] of entries) {
    const problem = unfit(item, `${field}.${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unfitProperty(value: JsonObject, field: string): ReturnType<typeof unfit> {
  for (const key of Object.keys(value)) {
    const item = value[key];
    // Most values are strings: the path is only built for what is looked into.
    if (item === undefined || typeof item === 'string') continue;
    const problem = unfit(item, `${field}.${key}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
