/** Import and export: developments as JSON Lines and as CSV, in and out. Described for people in `docs/importing.md`. */
import type { Development } from '../../../events/index.ts';
import type {
  Bytes,
  ImportFile,
  ImportOptions,
  ImportReport,
  ImportTarget,
  ReadOptions,
  TransferFormat,
} from './types.ts';

export * from './types.ts';

/** What a file holds, by the ending of its name; undefined where that does not say. */
export declare function formatOf(fileName: string): TransferFormat | undefined;
/** Developments as JSON Lines, in pieces of text. */
export declare function exportJsonl(
  developments: Iterable<Development> | AsyncIterable<Development>,
): AsyncIterable<string>;
/** Developments as CSV with its header, in pieces of text. */
export declare function exportCsv(
  developments: Iterable<Development> | AsyncIterable<Development>,
): AsyncIterable<string>;
/** A CSV file to start from: the columns most people need, and example rows that import as they are. */
export declare function csvTemplate(): string;
/** Reads a file into developments. @throws DemarcheError `IMPORT_INVALID` (faults with line and column), `REQUEST_INVALID` (an option) */
export declare function readImport(input: Bytes, options: ReadOptions): Promise<ImportFile>;
/** Reads a file and records it: all of it or nothing. @throws as `readImport`, and what the store throws */
export declare function importInto(tracker: ImportTarget, input: Bytes, options: ImportOptions): Promise<ImportReport>;
