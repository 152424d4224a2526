/** What the view has seen of the log, and what came since. */
import type { Change, ChronicleEntry, State } from '../../../projections/answers.ts';
import { comparePositions } from '../../store/port.ts';
import type { Seen } from '../answers/paths.ts';

/**
 * The changes that the view does not hold yet.
 * @param reach the revision up to which it was read: corrections and retractions have no row in the chronicle, behind whose last row the
 * stream begins, so it tells of those that the view holds as well
 */
export const after = (changes: readonly Change[], { minPosition }: Seen, reach: number): readonly Change[] =>
  changes.filter(
    ({ position, revision }) =>
      Number(revision) > reach && (minPosition === null || comparePositions(position, minPosition) > 0),
  );

/** Seen up to a position, and never less than before. */
export const laterOf = (before: Seen, position: string): Seen =>
  before.minPosition !== null && comparePositions(position, before.minPosition) <= 0
    ? before
    : { minPosition: position };

/** Whether a state was read before the last row of the chronicle was recorded. What has no row there comes with the stream. */
export function isBehind(state: State | undefined, chronicle: readonly ChronicleEntry[] | undefined): boolean {
  if (state === undefined || chronicle === undefined) return false;
  const revision = Number(state.revision);
  return chronicle.some((entry) => Number(entry.revision) > revision);
}
