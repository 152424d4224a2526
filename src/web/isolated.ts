/** Names and words of others on a line of ours: where they run from right to left, what stands beside them keeps its place. */

const [OPEN, CLOSE] = ['\u2068', '\u2069'];

/** Letters of the scripts that run so, and marks that turn a line around. */
const TURNS_A_LINE =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The text as an isolate (U+2068 … U+2069), where it could turn a line around; else as it is. On the page, `<bdi>` does the same. */
export const isolated = (text: string): string => (TURNS_A_LINE.test(text) ? `${OPEN}${text}${CLOSE}` : text);

/** Lines of one text: an isolate that is open at the end of a line ends there, and begins anew in the next. */
export function isolatedByLine(lines: readonly string[]): readonly string[] {
  let open = 0;
  return lines.map((line) => {
    const before = open;
    for (const letter of line) {
      if (letter === OPEN) open += 1;
      else if (letter === CLOSE) open = Math.max(0, open - 1);
    }
    return OPEN.repeat(before) + line + CLOSE.repeat(open);
  });
}
