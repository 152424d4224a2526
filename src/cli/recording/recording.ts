/** Recording drafts, and saying what came of it. */

import { edtfWords } from '../../../events/edtf-words.ts';
import { type Development, isDemarcheError } from '../../../events/index.ts';
import { headline } from '../../../projections/index.ts';
import type { DevelopmentInput, Recording, Tracker } from '../../tracker/index.ts';
import { joined, type Line, paragraph } from '../text/lines.ts';
import { changeText } from '../view/change.ts';
import { namesOf, typeWords } from '../view/words.ts';
import { likelyDuplicates } from './duplicates.ts';
import type { Draft } from './field-options.ts';
import { knownOf } from './known.ts';

/** All of them or none. @throws DemarcheError as `Tracker.record` */
export const recordDrafts = (
  tracker: Pick<Tracker, 'record'>,
  drafts: readonly Draft[],
  by: string | undefined,
): Promise<Recording> =>
  // Drafts are checked against the catalogue there; a single one has no place in a list to be named by.
  tracker.record(
    (drafts.length === 1 ? drafts[0] : drafts) as unknown as DevelopmentInput,
    by === undefined ? {} : { by },
  );

/** What each draft may repeat, looked up before it is recorded. */
export async function duplicateNotes(
  tracker: Pick<Tracker, 'state' | 'developments'>,
  drafts: readonly Draft[],
): Promise<(width: number) => readonly Line[]> {
  const [negotiation] = drafts.flatMap((draft) => (typeof draft.negotiation === 'string' ? [draft.negotiation] : []));
  // A batch comes from a file or a program, which does not read notes.
  if (negotiation === undefined || drafts.length > 1) return () => [];
  const { developments, timeZone } = await knownOf(tracker, negotiation);
  const found = drafts.flatMap((draft) => likelyDuplicates(draft, developments, timeZone));
  return (width) =>
    found.flatMap((one) => paragraph(duplicateWords(one), { width, lead: 'This may be on record already: ' }));
}

/** A development that may be the same, on one line. */
export const duplicateWords = (one: Development): string =>
  joined([one.id, edtfWords(one.occurred ?? null), typeWords(one.type), headline(one)]);

/** More changes than this are those of a batch. */
const MOST_CHANGES = 20;

/**
 * What was recorded did to positions, a text each: what counts before something else altered only the past, as the text says then. None
 * where that cannot be read: it is recorded all the same.
 */
export async function changesBy(
  tracker: Pick<Tracker, 'newestChanges' | 'proceedings'>,
  negotiation: string,
  { developments }: Recording,
): Promise<readonly string[]> {
  const added = new Set(developments.flatMap((one) => (one.added ? [one.id] : [])));
  if (added.size === 0) return [];
  try {
    const newest = await tracker.newestChanges(negotiation, { limit: MOST_CHANGES });
    const names = namesOf(await tracker.proceedings(negotiation));
    return newest
      .filter(({ development }) => added.has(development))
      .toReversed()
      .map((change) => changeText(change, names));
  } catch (error) {
    if (isDemarcheError(error)) return [];
    throw error;
  }
}

export function recordingLines({ developments, revision }: Recording, width: number): readonly Line[] {
  const added = developments.filter((one) => one.added);
  const known = developments.length - added.length;
  const ids = (list: typeof developments) => list.map(({ id }) => id).join(', ');
  const lines = [
    ...(added.length > 0 ? [`recorded ${ids(added)} (revision ${revision})`] : []),
    ...(known > 0 ? [`on record already, nothing added: ${ids(developments.filter((one) => !one.added))}`] : []),
  ];
  return lines.flatMap((line) => paragraph(line, { width }));
}
