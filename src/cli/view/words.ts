/** The words of the command line for what the answers name by ids and types. */
import type { HistoryEntry, Point, Standard, State } from '../../../projections/index.ts';
import { momentDay } from '../text/dates.ts';

export {
  attributionWords,
  besideWords,
  changeWords,
  knownWords,
  type Names,
  namesOf,
  typeWords,
} from '../../../projections/words.ts';

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

/** "reported 13 Feb 2026, recorded 27 Feb 2026". */
export const clockWords = (
  { reported, recorded }: { readonly reported: string | null; readonly recorded: string },
  timeZone: string,
): string =>
  [reported === null ? '' : `reported ${momentDay(reported, timeZone)}`, `recorded ${momentDay(recorded, timeZone)}`]
    .filter((part) => part !== '')
    .join(', ');
