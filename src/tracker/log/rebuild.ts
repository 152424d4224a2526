/** Proof that what answers rest on is what the log says; and making it anew where it is not. */
import { isDeepStrictEqual } from 'node:util';
import { contentsOf } from '../../../projections/time-index/portable.ts';
import type { EventStore } from '../../store/port.ts';
import { streamOf } from './identity.ts';
import { type NegotiationLog, negotiationLog } from './log.ts';
import type { Snapshots } from './snapshot.ts';

export interface RebuildCheck {
  readonly negotiation: string;
  readonly developments: number;
  /** whether the index as it is kept, from its snapshot, digests and the tail, equals the one made from whole events alone */
  readonly same: boolean;
}

export interface Rebuilt {
  readonly negotiation: string;
  readonly developments: number;
  /** cells in which anything was ever said */
  readonly cells: number;
}

/** Told how many events of a log were read, of how many where that is known. */
export type OnRead = (read: number, of?: number) => void;

const unheard: OnRead = () => undefined;

/**
 * Makes the index of a negotiation twice: as it is made at every start, and from the events alone. Nothing is written; a snapshot that
 * cannot be trusted at all is thrown away, as at every start.
 * @throws what reading the log throws
 */
export async function checkRebuild(
  store: EventStore,
  negotiation: string,
  snapshots?: Snapshots,
  onRead: OnRead = unheard,
): Promise<RebuildCheck> {
  const never = { every: Number.POSITIVE_INFINITY, atClose: Number.POSITIVE_INFINITY };
  const kept = negotiationLog(store, negotiation, { snapshots: snapshots && { ...snapshots, ...never } });
  const fresh = negotiationLog(
    eventsOf(store, (read) => onRead(read, kept.size)),
    negotiation,
  );
  try {
    await kept.catchUp();
    await fresh.catchUp();
    // Recorded in between by somebody else: both have it in the end.
    while (kept.size !== fresh.size) await (kept.size < fresh.size ? kept : fresh).catchUp();
    return { negotiation, developments: fresh.size, same: areSame(kept, fresh) };
  } finally {
    await Promise.all([kept.close(), fresh.close()]);
  }
}

/**
 * Makes the index of a negotiation from its events alone, and a new snapshot in the place of the one there was, where one saves anything.
 * @throws what reading the log throws
 */
export async function rebuild(
  store: EventStore,
  negotiation: string,
  snapshots?: Snapshots,
  onRead: OnRead = unheard,
): Promise<Rebuilt> {
  await snapshots?.remove(streamOf(negotiation));
  const log = negotiationLog(eventsOf(store, onRead), negotiation, { snapshots });
  try {
    await log.catchUp();
    return { negotiation, developments: log.size, cells: log.index.cells.length };
  } finally {
    await log.close();
  }
}

const areSame = (kept: NegotiationLog, fresh: NegotiationLog): boolean =>
  isDeepStrictEqual(kept.last, fresh.last) && isDeepStrictEqual(contentsOf(kept.index), contentsOf(fresh.index));

/** The store without the digests it keeps, and somebody told how much was read of it. */
function eventsOf({ readDigests: _, ...store }: EventStore, onRead: (read: number) => void): EventStore {
  let read = 0;
  return {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) {
        read += 1;
        onRead(read);
        yield event;
      }
    },
  };
}
