/** How deep a development may be nested: text that parses can still be too deep to be walked, and nothing here walks it then. */
import type { Fault } from './errors.ts';

/**
 * Levels of objects and lists. A development has three; each correction of a correction adds one. It is less than what the HTTP API
 * takes in a body, so that whatever is recorded one way can be recorded the other way.
 */
export const DEEPEST = 30;

/** What is wrong with a development nested deeper than it may be, under the field that is; undefined: nothing. */
export function nestingFault(input: unknown): Fault | undefined {
  const message = `this is nested too deeply; write lists and objects at most ${DEEPEST} levels deep`;
  if (!isObject(input) || Array.isArray(input))
    return isDeeperThan(input, DEEPEST) ? { field: '', message } : undefined;
  const field = Object.keys(input).find((key) => isDeeperThan(input[key], DEEPEST - 1));
  return field === undefined ? undefined : { field, message };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object';

/** Stops at the bound, so that it never goes deeper itself. */
const isDeeperThan = (value: unknown, levels: number): boolean =>
  isObject(value) && (levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1)));
