/** One reader of changes: first what it has not seen yet, at its own pace; then, with all the others, what comes. */
import type { Change, Standard } from '../../../projections/index.ts';
import { type ChangeFilter, passes } from '../../tracker/feed.ts';
import type { Tracker } from '../../tracker/index.ts';
import { changeFrame, frame, opening, problemFrame, standingFrame } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Sink } from './sink.ts';

export interface Following {
  readonly tracker: Tracker;
  readonly negotiation: string;
  readonly standard: Standard;
  readonly filter: ChangeFilter;
  /** the cursor after which to begin */
  readonly start: string;
  readonly hub: Hub;
  readonly sink: Sink;
  /** told of each change that is written */
  readonly onDelivered: () => void;
  readonly onError: (error: unknown) => void;
}

/** How soon a reader that lost its stream comes back, in milliseconds. */
const RETRY_MS = 2000;
const PAGE = 256;

/** Never rejects; a reader that cannot be served is told why, and may come back where it was. */
export async function follow(following: Following): Promise<void> {
  const { tracker, negotiation, standard, filter, start, hub, sink, onDelivered, onError } = following;
  // Of everything, wanted or not: a reader with a narrow filter is not sent back to the beginning each time.
  let cursor = start;
  const write = async (change: Change) => {
    cursor = change.cursor;
    if (!passes(change, filter)) return;
    sink.write(changeFrame(change));
    if (!sink.closed) onDelivered();
    await sink.drained();
  };
  sink.write(opening(RETRY_MS));
  try {
    for await (const change of tracker.changesUntilNow(negotiation, { standard, after: start })) {
      if (sink.closed) return;
      await write(change);
    }
    // What came while those were written, until there is nothing more in this very turn.
    while (!sink.closed) {
      const page = await tracker.changes(negotiation, { standard, after: cursor, limit: PAGE });
      if (page.length === 0) break;
      for (const change of page) await write(change);
    }
    sink.write(frame('ready', cursor, { cursor }));
    const { staleSince } = tracker.status();
    if (staleSince !== null) sink.write(standingFrame(staleSince));
    hub.join({ sink, filter, cursor });
  } catch (error) {
    onError(error);
    sink.end(problemFrame(error));
  }
}
