/** The digests of a page, each with the milliseconds since the event of the line before was recorded. */
export const linesOf = (lines: string): readonly { readonly step: number; readonly digest: string }[] =>
  lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const space = line.indexOf(' ');
      return { step: Number(line.slice(0, space)), digest: line.slice(space + 1) };
    });
