import { describe, expect, test } from 'vitest';
import type { PositionDevelopment } from '../../../events/index.ts';
import { possibilityOf } from '../../../projections/chronicle.ts';
import type { IndexedCell } from '../../../projections/time-index/cell.ts';
import { openRowTexts } from '../../../src/tracker/text/row-texts.ts';
import { openScratch, type Scratch } from '../../../src/tracker/text/scratch.ts';
import { openSpans } from '../../../src/tracker/text/spans.ts';
import { NOWHERE, openTexts } from '../../../src/tracker/text/texts.ts';
import {
  idIn,
  type Words,
  wordsOf,
  writeId,
  writeKnown,
  writePossibility,
  writeStance,
} from '../../../src/tracker/text/words.ts';

const MEBIBYTE = 1024 * 1024;
const said = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe('texts that are kept', () => {
  test('are found at their places, and nothing lies anywhere else', () => {
    const texts = openTexts(MEBIBYTE);
    const places = ['Fünf Häfen', '', 'drei'].map((text) => texts.keep(Buffer.from(text)));
    expect(places.map((place) => said(texts.find(place)))).toEqual(['Fünf Häfen', '', 'drei']);
    expect(new Set(places).size).toBe(3);
    expect(texts.find(NOWHERE)).toBeUndefined();
    expect(texts.find(5 * MEBIBYTE)).toBeUndefined();
  });

  test('make room, the oldest first, and never say anything else', () => {
    const texts = openTexts(3 * MEBIBYTE);
    const textOf = (number: number) => `${number}:`.repeat(20_000);
    const places: number[] = [];
    let held: Uint8Array | undefined;
    for (let number = 0; number < 200; number += 1) {
      places.push(texts.keep(Buffer.from(textOf(number))));
      held ??= texts.find(places[0] as number);
      for (const [back, place] of places.entries()) {
        const found = texts.find(place);
        if (found) expect(said(found) === textOf(back), `the text of ${back}`).toBe(true);
      }
      expect(said(texts.find(places[number] as number)) === textOf(number)).toBe(true);
    }
    expect(texts.find(places[0] as number)).toBeUndefined();
    // An answer that is on its way still has its bytes.
    expect(said(held) === textOf(0)).toBe(true);
  });

  test('larger than all the room there is are kept until the next one', () => {
    const texts = openTexts(1000);
    const large = Buffer.alloc(2 * MEBIBYTE, 'x');
    const place = texts.keep(large);
    expect(texts.find(place)?.length).toBe(large.length);
    const next = texts.keep(large);
    expect(texts.find(place)).toBeUndefined();
    expect(texts.find(next)?.length).toBe(large.length);
  });

  test('of rows are found under their numbers, versions among them', () => {
    const texts = openTexts(MEBIBYTE);
    const [one, other] = [openRowTexts(texts), openRowTexts(texts)];
    const rows = [0, 1, 127, 128, 0x80000000, 0x80000001];
    for (const row of rows) one.keep(row, Buffer.from(`row ${row}`));
    expect(rows.map((row) => said(one.find(row)))).toEqual(rows.map((row) => `row ${row}`));
    for (const row of [2, 126, 129, 0x80000002]) expect(one.find(row)).toBeUndefined();
    for (const row of rows) expect(other.find(row)).toBeUndefined();
  });
});

describe('a scratch', () => {
  test('takes texts and bytes of any length, and begins anew', () => {
    const scratch = openScratch();
    for (const times of [1, 30_000, 200_000]) {
      scratch.begin();
      scratch.text('Fünf ');
      scratch.text('Häfen, '.repeat(times));
      scratch.bytes(Buffer.alloc(times, 'x'));
      scratch.text('.');
      expect(said(scratch.written()) === `Fünf ${'Häfen, '.repeat(times)}${'x'.repeat(times)}.`).toBe(true);
    }
  });
});

describe('the words of a development', () => {
  const common = { id: 'd-1', negotiation: 'talks', schemaVersion: 2, occurred: '2026-02', issue: 'border' } as const;
  const source = { publisher: 'The Gazette', reliability: 'F', credibility: 6 } as const;
  const development = (text: Partial<PositionDevelopment>) =>
    ({ ...common, attribution: 'narrative', source, party: 'ada', ...text }) as PositionDevelopment;

  test.each([
    ['with a stance', development({ type: 'DemandStated', stance: 'Fünf "Häfen"' })],
    ['without one', development({ type: 'DemandReiterated' })],
    ['withdrawn', development({ type: 'PositionWithdrawn' })],
    ['of so many parties that their names are long', development({ type: 'DemandReiterated', ...many(9_000) })],
    ['that says less than there is to say', development({ type: 'DemandStated', stance: '":' })],
  ])('say %s what a possibility says, and the parts of a position', (_, development) => {
    const words = wordsOf(development);
    const written = (write: (out: Scratch, words: Words) => void): string => {
      const scratch = openScratch();
      write(scratch, words);
      return scratch.written().toString();
    };
    expect(written(writePossibility)).toBe(`,${JSON.stringify(possibilityOf(development)[0])}`);
    const { id, type, attribution, statedBy = null, stance = null } = development;
    expect(idIn(words)).toBe(id);
    expect(written(writeId)).toBe(JSON.stringify(id));
    expect(`{${written(writeKnown)}}`).toBe(JSON.stringify({ attribution, statedBy }));
    expect(`{${written(writeStance)}}`).toBe(JSON.stringify({ stance, act: type, setBy: id }));
  });

  function many(count: number): Partial<PositionDevelopment> {
    return { party: undefined, parties: Array.from({ length: count }, (_, number) => `party-${number}`) } as never;
  }
});

describe('spans', () => {
  const cell = (number: number, lastChanged: number) => ({ number, lastChanged }) as IndexedCell;
  const place = 7;

  test('hold from their first moment to before their last, until the cell changes', () => {
    const spans = openSpans();
    spans.keep(cell(0, 5), 'stated', { from: 10, until: 20 }, place, 5);
    spans.keep(cell(0, 5), 'stated', { from: 30, until: 40 }, null, 5);
    const found = [9, 10, 19, 20, 30, 40].map((asOf) => spans.find(cell(0, 5), 'stated', asOf));
    expect(found).toEqual([undefined, place, place, undefined, null, undefined]);
    expect(spans.find(cell(0, 5), 'strict', 15)).toBeUndefined();
    expect(spans.find(cell(0, 6), 'stated', 15)).toBeUndefined();
  });

  test('told of a cell that changed meanwhile are not kept', () => {
    const spans = openSpans();
    spans.keep(cell(0, 6), 'stated', { from: 10, until: 20 }, place, 5);
    expect(spans.find(cell(0, 6), 'stated', 15)).toBeUndefined();
  });

  test('are all forgotten where they are too many, and kept again from then on', () => {
    const spans = openSpans();
    for (let number = 0; number < 250_000; number += 1)
      spans.keep(cell(number % 50, 0), 'all', { from: number, until: number + 1 }, place, 0);
    expect(spans.find(cell(0, 0), 'all', 0)).toBeUndefined();
    expect(spans.find(cell(49, 0), 'all', 249_999)).toBe(place);
  });
});
