import { DemarcheError, type ErrorCode, isDemarcheError } from '../../events/errors.ts';

/** Primary result codes of SQLite (the low byte of what it returns), https://sqlite.org/rescode.html */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;
const IOERR_SHMSIZE = 4874;
/** The file ends before a page that belongs to it. A commit reads nothing back: what met this was not written. */
const IOERR_SHORT_READ = 522;

interface SqliteError extends Error {
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';

const primary = (error: unknown): number | undefined => (isSqliteError(error) ? error.errcode & 0xff : undefined);

/** Another connection holds the lock: the same statement may succeed in a moment. */
export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(primary(error) ?? -1);

export const isReadOnly = (error: unknown): boolean => primary(error) === READONLY;

/** The file, or a side file that reading it takes. */
export const isUnopenable = (error: unknown): boolean => primary(error) === CANTOPEN;

export const isConstraint = (error: unknown): boolean => primary(error) === CONSTRAINT;

/** The disk failed in the middle: after a COMMIT, nobody knows what lies on it. */
export const isInputOutput = (error: unknown): boolean =>
  isSqliteError(error) && primary(error) === IOERR && ![IOERR_SHMSIZE, IOERR_SHORT_READ].includes(error.errcode);

export const damaged = (file: string, what: string, cause?: unknown): DemarcheError =>
  new DemarcheError('STORE_CORRUPT', `${file}: ${what}`, { cause });

export const outcomeUnknown = (file: string, cause: unknown): DemarcheError =>
  new DemarcheError('STORE_OUTCOME_UNKNOWN', `${file}: the disk failed while writing; whether it wrote is not known`, {
    cause,
  });

/** What SQLite or its driver said, as an error of ours that names the file. Errors that are not theirs pass through. */
export function translate(error: unknown, file: string): unknown {
  if (isDemarcheError(error) || !(error instanceof Error)) return error;
  // The driver refuses an integer beyond 2^53, and the log holds none.
  if ('code' in error && error.code === 'ERR_OUT_OF_RANGE') return damaged(file, 'holds a number no log has', error);
  if (!isSqliteError(error)) return error;
  const [code, meaning] = verdict(error);
  return new DemarcheError(code, `${file}: ${meaning} (SQLite: ${error.message})`, { cause: error });
}

function verdict(error: SqliteError): readonly [ErrorCode, string] {
  if (error.errcode === IOERR_SHMSIZE) return ['STORE_FULL', 'there is no room left to write'];
  if (error.errcode === IOERR_SHORT_READ) return ['STORE_CORRUPT', 'the log is damaged: the file is cut off'];
  switch (error.errcode & 0xff) {
    case BUSY:
    case LOCKED:
      return ['STORE_UNAVAILABLE', 'another process keeps the log locked'];
    case READONLY:
      return ['STORE_READ_ONLY', 'the log cannot be written to'];
    case FULL:
      return ['STORE_FULL', 'there is no room left to write'];
    case CANTOPEN:
      return ['STORE_UNAVAILABLE', 'the log cannot be opened'];
    // ERROR and CONSTRAINT come from a schema or an index that is not what the header promises: every statement of ours is fixed.
    case ERROR:
    case CORRUPT:
    case CONSTRAINT:
      return ['STORE_CORRUPT', 'the log is damaged'];
    case NOTADB:
      return ['STORE_CORRUPT', 'this is not a database, let alone a Demarche log'];
    default:
      return ['STORE_UNAVAILABLE', 'the log cannot be read or written'];
  }
}
