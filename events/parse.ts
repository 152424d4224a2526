/** From unknown input to a development, or to faults that say which field is wrong, what stands there and what would be right. */
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { DEVELOPMENT_TYPES, developmentSchema } from './catalogue.ts';
import { type ErrorCode, type Fault, isDemarcheError } from './errors.ts';
import { nestingFault } from './nesting.ts';
import { upcast } from './upcast.ts';

/** A development but for its id, which may still have to be derived from its content. */
export type ParsedDevelopment = z.output<typeof developmentSchema>;

export type ParseResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks one development against the catalogue; an older schema version is brought up first. */
export function parseDevelopment(input: unknown): ParseResult<ParsedDevelopment> {
  if (typeof input !== 'object' || input === null) return noObject(input);
  const nesting = nestingFault(input);
  if (nesting) return { ok: false, faults: [nesting] };
  if (Array.isArray(input)) return noObject(input);
  try {
    const written = upcast(input as Record<string, unknown>);
    const result = developmentSchema.safeParse(written);
    return result.success
      ? { ok: true, value: result.data }
      : { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue, written)) };
  } catch (error) {
    if (isDemarcheError(error))
      return { ok: false, faults: error.faults.map((fault) => ({ ...fault, code: error.code })) };
    throw error;
  }
}

const noObject = (value: unknown): ParseResult<never> => ({
  ok: false,
  faults: [{ field: '', value, message: 'write one JSON object for a development' }],
});

/** The faults a zod issue stands for, in our words. */
export function faultsOf(issue: z.core.$ZodIssue, input: unknown): readonly Fault[] {
  const at = (extra: readonly PropertyKey[] = []) => [...issue.path, ...extra];
  const fault = (path: readonly PropertyKey[], message: string, more: Partial<Fault> = {}): Fault => {
    const value = valueAt(input, path);
    return { field: path.map(String).join('.'), ...(value === undefined ? {} : { value }), message, ...more };
  };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fault(at([key]), 'there is no such field here; leave it out'));
    case 'invalid_union':
      return issue.discriminator === 'type'
        ? [typeFault(at(), fault)]
        : [fault(at(), issue.message === 'Invalid input' ? 'this form is not known here' : issue.message)];
    case 'invalid_type':
      return [
        fault(
          at(),
          valueAt(input, issue.path) === undefined
            ? 'this field is required'
            : issue.message.startsWith('Invalid input')
              ? `write ${KINDS[issue.expected] ?? `a ${issue.expected}`}`
              : issue.message,
        ),
      ];
    case 'invalid_key':
      return issue.issues.flatMap((inner) => fault(at(), inner.message));
    default: {
      const code: ErrorCode | undefined =
        issue.path.at(-1) === 'attribution' && valueAt(input, issue.path) === 'off-record' ? 'OFF_RECORD' : undefined;
      return [fault(at(), inOurWords(issue), code ? { code } : {})];
    }
  }
}

/** What would be right, where a schema does not say it itself. */
function inOurWords(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'invalid_value' && message.startsWith('Invalid')) return `write one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_big' && message.startsWith('Too big'))
    return `write at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'items'}`;
  return message;
}

type MakeFault = (path: readonly PropertyKey[], message: string, more?: Partial<Fault>) => Fault;

function typeFault(path: readonly PropertyKey[], fault: MakeFault): Fault {
  const examples = DEVELOPMENT_TYPES.slice(4, 7).join(', ');
  const plain = fault(path, `write one of the types of the catalogue, such as ${examples}`);
  const suggestion = typeof plain.value === 'string' ? nearest(plain.value, DEVELOPMENT_TYPES) : undefined;
  return suggestion ? { ...plain, message: `there is no such type; did you mean ${suggestion}?`, suggestion } : plain;
}

/** No name is longer, and comparing takes time with the length. */
const LONGEST_NAME = 100;

/** The declared name nearest to what was written, if any is near enough to be meant. Capitals make no difference. */
export function nearest(written: string, declared: readonly string[]): string | undefined {
  if (declared.length === 0 || written.length > LONGEST_NAME) return undefined;
  const meant = written.toLowerCase();
  const names = declared.map((name) => name.toLowerCase());
  const name = closest(meant, names);
  return distance(meant, name) <= Math.max(2, Math.ceil(meant.length * 0.4))
    ? declared[names.indexOf(name)]
    : undefined;
}

/** What stands where zod found something wrong. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key], input);

/** What zod calls them, and what people do. */
const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  int: 'a whole number',
};
