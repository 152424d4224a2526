/** From the bytes of a file to developments that follow the catalogue, or to what is wrong in it. */
import { type DevelopmentInput, type Fault, parseDevelopment } from '../../../events/index.ts';
import { columnOfField } from './columns.ts';
import { readCsv } from './csv.ts';
import { type ParsedRow, withDeclarations } from './declare.ts';
import { faultList } from './faults.ts';
import { readJsonl } from './jsonl.ts';
import { wholeLines } from './lines.ts';
import { NAMING_FIELDS } from './names.ts';
import { rowReader } from './read-row.ts';
import { publisherOf, type SourceFile, sourceFile } from './source-file.ts';
import type { Bytes, ImportFile, ImportItem, ReadOptions } from './types.ts';

/**
 * Reads a file whole: its developments as the catalogue has them, in its order, with what they need declared where that is asked for.
 * Whether they may be recorded is for a tracker to say.
 * @throws DemarcheError `IMPORT_INVALID`: each of the first 20 faults with its line, column, value and what would be right;
 *   `REQUEST_INVALID`: an option that is wrong whatever the file holds
 */
export async function readImport(input: Bytes, options: ReadOptions): Promise<ImportFile> {
  const { declare = false, onProgress, onRecord = async () => [] } = options;
  const file = sourceFile(options);
  const faults = faultList(file.name);
  const place = placing(file);
  const reader = rowReader(file, declare ? onRecord : undefined, (fault, line) => {
    const misnamed = !declare && file.map !== undefined && (fault.field.split('.', 1)[0] ?? '') in NAMING_FIELDS;
    const message = misnamed ? `${fault.message}; with --declare, printed names are made into ids` : fault.message;
    faults.add(place({ ...fault, message }, { line, declares: null }));
  });

  const rows: ParsedRow[] = [];
  const blocks = wholeLines(input, faults, (bytes) =>
    onProgress?.({ phase: 'reading', bytes, developments: rows.length }),
  );
  for await (const row of file.format === 'csv' ? readCsv(blocks, file.map, faults) : readJsonl(blocks, faults)) {
    const parsed = await reader.read(row);
    if (parsed) rows.push(parsed);
  }
  faults.throwIfAny();
  const [first] = rows;
  if (!first) return faults.stop({ field: '', message: 'there is no development in this file' });

  const { negotiation } = first.development;
  const declaration = (written: DevelopmentInput, line: number, declares: string): readonly ImportItem[] => {
    const parsed = parseDevelopment({ ...written, source: { publisher: publisherOf(file.name) } });
    if (parsed.ok) return [{ development: parsed.value, line, declares }];
    for (const fault of parsed.faults) faults.add(place(fault, { line, declares }));
    return [];
  };
  const items = declare
    ? withDeclarations(rows, {
        negotiation,
        title: file.title ?? negotiation,
        onRecord: await onRecord(negotiation),
        printed: reader.printed,
        declare: declaration,
      })
    : rows.map((row) => ({ ...row, declares: null }));
  faults.throwIfAny();
  return { negotiation, items, locate: (item, fault) => place(fault, item) };
}

/** Puts faults in their place in a file: line, and in CSV the column as the file names it. */
const placing =
  ({ format, map }: SourceFile) =>
  ({ index: _, ...fault }: Fault, { line, declares }: Pick<ImportItem, 'line' | 'declares'>): Fault => {
    const field = declares ?? fault.field;
    const name = format === 'csv' ? columnOfField(field) : undefined;
    const mapped = name === undefined ? undefined : map?.get(name);
    const column = !map ? name : mapped && 'column' in mapped ? mapped.column : undefined;
    return { ...fault, field, line, ...(column === undefined ? {} : { column }) };
  };
