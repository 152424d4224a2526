/** What a view is made of: lines of text, some of them set off. Colours are added where they are printed, if at all. */
import { visible } from './visible.ts';
import { displayWidth, wrap } from './width.ts';

export interface Line {
  readonly text: string;
  /** of the whole line; nothing may depend on seeing it */
  readonly style?: 'strong' | 'faint';
}

export interface Paragraph {
  /** columns it may take, indentation included */
  readonly width: number;
  /** spaces before each line */
  readonly indent?: number;
  /** what the first line begins with; the following ones are indented as far */
  readonly lead?: string;
  readonly style?: Line['style'] | undefined;
}

export const BLANK: Line = { text: '' };

/** Text over as many lines as it takes. */
export function paragraph(text: string, { width, indent = 0, lead = '', style }: Paragraph): readonly Line[] {
  const hanging = indent + displayWidth(lead);
  const margin = ' '.repeat(hanging);
  return wrap(visible(text), Math.max(1, width - hanging)).map((part, index) => ({
    text: `${index === 0 ? ' '.repeat(indent) + lead : margin}${part}`.trimEnd(),
    ...(style ? { style } : {}),
  }));
}

export interface Listing extends Paragraph {
  readonly separator?: string;
  /** spaces by which the following lines are indented further, so that none is taken for a listing of its own */
  readonly hanging?: number;
}

/** Short parts one after the other; lines are broken between them if at all possible. Parts that are absent are left out. */
export function listing(
  parts: readonly (string | null | undefined | false)[],
  { separator = ' · ', hanging = 0, ...given }: Listing,
): readonly Line[] {
  const { width, indent = 0, lead = '' } = given;
  const room = (line: number) => width - indent - displayWidth(lead) - (line === 0 ? 0 : hanging);
  const lines: string[] = [];
  for (const part of parts) {
    if (typeof part !== 'string' || part === '') continue;
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(visible(`${line}${separator}${part}`)) <= room(lines.length - 1))
      lines[lines.length - 1] = `${line}${separator}${part}`;
    else lines.push(part);
  }
  return lines.flatMap((line, index) =>
    paragraph(line, index === 0 ? given : { ...given, indent: indent + hanging, lead: ' '.repeat(displayWidth(lead)) }),
  );
}

/** What is there, in one text: parts that are absent are left out. */
export const joined = (parts: readonly (string | null | undefined | false)[], separator = ' · '): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(separator);

/** Blocks with one blank line between them; empty ones are left out. */
export const blocks = (...parts: readonly (readonly Line[])[]): readonly Line[] =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [BLANK, ...part]));

/** "1 point", "2 points". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
