/** The matrix at a glance: issues down, parties across, in each cell a mark of what is there and its own time range. */

import { dayWords } from '../../../events/edtf-words.ts';
import type { Position, State } from '../../../projections/index.ts';
import { civilYear } from '../text/dates.ts';
import { blocks, type Line, listing } from '../text/lines.ts';
import { visible } from '../text/visible.ts';
import { displayWidth, wrap } from '../text/width.ts';
import { tableLines } from './table.ts';
import { type Names, namesOf } from './words.ts';

const MARKS = { stated: '●', points: '○', beside: '~', withdrawn: '×', none: '·' } as const;

/** Columns of a cell, so that "since 26 Feb 2026" and its mark fit. */
const CELL = 20;
const ISSUE = { least: 13, most: 24 } as const;
const GAP = 1;

interface Matrix {
  readonly names: Names;
  /** the year of the matrix: days of other years say theirs */
  readonly year: string;
  readonly at: (issue: string, party: string) => Position | undefined;
}

/** The grid, in as many blocks of columns as the width asks for. Parties and issues without anything on record are named below it. */
export function gridOf(state: State, width: number): readonly Line[] {
  if (state.positions.length === 0) return [];
  const cells = new Map(state.positions.map((position) => [`${position.issue} ${position.party}`, position]));
  const matrix: Matrix = {
    names: namesOf(state),
    year: civilYear(state.gates.asOf, state.gates.timeZone),
    at: (issue, party) => cells.get(`${issue} ${party}`),
  };
  const parties = inOrder(
    state.positions.map(({ party }) => party),
    state.parties.map(({ party }) => party),
  );
  const issues = inOrder(
    state.positions.map(({ issue }) => issue),
    state.issues.map(({ issue }) => issue),
  );
  const across = Math.max(1, Math.min(parties.length, Math.floor((width - ISSUE.least) / (CELL + GAP))));
  const groups = Array.from({ length: Math.ceil(parties.length / across) }, (_, index) =>
    parties.slice(index * across, (index + 1) * across),
  );
  return blocks(
    ...groups.map((group) => block(matrix, group, issues, { width, across })),
    legend(state.positions, width),
  );
}

/** What occurs in the grid, explained. */
function legend(positions: readonly Position[], width: number): readonly Line[] {
  const main = ({ act }: Position) => act !== null;
  const entries: readonly [boolean, string][] = [
    [positions.some(main), `${MARKS.stated} stated`],
    [positions.some((one) => one.points.length > 0 && !main(one)), `${MARKS.points} further points only`],
    [positions.some((one) => one.points.length > 1), '+n conditions and side points'],
    [positions.some(({ beside }) => beside.length > 0), `${MARKS.beside} something beside it`],
    [positions.some(({ status }) => status === 'withdrawn'), `${MARKS.withdrawn} withdrawn`],
    [true, `${MARKS.none} nothing stated`],
  ];
  return listing(
    entries.map(([occurs, words]) => occurs && words),
    { width, separator: ', ', style: 'faint' },
  );
}

function block(
  matrix: Matrix,
  parties: readonly string[],
  issues: readonly string[],
  { width, across }: { readonly width: number; readonly across: number },
): readonly Line[] {
  const rows = issues.filter((issue) => parties.some((party) => matrix.at(issue, party)));
  const titles = rows.map((issue) => visible(matrix.names.issue(issue)));
  // Titles on one line where every cell still has its room.
  const wanted = Math.min(ISSUE.most, Math.max(...titles.map(displayWidth)));
  const room = (left: number) => Math.floor((width - left) / across) - GAP;
  const cell = Math.max(1, Math.min(CELL + 6, room(wanted) > CELL ? room(wanted) : room(ISSUE.least)));
  const first = Math.min(wanted, Math.max(1, width - across * (cell + GAP)));
  return tableLines(
    ['', ...parties.map(matrix.names.party)],
    rows.map((issue, index) => [
      wrap(titles[index] ?? issue, first),
      ...parties.map((party) => cellLines(matrix.at(issue, party), matrix.year, cell)),
    ]),
    [first, ...parties.map(() => cell)],
  );
}

/** "●+2~ since 2 Jun" and below it "affirmed 26 Feb". */
function cellLines(position: Position | undefined, year: string, width: number): readonly string[] {
  if (position === undefined) return [MARKS.none];
  const { points, beside, status } = position;
  const main = points.find(({ point }) => point === 'main');
  // The first point is the one whose days are shown.
  const rest = points.length - 1;
  const more = `${rest > 0 ? `+${rest}` : ''}${beside.length > 0 ? MARKS.beside : ''}`;
  if (status !== 'held') return [`${status === 'withdrawn' ? `${MARKS.withdrawn}${more} withdrawn` : more}`];
  const shown = main ?? points[0];
  if (!shown) return [more];
  const mark = `${main ? MARKS.stated : MARKS.points}${more}`;
  const [since, affirmed] = [dayWords(shown.since, year), dayWords(shown.lastAffirmed, year)];
  const fitting = (...forms: readonly string[]) =>
    forms.find((form) => displayWidth(form) <= width) ?? forms.at(-1) ?? '';
  return [
    fitting(`${mark} since ${since}`, `${mark} ${since}`),
    ...(shown.lastAffirmed === shown.since ? [] : [fitting(`  affirmed ${affirmed}`, `affirmed ${affirmed}`)]),
  ];
}

/** The names that occur, each once: declared ones in the order of their declaration. */
function inOrder(occurring: readonly string[], declared: readonly string[]): readonly string[] {
  const found = new Set(occurring);
  return [...declared.filter((name) => found.has(name)), ...[...found].filter((name) => !declared.includes(name))];
}
