/** A change in words: those that it is about, not those that it left alone. */

import type { Change, Effect } from '../../../projections/answers.ts';
import { isAboutRecord, standing, type Told, toldOf } from '../../../projections/moved.ts';
import { meets } from '../../../projections/standards.ts';
import { isolated } from '../isolated.ts';
import type { Names } from '../names.ts';
import { NO_POSITION, sayBeside, sayEffect, sayKnown, sayPoint, sayStance } from '../words.ts';

export interface ToldLine {
  /** what the words are, where the effect does not say it; null: it does */
  readonly label: string | null;
  readonly words: string;
  /** the record was wrong: they were never in force, nor beside what was */
  readonly wrong: boolean;
}

/** The words that the change is about; where the record was wrong, what it says now as well. */
export function tell(change: Change, names: Pick<Names, 'party'>): readonly ToldLine[] {
  const told = toldOf(change).map((part) => lineOf(part, change.change, names));
  const now: ToldLine = {
    label: told.length === 0 ? null : 'now',
    words: standing(change.after, UNSAID),
    wrong: false,
  };
  if (told.length === 0) return [now];
  return isAboutRecord(change.change) && change.after?.status !== 'held' ? [...told, now] : told;
}

/** The change in one line, to be spoken. */
export function sayChange(change: Change, names: Names): string {
  const said = tell(change, names).map(({ label, words }) => (label === null ? '' : `${label}: `) + isolated(words));
  const what = sayEffect(change.change, change.shift);
  return `${names.party(change.party)} on ${names.issue(change.issue)}: ${what}: ${said.join('; ')}`;
}

const UNSAID = { none: NO_POSITION, unsaid: sayStance(null) };

function lineOf(told: Told, effect: Effect, names: Pick<Names, 'party'>): ToldLine {
  if (told.kind === 'beside') {
    const { attribution, statedBy, denies } = told.beside;
    const { label, words } = sayBeside(told.beside, names.party);
    const isWrong = isAboutRecord(effect);
    if (told.isGone) return { label: isWrong ? label : labelled('no longer', label), words, wrong: isWrong };
    if (isWrong) return { label: labelled('now', label), words, wrong: false };
    const isSaid = effect === 'beside' && denies === null;
    return { label: isSaid ? sayKnown(attribution, statedBy, names.party) : label, words, wrong: false };
  }
  const words = sayStance(told.point.stance);
  const wrong = told.kind === 'ended' && isAboutRecord(effect);
  const { attribution, statedBy } = told.point;
  const point = effect === 'conditioned' ? null : sayPoint(told.point);
  // A leak that sets a position, where the reader asked for that, is told as one.
  const known = meets('stated', attribution) ? null : sayKnown(attribution, statedBy, names.party);
  const label = point === null ? known : labelled(point, known);
  switch (told.kind) {
    case 'said':
      return { label, words, wrong };
    case 'now':
      return { label: labelled('now', label), words, wrong };
    case 'ended':
      return { label: wrong || effect === 'withdrawn' ? label : labelled('no longer', label), words, wrong };
  }
}

const labelled = (label: string, more: string | null): string => (more === null ? label : `${label} · ${more}`);
