/** What every store says of an append that it refuses. */
import { isDeepStrictEqual } from 'node:util';
import { type DemarcheError, refusal } from '../../events/errors.ts';
import type { ExpectedRevision, NewEvent, PreparedEvent } from './port.ts';

/** An event as a store has it. */
export type Told = Pick<NewEvent, 'id' | 'type' | 'data'>;

/** Metadata is about the writing: the same event told by somebody else is the same event. */
export const sameContent = (event: PreparedEvent, told: Told): boolean =>
  told.id === event.id && told.type === event.type && isDeepStrictEqual(told.data, JSON.parse(event.data));

/** For events whose ids a stream holds in this order already: the refusal, where one of them says something else there. */
export function contentConflict(
  stream: string,
  events: readonly PreparedEvent[],
  there: readonly Told[],
): DemarcheError | undefined {
  const changed = events.find((event, index) => {
    const told = there[index];
    return told === undefined || !sameContent(event, told);
  });
  return changed && idConflict(changed.id, `is in ${stream} already, with other content`);
}

export const idConflict = (id: string, what: string): DemarcheError =>
  refusal(
    'ID_CONFLICT',
    { field: 'id', value: id, message: 'An id names one event, for ever.' },
    `Event ${id} ${what}.`,
  );

export function wrongRevision(stream: string, expected: ExpectedRevision, actual: ExpectedRevision): DemarcheError {
  const is = actual === 'none' ? 'does not exist' : `is at revision ${actual}`;
  const wanted = expected === 'none' ? 'it was expected not to exist' : `it was expected at ${expected}`;
  const fault = { field: 'expected', value: String(expected), message: `${stream} ${is}.` };
  return refusal('WRONG_EXPECTED_REVISION', fault, `${stream} ${is}; ${wanted}.`);
}
