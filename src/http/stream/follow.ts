/** One reader of changes: first what it has not seen yet, at its own pace; then, with all the others, what comes. */
import type { Standard } from '../../../projections/index.ts';
import type { ChangeFilter } from '../../tracker/feed.ts';
import type { Tracker } from '../../tracker/index.ts';
import { changeFrame, frame, opening } from './frames.ts';
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
  readonly onError: (error: unknown) => void;
}

/** How soon a reader that lost its stream comes back, in milliseconds. */
const RETRY_MS = 2000;
const PAGE = 256;

/** Never rejects; a reader that cannot be served is cut off, and comes back where it was. */
export async function follow({
  tracker,
  negotiation,
  standard,
  filter,
  start,
  hub,
  sink,
  onError,
}: Following): Promise<void> {
  let cursor = start;
  sink.write(opening(RETRY_MS));
  try {
    while (!sink.closed) {
      const page = await tracker.changes(negotiation, { ...filter, standard, after: cursor, limit: PAGE });
      if (page.length === 0) break;
      for (const change of page) {
        sink.write(changeFrame(change));
        await sink.drained();
        cursor = change.cursor;
      }
    }
    sink.write(frame('ready', cursor, { cursor }));
    hub.join({ sink, filter, cursor });
  } catch (error) {
    onError(error);
    sink.end();
  }
}
