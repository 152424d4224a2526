import { DemarcheError, refusal } from '../../events/errors.ts';
import { type Failure, wordsOf } from './eventstoredb-errors.ts';
import { APPEND_MARK } from './eventstoredb-events.ts';
import type { ExpectedRevision, PreparedEvent } from './port.ts';
import { wrongRevision } from './refusals.ts';

/** What an append says of itself when the server does not name its limit; the default of its `MaxAppendSize`. */
const DEFAULT_LIMIT_BYTES = 1_048_576;
/** A difference between our clock and the leader's that is worth a word, in milliseconds. */
const SKEW_MS = 2_000;

/** What was to be written. */
export interface Write {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
}

/** The error that no repetition will change, or undefined. */
export function finalError(write: Write, failure: Failure, doubt: string | undefined): DemarcheError | undefined {
  switch (failure.kind) {
    case 'refused':
    case 'unknown':
    case 'no-stream':
      return undefined;
    case 'wrong-revision':
      return wrongRevision(write.stream, write.expected, failure.actual);
    case 'too-large':
      return tooLarge(write, failure.limit);
    case 'denied':
    case 'deleted':
    case 'invalid':
      // This attempt surely wrote nothing; an earlier one may have.
      if (doubt !== undefined) return outcomeUnknown(write.stream, `${doubt}; then ${failure.message}`);
      return failure.kind === 'invalid'
        ? new DemarcheError('REQUEST_INVALID', `The server refuses the append to ${write.stream}: ${failure.message}`)
        : new DemarcheError('STORE_READ_ONLY', `${write.stream} cannot be written to: ${failure.message}`);
  }
}

function tooLarge({ stream, events }: Write, limit = DEFAULT_LIMIT_BYTES): DemarcheError {
  let bytes = 0;
  const upTo = events.map((event) => (bytes += sizeOf(event)));
  const fit = upTo.filter((sum) => sum <= limit).length;
  const advice = fit === 0 ? 'the first alone is too large' : `the first ${fit} of the ${events.length} fit`;
  const message = `The server takes ${limit} bytes in one append, and these have ${bytes}: ${advice} (${stream}).`;
  return refusal('EVENT_TOO_LARGE', { field: 'events', value: fit, message });
}

// As the server counts, and room for the mark of the append.
const sizeOf = ({ type, data, metadata }: PreparedEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length + APPEND_MARK.length + 44;

const outcomeUnknown = (stream: string, why: string): DemarcheError =>
  new DemarcheError('STORE_OUTCOME_UNKNOWN', `Nobody knows whether the append to ${stream} was written: ${why}.`);

export function gaveUp(stream: string, failure: Failure, doubt: string | undefined, skew: number): DemarcheError {
  const why = `${doubt ?? wordsOf(failure)}${skewWords(skew)}`;
  return doubt === undefined
    ? new DemarcheError('STORE_UNAVAILABLE', `The append to ${stream} was not written: ${why}.`)
    : outcomeUnknown(stream, why);
}

/** A clock that is off explains a good deal of what else looks odd, and nobody thinks of it. */
function skewWords(skew: number): string {
  if (Math.abs(skew) < SKEW_MS) return '';
  return `; the server's clock is ${Math.abs(skew / 1000).toFixed(0)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's`;
}
