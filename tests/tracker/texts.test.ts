import { describe, expect, test } from 'vitest';
import type { IndexedCell } from '../../projections/time-index/cell.ts';
import { openSpans } from '../../src/tracker/spans.ts';
import { openTexts } from '../../src/tracker/texts.ts';

const MEBIBYTE = 1024 * 1024;
const said = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe('texts that are kept', () => {
  test('are found under the whole of their key, and nothing else is', () => {
    const texts = openTexts(MEBIBYTE);
    texts.keep([1, 2, -1], 'Fünf Häfen');
    expect(said(texts.find([1, 2, -1])?.bytes)).toBe('Fünf Häfen');
    for (const other of [[1, 2], [1, 2, 1], [2, 1, -1], [1, 2, -1, 0], []]) expect(texts.find(other)).toBeUndefined();
  });

  test('of different owners lie apart', () => {
    const texts = openTexts(MEBIBYTE);
    const [one, other] = [texts.owner(), texts.owner()];
    texts.keep([one, 7], 'one');
    expect(texts.find([other, 7])).toBeUndefined();
    texts.keep([other, 7], 'other');
    expect(said(texts.find([one, 7])?.bytes)).toBe('one');
  });

  test('make room, the oldest first, and never say anything else', () => {
    const texts = openTexts(3 * MEBIBYTE);
    const textOf = (number: number) => `${number}:`.repeat(20_000);
    const first = texts.keep([0], textOf(0));
    const held = first.bytes;
    for (let number = 1; number < 200; number += 1) {
      texts.keep([number], textOf(number));
      for (let back = 0; back <= number; back += 1) {
        const found = texts.find([back]);
        if (found) expect(said(found.bytes) === textOf(back), `the text of ${back}`).toBe(true);
      }
      expect(said(texts.find([number])?.bytes) === textOf(number)).toBe(true);
    }
    expect(texts.find([0])).toBeUndefined();
    expect(first.bytes).toBeUndefined();
    // An answer that is on its way still has its bytes.
    expect(said(held) === textOf(0)).toBe(true);
  });

  test('larger than all the room there is are kept until the next one', () => {
    const texts = openTexts(1000);
    const large = 'x'.repeat(2 * MEBIBYTE);
    expect(said(texts.keep([1], large).bytes)).toBe(large);
    expect(said(texts.find([1])?.bytes)).toBe(large);
    texts.keep([2], large);
    expect(texts.find([1])).toBeUndefined();
  });
});

describe('spans', () => {
  const cell = (number: number, lastChanged: number) => ({ number, lastChanged }) as IndexedCell;
  const text = { bytes: Buffer.from('text') };

  test('hold from their first moment to before their last, until the cell changes', () => {
    const spans = openSpans();
    spans.keep(cell(0, 5), 'stated', { from: 10, until: 20 }, text, 5);
    spans.keep(cell(0, 5), 'stated', { from: 30, until: 40 }, null, 5);
    const found = [9, 10, 19, 20, 30, 40].map((asOf) => spans.find(cell(0, 5), 'stated', asOf));
    expect(found).toEqual([undefined, text, text, undefined, null, undefined]);
    expect(spans.find(cell(0, 5), 'strict', 15)).toBeUndefined();
    expect(spans.find(cell(0, 6), 'stated', 15)).toBeUndefined();
  });

  test('told of a cell that changed meanwhile are not kept', () => {
    const spans = openSpans();
    spans.keep(cell(0, 6), 'stated', { from: 10, until: 20 }, text, 5);
    expect(spans.find(cell(0, 6), 'stated', 15)).toBeUndefined();
  });

  test('are all forgotten where they are too many, and kept again from then on', () => {
    const spans = openSpans();
    for (let number = 0; number < 250_000; number += 1)
      spans.keep(cell(number % 50, 0), 'all', { from: number, until: number + 1 }, text, 0);
    expect(spans.find(cell(0, 0), 'all', 0)).toBeUndefined();
    expect(spans.find(cell(49, 0), 'all', 249_999)).toBe(text);
  });
});
