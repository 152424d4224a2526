/** Head and foot of every picture. */
import type { Frame } from './frame.ts';
import { type Block, column, type Measure, SANS, SERIF, SOFT } from './svg.ts';

export const header = ({ title, view }: Frame, edge: number, width: number, measure: Measure, subtitle = ''): Block => {
  const block = column(
    [
      { text: title, face: { size: 26, family: SERIF, weight: 700 } },
      ...(subtitle === '' ? [] : [{ text: subtitle, face: { size: 18, family: SERIF, weight: 700 as const }, gap: 2 }]),
      { text: view, face: { size: 13, family: SANS, fill: SOFT }, gap: 4 },
    ],
    edge,
    edge - 8,
    width - 2 * edge,
    measure,
  );
  return { svg: block.svg, height: block.height + edge };
};

export const footer = (
  { citation, sources }: Frame,
  edge: number,
  y: number,
  width: number,
  measure: Measure,
): Block => {
  const face = { size: 10.5, family: SANS, fill: SOFT };
  return column(
    [
      ...(sources.length === 0 ? [] : [{ text: `Sources: ${sources.join('; ')}.`, face }]),
      { text: citation, face, gap: 6 },
    ],
    edge,
    y,
    width - 2 * edge,
    measure,
  );
};
