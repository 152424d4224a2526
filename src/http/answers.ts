/** Answers that only HTTP gives, beside those of the projections. */
import { z } from 'zod';
import { change } from '../../projections/index.ts';

export const negotiationSummary = z.object({
  negotiation: z.string(),
  title: z.string(),
  timeZone: z.string(),
  developments: z.int(),
  parties: z.array(z.string()).readonly(),
  issues: z.array(z.string()).readonly(),
  revision: z.string(),
  failure: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .meta({ description: 'Why it cannot be read here; null where it can' }),
});

/** What a recording answers: for each development given, in its order, where it stands. */
export const recording = z.object({
  developments: z
    .array(
      z.object({
        id: z.string(),
        revision: z.string(),
        added: z.boolean().meta({ description: 'false: it was on record already, and nothing was written' }),
      }),
    )
    .readonly(),
  position: z.string().meta({ description: 'The log position that holds all of it: reads with minPosition see it' }),
  revision: z.string(),
});

/** What a dry run answers: what recording would add, and how positions would change. Nothing was written. */
export const rehearsal = z.object({
  developments: z.array(z.object({ id: z.string(), added: z.boolean() })).readonly(),
  changes: z.array(change).readonly(),
});
