/** How many columns of a terminal a text takes, and fitting text into columns. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a person takes for one character. */
export const graphemes = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

const PLAIN = /^[\x20-\x7e]*$/;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\ufe0f\u20e3/u;
/** Marks that sit on the character before them, and the vowels and finals of Hangul. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff]/u;
/** East Asian Wide and Fullwidth (UAX #11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

/** Columns a text takes. Control characters take none: make text `visible` first. */
export const displayWidth = (text: string): number =>
  PLAIN.test(text) ? text.length : graphemes(text).reduce((width, grapheme) => width + widthOf(grapheme), 0);

function widthOf(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  return [...grapheme].reduce(
    (width, character) => width + (NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  );
}

/** Fills up with spaces to a width; longer text stays. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Cuts to a width, the last column an ellipsis where something was cut. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width <= 0 ? '' : `${head(text, width - 1).trimEnd()}…`;
}

/** As much of a text as fits into a width. */
function head(text: string, width: number): string {
  let taken = '';
  let left = width;
  for (const grapheme of graphemes(text)) {
    left -= widthOf(grapheme);
    if (left < 0) break;
    taken += grapheme;
  }
  return taken;
}

/**
 * Breaks a text into lines of at most a width. Words that are longer than a line, and words of wide characters (which have no spaces
 * between them), are broken anywhere.
 * @param first width of the first line, where it differs
 */
export function wrap(text: string, width: number, first = width): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let room = Math.max(1, first);
  const flush = () => {
    lines.push(line);
    line = '';
    room = Math.max(1, width);
  };
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const gap = line === '' ? 0 : 1;
    const needed = displayWidth(word);
    if (gap + needed <= room) {
      line += ' '.repeat(gap) + word;
      room -= gap + needed;
      continue;
    }
    const breaks = needed > width || WIDE.test(word);
    if (line !== '' && !(breaks && room > gap + 1)) flush();
    if (!breaks) {
      // A first line can be narrower than the others.
      if (needed > room) flush();
      line = word;
      room -= needed;
      continue;
    }
    if (line !== '') {
      line += ' ';
      room -= 1;
    }
    for (const grapheme of graphemes(word)) {
      const columns = widthOf(grapheme);
      if (columns > room && line !== '') flush();
      line += grapheme;
      room -= columns;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
