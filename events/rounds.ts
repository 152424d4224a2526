/** Rounds of talks and who is sent to them. */
import { z } from 'zod';
import { edtf, happened, opening, parties, slug, words } from './fields.ts';

const OUTCOMES = ['agreement', 'partial', 'none'] as const;

/** Own fields first, in the order of the catalogue; they hold where a common field has the same name. */
const own = {
  round: slug,
  scheduledFor: edtf.optional(),
  parties,
  mediators: parties.optional(),
  format: words(200).optional(),
  outcome: z.enum(OUTCOMES, { error: `write one of ${OUTCOMES.join(', ')}` }).optional(),
  summary: words(4000).optional(),
};

const round = <const T extends string>(type: T) =>
  z.strictObject({ ...opening(type), occurred: edtf, ...own, ...happened, ...own });

export const roundSchemas = [
  round('RoundScheduled'),
  round('RoundPostponed'),
  round('RoundCancelled'),
  round('RoundOpened'),
  round('RoundConcluded'),
  z.strictObject({
    ...opening('DelegationNamed'),
    occurred: edtf,
    party: slug,
    head: words(200).optional(),
    members: z.array(words(200)).max(200).optional(),
    ...happened,
  }),
] as const;
