/** What moved between two moments, on screen: grouped by issue, before and after in their own words. */

import { dayWords, edtfWords } from '../../../events/edtf-words.ts';
import type { Beside, Difference, Point, Position, State } from '../../../projections/index.ts';
import { besideOnly, isAboutRecord, type PointMoved, pointsMoved } from '../../../projections/moved.ts';
import { blocks, joined, type Line, paragraph } from '../text/lines.ts';
import { gatesLines } from './header.ts';
import {
  besideWords,
  knownWords,
  type Names,
  NO_WORDS,
  namesOf,
  pointLabel,
  rangeWords,
  standardWords,
  titleWords,
} from './words.ts';

/** @param from, to the states that were compared, for their gates and names */
export function differenceView(
  { from, to }: { readonly from: State; readonly to: State },
  differences: readonly Difference[],
  width: number,
): readonly Line[] {
  const names = namesOf(to);
  return blocks(
    [
      ...paragraph(`What moved · ${titleWords(to)}`, { width, style: 'strong' }),
      ...gatesLines(from, { width, lead: 'from ' }),
      ...gatesLines(to, { width, lead: 'to   ' }),
      ...paragraph(`standard ${standardWords(to.standard)}`, { width, style: 'faint' }),
    ],
    differences.length === 0
      ? paragraph('No position moved.', { width })
      : differenceLines(inOrderOf(to, differences), names, width),
  );
}

/** As the matrix has them: issues and parties in the order of their declaration. */
export function inOrderOf({ issues, parties }: State, differences: readonly Difference[]): readonly Difference[] {
  const issueRank = new Map(issues.map(({ issue }, place) => [issue, place]));
  const partyRank = new Map(parties.map(({ party }, place) => [party, place]));
  const rank = ({ issue, party }: Difference) =>
    (issueRank.get(issue) ?? issues.length) * (parties.length + 1) + (partyRank.get(party) ?? parties.length);
  return [...differences].sort((a, b) => rank(a) - rank(b));
}

/** The differences alone, issue by issue. */
export const differenceLines = (differences: readonly Difference[], names: Names, width: number): readonly Line[] =>
  blocks(
    ...[...Map.groupBy(differences, ({ issue }) => issue)].map(([issue, moved]) => [
      ...paragraph(names.issue(issue), { width, style: 'strong' }),
      ...moved.flatMap((difference) => oneDifference(difference, names, width)),
    ]),
  );

function oneDifference(difference: Difference, names: Names, width: number): readonly Line[] {
  const { party, change, shift, before, after, developments } = difference;
  const mark = `${change}${shift === null ? '' : ` (${shift})`}`;
  return [
    ...paragraph(joined([`${names.party(party)}: ${mark}`, developments.join(', ')]), { width, indent: 2 }),
    ...pointsMoved(before, after).flatMap((moved) => pointLines(moved, difference, names, width)),
    // A withdrawal of what was not on record ends no point.
    ...(change === 'withdrawn' && !before?.points.length
      ? paragraph('withdrawn', { width, indent: 4, lead: 'now    ' })
      : []),
    ...besideMoved(difference, names, width),
  ];
}

function pointLines(
  { before, after }: PointMoved,
  difference: Difference,
  names: Names,
  width: number,
): readonly Line[] {
  const label = pointLabel(after ?? before ?? { point: 'main', act: 'PositionStated' });
  const labelled = (text: string) => (label === null ? text : `${label}: ${text}`);
  const side = (lead: string, text: string) => paragraph(labelled(text), { width, indent: 4, lead });
  const words = (point: Point) =>
    `${point.stance ?? NO_WORDS} (${rangeWords(point, dayWords)}, ${knownWords(point, names)})`;
  // Where the record was wrong about the same words, it was about their dates, or how they are known: both are told.
  if (before && after && before.stance === after.stance && !isAboutRecord(difference.change))
    return side(isRestated(before, after, difference) ? 'again  ' : 'still  ', words(after));
  return [
    ...(before ? side('before ', words(before)) : []),
    ...side(before ? 'after  ' : 'now    ', after ? words(after) : endOf(difference.after)),
  ];
}

/** Were the same words given up in between? An affirmation of earlier days gives up nothing. */
const isRestated = (before: Point, after: Point, { change }: Difference): boolean =>
  before.since !== after.since && change !== 'reiterated';

/** What is to be said of a point that is in force no longer. */
function endOf(after: Position | null): string {
  if (after === null) return 'not on record any more';
  return after.status === 'withdrawn' ? 'withdrawn' : 'no longer in force';
}

function besideMoved({ change, before, after }: Difference, names: Names, width: number): readonly Line[] {
  const lines = (lead: string, besides: readonly Beside[]) =>
    besides.flatMap((one) =>
      paragraph(`${besideWords(one, names)} (${knownWords(one, names)}, ${edtfWords(one.occurred)})`, {
        ...{ width, indent: 4, lead },
      }),
    );
  // Where the party spoke, what was beside its words went with them.
  const isTold = change === 'beside' || isAboutRecord(change);
  return [...lines('gone   ', isTold ? besideOnly(before, after) : []), ...lines('beside ', besideOnly(after, before))];
}
