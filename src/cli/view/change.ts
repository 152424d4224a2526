/** A change of position in one line. */
import { dayWords, edtfWords } from '../../../events/edtf-words.ts';
import { type Change, type Effect, NO_POSITION, type Point } from '../../../projections/index.ts';
import { isAboutRecord, standing, type Told, toldOf } from '../../../projections/moved.ts';
import { meets } from '../../../projections/standards.ts';
import { joined } from '../text/lines.ts';
import { besideWords, changeWords, knownWords, type Names, NO_WORDS, pointLabel, rangeWords } from './words.ts';

/** "2024-03-06 10:15Z  Northland, Fishing rights  changed (rescoped): No foreign boats inside six miles (D-41)". */
export function changeLine(change: Change, names: Names): string {
  const { recorded, development } = change;
  const when = `${recorded.slice(0, 10)} ${recorded.slice(11, 16)}Z`;
  return joined([when, ...parts(change, names)], '  ').concat(` (${development})`);
}

/** The same where it is plain when it was recorded, and which development did it: "Northland, Fishing rights · withdrawn: Six miles". */
export const changeText = (change: Change, names: Names): string => joined(parts(change, names), ' · ');

const parts = (change: Change, names: Names): readonly string[] => [
  `${names.party(change.party)}, ${names.issue(change.issue)}`,
  `${changeWords(change)}: ${said(change, names)}`,
];

/** The words that the change is about; where the record was wrong, what it says now as well. */
function said(change: Change, names: Names): string {
  const told = toldOf(change).map((one) => partWords(one, change.change, names));
  const now = standing(change.after, { none: NO_POSITION, unsaid: NO_WORDS });
  if (told.length === 0) return now;
  return joined([...told, isAboutRecord(change.change) && change.after?.status !== 'held' && `now: ${now}`], '; ');
}

function partWords(told: Told, effect: Effect, names: Names): string {
  const isWrong = isAboutRecord(effect);
  if (told.kind === 'beside') {
    const known = joined([knownWords(told.beside, names), isWrong && edtfWords(told.beside.occurred)], ', ');
    const words = `${besideWords(told.beside, names)} [${known}]`;
    if (told.isGone) return `${isWrong ? 'beside' : 'no longer beside'}: ${words}`;
    return effect === 'beside' ? words : `${isWrong ? 'now beside' : 'beside'}: ${words}`;
  }
  const { kind, point, other } = told;
  const label = effect === 'conditioned' ? null : pointLabel(point);
  // A leak that sets a position, where the reader asked for that, is told as one.
  const known = meets('stated', point.attribution) ? '' : ` [${knownWords(point, names)}]`;
  const words = `${joined([label, point.stance ?? NO_WORDS], ': ')}${known}`;
  if (!isWrong) return kind === 'ended' && effect !== 'withdrawn' ? `no longer: ${words}` : words;
  const about = joined([apart(point, other, names), kind === 'said' && other && before(point, other, names)], '; ');
  return `${kind === 'now' ? 'now: ' : ''}${words}${about === '' ? '' : ` (${about})`}`;
}

/** What the record says of a point and not of it on the other side: its dates, which may be all that was wrong, and how it is known. */
function apart(point: Point, other: Point | null, names: Names): string {
  if (other === null) return rangeWords(point, dayWords);
  const facts = (one: Point) => [rangeWords(one, dayWords), knownWords(one, names)];
  const others = facts(other);
  return joined(
    facts(point).filter((fact, index) => fact !== others[index]),
    ', ',
  );
}

function before(point: Point, other: Point, names: Names): string {
  const was = apart(other, point, names);
  return was === '' ? '' : `before: ${was}`;
}
