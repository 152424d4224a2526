/** The words of a state, issue by issue: what each party stated, since when, under which conditions, and what is beside it. */

import { dayWords } from '../../../events/edtf-words.ts';
import { NO_POSITION, type Point, type Position, type State } from '../../../projections/index.ts';
import { blocks, type Line, listing, paragraph } from '../text/lines.ts';
import { besideLines } from './beside.ts';
import { knownWords, type Names, NO_WORDS, namesOf, pointLabel, rangeWords, typeWords } from './words.ts';

export interface Asked {
  readonly party?: string | undefined;
  readonly issue?: string | undefined;
}

/** Every issue with what is stated on it; a party or issue that was asked for and has nothing is answered as well. */
export function positionsOf(state: State, asked: Asked, width: number): readonly Line[] {
  const names = namesOf(state);
  const byIssue = Map.groupBy(state.positions, ({ issue }) => issue);
  const issues = asked.issue === undefined ? [...byIssue.keys()] : [asked.issue];
  return blocks(
    ...issues.map((issue) => issueBlock(state, issue, byIssue.get(issue) ?? [], asked, names, width)),
    silentIssues(state, byIssue, asked, names, width),
  );
}

function issueBlock(
  state: State,
  issue: string,
  positions: readonly Position[],
  asked: Asked,
  names: Names,
  width: number,
): readonly Line[] {
  const parties = asked.party === undefined ? state.parties.map(({ party }) => party) : [asked.party];
  const silent = parties.filter((party) => !positions.some((position) => position.party === party));
  return [
    ...paragraph(names.issue(issue), { width, style: 'strong' }),
    ...positions.flatMap((position) => positionLines(position, names, width)),
    ...(silent.length === 0 ? [] : silence(asked, silent, names, width)),
  ];
}

/** Where many are silent, how many. */
const NAMED = 12;
const listed = (names: readonly string[], what: string): string =>
  names.length <= NAMED ? names.join(', ') : `${names.length.toLocaleString('en')} ${what}`;

/** Silence is said in these words, and never left to an empty place. */
const silence = (asked: Asked, parties: readonly string[], names: Names, width: number): readonly Line[] =>
  asked.party === undefined
    ? paragraph(`${NO_POSITION}: ${listed(parties.map(names.party), 'parties')}`, { width, indent: 2, style: 'faint' })
    : paragraph(`${names.party(asked.party)}: ${NO_POSITION}`, { width, indent: 2 });

function silentIssues(
  state: State,
  byIssue: ReadonlyMap<string, unknown>,
  asked: Asked,
  names: Names,
  width: number,
): readonly Line[] {
  if (asked.issue !== undefined) return [];
  const silent = state.issues.filter(({ issue }) => !byIssue.has(issue)).map(({ issue }) => names.issue(issue));
  const who = asked.party === undefined ? 'anybody' : names.party(asked.party);
  return silent.length === 0
    ? []
    : paragraph(`${NO_POSITION} of ${who}: ${listed(silent, 'issues')}`, { width, style: 'faint' });
}

/** What one party holds on one issue. */
function positionLines(position: Position, names: Names, width: number): readonly Line[] {
  const name = names.party(position.party);
  const main = position.points.find(({ point }) => point === 'main');
  const others = position.points.filter((point) => point !== main);
  const [only] = others;
  return [
    ...(only && others.length === 1 && !main
      ? otherPoint(only, names, width, 2, `${name}, `)
      : [...headline(position, main, names, width), ...others.flatMap((point) => otherPoint(point, names, width, 4))]),
    ...besideLines(position.beside, names, { width, indent: 4 }),
  ];
}

function headline(
  { party, status, developments }: Position,
  main: Point | undefined,
  names: Names,
  width: number,
): readonly Line[] {
  const lead = `${names.party(party)}: `;
  if (main)
    return [
      ...paragraph(`${lead}${main.stance ?? NO_WORDS}`, { width, indent: 2 }),
      ...listing([rangeWords(main, dayWords), typeWords(main.act), knownWords(main, names), main.setBy], {
        width,
        indent: 4,
        style: 'faint',
      }),
    ];
  if (status === 'held') return paragraph(`${lead}no headline on record`, { width, indent: 2 });
  return status === 'withdrawn'
    ? paragraph(`${lead}withdrawn (${developments.join(', ')})`, { width, indent: 2 })
    : paragraph(`${lead}${NO_POSITION}`, { width, indent: 2 });
}

/** A condition or a side point: its words, its own time range, and how it is known. */
function otherPoint(point: Point, names: Names, width: number, indent: number, whose = ''): readonly Line[] {
  const key = point.point === point.setBy ? null : point.point;
  const lead = `${whose}${pointLabel(point) ?? 'point'}: `;
  return [
    ...(whose === ''
      ? paragraph(point.stance ?? NO_WORDS, { width, indent, lead })
      : paragraph(`${lead}${point.stance ?? NO_WORDS}`, { width, indent })),
    ...listing([rangeWords(point, dayWords), key, knownWords(point, names), point.setBy], {
      ...{ width, indent: indent + 2, style: 'faint' },
    }),
  ];
}
