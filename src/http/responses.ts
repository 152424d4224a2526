/** How answers are described in the OpenAPI file. Nothing is serialised by these: `JSON.stringify` is faster, and the types hold. */
import { z } from 'zod';
import { problem } from './problem.ts';

type Refusal = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503 | 507;
/** What any route may answer. */
const ANYWHERE = [421, 500] as const;

const WORDS: Record<Refusal | (typeof ANYWHERE)[number], string> = {
  400: 'The request cannot be understood: each field that is wrong is named',
  401: 'No token, or one that is not known here',
  403: 'The role of this token does not reach that far',
  404: 'No such thing on record',
  409: 'It stands in conflict with what is on record',
  413: 'More than this server takes at once',
  415: 'Not a content type this route takes',
  421: 'Without tokens this server answers under the names of this machine only',
  422: 'Refused, and nothing was written: each fault is named',
  429: 'Too many at once: see Retry-After',
  500: 'Something is wrong here, such as a damaged log',
  503: 'Not now: see Retry-After',
  507: 'There is no room left to write: see Retry-After',
};

const described = (status: keyof typeof WORDS) => ({
  description: WORDS[status],
  content: { 'application/problem+json': { schema: problem } },
});

/** The refusals a route knows beside its answer, and those that any may answer: of a route that answers as often as it is asked. */
export const problemsUnlimited = <const S extends Refusal>(...statuses: readonly S[]) =>
  Object.fromEntries([...statuses, ...ANYWHERE].map((status) => [status, described(status)])) as Record<
    S | (typeof ANYWHERE)[number],
    ReturnType<typeof described>
  >;

/** The same of a route whose requests are counted. */
export const problems = <const S extends Refusal>(...statuses: readonly S[]) =>
  problemsUnlimited<S | 429>(...statuses, 429);

/** The answer to a reader that has it already. */
export const notModified = { 304: { description: 'The ETag still holds: what the reader has is the answer' } } as const;

/** One JSON value a line. Not `application/jsonl`, which the clients of some generators take for JSON, as it begins like it. */
export const JSON_LINES = 'application/x-ndjson';

/** An answer that is not JSON. */
export const text = (description: string, ...types: readonly string[]): { readonly 200: unknown } => ({
  200: { description, content: Object.fromEntries(types.map((type) => [type, { schema: z.string() }])) },
});

/** A `Link` (RFC 8288) to the same question, from another cursor on. */
export function nextPage(url: string, after: string): string {
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('after', after);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
