/** A development with a correction applied, held to the catalogue as everything is that is recorded. */
import { type Development, type DevelopmentOf, mergePatch, parseDevelopment, SCHEMAS } from '../events/index.ts';

type Changes = DevelopmentOf<'DevelopmentCorrected'>['changes'];

/**
 * A development with a correction applied; null where that leaves no whole development. Checking that is dear and comes again with
 * every question: it is remembered.
 */
export function corrected(development: Development, { changes }: { readonly changes: Changes }): Development | null {
  let known = memory.get(development);
  if (!known) {
    known = new WeakMap();
    memory.set(development, known);
  }
  let result = known.get(changes);
  if (result === undefined) {
    result = whole.has(development) && isWords(changes) ? reworded(development, changes) : merged(development, changes);
    if (result) whole.add(result);
    known.set(changes, result);
  }
  return result;
}

const memory = new WeakMap<Development, WeakMap<Changes, Development | null>>();

/** Developments of which it is known that the catalogue takes them. */
const whole = new WeakSet<Development>();

/** Says of a development that it was held to this version of the catalogue when it was recorded, and is as it was written. */
export const vouchFor = (development: Development): void => void whole.add(development);

function merged(development: Development, changes: Changes): Development | null {
  const parsed = parseDevelopment(mergePatch(development, changes));
  return parsed.ok ? (parsed.value as Development) : null;
}

/** What most corrections put right: texts of which the catalogue says nothing that depends on another field. */
const WORDS: ReadonlySet<string> = new Set(['stance', 'summary', 'note', 'occurred']);

const isWords = (changes: Changes): changes is Readonly<Record<string, string>> =>
  Object.entries(changes).every(([field, value]) => WORDS.has(field) && typeof value === 'string');

/** Of what is whole but for its words, only these are checked: the rest stands in the order of the catalogue already, or is put into it. */
function reworded(development: Development, changes: Readonly<Record<string, string>>): Development | null {
  const shape: Readonly<Record<string, Field>> = SCHEMAS.get(development.type)?.shape ?? {};
  for (const field in changes) if (shape[field]?.safeParse(changes[field]).success !== true) return null;
  const from: Readonly<Record<string, unknown>> = development;
  const result: Record<string, unknown> = {};
  for (const field in shape) {
    const value = Object.hasOwn(changes, field) ? changes[field] : from[field];
    if (value !== undefined) result[field] = value;
  }
  return result as Development;
}

interface Field {
  safeParse(value: unknown): { readonly success: boolean };
}
