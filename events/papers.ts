/** Plans in their versions, documents, joint statements. */
import { z } from 'zod';
import { edtf, happened, ofParties, opening, parties, reference, slug, words } from './fields.ts';

/** A point of a plan keeps its id when the list is renumbered. */
const planPoint = z.strictObject({ id: reference, text: words(4000) });

const plan = <const T extends string>(type: T) =>
  z.strictObject({
    ...opening(type),
    occurred: edtf,
    plan: slug,
    version: reference,
    from: reference.optional(),
    parties,
    summary: words(4000).optional(),
    points: z
      .array(planPoint)
      .max(1000)
      .refine((points) => new Set(points.map(({ id }) => id)).size === points.length, 'give each point its own id')
      .optional(),
    ...happened,
  });

const own = {
  document: slug,
  title: words(500),
  party: slug.optional(),
  parties: parties.optional(),
  to: z.union([slug, parties]).optional(),
  summary: words(4000),
};

const paper = <const T extends string>(type: T) =>
  ofParties(z.strictObject({ ...opening(type), occurred: edtf, ...own, ...happened, ...own }));

export const paperSchemas = [
  plan('PlanPublished'),
  plan('PlanAdjusted'),
  paper('DocumentExchanged'),
  paper('JointStatementIssued'),
] as const;
