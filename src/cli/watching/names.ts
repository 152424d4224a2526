/** The names that changes are told by, while there may come new ones. */
import { isDemarcheError } from '../../../events/errors.ts';
import type { Change, Position, State } from '../../../projections/index.ts';
import { type Names, namesOf } from '../view/words.ts';

/** What is read for names. */
export type Named = Pick<State, 'parties' | 'issues' | 'revision'>;

/**
 * The names for one change after the other. They are read with the first, and again where one speaks of somebody whom an older state
 * could not know: a party that joined meanwhile. Whoever has no name there, or where it cannot be read, goes by the id.
 */
export function namesAsTheyCome(read: () => Promise<Named>): (change: Change) => Promise<Names> {
  let state: Named = { parties: [], issues: [], revision: '-1' };
  return async (change) => {
    if (Number(change.revision) > Number(state.revision) && !knows(state, change))
      state = await read().catch((error: unknown) => {
        if (isDemarcheError(error)) return state;
        throw error;
      });
    return namesOf(state);
  };
}

function knows({ parties, issues }: Named, { party, issue, before, after }: Change): boolean {
  const spokenOf = [party, ...[before, after].flatMap(speakersIn)];
  const declared = new Set(parties.map((one) => one.party));
  return spokenOf.every((id) => declared.has(id)) && issues.some((one) => one.issue === issue);
}

/** Those who tell something of another party, or deny it. */
const speakersIn = (position: Position | null): readonly string[] =>
  [...(position?.points ?? []), ...(position?.beside ?? [])].flatMap(({ statedBy }) => statedBy ?? []);
