import { isDeepStrictEqual } from 'node:util';
import { DemarcheError } from '../../events/errors.ts';
import type { PreparedEvent } from './port.ts';

interface Expectation {
  readonly stream: string;
  /** -1: that the stream does not exist */
  readonly expected: number;
}

/** Metadata is about the writing: the same event told by somebody else is the same event. */
export function sameContent(event: PreparedEvent, row: Readonly<Record<string, unknown>> | undefined): boolean {
  if (row?.type !== event.type || typeof row.data !== 'string') return false;
  return row.data === event.data || isDeepStrictEqual(JSON.parse(row.data), JSON.parse(event.data));
}

export const idConflict = (id: string, what: string): DemarcheError =>
  new DemarcheError('ID_CONFLICT', `Event ${id} ${what}.`, {
    faults: [{ field: 'id', value: id, message: 'An id names one event, for ever.' }],
  });

export function wrongRevision({ stream, expected }: Expectation, actual: number): DemarcheError {
  const is = actual < 0 ? 'does not exist' : `is at revision ${actual}`;
  const wanted = expected < 0 ? 'it was expected not to exist' : `it was expected at ${expected}`;
  return new DemarcheError('WRONG_EXPECTED_REVISION', `${stream} ${is}; ${wanted}.`, {
    faults: [{ field: 'expected', value: expected < 0 ? 'none' : String(expected), message: `${stream} ${is}.` }],
  });
}
