/** The words for what the answers name by ids, types and codes: one list for the terminal, the page and the feed. */
import type { Attribution, DevelopmentType } from '../events/index.ts';
import type { Beside, Change, State } from './answers.ts';
import { besideStance } from './moved.ts';

/** DemandStated: "demand stated". */
export const typeWords = (type: DevelopmentType): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const ATTRIBUTIONS: Readonly<Record<Attribution, string>> = {
  'on-record': 'on record',
  narrative: 'as reported',
  'unnamed-official': 'unnamed official',
  anonymous: 'anonymous source',
  counterpart: 'another party’s account',
};

export const attributionWords = (attribution: Attribution): string => ATTRIBUTIONS[attribution];

/** Names as they were declared; what was declared beyond the gates of a state has its id. */
export interface Names {
  party(id: string): string;
  parties(ids: readonly string[]): string;
  issue(id: string): string;
}

export function namesOf({ parties, issues }: Pick<State, 'parties' | 'issues'>): Names {
  const names = new Map(parties.map(({ party, name }) => [party, name]));
  const titles = new Map(issues.map(({ issue, title }) => [issue, title]));
  const party = (id: string) => names.get(id) ?? id;
  return { party, parties: (ids) => ids.map(party).join(', '), issue: (id) => titles.get(id) ?? id };
}

/** How it is known; of another party's account, which party gives it. */
export const knownWords = (
  { attribution, statedBy }: { readonly attribution: Attribution; readonly statedBy: string | null },
  names: Pick<Names, 'party'>,
): string =>
  attribution === 'counterpart' && statedBy !== null
    ? `${attributionWords(attribution)}: ${names.party(statedBy)}`
    : attributionWords(attribution);

/** The words of what stands beside a position; a denial says who denies, and which development. */
export const besideWords = (
  { type, stance, denies, statedBy }: Pick<Beside, 'type' | 'stance' | 'denies' | 'statedBy'>,
  names: Pick<Names, 'party'>,
): string =>
  denies === null
    ? besideStance({ type, stance })
    : `${statedBy === null ? '' : `${names.party(statedBy)} `}denies ${denies}${stance === null ? '' : `: ${stance}`}`;

/** What a change did: "changed (hardened), in the past only". */
export const changeWords = ({ change, shift, past }: Pick<Change, 'change' | 'shift' | 'past'>): string =>
  `${change}${shift === null ? '' : ` (${shift})`}${past ? ', in the past only' : ''}`;
