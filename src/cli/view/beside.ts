/** What stands beside something on record: who says so, how that is known, since when, and in which development. */
import { edtfWords } from '../../../events/edtf-words.ts';
import type { Beside } from '../../../projections/index.ts';
import { type Line, paragraph } from '../text/lines.ts';
import { besideWords, knownWords, type Names } from './words.ts';

/** A paragraph each. */
export const besideLines = (
  all: readonly Beside[],
  names: Names,
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly Line[] =>
  all.flatMap((one) => {
    const words = `${besideWords(one, names)} (${knownWords(one, names)}, ${edtfWords(one.occurred)}, ${one.id})`;
    return paragraph(words, { width, indent, lead: 'beside: ' });
  });
