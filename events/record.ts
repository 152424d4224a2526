/** The record: what is said about earlier developments. Except a denial, these are about the record and not about the world. */
import { z } from 'zod';
import { edtf, happened, opening, reference, slug, source, standing, words } from './fields.ts';

/** The fields that were wrong, corrected: a JSON Merge Patch (RFC 7396) on the development; null takes a field away. */
const changes = z
  .record(z.string().max(40), z.json())
  .refine((patch) => Object.keys(patch).length > 0, 'name at least one field that was wrong')
  .refine((patch) => !['id', 'negotiation', 'schemaVersion'].some((field) => field in patch), {
    message: 'id, negotiation and schemaVersion are not corrected: retract the development and record another',
  });

export const recordSchemas = [
  z.strictObject({
    ...opening('DevelopmentCorrected'),
    occurred: edtf.optional(),
    corrects: reference,
    changes,
    ...standing,
    source,
  }),
  z.strictObject({
    ...opening('DevelopmentRetracted'),
    occurred: edtf.optional(),
    retracts: reference,
    reason: words(2000),
    ...standing,
  }),
  z.strictObject({
    ...opening('DevelopmentCorroborated'),
    occurred: edtf.optional(),
    corroborates: reference,
    ...standing,
    source,
  }),
  /** of the world, not of the record: on some day, somebody denied it */
  z.strictObject({
    ...opening('DevelopmentDenied'),
    occurred: edtf,
    denies: reference,
    party: slug,
    stance: words(4000).optional(),
    ...happened,
  }),
  z.strictObject({
    ...opening('DevelopmentMerged'),
    occurred: edtf.optional(),
    duplicate: reference,
    into: reference,
    ...standing,
  }),
] as const;
