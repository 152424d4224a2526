/** The fields developments are made of. Each says in its message what would be right. */
import { z } from 'zod';
import { isTimeZone, readEdtf } from './edtf.ts';

/** The version of the catalogue written today; `upcast.ts` brings older ones up. */
export const SCHEMA_VERSION = 2;

/** Control characters but for tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

export const slug = z
  .string()
  .regex(/^[a-z0-9-]{1,100}$/, {
    error: ({ input }) => `write a slug: 1 to 100 of a-z, 0-9 and "-", such as "${slugLike(String(input))}"`,
  })
  .meta({ title: 'Slug' });

/** What somebody may have meant by a name in capitals or with blanks. Letters of other scripts are not for this to spell. */
function slugLike(name: string): string {
  const meant = name.toLowerCase().replaceAll(/[ _-]+/g, '-');
  return /^[a-z0-9-]{1,100}$/.test(meant) ? meant : 'security-guarantees';
}

export const reference = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,100}$/, 'write 1 to 100 of A-Z, a-z, 0-9, ".", "_", ":" and "-", such as "R-41"');

/** Words: not empty, of bounded length, and such that they can be written and read back unharmed. */
export const words = (longest: number) =>
  z
    .string()
    .max(longest, `write at most ${longest} characters`)
    .refine((text) => text.trim() !== '', 'write some words, or leave the field out')
    .refine(
      (text) => text.isWellFormed() && !CONTROL.test(text),
      'write text without control characters or broken surrogates',
    );

export const edtf = z
  .string()
  .superRefine((text, context) => {
    const reading = readEdtf(text, 'UTC');
    if (!reading.ok) context.addIssue({ code: 'custom', message: reading.message });
  })
  .meta({ title: 'EDTF', description: 'A date in EDTF, level 0 or 1', examples: ['2026-02-26', '../2026-02-13'] });

export const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'write an IANA time zone, such as "UTC" or "Europe/Oslo"')
  .default('UTC');

const webAddress = z
  .url({
    protocol: /^https?$/,
    hostname: z.regexes.hostname,
    error: 'write a whole web address, such as "https://example.org/report"',
  })
  .max(2000)
  // What browsers take may hold letters of any script: more than JSON Schema means by the format "uri" (RFC 3986).
  .meta({ format: undefined, description: 'A web address, as browsers take it' });

const grade = { error: 'write a grade from 1 (confirmed) to 6' };

/** One report. Reliability and credibility are Admiralty grades (NATO AJP-2.1); F and 6 mean "cannot be judged". */
export const source = z.strictObject({
  publisher: words(200),
  title: words(500).optional(),
  url: webAddress.optional(),
  archiveUrl: webAddress.optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'write a BCP 47 language tag, such as "en" or "uk"')
    .optional(),
  published: edtf.optional(),
  quote: words(1000).optional(),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F'], { error: 'write a grade from A (reliable) to F' }).default('F'),
  credibility: z.int(grade).min(1, grade).max(6, grade).default(6),
});

export const ATTRIBUTIONS = ['on-record', 'narrative', 'unnamed-official', 'anonymous', 'counterpart'] as const;

const attribution = z.enum(ATTRIBUTIONS, {
  error: ({ input }) =>
    input === 'off-record'
      ? 'off-record words are not recorded: a tracker must not publish what endangers a source'
      : `write one of ${ATTRIBUTIONS.join(', ')}`,
});

export const parties = z
  .array(slug)
  .min(1, 'name at least one party')
  .max(200)
  .refine((names) => new Set(names).size === names.length, 'name each party once');

type Whose = { readonly party?: unknown; readonly parties?: unknown };

/** One party, or several. Told also where other fields are wrong, so that nobody learns of it only at the next attempt. */
export const ofParties = <S extends z.ZodType<Whose>>(schema: S) =>
  schema.refine(({ party, parties }) => (party === undefined) !== (parties === undefined), {
    path: ['party'],
    message: 'name either one party in "party" or several in "parties"',
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

/** What every development begins with. */
export const opening = <T extends string>(type: T) => ({
  id: reference.optional(),
  negotiation: slug,
  type: z.literal(type),
});

/** What may be said of any development, and its version. */
const closing = {
  speaker: z.strictObject({ name: words(200), office: words(200).optional() }).optional(),
  statedBy: slug.optional(),
  round: slug.optional(),
  document: slug.optional(),
  venue: words(200).optional(),
  note: words(4000).optional(),
  source,
  schemaVersion: z.literal(SCHEMA_VERSION).default(SCHEMA_VERSION),
};

/** Of something that happened: it has a date and a source, and somebody's word for it. */
export const happened = { attribution: attribution.default('narrative'), ...closing };

/** Of what is always true (set-up) or about the record: date, source and attribution may be absent. */
export const standing = { attribution: attribution.optional(), ...closing, source: source.optional() };

export type Source = z.output<typeof source>;
export type Attribution = (typeof ATTRIBUTIONS)[number];
