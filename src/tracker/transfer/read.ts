/**
 * From the bytes of a file to developments that follow the catalogue, or to what is wrong in it. Whether they may be recorded is for a
 * tracker to say.
 */
import { type DevelopmentInput, type Fault, parseDevelopment } from '../../../events/index.ts';
import { columnOfField } from './columns.ts';
import { readCsv } from './csv.ts';
import { declarer, type ParsedRow, type Survey, survey } from './declare.ts';
import { type FaultList, faultList } from './faults.ts';
import { readJsonl } from './jsonl.ts';
import { wholeLines } from './lines.ts';
import { isSlugField } from './names.ts';
import type { Passes } from './passes.ts';
import { type RowReader, rowReader } from './read-row.ts';
import { publisherOf, type SourceFile, sourceFile } from './source-file.ts';
import type { ImportItem, ImportProgress, ReadOptions } from './types.ts';

/** One reading of a file, as far as it is pulled. */
export interface Reading {
  /**
   * The developments of the file as the catalogue has them, in its order, with what they need declared where that is asked for. What is
   * wrong is passed over, and thrown at the end: a reader that looks no further then is told all of it.
   * @throws DemarcheError `IMPORT_INVALID`
   */
  readonly items: AsyncIterable<ImportItem>;
  /** how many faults were found so far */
  faults(): number;
  /** puts a fault in a field of an item in its place in the file */
  locate(item: ImportItem, fault: Fault): Fault;
}

/** A file that is read: its bytes, what it is, what was found wrong in it so far, and what was asked for. */
interface Source {
  readonly passes: Passes;
  readonly file: SourceFile;
  readonly faults: FaultList;
  readonly options: ReadOptions;
}

/**
 * Begins to read a file. With `declare` it is read twice: what a row needs declared may depend on any row behind it.
 * @throws DemarcheError `REQUEST_INVALID`: an option that is wrong whatever the file holds
 */
export function reading(passes: Passes, options: ReadOptions): Reading {
  const file = sourceFile(options);
  const faults = faultList(file.name);
  const place = placing(file);
  const source: Source = { passes, file, faults, options };
  return {
    items: options.declare ? declaredItems(source) : items(source),
    faults: () => faults.count,
    locate: (item, fault) => place(fault, item),
  };
}

async function* items(source: Source): AsyncGenerator<ImportItem> {
  for await (const row of rows(source, readerOf(source), 'reading')) yield { ...row, declares: null };
}

async function* declaredItems(source: Source): AsyncGenerator<ImportItem> {
  const reader = readerOf(source);
  const surveyed = survey();
  for await (const row of rows(source, reader, 'surveying')) surveyed.add(row);
  let withDeclarations: ReturnType<typeof declarer> | undefined;
  for await (const row of rows(source, reader, 'reading')) {
    withDeclarations ??= await declarerOf(row.development.negotiation, source, reader, surveyed);
    yield* withDeclarations(row);
  }
}

function readerOf({ file, faults, options: { declare, onRecord = nothing } }: Source): RowReader {
  const place = placing(file);
  return rowReader(file, declare ? onRecord : undefined, (fault, line) => {
    const named = fault.value !== undefined && isSlugField(fault.field.split('.', 1)[0] ?? '');
    const printed = named && !declare && file.map !== undefined;
    const message = printed ? `${fault.message}; with --declare, printed names are made into ids` : fault.message;
    faults.add(place({ ...fault, message }, { line, declares: null }));
  });
}

const nothing = async () => [];

/** The rows of a file that are developments. @throws DemarcheError `IMPORT_INVALID` at its end */
async function* rows(
  { passes, file, faults, options: { onProgress } }: Source,
  reader: RowReader,
  phase: ImportProgress['phase'],
): AsyncGenerator<ParsedRow> {
  let developments = 0;
  const blocks = wholeLines(passes.pass(), faults, (bytes) => onProgress?.({ phase, bytes, developments }));
  for await (const row of file.format === 'csv' ? readCsv(blocks, file.map, faults) : readJsonl(blocks, faults)) {
    const parsed = await reader.read(row);
    if (!parsed) continue;
    developments += 1;
    yield parsed;
  }
  faults.throwIfAny();
  if (developments === 0) faults.stop({ field: '', message: 'there is no development in this file' });
}

async function declarerOf(
  negotiation: string,
  { file, faults, options: { onRecord = nothing } }: Source,
  { printed }: RowReader,
  surveyed: Survey,
): Promise<ReturnType<typeof declarer>> {
  const place = placing(file);
  const declare = (written: DevelopmentInput, line: number, declares: string): readonly ImportItem[] => {
    const parsed = parseDevelopment({ ...written, source: { publisher: publisherOf(file.name) } });
    if (parsed.ok) return [{ development: parsed.value, line, declares }];
    for (const fault of parsed.faults) faults.add(place(fault, { line, declares }));
    return [];
  };
  const title = file.title ?? negotiation;
  return declarer({ negotiation, title, onRecord: await onRecord(negotiation), surveyed, printed, declare });
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
