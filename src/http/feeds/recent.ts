/** The newest changes, for feeds. They are looked for from the end of the log; after that only what came since is looked at. */
import type { Change, Standard } from '../../../projections/index.ts';
import { isAfter } from '../../tracker/cursors.ts';
import { type ChangeFilter, passes } from '../../tracker/feed.ts';
import type { Tracker } from '../../tracker/index.ts';

export interface Recent {
  /** The newest changes that pass, the newest first. @throws as `tracker.changes` */
  changes(negotiation: string, standard: Standard, filter: ChangeFilter): Promise<readonly Change[]>;
}

interface Tail {
  /** of everything, wanted or not: it is not looked at again */
  readonly cursor: string | undefined;
  readonly changes: readonly Change[];
}

/** How many feeds are remembered. */
const FEEDS = 500;

/** @param most how many changes a feed holds */
export function openRecent(tracker: Tracker, most: number): Recent {
  const tails = new Map<string, Tail>();

  async function begin(negotiation: string, standard: Standard, filter: ChangeFilter): Promise<Tail> {
    const [last] = await tracker.newestChanges(negotiation, { standard, limit: 1 });
    const changes = await tracker.newestChanges(negotiation, { ...filter, standard, limit: most });
    return { cursor: last?.cursor, changes: changes.filter((change) => last && !isAfter(change, last.cursor)) };
  }

  async function goOn(negotiation: string, standard: Standard, filter: ChangeFilter, tail: Tail): Promise<Tail> {
    let { cursor, changes } = tail;
    for await (const change of tracker.changesUntilNow(negotiation, { standard, after: cursor })) {
      cursor = change.cursor;
      if (passes(change, filter)) changes = [change, ...changes.slice(0, most - 1)];
    }
    return { cursor, changes };
  }

  return {
    async changes(negotiation, standard, filter) {
      const { party, issue, effect } = filter;
      await tracker.changes(negotiation, { ...filter, standard, limit: 0 });
      const key = JSON.stringify([negotiation, standard, party, issue, effect]);
      const known = tails.get(key) ?? (await begin(negotiation, standard, filter));
      const tail = await goOn(negotiation, standard, filter, known);
      tails.delete(key);
      tails.set(key, tail);
      const [oldest] = tails.keys();
      if (tails.size > FEEDS && oldest !== undefined) tails.delete(oldest);
      return tail.changes;
    },
  };
}
