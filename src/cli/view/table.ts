/** A plain table: columns side by side, each cell as many lines as it takes, a rule below the head. */
import type { Line } from '../text/lines.ts';
import { visible } from '../text/visible.ts';
import { pad, wrap } from '../text/width.ts';

const GAP = ' ';

/** @param rows cells already broken into lines that fit their column */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly (readonly string[])[])[],
  widths: readonly number[],
  ruled = false,
): readonly Line[] {
  const names = head.map((name, column) => wrap(visible(name), widths[column] ?? 1));
  const rule: Line = { text: widths.map((columns) => '─'.repeat(columns)).join('─'), style: 'faint' };
  return [
    ...rowLines(names, widths).map((line): Line => ({ ...line, style: 'strong' })),
    rule,
    ...rows.flatMap((row, index) => [...(ruled && index > 0 ? [rule] : []), ...rowLines(row, widths)]),
  ];
}

function rowLines(cells: readonly (readonly string[])[], widths: readonly number[]): readonly Line[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => ({
    text: cells
      .map((lines, column) => pad(lines[row] ?? '', widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  }));
}
