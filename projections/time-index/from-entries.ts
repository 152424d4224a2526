/** The index of a log that is at hand, and its answers: for logs that fit into memory, and to hold the index to the fold. */
import type { Development, Entry } from '../../events/index.ts';
import type { Standard } from '../answers.ts';
import { type Gates, standingRecord } from '../record.ts';
import type { Filter, Replayed } from '../replay.ts';
import { factsOf, namedBy } from './facts.ts';
import { contextOf, resolveInOrder, stateFrom } from './state.ts';
import { createTimeIndex, type TimeIndex } from './time-index.ts';

/** The index of some entries: the whole log of one negotiation. @param index of the first of them, to go on from */
export function indexOf(
  entries: readonly Entry[],
  timeZone: string,
  block?: number,
  index: TimeIndex = createTimeIndex(timeZone, block),
): TimeIndex {
  let latest = index.size === 0 ? Number.NEGATIVE_INFINITY : index.rows.recorded(index.size - 1);
  for (const entry of entries.slice(index.size)) {
    latest = Math.max(latest, entry.recorded);
    const facts = factsOf(entry.development, timeZone);
    index.add(facts, namedBy(entry.development), latest, (revision) => entryAt(entries, revision));
  }
  return index;
}

/** The state through the gates, from the index and the entries. */
export function stateOf(
  index: TimeIndex,
  entries: readonly Entry[],
  gates: Gates,
  standard: Standard,
  filter: Filter = {},
): Replayed {
  const read = (row: number): Development => {
    const revision = index.rows.revision(row);
    const entry = entryAt(entries, revision);
    if (!index.rows.isVersion(row)) return entry.development;
    const family = index.familyOf(revision).map((one) => entryAt(entries, one));
    const { standing } = standingRecord(family, index.timeZone, gates);
    const found = standing.find((one) => one.revision === revision);
    if (!found) throw new Error(`${entry.development.id} is not on record through these gates`);
    return found.development;
  };
  const sight = index.sightOf(gates);
  const context = contextOf(index, index.context(sight), read);
  const cells = resolveInOrder(index, context, sight, standard, filter);
  return stateFrom(index, context, cells, index.possible(sight), sight, read);
}

function entryAt(entries: readonly Entry[], revision: number): Entry {
  const entry = entries[revision];
  if (!entry) throw new RangeError(`the log has no revision ${revision}`);
  return entry;
}
