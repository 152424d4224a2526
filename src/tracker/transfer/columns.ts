/** The columns of a CSV file: every field of the catalogue, flat, and what stands in a cell of each. */

import { happened } from '../../../events/fields.ts';
import { DEVELOPMENT_TYPES, type Fault } from '../../../events/index.ts';
import { isSlugField } from './names.ts';
import { bare, type Shaped, shapeOf } from './order.ts';

/**
 * What a cell holds. `list`: `northland; southland` (ids also with commas), or a JSON list where an item would not survive that.
 * `text-or-list`: the same, or one item. `json`: a JSON list or object. An empty cell is an absent field: nothing in the catalogue may be an empty text.
 */
type CellKind = 'text' | 'number' | 'list' | 'text-or-list' | 'json';

export interface Column {
  /** the path of its field, `source.publisher` */
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: CellKind;
}

/** One column a field, in the order of the catalogue; what any development may have comes last. */
const COLUMNS: readonly Column[] = columnsOf();

const BY_NAME: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.name, column]));
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(COLUMNS.map(({ name }) => [name.toLowerCase(), name]));
export const COLUMN_NAMES: readonly string[] = [...BY_NAME.keys()];
export const columnNamed = (name: string): Column | undefined => BY_NAME.get(name);

/** The name of a column that is another only in upper and lower case. */
export const inOtherCase = (name: string): string | undefined => BY_LOWER_CASE.get(name.toLowerCase());

/** The name of the column in which the value of a field stands, or would stand: `parties.1` stands in `parties`. */
export function columnOfField(field: string): string | undefined {
  const parts = field.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    if (BY_NAME.has(name)) return name;
  }
  return COLUMN_NAMES.find((name) => name.startsWith(`${field}.`));
}

/** The cells of a development, one for each column. */
export const cellsOf = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  COLUMNS.map(({ path, kind }) => {
    const value = path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>>)?.[key], fields);
    return value === undefined ? '' : writeCell(kind, value);
  });

function writeCell(kind: CellKind, value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && isPlainList(kind, value) ? value.join('; ') : JSON.stringify(value);
}

/** Would these items come back out of `a; b; c`? */
function isPlainList(kind: CellKind, items: readonly unknown[]): items is readonly string[] {
  const fewest = kind === 'list' ? 1 : kind === 'text-or-list' ? 2 : Number.POSITIVE_INFINITY;
  return items.length >= fewest && items.every((item) => typeof item === 'string' && isPlainItem(item));
}

const isPlainItem = (item: string): boolean => item === item.trim() && !item.includes(';') && !item.startsWith('[');

export type CellReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Reads a cell that is not empty. Whether the value is right for its field is for the catalogue to say.
 * @param printed what stands in it may be printed names, which can hold a comma; ids cannot, nor a semicolon
 */
export function readCell({ name, kind }: Column, cell: string, printed: boolean): CellReading {
  switch (kind) {
    case 'text':
      return { ok: true, value: cell };
    case 'number':
      // What is no number is left as it is, and refused as such.
      return { ok: true, value: /^\d{1,15}$/.test(cell) ? Number(cell) : cell };
    case 'list':
    case 'text-or-list':
      return cell.trimStart().startsWith('[')
        ? readJson(name, cell)
        : { ok: true, value: readList(kind, cell, isSlugField(name) && !printed ? /[;,]/ : /;/) };
    case 'json':
      return readJson(name, cell);
  }
}

function readList(kind: 'list' | 'text-or-list', cell: string, separator: RegExp): string | readonly string[] {
  if (kind === 'text-or-list' && !separator.test(cell)) return cell;
  return cell
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** What a JSON cell of a column looks like, for those who have to write one. */
const EXAMPLES: Readonly<Record<string, string>> = {
  points: '[{"id":"1","text":"All for all"}]',
  counts: '{"northland":157,"southland":"300+"}',
  changes: '{"occurred":"2026-02-14"}',
};

function readJson(name: string, cell: string): CellReading {
  try {
    return { ok: true, value: JSON.parse(cell) };
  } catch {
    const message = `write JSON in this cell, such as ${EXAMPLES[name] ?? '["northland","southland"]'}`;
    return { ok: false, fault: { field: name, value: cell, message } };
  }
}

function columnsOf(): readonly Column[] {
  const own = new Map<string, Column>();
  const common = new Map<string, Column>();
  for (const type of DEVELOPMENT_TYPES)
    for (const [key, schema] of Object.entries(shapeOf(type)?.def.shape ?? {}))
      for (const column of columnsOfField([key], bare(schema)))
        (key in happened ? common : own).set(column.name, column);
  return [...own.values(), ...common.values()];
}

function columnsOfField(path: readonly string[], { def }: Shaped): readonly Column[] {
  if (def.type === 'object')
    return Object.entries(def.shape ?? {}).flatMap(([key, schema]) => columnsOfField([...path, key], bare(schema)));
  return [{ name: path.join('.'), path, kind: kindOf(def) }];
}

function kindOf(def: Shaped['def']): CellKind {
  switch (def.type) {
    case 'number':
      return 'number';
    case 'literal':
      return typeof def.values?.[0] === 'number' ? 'number' : 'text';
    case 'array':
      return def.element?.def.type === 'string' ? 'list' : 'json';
    case 'union':
      return 'text-or-list';
    case 'record':
      return 'json';
    default:
      return 'text';
  }
}
