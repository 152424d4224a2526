/** The index of a log that is at hand, and its answers: for logs that fit into memory, and to hold the index to the fold. */
import type { Development, Entry } from '../../events/index.ts';
import type { Standard } from '../answers.ts';
import { possibilityOf } from '../chronicle.ts';
import { positionOf } from '../positions.ts';
import { type Gates, standingRecord } from '../record.ts';
import type { Replayed } from '../replay.ts';
import { cellFrom } from './cell-answer.ts';
import { factsOf, namedBy } from './facts.ts';
import { createTimeIndex, type TimeIndex } from './time-index.ts';

/** The index of some entries: the whole log of one negotiation. */
export function indexOf(entries: readonly Entry[], timeZone: string, block?: number): TimeIndex {
  const index = createTimeIndex(timeZone, block);
  let latest = Number.NEGATIVE_INFINITY;
  for (const { development, recorded } of entries) {
    latest = Math.max(latest, recorded);
    const family = index.add(factsOf(development, timeZone), namedBy(development), latest);
    if (family.length > 0) index.settle(family.map((revision) => entryAt(entries, revision)));
  }
  return index;
}

/** The positions and possibilities of a state, from the index and the words. */
export function answerFrom(
  index: TimeIndex,
  entries: readonly Entry[],
  gates: Gates,
  standard: Standard,
): Pick<Replayed, 'positions' | 'possiblyByThen'> {
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
  return {
    positions: index
      .resolve(gates, standard)
      .map((resolved) =>
        positionOf(resolved.cell.party, resolved.cell.issue, cellFrom(resolved, read), index.timeZone),
      ),
    possiblyByThen: index.possible(gates).flatMap((row) => possibilityOf(read(row))),
  };
}

function entryAt(entries: readonly Entry[], revision: number): Entry {
  const entry = entries[revision];
  if (!entry) throw new RangeError(`the log has no revision ${revision}`);
  return entry;
}
