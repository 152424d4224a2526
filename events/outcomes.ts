/** Outcomes: what was agreed and what was carried out. They change no position. */
import { z } from 'zod';
import { edtf, happened, opening, parties, slug, words } from './fields.ts';

const howMany = { error: 'write a whole number, such as 157, or "300+" for at least 300' };

/** How many, as a number, or "300+" where a report says "more than" or "at least". */
export const count = z.union([z.int(howMany).min(0, howMany), z.string().regex(/^\d{1,12}\+$/, howMany)], howMany);

const exchange = <const T extends string>(type: T) =>
  z.strictObject({
    ...opening(type),
    occurred: edtf,
    exchange: slug,
    parties,
    formula: words(300).optional(),
    counts: z.record(slug, count).optional(),
    summary: words(4000),
    ...happened,
  });

const agreement = <const T extends string>(type: T) =>
  z.strictObject({
    ...opening(type),
    occurred: edtf,
    agreement: slug,
    parties,
    issues: z.array(slug).max(200),
    summary: words(4000),
    ...happened,
  });

export const outcomeSchemas = [
  exchange('PrisonerExchangeAgreed'),
  exchange('PrisonerExchangeCarriedOut'),
  agreement('AgreementReached'),
  agreement('AgreementSuspended'),
] as const;

export type Count = z.output<typeof count>;
