/** Set-up: what a negotiation is, who takes part, what it is about. Without `occurred`: always true, and known always. */
import { z } from 'zod';
import { edtf, opening, slug, standing, timeZone, words } from './fields.ts';

export const ROLES = ['principal', 'mediator', 'guarantor', 'observer'] as const;

const setUp = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, own: S) =>
  z.strictObject({ ...opening(type), occurred: edtf.optional(), ...own, ...standing });

export const setUpSchemas = [
  setUp('NegotiationOpened', { title: words(300), timeZone }),
  setUp('PartyJoined', {
    party: slug,
    name: words(200),
    role: z.enum(ROLES, { error: `write one of ${ROLES.join(', ')}` }),
    memberOf: slug.optional(),
    code: words(20).optional(),
  }),
  setUp('PartyLeft', { party: slug, reason: words(1000).optional() }),
  setUp('IssueRaised', { issue: slug, title: words(300), parent: slug.optional(), code: words(40).optional() }),
] as const;
