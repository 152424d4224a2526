import type { AllStreamResolvedEvent, Position as ServerPosition } from '@eventstore/db-client';
import { DemarcheError, refusal } from '../../events/errors.ts';
import { comparePositions, type JsonObject, type Position, type RecordedEvent, STREAM_PREFIX } from './port.ts';
import { recordedBefore } from './prepare.ts';

/**
 * A property of the stored metadata, and of no event that is handed out: the call that wrote the event. By it an append knows its own
 * events again, since the server says "success" both for what it wrote now and for what was there before.
 */
export const APPEND_MARK = 'demarche.append';

/** An event of ours with the mark of the call that wrote it. */
export interface Stored {
  readonly event: RecordedEvent;
  readonly mark: unknown;
  /** when the leader wrote it, by its clock, in milliseconds since 1970 */
  readonly created: number;
}

/** "commit", or "commit/prepare" where they differ. */
export const formatPosition = ({ commit, prepare }: ServerPosition): Position =>
  commit === prepare ? `${commit}` : `${commit}/${prepare}`;

/** @throws DemarcheError `REQUEST_INVALID` */
export function parsePosition(position: Position): ServerPosition {
  const [, commit, prepare = commit] = /^(\d{1,19})(?:\/(\d{1,19}))?$/.exec(position) ?? [];
  if (commit !== undefined && prepare !== undefined) return { commit: BigInt(commit), prepare: BigInt(prepare) };
  const message = `"${position}" is not a position in an EventStoreDB log; those are "commit" or "commit/prepare".`;
  throw refusal('REQUEST_INVALID', { field: 'after', value: position, message });
}

type Resolved = Pick<AllStreamResolvedEvent, 'event' | 'link' | 'commitPosition'>;

/** Where any event lies, of ours or not; undefined where the server did not say. */
export function positionOf({ event, link, commitPosition }: Resolved): Position | undefined {
  const { position } = event ?? link ?? {};
  if (position) return formatPosition(position);
  return commitPosition === undefined ? undefined : `${commitPosition}`;
}

/**
 * An event as the port has it, or undefined for what is none of ours (system events, other programs' streams, links).
 * @throws DemarcheError `STORE_CORRUPT`: it stands in a stream of ours, but no Demarche wrote it
 */
export function toStored(resolved: Resolved): Stored | undefined {
  const { event, link } = resolved;
  const stream = event?.streamId ?? link?.streamId ?? '';
  // That a stream was deleted for good stands in it as an event of the server's own. Whoever reads the stream is told; the others go on.
  if (!stream.startsWith(STREAM_PREFIX) || event?.type === '$streamDeleted') return undefined;
  const where = `${stream}, revision ${event?.revision ?? link?.revision}`;
  if (event === undefined) throw corrupt(`${where} is a link to an event that is gone`);
  const position = positionOf(resolved);
  const { data } = event as { readonly data: unknown };
  const metadata: unknown = event.metadata ?? {};
  if (!event.isJson || !isObject(data) || !isObject(metadata))
    throw corrupt(`${where} (${event.type}) is not a JSON object`);
  if (position === undefined) throw corrupt(`${where} has no position`);
  const { [APPEND_MARK]: mark, ...own } = metadata;
  return {
    mark,
    created: event.created.getTime(),
    event: {
      id: event.id,
      type: event.type,
      data,
      metadata: own,
      stream,
      revision: event.revision,
      position,
      recorded: recordedBefore(own) ?? event.created.getTime(),
    },
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

export const corrupt = (what: string): DemarcheError =>
  new DemarcheError('STORE_CORRUPT', `The log is not as Demarche wrote it: ${what}.`);

/**
 * Sees that nothing is left out and nothing comes twice: returns whether an event is new.
 * @param first the revision each stream begins with here, where that is known
 * @param after nothing at or before this position is new
 * @throws DemarcheError `STORE_CORRUPT` where a stream lacks a revision
 */
export function createContinuity(first: bigint | undefined, after?: Position): (event: RecordedEvent) => boolean {
  const next = new Map<string, bigint>();
  let position = after;
  return ({ stream, revision, position: its }) => {
    if (position !== undefined && comparePositions(its, position) <= 0) return false;
    const expected = next.get(stream) ?? first;
    if (expected !== undefined && revision !== expected)
      throw corrupt(`${stream} lacks its event ${expected}; revision ${revision} came instead`);
    next.set(stream, revision + 1n);
    position = its;
    return true;
  };
}
