/** Errors as they leave: RFC 9457 `application/problem+json`, with the stable `code` of the registry. Never a stack or a path. */
import { z } from 'zod';
import {
  DemarcheError,
  ERRORS,
  type ErrorCode,
  type Fault,
  firstFaults,
  isDemarcheError,
} from '../../events/errors.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** What is wrong with one field: where, what stands there, what would be right. */
const fault = z.object({
  field: z.string().meta({ description: 'Dotted path of the field; empty for the whole' }),
  message: z.string().meta({ description: 'What would be right' }),
  value: z.unknown().optional().meta({ description: 'What stands there' }),
  code: z.enum(CODES).optional(),
  suggestion: z.string().optional().meta({ description: 'The nearest declared name' }),
  index: z.int().optional().meta({ description: 'Which of several developments' }),
});

export const problem = z.object({
  type: z.string().meta({ description: 'A URN that stands for the code' }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(CODES),
  retryable: z.boolean().meta({ description: 'The same call, unchanged, may succeed later' }),
  instance: z.string().optional().meta({ description: 'The id of the request, as in the log' }),
  faults: z.array(fault).readonly(),
  more: z.int().meta({ description: 'How many faults there are beside those listed' }),
});

export type Problem = z.output<typeof problem>;

/** How many seconds a caller should wait before the same call again. */
const RETRY_AFTER = 1;
/** So that an answer stays small whatever was sent. */
const MOST_FAULTS = 100;
const LONGEST_VALUE = 200;

/** What an error is called to the outside; what was not thrown on purpose is `INTERNAL`, and says nothing more. */
export function problemOf(error: unknown, instance?: string): Problem {
  const known = knownError(error);
  const { status, title, retryable } = ERRORS[known.code];
  const { faults, more } = firstFaults(known, MOST_FAULTS);
  return {
    type: `urn:demarche:error:${known.code}`,
    title,
    status,
    detail: detailOf(known),
    code: known.code,
    retryable,
    ...(instance === undefined ? {} : { instance }),
    faults: faults.map(shown),
    more,
  };
}

/** What went wrong in the store or in a file beside it names these: that is for the log. What is for whoever asks is said in a fault. */
export const detailOf = ({ code, message, faults = [] }: Told): string =>
  ERRORS[code].status >= 500 && /^(?:STORE|TOKENS|WEBHOOKS)_/.test(code)
    ? (faults[0]?.message ?? `${ERRORS[code].title}; the log of the server says more.`)
    : message;

type Told = Pick<DemarcheError, 'code' | 'message'> & { readonly faults?: readonly Fault[] };

/** Seconds for `Retry-After`, where trying again makes sense. */
export const retryAfter = ({ retryable, status }: Problem): number | undefined =>
  retryable && (status === 429 || status === 503 || status === 507) ? RETRY_AFTER : undefined;

const knownError = (error: unknown): DemarcheError =>
  isDemarcheError(error) ? error : new DemarcheError('INTERNAL', `${ERRORS.INTERNAL.title}.`);

function shown({ field, message, value, code, suggestion, index }: Fault): Problem['faults'][number] {
  const text = typeof value === 'string' ? value : value === undefined ? undefined : JSON.stringify(value);
  return {
    field,
    message,
    ...(text === undefined ? {} : { value: text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : value }),
    ...(code === undefined ? {} : { code }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(index === undefined ? {} : { index }),
  };
}
