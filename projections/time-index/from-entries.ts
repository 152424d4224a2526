/** The index of a log that is at hand, and its answers: for logs that fit into memory, and to hold the index to the fold. */
import type { Entry } from '../../events/index.ts';
import type { Standard } from '../answers.ts';
import type { IndexedLog } from '../changes.ts';
import { type Gates, standingRecord } from '../record.ts';
import { namedBy } from '../related.ts';
import type { Filter, Replayed } from '../replay.ts';
import type { Read } from './cell-answer.ts';
import { factsOf } from './facts.ts';
import type { Sight } from './rows.ts';
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

/** The state through the gates, from the index and the entries: for tests, which hold it to the fold without a store. */
export function stateOf(
  index: TimeIndex,
  entries: readonly Entry[],
  gates: Gates,
  standard: Standard,
  filter: Filter = {},
): Replayed {
  const sight = index.sightOf(gates);
  const read = readFrom(index, entries, sight);
  const context = contextOf(index, index.context(sight), read);
  const cells = resolveInOrder(index, context, sight, standard, filter);
  return stateFrom(index, context, cells, index.possible(sight), sight, read);
}

/** A log that is at hand, with its index. */
export function indexedLog(
  entries: readonly Entry[],
  timeZone: string,
  index = indexOf(entries, timeZone),
): IndexedLog {
  return {
    index,
    entries: async (revisions) => revisions.map((revision) => entryAt(entries, revision)),
    read: async (_, sight) => readFrom(index, entries, sight),
  };
}

/** Reads rows that are seen so. */
function readFrom(index: TimeIndex, entries: readonly Entry[], { knownOn, upTo }: Sight): Read {
  return (row) => {
    const revision = index.rows.revision(row);
    const entry = entryAt(entries, revision);
    if (!index.rows.isVersion(row)) return entry.development;
    const family = index.familyOf(revision).filter((member) => member <= upTo);
    const { standing } = standingRecord(
      family.map((member) => entryAt(entries, member)),
      index.timeZone,
      { knownOn, recordedBy: null },
    );
    const found = standing.find((one) => one.revision === revision);
    if (!found) throw new Error(`${entry.development.id} is not on record through these gates`);
    return found.development;
  };
}

function entryAt(entries: readonly Entry[], revision: number): Entry {
  const entry = entries[revision];
  if (!entry) throw new RangeError(`the log has no revision ${revision}`);
  return entry;
}
