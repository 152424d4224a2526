/** What the file system said when a file could not be written, in the words of the store: whoever asks is told the same of both. */
import { DemarcheError, type ErrorCode } from '../../../events/errors.ts';

/** @param what could not be written, for the log */
export function notWritten(what: string, cause: unknown): DemarcheError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new DemarcheError(meaningOf(code), `${what} could not be written: ${message}`, { cause });
}

function meaningOf(code: string): ErrorCode {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'STORE_FULL';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'STORE_READ_ONLY';
    default:
      return 'STORE_UNAVAILABLE';
  }
}
