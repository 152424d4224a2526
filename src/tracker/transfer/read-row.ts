/** One row of a file after the other: defaults, printed names, the catalogue. */
import { type Development, type Fault, parseDevelopment } from '../../../events/index.ts';
import type { ParsedRow } from './declare.ts';
import { type NameBook, nameBook } from './names.ts';
import type { Row } from './row.ts';
import type { SourceFile } from './source-file.ts';

export interface RowReader {
  /** the development of a row; undefined, with every fault told, where it is none */
  read(row: Row): Promise<ParsedRow | undefined>;
  /** the name under which a slug was printed in the rows read; the slug itself where it was not */
  printed(kind: 'party' | 'issue', slug: string): string;
}

/**
 * Reads the rows of one file, which are all of one negotiation.
 * @param onRecord what its negotiation holds, for the names on record; absent: names are not turned into slugs
 */
export function rowReader(
  file: SourceFile,
  onRecord: ((negotiation: string) => Promise<readonly Development[]>) | undefined,
  tell: (fault: Fault, line: number) => void,
): RowReader {
  let book: NameBook | undefined;
  let negotiation = file.negotiation;

  async function named(written: unknown, line: number): Promise<unknown> {
    if (!file.map || !onRecord || !isObject(written)) return written;
    book ??= nameBook(await onRecord(String(written.negotiation)));
    const { fields, faults } = book.resolve(written, line);
    for (const fault of faults) tell(fault, line);
    return faults.length > 0 ? undefined : fields;
  }

  return {
    async read(row) {
      const { line } = row;
      const written = await named(withDefaults(row.written, file.defaults), line);
      if (written === undefined) return undefined;
      const parsed = parseDevelopment(written);
      if (!parsed.ok) {
        for (const fault of parsed.faults) tell(isUnnamed(fault) ? { ...fault, message: UNNAMED } : fault, line);
        return undefined;
      }
      const development = parsed.value;
      negotiation ??= development.negotiation;
      if (development.negotiation === negotiation) return { line, development };
      const message = `a file holds one negotiation, this one ${negotiation}; give each negotiation a file of its own`;
      tell({ field: 'negotiation', value: development.negotiation, message }, line);
      return undefined;
    },
    printed: (kind, slug) => book?.printed(kind, slug) ?? slug,
  };
}

const UNNAMED = 'say which negotiation this is of: in each row, or once for the whole file (--negotiation)';
const isUnnamed = ({ field, value }: Fault): boolean => field === 'negotiation' && value === undefined;

/** What the row says comes before the defaults, also within its source. */
function withDefaults(written: unknown, defaults: SourceFile['defaults']): unknown {
  if (!isObject(written)) return written;
  const { source } = written;
  return {
    ...defaults,
    ...written,
    ...(isObject(defaults.source) && isObject(source) ? { source: { ...defaults.source, ...source } } : {}),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
