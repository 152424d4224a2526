/** A change of position in one line. */
import { type Change, type Effect, NO_POSITION } from '../../../projections/index.ts';
import { isAboutRecord, standing, type Told, toldOf } from '../../../projections/moved.ts';
import { meets } from '../../../projections/standards.ts';
import { joined } from '../text/lines.ts';
import { besideWords, knownWords, NO_WORDS, pointLabel } from './words.ts';

/** Where a line has to do without names, as it has for the parties themselves. */
const IDS = { party: (id: string) => id };

/** "2024-03-06 10:15Z  northland, fishing-rights  changed (rescoped): No foreign boats inside six miles (D-41)". */
export function changeLine(change: Change): string {
  const { recorded, party, issue, shift, past, development } = change;
  const when = `${recorded.slice(0, 10)} ${recorded.slice(11, 16)}Z`;
  const what = `${change.change}${shift === null ? '' : ` (${shift})`}${past ? ', in the past only' : ''}`;
  return joined([when, `${party}, ${issue}`, `${what}: ${said(change)} (${development})`], '  ');
}

/** The words that the change is about; where the record was wrong, what it says now as well. */
function said(change: Change): string {
  const told = toldOf(change).map((one) => partWords(one, change.change));
  const now = standing(change.after, { none: NO_POSITION, unsaid: NO_WORDS });
  if (told.length === 0) return now;
  return joined([...told, isAboutRecord(change.change) && change.after?.status !== 'held' && `now: ${now}`], '; ');
}

function partWords(told: Told, effect: Effect): string {
  if (told.kind === 'beside') {
    const words = `${besideWords(told.beside, IDS)} [${knownWords(told.beside, IDS)}]`;
    if (told.isGone) return `${isAboutRecord(effect) ? 'beside' : 'no longer beside'}: ${words}`;
    return effect === 'beside' ? words : `${isAboutRecord(effect) ? 'now beside' : 'beside'}: ${words}`;
  }
  const label = effect === 'conditioned' ? null : pointLabel(told.point);
  // A leak that sets a position, where the reader asked for that, is told as one.
  const known = meets('stated', told.point.attribution) ? '' : ` [${knownWords(told.point, IDS)}]`;
  const words = `${joined([label, told.point.stance ?? NO_WORDS], ': ')}${known}`;
  switch (told.kind) {
    case 'said':
      return words;
    case 'now':
      return `now: ${words}`;
    case 'ended':
      return effect === 'withdrawn' || isAboutRecord(effect) ? words : `no longer: ${words}`;
  }
}
