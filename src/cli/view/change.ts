/** A change of position in one line. */
import { type Change, NO_POSITION, type Position } from '../../../projections/index.ts';
import { joined } from '../text/lines.ts';
import { besideWords, knownWords, NO_WORDS } from './words.ts';

/** Where a line has to do without names, as it has for the parties themselves. */
const IDS = { party: (id: string) => id };

/** "2024-03-06 10:15Z  northland, fishing-rights  changed (rescoped): No foreign boats inside six miles (D-41)". */
export function changeLine(change: Change): string {
  const { recorded, party, issue, shift, past, development } = change;
  const when = `${recorded.slice(0, 10)} ${recorded.slice(11, 16)}Z`;
  const what = `${change.change}${shift === null ? '' : ` (${shift})`}${past ? ', in the past only' : ''}`;
  return joined([when, `${party}, ${issue}`, `${what}: ${said(change)} (${development})`], '  ');
}

function said({ change, before, after }: Change): string {
  if (change === 'beside') {
    const known = new Set(before?.beside.map(({ id }) => id));
    const beside = after?.beside.find(({ id }) => !known.has(id));
    if (beside) return `${besideWords(beside, IDS)} [${knownWords(beside, IDS)}]`;
  }
  return positionWords(after);
}

function positionWords(position: Position | null): string {
  switch (position?.status) {
    case undefined:
    case 'none':
      return NO_POSITION;
    case 'withdrawn':
      return 'withdrawn';
    case 'held':
      return position.stance ?? position.points.map(({ stance }) => stance ?? NO_WORDS).join('; ');
  }
}
