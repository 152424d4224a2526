/**
 * Text that came from a log, a file or a person, made harmless for a terminal: what would move the cursor, change colours or turn the
 * direction of writing around is shown as its escape instead.
 */

const LINE_ENDS = /\r\n|[\r\n\u2028\u2029\v\f]/g;
/** Control characters (C0, DEL, C1), and those that override the direction of writing. */
const HARMFUL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** One line: line ends and tabs become spaces, harmful characters their escapes (`\x1b`, `\u202e`). Doing it twice changes nothing. */
export const visible = (text: string): string =>
  text.toWellFormed().replace(LINE_ENDS, ' ').replaceAll('\t', ' ').replace(HARMFUL, escaped);

/** The same for text of several lines: line ends (as `\n`) and tabs stay. */
export const visibleLines = (text: string): string =>
  text
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(HARMFUL, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));

/**
 * A value as JSON, over several lines. `JSON.stringify` leaves some control characters as they are; they are escaped here as well, which
 * says the same in JSON.
 */
export const jsonText = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(/[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, unicode);

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : unicode(character);
}

const unicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
