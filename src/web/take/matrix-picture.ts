/** The matrix as a picture that stands alone, with dates, gates and sources burned in. */

import { dayWords } from '../../../events/edtf-words.ts';
import type { Difference, Position, State } from '../../../projections/answers.ts';
import { rowsOf } from '../matrix/rows.ts';
import { type Names, namesOf } from '../names.ts';
import { MARK_PATHS } from '../parts/mark-paths.ts';
import { columnsOf, issuesOf } from '../table.ts';
import { NO_POSITION, sayBeside, sayEffect, sayKnown, sayPoint, sayStance } from '../words.ts';
import type { Frame } from './frame.ts';
import { footer, header } from './picture-frame.ts';
import {
  ACCENT,
  type Block,
  column,
  document,
  type Face,
  INK,
  type Measure,
  type Paragraph,
  RULE,
  SANS,
  SERIF,
  SOFT,
  textLine,
} from './svg.ts';

const EDGE = 32;
const ISSUE = 140;
const PARTY = 210;
const PAD = 10;

const STANCE: Face = { size: 14, family: SERIF };
const SMALL: Face = { size: 10.5, family: SANS, fill: SOFT };
const LABEL: Face = { size: 9.5, family: SANS, weight: 600, fill: SOFT };
const QUIET: Face = { size: 12, family: SERIF, italic: true, fill: SOFT };

export function matrixPicture(
  state: State,
  folded: readonly string[],
  differences: readonly Difference[],
  frame: Frame,
  measure: Measure,
): string {
  const columns = columnsOf(state);
  const names = namesOf(state);
  const width = 2 * EDGE + ISSUE + columns.length * PARTY;
  const top = header(frame, EDGE, width, measure);
  let y = top.height + 26;
  const parts = [top.svg];
  for (const [index, { name, role }] of columns.entries()) {
    const x = EDGE + ISSUE + index * PARTY + PAD;
    parts.push(
      textLine(x, y, name, { size: 15, family: SERIF, weight: 700 }),
      textLine(x, y + 15, role ?? 'not declared', SMALL),
    );
  }
  y += 24;
  parts.push(rule(EDGE, y, width - EDGE, INK));
  for (const row of rowsOf(issuesOf(state), folded)) {
    const head = column(
      [{ text: row.title, face: { size: 14, family: SERIF, weight: 700 } }],
      EDGE + row.depth * 10,
      y + 8,
      ISSUE - PAD,
      measure,
    );
    const cells = columns.map(({ party }, index) => {
      const x = EDGE + ISSUE + index * PARTY + PAD;
      const position = state.positions.find((one) => one.party === party && one.issue === row.issue);
      const moved = differences.find((one) => one.party === party && one.issue === row.issue);
      return cellBlock(position, moved, names, x, y + 8, measure);
    });
    parts.push(head.svg, ...cells.map(({ svg }) => svg));
    y += Math.max(head.height, ...cells.map(({ height }) => height)) + 20;
    parts.push(rule(EDGE, y, width - EDGE, RULE));
  }
  const bottom = footer(frame, EDGE, y + 20, width, measure);
  return document(width, y + 20 + bottom.height + EDGE, `${frame.title}. ${frame.view}`, parts.join('') + bottom.svg);
}

const rule = (x: number, y: number, to: number, stroke: string): string =>
  `<path d="M${x} ${Math.round(y) + 0.5}H${to}" stroke="${stroke}"/>`;

function cellBlock(
  position: Position | undefined,
  moved: Difference | undefined,
  names: Names,
  x: number,
  y: number,
  measure: Measure,
): Block {
  const mark = moved ? markLine(moved, x, y) : { svg: '', height: 0 };
  const body = column(paragraphsOf(position, names), x, y + mark.height, PARTY - 2 * PAD, measure);
  return { svg: mark.svg + body.svg, height: mark.height + body.height };
}

function markLine({ change, shift }: Difference, x: number, y: number): Block {
  const { path, hollow } = MARK_PATHS[change];
  const paint = hollow ? `fill="none" stroke="${ACCENT}" stroke-width="1.7"` : `fill="${ACCENT}"`;
  const shape = `<path transform="translate(${x + 5} ${y + 8}) scale(0.85)" d="${path}" ${paint}/>`;
  return {
    svg: shape + textLine(x + 14, y + 12, sayEffect(change, shift), { ...LABEL, size: 10.5, fill: ACCENT }),
    height: 16,
  };
}

function paragraphsOf(position: Position | undefined, names: Names): readonly Paragraph[] {
  if (!position) return [{ text: NO_POSITION, face: QUIET }];
  const { points, beside, status, since, lastAffirmed, timesReiterated, attribution, statedBy } = position;
  const dates = [
    since && `since ${dayWords(since)}`,
    timesReiterated &&
      lastAffirmed &&
      `affirmed ${dayWords(lastAffirmed)}${timesReiterated > 1 ? ` (${timesReiterated}×)` : ''}`,
    attribution && sayKnown(attribution, statedBy, names.party),
  ].filter(Boolean);
  return [
    ...(status === 'none' ? [{ text: NO_POSITION, face: QUIET }] : []),
    ...(status === 'withdrawn' ? [{ text: 'withdrawn', face: { ...SMALL, size: 12, weight: 600 as const } }] : []),
    ...points.flatMap((point): readonly Paragraph[] => {
      const [label, words] = [sayPoint(point), { text: sayStance(point.stance), face: STANCE }];
      if (label === null) return [words];
      const known = sayKnown(point.attribution, point.statedBy, names.party);
      return [{ text: `${label} · ${known}`.toUpperCase(), face: LABEL, gap: 5 }, words];
    }),
    ...(dates.length > 0 ? [{ text: dates.join('  ·  '), face: SMALL, gap: 4 }] : []),
    ...beside
      .map((one) => sayBeside(one, names.party))
      .flatMap(({ label, words }): readonly Paragraph[] => [
        { text: label.toUpperCase(), face: LABEL, gap: 6, indent: 8 },
        { text: words, face: { ...QUIET, size: 13 }, indent: 8 },
      ]),
  ];
}
