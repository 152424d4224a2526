/** Context: what was said or happened around the talks and sets no position. */
import { z } from 'zod';
import { edtf, happened, opening, slug, words } from './fields.ts';

const context = <const T extends string>(type: T) =>
  z.strictObject({ ...opening(type), occurred: edtf, party: slug.optional(), summary: words(4000), ...happened });

export const contextSchemas = [context('StatementIssued'), context('IncidentReported')] as const;
