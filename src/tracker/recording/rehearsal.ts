/** What recording would do, asked before it is done. */
import type { Entry } from '../../../events/index.ts';
import type { Change, Standard } from '../../../projections/answers.ts';
import { changesOf, placed } from '../../../projections/changes.ts';
import { timeZoneOf } from '../../../projections/index.ts';
import { nameOfCell } from '../../../projections/positions.ts';
import { growRelations, namedBy, relatedTo } from '../../../projections/related.ts';
import { indexedLog } from '../../../projections/time-index/from-entries.ts';
import type { NegotiationLog } from '../log/log.ts';

export interface Checked {
  /** with ids, in the order given */
  readonly developments: readonly { readonly id: string; readonly added: boolean }[];
}

export interface Rehearsal extends Checked {
  /** how positions would change; they have no place in the log yet, so `position` is empty and `cursor` without meaning */
  readonly changes: readonly Change[];
}

/**
 * How positions would change, found in an index of those events alone that bear on it.
 * @param drafts what was decided to be added after `log`
 */
export async function rehearse(
  log: NegotiationLog,
  drafts: readonly Entry[],
  standard: Standard,
): Promise<readonly Change[]> {
  // The moment of recording never steps back within a log, whatever the clock says.
  const earliest = log.last?.recorded ?? Number.NEGATIVE_INFINITY;
  const added = drafts.map((draft) => ({ ...draft, recorded: Math.max(draft.recorded, earliest) }));
  // A negotiation that these very drafts open counts in the time zone they open it with.
  const timeZone = log.size > 0 ? log.timeZone : timeZoneOf(added);
  const held = await concerned(log, added, timeZone);
  const entries = [...held, ...added].map((entry, revision) => ({ ...entry, revision }));
  const indexed = indexedLog(entries, timeZone);
  const changes: Change[] = [];
  for (const [place, draft] of added.entries())
    for (const change of await changesOf(indexed, { ...draft, revision: held.length + place }, standard))
      changes.push({ ...change, revision: String(draft.revision) });
  return changes;
}

/** Of a log, everything that ever counted in a cell which the drafts touch, with all that bears on it. */
async function concerned(
  { index, words }: NegotiationLog,
  drafts: readonly Entry[],
  timeZone: string,
): Promise<readonly Entry[]> {
  const named = drafts.flatMap(({ development }) => namedBy(development));
  const spokenOf = named.flatMap(index.candidates).flatMap(index.familyOf);
  const relations = growRelations();
  for (const entry of await words.passing(inLogOrder(spokenOf))) relations.add(entry);
  const cells = drafts.flatMap((draft) => {
    relations.add(draft);
    const related = relatedTo(relations, [draft.development.id]);
    return [...placed(related.slice(0, -1), timeZone), ...placed(related, timeZone)];
  });
  const names = new Map(cells.map(({ key }) => [nameOfCell(key), key]));
  const history = [...names.values()].flatMap(({ party, issue }) => index.historyOf(party, issue));
  const [first] = drafts;
  // What was recorded since the drafts were decided on lies where they would.
  return words.passing(inLogOrder([...spokenOf, ...history]).filter((one) => !first || one < first.revision));
}

const inLogOrder = (revisions: readonly number[]): readonly number[] => [...new Set(revisions)].sort((a, b) => a - b);
