/** The parameters that routes share. The words are those of the command line; what is not named here is refused. */
import { z } from 'zod';
import { slug } from '../../events/index.ts';
import { effect, standard } from '../../projections/index.ts';

const LONGEST_DATE = 80;

/** In a query "+" means a space, and offsets are written with it all the same: before one, a space can mean nothing else. */
const date = z
  .string()
  .max(LONGEST_DATE, 'write a day or a moment')
  .transform((text) => text.replace(/(?<=T[\d:.]+) (?=\d\d:\d\d$)/, '+'));

/** One of two dates between which something is asked about. */
export const endpoint = date.meta({ description: 'A day or a moment' });

const gate = (description: string) =>
  date.optional().meta({ description, examples: ['2026-02-26', '2026-02-26T14:05:00Z'] });

// A query is text. What stands for something else in it is described as that: a client made from the description writes it so.

/** A switch in a query: `then`, `then=true`, `then=1`; `then=True`, as Python writes it, and `then=TRUE`, as R does. */
export const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['', 'true', '1', 'false', '0'], { error: 'write true or false, or the name alone' }))
  .transform((text) => text !== 'false' && text !== '0')
  .optional()
  .meta({ type: 'boolean' });

/** A whole number in a query, in decimal digits only. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `write a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least, `write at least ${least}`).max(most, `write at most ${most}`))
    .optional()
    .meta({ type: 'integer', pattern: undefined, minimum: least, maximum: most });

/** A log position, or the cursor of one of several changes at one position. */
const position = z
  .string()
  .regex(/^\d{1,20}(?:\/\d{1,20})?$/, 'write a log position as an answer gave it, such as "96"');
export const cursor = z
  .string()
  .regex(/^\d{1,20}(?:\/\d{1,20})?(?:\.\d{1,6})?$/, 'write a cursor as a change gave it, such as "96"');

/** Read your own writes: the answer waits until this process has read that far. */
export const waiting = {
  minPosition: position
    .optional()
    .meta({ description: 'Wait until this log position has been read, as POST answered it' }),
};

export const gates = {
  asOf: gate('What had certainly happened by then; default: now. A bare day means its end'),
  knownOn: gate('What the public could know by then; default: hindsight'),
  recordedBy: gate('What was recorded here by then'),
  then: flag.meta({ description: 'Short for knownOn = asOf' }),
  standard: standard.optional().meta({ description: 'What may set a position; default: stated' }),
};

export const cell = {
  party: slug.optional(),
  issue: slug.optional(),
};

export const changeFilter = {
  ...cell,
  effect: effect.optional(),
  standard: standard.optional(),
};

export const negotiationParams = z.strictObject({ negotiation: slug });
export const cellParams = z.strictObject({ negotiation: slug, party: slug, issue: slug });
