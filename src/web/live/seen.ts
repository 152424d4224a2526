/** What the view has seen of the log, and what came since. */
import type { Change, ChronicleEntry, State } from '../../../projections/answers.ts';
import type { Seen } from '../answers/paths.ts';
import { comparePositions } from './positions.ts';

/** The changes that the view does not hold yet. */
export const after = (changes: readonly Change[], { minPosition }: Seen): readonly Change[] =>
  minPosition === null ? changes : changes.filter(({ position }) => comparePositions(position, minPosition) > 0);

/** Seen up to a position, and never less than before. */
export const laterOf = (before: Seen, position: string): Seen =>
  before.minPosition !== null && comparePositions(position, before.minPosition) <= 0
    ? before
    : { minPosition: position };

/** Whether a state was read before the last of what the chronicle holds was recorded. */
export function isBehind(state: State | undefined, chronicle: readonly ChronicleEntry[] | undefined): boolean {
  if (state === undefined || chronicle === undefined) return false;
  const revision = Number(state.revision);
  return chronicle.some((entry) => Number(entry.revision) > revision);
}
