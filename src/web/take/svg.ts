/** Pictures to take away, as SVG text: what is drawn here stands alone, with its own colours and fonts. */

import { isolatedByLine } from '../isolated.ts';

export const INK = '#1c1b19';
export const SOFT = '#57534b';
export const RULE = '#ddd7ca';
export const PAPER = '#fbf9f4';
export const ACCENT = '#1f4d78';
export const SERIF = "Charter, Georgia, 'Times New Roman', serif";
export const SANS = "'Helvetica Neue', Helvetica, Arial, sans-serif";

export interface Face {
  readonly size: number;
  readonly family: string;
  readonly weight?: 400 | 600 | 700;
  readonly italic?: boolean;
  readonly fill?: string;
}

/** The width of a text in pixels. */
export type Measure = (text: string, face: Face) => number;

/** What may not stand in XML is left out; what has a meaning there is written as an entity. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export function textLine(x: number, y: number, text: string, face: Face, anchor = 'start'): string {
  const { size, family, weight = 400, italic = false, fill = INK } = face;
  const style = italic ? ' font-style="italic"' : '';
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}"${style} fill="${fill}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

/** Breaks a text into lines no wider than `width`; a word that is wider alone is broken where it must. */
export function wrap(text: string, width: number, face: Face, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer, face) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (measure(line, face) > width && line.length > 1) {
      let end = line.length - 1;
      while (end > 1 && measure(line.slice(0, end), face) > width) end -= 1;
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
  }
  return isolatedByLine(line === '' ? lines : [...lines, line]);
}

/** A column of wrapped texts, one below the other. */
export interface Block {
  readonly svg: string;
  readonly height: number;
}

export interface Paragraph {
  readonly text: string;
  readonly face: Face;
  /** pixels above it */
  readonly gap?: number;
  readonly indent?: number;
}

export function column(paragraphs: readonly Paragraph[], x: number, y: number, width: number, measure: Measure): Block {
  let down = 0;
  const parts: string[] = [];
  for (const { text, face, gap = 0, indent = 0 } of paragraphs) {
    down += gap;
    for (const line of wrap(text, width - indent, face, measure)) {
      down += face.size * 1.34;
      parts.push(textLine(x + indent, Math.round(y + down - face.size * 0.3), line, face));
    }
  }
  return { svg: parts.join(''), height: down };
}

export const document = (width: number, height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.ceil(height)}" viewBox="0 0 ${width} ${Math.ceil(height)}"><title>${escapeXml(title)}</title><rect width="100%" height="100%" fill="${PAPER}"/>${body}</svg>`;
