/** A tracker that writes a snapshot every few events, so that kills fall into the writing of them. */
import type { EventStore } from '../../src/store/port.ts';
import { openTracker, snapshotsIn, type Tracker } from '../../src/tracker/index.ts';

/** @param say told of each snapshot that was thrown away or could not be written */
export const openWithSnapshots = (store: EventStore, path: string, say: (what: string) => void): Tracker =>
  openTracker({ store, snapshots: snapshotsIn(`${path}-snapshots`, say, { every: 40, atClose: 1 }) });
