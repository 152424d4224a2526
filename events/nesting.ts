/** How deep a development may be nested: text that parses can still be too deep to be walked, and nothing here walks it then. */
import type { Fault } from './errors.ts';

/**
 * Levels of objects and lists. A development has three; each correction of a correction adds one. It is less than what the HTTP API
 * takes in a body, so that whatever is recorded one way can be recorded the other way.
 */
export const DEEPEST = 30;

/** What is wrong with a development nested deeper than it may be, under the field that is; undefined: nothing. */
export function nestingFault(input: object): Fault | undefined {
  for (const field in input)
    if (isDeeperThan((input as Fields)[field], DEEPEST - 1))
      return {
        field: Array.isArray(input) ? '' : field,
        message: `this is nested too deeply; write lists and objects at most ${DEEPEST} levels deep`,
      };
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Stops at the bound, so that it never goes deeper itself. It looks at every development, so it makes nothing. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeperThan((value as Fields)[name], levels - 1)) return true;
  return false;
}
