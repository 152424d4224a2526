/** Texts of rows, found by the number of the row; kept for as long as there is room for them. */
import { NOWHERE, type Texts } from './texts.ts';

export interface RowTexts {
  find(row: number): Buffer | undefined;
  /** @returns the text, to go on with */
  keep(row: number, text: Buffer): Buffer;
}

/** Rows are asked for with their neighbours: places are noted for so many together, as bits of their number. */
const BITS = 7;
const BLOCK = 1 << BITS;

export function openRowTexts(texts: Texts): RowTexts {
  const blocks = new Map<number, Float64Array>();
  return {
    find(row) {
      const places = blocks.get(row >>> BITS);
      return places && texts.find(places[row & (BLOCK - 1)] ?? NOWHERE);
    },
    keep(row, text) {
      const number = row >>> BITS;
      let block = blocks.get(number);
      if (!block) {
        block = new Float64Array(BLOCK).fill(NOWHERE);
        blocks.set(number, block);
      }
      block[row & (BLOCK - 1)] = texts.keep(text);
      return text;
    },
  };
}
