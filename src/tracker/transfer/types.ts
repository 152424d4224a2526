/** What goes in and out of an import. */
import type { Development, ParsedDevelopment } from '../../../events/index.ts';
import type { Tracker } from '../api.ts';

export const TRANSFER_FORMATS = ['jsonl', 'csv'] as const;
export type TransferFormat = (typeof TRANSFER_FORMATS)[number];

/** The bytes of a file, as a stream of it gives them. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What is imported: bytes as they come, or what gives them anew each time it is asked. */
export type Input = Bytes | (() => Bytes);

/** How a file is to be read. */
export interface ReadOptions {
  /** the file's name; a path is cut down to its last part. Without `format`, its ending says what it holds */
  readonly fileName: string;
  readonly format?: TransferFormat | undefined;
  /**
   * Which column of a spreadsheet of one's own holds which field, `party=actor,occurred=decision_date`, or which value a field has in
   * every row, `type:=DemandStated`. CSV only
   */
  readonly map?: string | undefined;
  /** the negotiation of rows that name none; a file that names another one is refused */
  readonly negotiation?: string | undefined;
  /** declare parties and issues that are not declared yet, and open the negotiation if it is not open */
  readonly declare?: boolean | undefined;
  /**
   * The developments on record that open a negotiation and declare in it, none where it is not open: asked for with `declare`.
   * `importInto` asks its tracker.
   */
  readonly onRecord?: ((negotiation: string) => Promise<readonly Development[]>) | undefined;
  /** called after each piece of the file that was read */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportOptions extends Omit<ReadOptions, 'onRecord'> {
  /** check everything and write nothing */
  readonly dryRun?: boolean | undefined;
  /** who records it, kept beside the developments */
  readonly by?: string | undefined;
}

export interface ImportProgress {
  /**
   * With `declare`, `surveying` comes again and again: the file is read for what it needs declared. Then `reading` does, from the
   * start; then `checking` (a dry run) or `recording` once, then `done` once
   */
  readonly phase: 'surveying' | 'reading' | 'checking' | 'recording' | 'done';
  /** bytes of the file read so far in this phase */
  readonly bytes: number;
  /** developments read so far, declarations not counted */
  readonly developments: number;
}

/** One development to record, and where in the file it comes from. */
export interface ImportItem {
  readonly development: ParsedDevelopment;
  /** from 1; of a row over several lines, the first of them */
  readonly line: number;
  /** null for a row of the file; else it declares what a field of the row on this line names, and this is that field */
  readonly declares: string | null;
}

export interface ImportReport {
  readonly negotiation: string;
  readonly dryRun: boolean;
  /** developments in the file; `read` = `added` + `known` */
  readonly read: number;
  /** of these, new (in a dry run: would be) */
  readonly added: number;
  /** of these, on record already, or the same as an earlier row of the file */
  readonly known: number;
  /** parties, issues and the opening that were declared beside them (in a dry run: would be) */
  readonly declared: number;
  /** the log position that holds all of it; null in a dry run */
  readonly position: string | null;
}

/** What an import needs of a tracker. */
export type ImportTarget = Pick<Tracker, 'batch'>;
