/** The records of a CSV file, each with the line it begins on. */
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import type { FaultList } from './faults.ts';
import { type Block, LONGEST_LINE_BYTES } from './lines.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** on which it begins, from 1 */
  readonly line: number;
}

/**
 * The records that have any content, the header among them. They may have different numbers of cells.
 * @throws DemarcheError `IMPORT_INVALID` where the quotes leave no way to tell the cells apart
 */
export async function* readRecords(blocks: AsyncIterable<Block>, faults: FaultList): AsyncGenerator<CsvRecord> {
  const iterator = blocks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (!first.done) yield* recordsOf(first.value, iterator, faults);
}

async function* recordsOf(first: Block, rest: AsyncIterator<Block>, faults: FaultList): AsyncGenerator<CsvRecord> {
  // The parser counts lines too, but every "\r" in a cell as one.
  let passed = 0;
  const lineAt = ({ empty_lines: empty }: Pick<Info, 'empty_lines'>): number => 1 + passed + empty;
  const toRecord = (cells: readonly string[], info: Info): CsvRecord | null => {
    const line = lineAt(info);
    passed += 1 + cells.reduce((sum, cell) => sum + lineEndsIn(cell), 0);
    return cells.some((cell) => cell.trim() !== '') ? { cells, line } : null;
  };
  const parser = parse({
    delimiter: delimiterOf(first.bytes),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE_BYTES,
    // Its types let a record become something else only together with named columns.
    on_record: toRecord as unknown as NonNullable<Options['on_record']>,
  });
  // An error of the source reaches the loop below through the parser, which the pipeline destroys with it.
  pipeline(Readable.from(bytesOf(first, rest)), parser, () => undefined);
  try {
    yield* parser as AsyncIterable<CsvRecord>;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    faults.stop({ field: '', line: lineAt(error as unknown as Info), message: sentenceOf(error) });
  } finally {
    // Whoever stops in the middle closes the file. A source that says nothing for long is not waited for.
    rest.return?.().catch(() => undefined);
  }
}

async function* bytesOf(first: Block, rest: AsyncIterator<Block>): AsyncGenerator<Buffer> {
  for (let next: IteratorResult<Block> = { value: first }; !next.done; next = await rest.next()) yield next.value.bytes;
}

/** As most tools count: a line ends with "\n", and a bare "\r" in a cell is only a character. */
const lineEndsIn = (cell: string): number => (cell.includes('\n') ? cell.split('\n').length - 1 : 0);

/** What separates the cells: a comma, or what the spreadsheets of many countries write instead. */
function delimiterOf(bytes: Buffer): string {
  const [header = ''] = bytes
    .toString('utf8')
    .trimStart()
    .split(/[\r\n]/, 1);
  const unquoted = header.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

function sentenceOf({ code, message }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a cell of this row begins with a quote that is never closed: close it, or double a quote that belongs to the text ("")';
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'a quote stands inside a cell of this row: put the whole cell in quotes, and double those that belong to the text ("")';
    case 'CSV_MAX_RECORD_SIZE':
      return 'this row is too long; is a quote in it never closed?';
    default:
      return message;
  }
}
