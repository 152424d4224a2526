/** CSV in: which cell of a row is which field. */
import { nearest } from '../../../events/index.ts';
import { COLUMN_NAMES, type Column, columnNamed, inOtherCase, readCell } from './columns.ts';
import { readRecords } from './csv-records.ts';
import type { FaultList } from './faults.ts';
import type { Block } from './lines.ts';
import type { ColumnMap } from './map.ts';
import type { Row } from './row.ts';

/** Where a field is read from: a cell of each row, or the map itself. */
type Binding = { readonly column: Column } & (
  | { readonly index: number; readonly name: string }
  | { readonly constant: string }
);

/**
 * The rows of a CSV file. Without a map, its columns are named after fields (`source.publisher`), and a name that is none is refused.
 * With one, cells are trimmed, and columns that are not mapped are passed over.
 */
export async function* readCsv(
  blocks: AsyncIterable<Block>,
  map: ColumnMap | undefined,
  faults: FaultList,
): AsyncGenerator<Row> {
  let header: readonly string[] | undefined;
  let bindings: readonly Binding[] = [];
  for await (const { cells, line } of readRecords(blocks, faults)) {
    if (!header) {
      header = cells.map((cell) => cell.trim());
      bindings = map ? bindMapped(header, map, line, faults) : bindByName(header, line, faults);
      // Every row would only repeat what is wrong with the header.
      faults.throwIfAny();
    } else if (cells.length === header.length) {
      const written = readCells(
        map ? cells.map((cell) => cell.trim()) : cells,
        bindings,
        map !== undefined,
        line,
        faults,
      );
      if (written) yield { line, written };
    } else {
      const message = `this row has ${cells.length} cells and the header ${header.length}; a cell that holds the separator stands in quotes`;
      faults.add({ field: '', line, message });
    }
  }
}

/** The fields of a row; undefined, with a fault, where a cell cannot be read. */
function readCells(
  cells: readonly string[],
  bindings: readonly Binding[],
  printed: boolean,
  line: number,
  faults: FaultList,
): Readonly<Record<string, unknown>> | undefined {
  const fields: Record<string, unknown> = {};
  let whole = true;
  for (const binding of bindings) {
    const { column } = binding;
    const cell = 'constant' in binding ? binding.constant : (cells[binding.index] ?? '');
    if (cell === '') continue;
    const reading = readCell(column, cell, printed);
    if (reading.ok) put(fields, column.path, reading.value);
    else {
      whole = false;
      faults.add({ ...reading.fault, line, ...('name' in binding ? { column: binding.name } : {}) });
    }
  }
  return whole ? fields : undefined;
}

/** Paths are of one or two names. */
function put(fields: Record<string, unknown>, [outer = '', inner]: readonly string[], value: unknown): void {
  if (inner === undefined) fields[outer] = value;
  else fields[outer] = { ...(fields[outer] as object | undefined), [inner]: value };
}

function bindByName(header: readonly string[], line: number, faults: FaultList): readonly Binding[] {
  if (!header.some(inOtherCase)) {
    const message =
      'no column is named after a field (negotiation, type, occurred, party, issue, stance); for a spreadsheet of your own, map fields to its columns: party=actor,occurred=date';
    faults.stop({ field: '', line, value: header.join(','), message });
  }
  return header.flatMap((name, index): readonly Binding[] => {
    const column = columnNamed(name);
    if (column && header.indexOf(name) === index) return [{ column, name, index }];
    const field = inOtherCase(name);
    const suggestion = column || name === '' ? undefined : (field ?? nearest(name, COLUMN_NAMES));
    const message = column
      ? 'this column is here twice; leave one out'
      : field
        ? `a column is named exactly as its field: write ${field}`
        : `there is no such column; ${suggestion ? `did you mean ${suggestion}?` : 'leave it out, or import with a map'}`;
    const place = name === '' ? `${index + 1} (without a name)` : name;
    faults.add({ field: '', line, column: place, message, ...(suggestion ? { suggestion } : {}) });
    return [];
  });
}

function bindMapped(header: readonly string[], map: ColumnMap, line: number, faults: FaultList): readonly Binding[] {
  return [...map].flatMap(([field, mapped]): readonly Binding[] => {
    const column = columnNamed(field);
    if (!column) throw new TypeError(`no column for ${field}`);
    if ('constant' in mapped) return [{ column, constant: mapped.constant }];
    const { column: name } = mapped;
    const index = header.indexOf(name);
    if (index !== -1 && index === header.lastIndexOf(name)) return [{ column, name, index }];
    const suggestion = index === -1 ? nearest(name, header) : undefined;
    const message =
      index === -1
        ? `the map names this column, which the file does not have${suggestion ? `; did you mean ${suggestion}?` : ''} (it has ${header.join(', ')})`
        : 'the map names this column, which the file has twice';
    faults.add({ field, line, column: name, message, ...(suggestion ? { suggestion } : {}) });
    return [];
  });
}
