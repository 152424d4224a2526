/** The history of a cell as a picture that stands alone: its lane in time, and the words below. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { HistoryEntry } from '../../../projections/answers.ts';
import { laneRows } from '../history/lane-model.ts';
import { isolated } from '../isolated.ts';
import type { Names } from '../names.ts';
import { dodge } from '../parts/dodge.ts';
import { MARK_PATHS } from '../parts/mark-paths.ts';
import { spanOf, ticksOf, timeScale } from '../time/scale.ts';
import { sayEffect, sayId, sayKnown, sayStatus } from '../words.ts';
import type { Frame } from './frame.ts';
import { footer, header } from './picture-frame.ts';
import { column, document, INK, type Measure, PAPER, RULE, SANS, SERIF, SOFT, textLine } from './svg.ts';

const WIDTH = 900;
const EDGE = 32;
const ROW = 40;
const SMALL = { size: 11, family: SANS, fill: SOFT };

/** @param subtitle whose words on what @param until where the view stands, in milliseconds */
export function lanePicture(
  history: readonly HistoryEntry[],
  subtitle: string,
  until: number,
  names: Names,
  frame: Frame,
  measure: Measure,
): string {
  const top = header(frame, EDGE, WIDTH, measure, subtitle);
  const rows = laneRows(history);
  const [low, high] = spanOf([...rows.flatMap(({ marks }) => marks.map(({ at }) => at)), until]);
  const scale = timeScale(low, high, WIDTH - 2 * EDGE, 9);
  const base = rows.length * ROW + 8;
  const lane = [
    ...ticksOf(scale).map(
      ({ at, label }) =>
        `<path d="M${scale.x(at)} 0V${base + 4}" stroke="${RULE}"/>${textLine(scale.x(at), base + 18, label, SMALL, 'middle')}`,
    ),
    ...rows.map((row, index) => {
      const y = index * ROW + 27;
      const xs = dodge(
        row.marks.map(({ at }) => scale.x(at)),
        13,
        7,
        WIDTH - 2 * EDGE - 7,
      );
      const name = row.point === null ? 'beside the position' : row.point === 'main' ? 'main point' : sayId(row.point);
      const spans = row.spans.map(({ from, to }) => {
        const end = to === null ? Math.min(scale.x(until), scale.width) : scale.x(to);
        return `<path d="M${scale.x(from)} ${y}H${end}" stroke="${to === null ? INK : '#8a8477'}" stroke-width="3"/>`;
      });
      const marks = row.marks.map(({ effect }, mark) => {
        const { path, hollow } = MARK_PATHS[effect];
        const paint = hollow ? `fill="${PAPER}" stroke="${INK}" stroke-width="1.7"` : `fill="${INK}"`;
        return `<path transform="translate(${xs[mark]} ${y})" d="${path}" ${paint}/>`;
      });
      return textLine(0, y - 13, name, SMALL) + spans.join('') + marks.join('');
    }),
  ].join('');
  const words = column(
    history.flatMap(({ effect, shift, occurred, stance, reason, status, speaker, attribution, statedBy, source }) => [
      {
        text: [sayEffect(effect, shift), occurred && edtfWords(occurred), sayStatus(status)]
          .filter(Boolean)
          .join(' · '),
        face: { size: 11.5, family: SANS, weight: 600 as const },
        gap: 12,
      },
      { text: stance ?? reason ?? '', face: { size: 15, family: SERIF } },
      {
        text: [
          speaker && isolated(speaker.name),
          attribution && sayKnown(attribution, statedBy, names.party),
          source && isolated(source.publisher),
          source?.published && edtfWords(source.published),
        ]
          .filter(Boolean)
          .join(' · '),
        face: SMALL,
      },
    ]),
    EDGE,
    top.height + base + 44,
    WIDTH - 2 * EDGE,
    measure,
  );
  const foot = top.height + base + 44 + words.height + 24;
  const bottom = footer(frame, EDGE, foot, WIDTH, measure);
  const body = `${top.svg}<g transform="translate(${EDGE} ${top.height + 14})">${lane}</g>${words.svg}${bottom.svg}`;
  return document(WIDTH, foot + bottom.height + EDGE, `${subtitle}. ${frame.view}`, body);
}
