/** What a document shows: commands, each with what it prints below it. */
export interface Shown {
  readonly args: readonly string[];
  /** what was printed, where "…" stands for anything */
  readonly printed: RegExp;
}

/** The commands of a block of text, and what stands below each. */
export function shownIn(block: string): readonly Shown[] {
  const lines = block.trimEnd().split('\n');
  const starts = lines.flatMap((line, place) => (line.startsWith('$ ') ? [place] : []));
  return starts.map((start, index) => ({
    args: argumentsOf(lines[start] ?? '') ?? [],
    printed: pattern(
      lines
        .slice(start + 1, starts[index + 1])
        .join('\n')
        .trimEnd(),
    ),
  }));
}

/** The arguments of a line as a shell would give them; undefined where it is no command of ours. */
export function argumentsOf(line: string): readonly string[] | undefined {
  const [, rest] = /^(?:\$ )?(?:npm run -s demarche --|demarche) ([^#]*)/.exec(line) ?? [];
  return rest?.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', ''));
}

const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('\n')
      .map((line) => RegExp.escape(line))
      .join('\n')
      .replaceAll('…', '[^]*?')}\n?$`,
  );
