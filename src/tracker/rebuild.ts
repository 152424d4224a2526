/** Proof that what answers rest on is what the log says. */
import { isDeepStrictEqual } from 'node:util';
import { exportIndex } from '../../projections/time-index/portable.ts';
import type { EventStore } from '../store/port.ts';
import { negotiationLog } from './log.ts';
import type { Snapshots } from './snapshot.ts';

export interface RebuildCheck {
  readonly negotiation: string;
  readonly developments: number;
  /** whether the index as it is kept, from its snapshot, digests and the tail, equals the one made from whole events alone */
  readonly same: boolean;
}

/**
 * Makes the index of a negotiation twice: as it is made at every start, and from the events alone.
 * @throws what reading the log throws
 */
export async function checkRebuild(
  store: EventStore,
  negotiation: string,
  snapshots?: Snapshots,
): Promise<RebuildCheck> {
  const { readDigests: _, ...eventsOnly } = store;
  const kept = negotiationLog(store, negotiation, snapshots);
  await kept.catchUp();
  const fresh = negotiationLog(eventsOnly, negotiation);
  await fresh.catchUp();
  // Recorded in between by somebody else: both have it in the end.
  while (kept.size !== fresh.size) await (kept.size < fresh.size ? kept : fresh).catchUp();
  return {
    negotiation,
    developments: fresh.size,
    same: isDeepStrictEqual(exportIndex(kept.index), exportIndex(fresh.index)),
  };
}
