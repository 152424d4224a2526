/** The newest changes, for feeds. The log is read through once; after that only what came since. */
import type { Change, Standard } from '../../../projections/index.ts';
import { type ChangeFilter, passes } from '../../tracker/feed.ts';
import type { Tracker } from '../../tracker/index.ts';

export interface Recent {
  /** The newest changes that pass, the newest first. @throws as `tracker.changes` */
  changes(negotiation: string, standard: Standard, filter: ChangeFilter): Promise<readonly Change[]>;
}

interface Tail {
  cursor: string | undefined;
  changes: readonly Change[];
}

/** How many feeds are remembered. */
const FEEDS = 500;

/** @param most how many changes a feed holds */
export function openRecent(tracker: Tracker, most: number): Recent {
  const tails = new Map<string, Tail>();
  return {
    async changes(negotiation, standard, filter) {
      const { party, issue, effect } = filter;
      await tracker.changes(negotiation, { ...filter, standard, limit: 0 });
      const key = JSON.stringify([negotiation, standard, party, issue, effect]);
      const tail: Tail = { ...(tails.get(key) ?? { cursor: undefined, changes: [] }) };
      for await (const change of tracker.changesUntilNow(negotiation, { standard, after: tail.cursor })) {
        tail.cursor = change.cursor;
        if (passes(change, filter)) tail.changes = [change, ...tail.changes.slice(0, most - 1)];
      }
      tails.delete(key);
      tails.set(key, tail);
      const [oldest] = tails.keys();
      if (tails.size > FEEDS && oldest !== undefined) tails.delete(oldest);
      return tail.changes;
    },
  };
}
