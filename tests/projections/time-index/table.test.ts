/** Tables: typed arrays that grow together, and are carried over as they are. */
import { describe, expect, it } from 'vitest';
import { createTable } from '../../../projections/time-index/table.ts';

const KINDS = { moment: 'f64', place: 'u32', code: 'u8', line: 'packed' } as const;
/** How many numbers a line has in each column. */
const WIDTHS = { moment: 1, place: 1, code: 1, line: 4 } as const;

function filled(lines: number) {
  let moved = 0;
  const table = createTable(KINDS, () => {
    moved += 1;
  });
  for (let line = 0; line < lines; line += 1) fill(table, table.push());
  return { table, moved: () => moved };
}
type Filled = ReturnType<typeof filled>['table'];

function fill({ columns }: Filled, line: number): void {
  columns.moment[line] = line + 0.5;
  columns.place[line] = line;
  columns.code[line] = line % 200;
  for (let part = 0; part < 4; part += 1) columns.line[4 * line + part] = line + part / 10;
}
const lineAt = ({ columns }: Filled, line: number) => [
  ...[columns.moment[line], columns.place[line], columns.code[line]],
  ...columns.line.subarray(4 * line, 4 * line + 4),
];
const expected = (line: number) => [line + 0.5, line, line % 200, line, line + 0.1, line + 0.2, line + 0.3];

describe('a table', () => {
  it('keeps what was written, however far it grows, and says when its arrays were replaced', () => {
    const { table, moved } = filled(64);
    expect(moved()).toBe(0);
    fill(table, table.push());
    expect(moved()).toBe(1);
    expect(table.columns.place.length).toBe(80);
    for (let line = 0; line < 500; line += 1) fill(table, table.push());
    for (let line = 0; line < 65; line += 1) expect(lineAt(table, line)).toEqual(expected(line));
    expect(table.length).toBe(565);
  });

  it('makes room for as much as is asked, and for nothing that it has', () => {
    const { table, moved } = filled(3);
    table.reserve(64);
    expect(moved()).toBe(0);
    table.reserve(1000);
    expect([moved(), table.length]).toEqual([1, 3]);
    for (const [column, width] of Object.entries(WIDTHS))
      expect(table.columns[column as keyof typeof WIDTHS]).toHaveLength(1000 * width);
    table.grow(1000);
    expect([moved(), table.length]).toEqual([1, 1000]);
    table.reserve(1001);
    expect(table.columns.place.length).toBe(1250);
  });

  it('moves whole lines', () => {
    const { table } = filled(10);
    table.move(3, 2, 6);
    const lines = [0, 1, 2, 2, 3, 4, 5, 7, 8, 9];
    for (const [line, from] of lines.entries()) expect(lineAt(table, line)).toEqual(expected(from));
  });

  it('shows what of it is in use', () => {
    const used = filled(10).table.used();
    expect(Object.keys(used)).toEqual(Object.keys(KINDS));
    for (const [column, width] of Object.entries(WIDTHS)) expect(used[column]).toHaveLength(10 * width);
  });
});

describe('a table that takes arrays over', () => {
  const adopt = (used: Readonly<Record<string, Float64Array | Uint32Array | Uint8Array>>, length: number) => {
    const { table, moved } = filled(0);
    table.adopt((column) => used[column], length);
    expect(moved()).toBe(1);
    return table;
  };

  it('holds what they hold, and goes on from there', () => {
    const table = adopt(structuredClone(filled(70).table.used()), 70);
    expect(table.length).toBe(70);
    fill(table, table.push());
    for (let line = 0; line < 71; line += 1) expect(lineAt(table, line)).toEqual(expected(line));
  });

  it('uses the room behind them, and no more than there is', () => {
    const { table: other } = filled(70);
    const table = adopt(other.used(), 70);
    for (let line = 70; line < 80; line += 1) fill(table, table.push());
    expect(table.columns.place.buffer).toBe(other.columns.place.buffer);
    fill(table, table.push());
    expect(table.columns.place.buffer).not.toBe(other.columns.place.buffer);
    for (let line = 0; line < 81; line += 1) expect(lineAt(table, line)).toEqual(expected(line));
  });

  it('has as much room as the least of them', () => {
    const code = new Uint8Array(new ArrayBuffer(20), 0, 10);
    const table = adopt({ ...structuredClone(filled(10).table.used()), line: new Float64Array(40), code }, 10);
    for (let line = 10; line < 100; line += 1) fill(table, table.push());
    for (let line = 10; line < 100; line += 1) expect(lineAt(table, line)).toEqual(expected(line));
  });

  it('takes nothing of a buffer that is not its own from the beginning, or of odd length', () => {
    const moment = new Float64Array(new ArrayBuffer(8 * 20), 8, 10);
    const code = new Uint8Array(10);
    const place = new Uint32Array(new ArrayBuffer(4 * 10 + 2), 0, 10);
    const table = adopt({ moment, code, place, line: new Float64Array(40) }, 10);
    expect([table.columns.moment.length, table.columns.place.length]).toEqual([10, 10]);
    fill(table, table.push());
    expect(lineAt(table, 10)).toEqual(expected(10));
  });

  it.each([
    ['is missing', 'code', undefined],
    ['is of another kind', 'place', new Uint8Array(10)],
    ['is of another length', 'moment', new Float64Array(9)],
    ['is packed, and is not', 'line', new Float64Array(10)],
  ])('refuses one that %s', (_, column, array) => {
    const used = { ...filled(10).table.used(), [column]: array };
    expect(() => filled(0).table.adopt((name) => used[name], 10)).toThrow(
      new RangeError(`the column ${column} does not fit`),
    );
  });
});
