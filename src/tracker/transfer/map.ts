/** The map from a person's own spreadsheet to the fields of the catalogue. */
import { parse } from 'csv-parse/sync';
import { DemarcheError, type Fault, nearest } from '../../../events/index.ts';
import { COLUMN_NAMES } from './columns.ts';

/** For each field that is mapped, the column it is read from, or the value it has in every row. */
export type ColumnMap = ReadonlyMap<string, { readonly column: string } | { readonly constant: string }>;

const FORM = 'write field=column or field:=value, such as party=actor,type:=DemandStated';
const ITEM = /^([^=:]+?)\s*(:?=)\s*(.*)$/s;

/**
 * Reads `party=actor,occurred=decision_date,type:=DemandStated`. It is one CSV row: what has a comma in it stands in quotes,
 * `"stance=position, in words"`.
 * @throws DemarcheError `REQUEST_INVALID`
 */
export function readMap(text: string): ColumnMap {
  const map = new Map<string, { readonly column: string } | { readonly constant: string }>();
  const faults: Fault[] = [];
  const wrong = (value: string, message: string, suggestion?: string) =>
    faults.push({ field: 'map', value, message, ...(suggestion === undefined ? {} : { suggestion }) });
  const items = itemsOf(text);
  if (!items) wrong(text, 'quotes stand around a whole item, such as "stance=position, in words"');
  for (const item of items ?? []) {
    const [, field = '', sign, right = ''] = ITEM.exec(item) ?? [];
    if (!sign || right === '') wrong(item, FORM);
    else if (!COLUMN_NAMES.includes(field)) {
      const suggestion = nearest(field, COLUMN_NAMES);
      const instead = suggestion
        ? `did you mean ${suggestion}?`
        : 'such as party, issue, stance, occurred, source.publisher';
      wrong(item, `there is no field "${field}"; ${instead}`, suggestion);
    } else if (map.has(field)) wrong(item, `"${field}" is mapped twice; map each field once`);
    else map.set(field, sign === '=' ? { column: right } : { constant: right });
  }
  if (faults.length === 0 && map.size === 0) wrong(text, FORM);
  if (faults.length > 0)
    throw new DemarcheError(
      'REQUEST_INVALID',
      faults.map(({ value, message }) => `map: ${value}: ${message}`).join('; '),
      {
        faults,
      },
    );
  return map;
}

/** Undefined where the quotes leave no way to tell the items apart. */
function itemsOf(text: string): readonly string[] | undefined {
  try {
    const rows: string[][] = parse(text, { trim: true, relax_column_count: true });
    return rows.flat().filter((item) => item !== '');
  } catch {
    return undefined;
  }
}
