/** The record: what is said about earlier developments. Except a denial, these are about the record and not about the world. */
import { z } from 'zod';
import { edtf, opening, reference, slug, source, standing, words } from './fields.ts';

const record = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, own: S) =>
  z.strictObject({ ...opening(type), occurred: edtf.optional(), ...own, ...standing, ...own });

/** The fields that were wrong, corrected: a JSON Merge Patch (RFC 7396) on the development; null takes a field away. */
const changes = z
  .record(z.string().max(40), z.json())
  .refine((patch) => Object.keys(patch).length > 0, 'name at least one field that was wrong')
  .refine((patch) => !['id', 'negotiation', 'schemaVersion'].some((field) => field in patch), {
    message: 'id, negotiation and schemaVersion are not corrected: retract the development and record another',
  });

export const recordSchemas = [
  record('DevelopmentCorrected', { corrects: reference, changes, source }),
  record('DevelopmentRetracted', { retracts: reference, reason: words(2000) }),
  record('DevelopmentCorroborated', { corroborates: reference, source }),
  record('DevelopmentDenied', {
    denies: reference,
    party: slug,
    stance: words(4000).optional(),
    occurred: edtf,
    source,
  }),
  record('DevelopmentMerged', { duplicate: reference, into: reference }),
] as const;
