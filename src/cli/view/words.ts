/** The words of the command line for what the answers name by ids and types. */
import type { Attribution, DevelopmentType } from '../../../events/index.ts';
import type { Beside, HistoryEntry, Point, Standard, State } from '../../../projections/index.ts';
import { besideStance } from '../../../projections/moved.ts';
import { momentDay } from '../text/dates.ts';

/** DemandStated: "demand stated". */
export const typeWords = (type: DevelopmentType): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

export function attributionWords(attribution: Attribution): string {
  switch (attribution) {
    case 'on-record':
      return 'on record';
    case 'narrative':
      return 'as reported';
    case 'unnamed-official':
      return 'unnamed official';
    case 'anonymous':
      return 'anonymous';
    case 'counterpart':
      return "another party's account";
  }
}

export function standardWords(standard: Standard): string {
  switch (standard) {
    case 'strict':
      return 'strict: on record only';
    case 'stated':
      return 'stated: on record and as reported';
    case 'all':
      return 'all: leaks and what others say of a party set its position too';
  }
}

export function statusWords(status: HistoryEntry['status']): string {
  return status === 'in-force' ? 'in force' : status;
}

/** What kind of point it is; the headline has no label. */
export function pointLabel({ point, act }: Pick<Point, 'point' | 'act'>): string | null {
  if (act === 'ConditionAttached') return 'condition';
  return point === 'main' ? null : 'side point';
}

/** Of one moment, what is to be read with the stance: since when, last affirmed when, how often. */
export function rangeWords(
  { since, lastAffirmed, timesReiterated }: Pick<Point, 'since' | 'lastAffirmed' | 'timesReiterated'>,
  day: (day: string) => string,
): string {
  const times = timesReiterated > 0 ? ` (${timesReiterated}×)` : '';
  return lastAffirmed === since && times === ''
    ? `since ${day(since)}`
    : `since ${day(since)}, last affirmed ${day(lastAffirmed)}${times}`;
}

/** A negotiation by its title and its id. */
export const titleWords = ({ title, negotiation }: Pick<State, 'title' | 'negotiation'>): string =>
  title === '' || title === negotiation ? negotiation : `${title} (${negotiation})`;

/** What was said where a development gives no words. */
export const NO_WORDS = '(the words are not on record)';

/** The words of what stands beside a position; a denial says who denies, and which development. */
export const besideWords = (
  { type, stance, denies, statedBy }: Pick<Beside, 'type' | 'stance' | 'denies' | 'statedBy'>,
  names: Pick<Names, 'party'>,
): string =>
  denies === null
    ? besideStance({ type, stance })
    : `${statedBy === null ? '' : `${names.party(statedBy)} `}denies ${denies}${stance === null ? '' : `: ${stance}`}`;

/** How it is known; of another party's account, which party gives it. */
export const knownWords = (
  { attribution, statedBy }: { readonly attribution: Attribution; readonly statedBy: string | null },
  names: Pick<Names, 'party'>,
): string =>
  attribution === 'counterpart' && statedBy !== null
    ? `${attributionWords(attribution)}: ${names.party(statedBy)}`
    : attributionWords(attribution);

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

/** "reported 13 Feb 2026, recorded 27 Feb 2026". */
export const clockWords = (
  { reported, recorded }: { readonly reported: string | null; readonly recorded: string },
  timeZone: string,
): string =>
  [reported === null ? '' : `reported ${momentDay(reported, timeZone)}`, `recorded ${momentDay(recorded, timeZone)}`]
    .filter((part) => part !== '')
    .join(', ');
