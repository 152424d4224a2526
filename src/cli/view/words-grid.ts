/** The matrix in words: for few parties and issues, each cell the stance itself, since when, and what is beside it. */

import { dayWords } from '../../../events/edtf-words.ts';
import { NO_POSITION, type Position, type State } from '../../../projections/index.ts';
import { civilYear } from '../text/dates.ts';
import { counted, type Line } from '../text/lines.ts';
import { visible } from '../text/visible.ts';
import { wrap } from '../text/width.ts';
import { tableLines } from './table.ts';
import { besideWords, knownWords, type Names, NO_WORDS, namesOf, rangeWords } from './words.ts';

const ISSUE = 13;

export function wordsGrid(
  state: State,
  { parties, issues }: { readonly parties: readonly string[]; readonly issues: readonly string[] },
  width: number,
): readonly Line[] {
  const names = namesOf(state);
  const year = civilYear(state.gates.asOf, state.gates.timeZone);
  const column = Math.max(10, Math.floor((width - ISSUE) / parties.length) - 1);
  const cells = new Map(state.positions.map((position) => [`${position.issue} ${position.party}`, position]));
  return tableLines(
    ['', ...parties.map(names.party)],
    issues.map((issue) => [
      wrap(visible(names.issue(issue)), ISSUE),
      ...parties.map((party) => cellLines(cells.get(`${issue} ${party}`), names, year, column)),
    ]),
    [ISSUE, ...parties.map(() => column)],
    true,
  );
}

function cellLines(position: Position | undefined, names: Names, year: string, width: number): readonly string[] {
  if (!position) return wrap(NO_POSITION, width);
  const { points, status, beside } = position;
  const main = points.find(({ point }) => point === 'main');
  const others = points.length - (main ? 1 : 0);
  const headline = main ? (main.stance ?? NO_WORDS) : status === 'withdrawn' ? 'withdrawn' : NO_POSITION;
  return [
    headline,
    ...(main ? [rangeWords(main, (day) => dayWords(day, year))] : []),
    ...(others > 0 ? [`and ${counted(others, 'condition or side point', 'conditions and side points')}`] : []),
    ...beside.map((one) => `~ beside it, ${knownWords(one, names)}: ${besideWords(one, names)}`),
  ].flatMap((text) => wrap(visible(text), width));
}
