/** The chronicle in pages: the order is found in the index once, and of each page only its own developments are read. */
import type { ChronicleEntry } from '../../projections/answers.ts';
import { chronicleOf } from '../../projections/chronicle.ts';
import type { Gates } from '../../projections/index.ts';
import { type Standing, standingRecord } from '../../projections/record.ts';
import {
  type ChronicleOrder,
  chronicleOrder,
  countedBy,
  spokenOf,
} from '../../projections/time-index/chronicle-order.ts';
import type { Sight } from '../../projections/time-index/rows.ts';
import type { TimeIndex } from '../../projections/time-index/time-index.ts';
import type { NegotiationLog } from './log/log.ts';
import { unknownDevelopment } from './refusals.ts';

/** After the development that the page before ended with, by its id (absent: the first page); or the last so many. */
export type PageQuery = { readonly after?: string | undefined; readonly limit: number } | { readonly last: number };

export interface ChroniclePage {
  readonly page: readonly ChronicleEntry[];
  /** whether there is more behind it */
  readonly more: boolean;
}

/** @throws DemarcheError `REQUEST_INVALID` for an `after` that is not in the view */
export type PageOfChronicle = (gates: Gates, query: PageQuery) => Promise<ChroniclePage>;

/** Pages of one negotiation's log. The order found last is kept: whoever reads a page nearly always reads the next one. */
export function chroniclePages(log: NegotiationLog): PageOfChronicle {
  let found: { readonly key: string; readonly index: TimeIndex; readonly order: ChronicleOrder } | undefined;

  /** What stands of some developments through the gates, told from them and all that bears on them. */
  async function standingOf(index: TimeIndex, revisions: Iterable<number>, sight: Sight): Promise<readonly Standing[]> {
    const members = new Set<number>();
    for (const revision of revisions)
      for (const member of index.familyOf(revision)) if (member <= sight.upTo) members.add(member);
    const entries = await log.words.passing([...members].sort((a, b) => a - b));
    return standingRecord(entries, index.timeZone, { knownOn: sight.knownOn, recordedBy: null }).standing;
  }

  async function orderAt(index: TimeIndex, sight: Sight): Promise<ChronicleOrder> {
    const key = `${sight.upTo} ${sight.knownOn}`;
    if (found?.index === index && found.key === key) return found.order;
    const spoken = spokenOf(index, sight);
    const order = chronicleOrder(index, sight, spoken, await standingOf(index, spoken, sight));
    found = { key, index, order };
    return order;
  }

  async function placeBehind(index: TimeIndex, order: ChronicleOrder, id: string): Promise<number> {
    const entries = await log.words.entries(index.candidates(id));
    const revision = entries.find(({ development }) => development.id === id)?.revision;
    return revision === undefined ? 0 : order.revisions.indexOf(revision) + 1;
  }

  /** Where a page begins among so many developments. */
  async function startOf(index: TimeIndex, order: ChronicleOrder, query: PageQuery, end: number): Promise<number> {
    if ('last' in query) return Math.max(0, end - query.last);
    if (query.after === undefined) return 0;
    const start = await placeBehind(index, order, query.after);
    if (start === 0 || start > end) throw unknownDevelopment(query.after);
    return start;
  }

  return async (gates, query) => {
    const { index } = log;
    const sight = index.sightOf(gates);
    const order = await orderAt(index, sight);
    const end = countedBy(order, gates.asOf);
    const start = await startOf(index, order, query, end);
    const stop = Math.min(end, start + ('last' in query ? query.last : query.limit));
    const wanted = order.revisions.subarray(start, stop);
    const standing = await standingOf(index, wanted, sight);
    const byRevision = new Map(standing.map((one) => [one.revision, one]));
    return {
      page: chronicleOf(
        [...wanted].flatMap((revision) => byRevision.get(revision) ?? []),
        standing.filter(({ clocks }) => clocks.effective <= gates.asOf),
      ),
      more: stop < end,
    };
  };
}
