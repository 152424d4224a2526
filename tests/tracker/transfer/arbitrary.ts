/** Random developments of every type and with every field of the catalogue, and random logs of them that a tracker takes. */
import fc from 'fast-check';
import {
  DEVELOPMENT_TYPES,
  type DevelopmentType,
  developmentSchema,
  groupOf,
  isRecord,
  type ParsedDevelopment,
  parseDevelopment,
} from '../../../events/index.ts';

const PARTIES = ['northland', 'southland', '7', 'the-isles'] as const;
const ISSUES = ['fishing', 'border', '3264'] as const;

/** What breaks lines, cells, numbers, formulas and text encodings. */
const PIECES = [
  ',',
  ';',
  '"',
  '""',
  "'",
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u00a0',
  '\\',
  '\\n',
  '=',
  '+1',
  '-',
  '@',
  '=1+1',
  '[',
  ']',
  '{',
  '}',
  '[]',
  'null',
  'true',
  '0',
  '007',
  '1e5',
  '\u202e',
  'é',
  'e\u0301',
  '👩🏽‍⚖️',
  'Україна',
  '立场',
  '__proto__',
  '#',
  '//',
] as const;

const CONTROL = /[^\P{Cc}\t\n\r]/u;

export const words = (longest = 60): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((pieces) => pieces.join('').slice(0, longest))
    .filter((text) => text.trim() !== '' && text.isWellFormed() && !CONTROL.test(text));

const reference = fc.stringMatching(/^[A-Za-z0-9._:-]{1,12}$/);
const slug = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const edtf = fc.constantFrom(
  '2024-03-05',
  '2024-03',
  '2024',
  '../2024-03-05',
  '2024-03-05/2024-03-07',
  '2024-03-05T14:05:00+03:00',
  '2024-03-05?',
  '2024-03-XX',
);
const party = fc.constantFrom(...PARTIES);
const issue = fc.constantFrom(...ISSUES);
const parties = fc.subarray([...PARTIES], { minLength: 1 });
const url = fc.webUrl({ validSchemes: ['https'] });

const source = fc.record(
  {
    publisher: words(),
    title: words(),
    url,
    archiveUrl: url,
    language: fc.constantFrom('en', 'uk', 'zh-Hant'),
    published: edtf,
    quote: words(),
    reliability: fc.constantFrom('A', 'B', 'F'),
    credibility: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: ['publisher'] },
);

const key = fc.oneof(slug, fc.constantFrom('note', 'stance', '__proto__', '10', '9', 'constructor'));

/** One arbitrary a field, whatever the type. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  id: reference,
  negotiation: fc.constant('strait'),
  occurred: edtf,
  title: words(),
  timeZone: fc.constantFrom('UTC', 'Europe/Kyiv'),
  party,
  name: words(),
  role: fc.constantFrom('principal', 'mediator', 'guarantor', 'observer'),
  memberOf: party,
  code: words(15),
  reason: words(),
  issue,
  parent: issue,
  parties,
  stance: words(),
  point: reference,
  replaces: fc.constantFrom('point', 'position'),
  shift: fc.constantFrom('hardened', 'softened', 'reversed', 'rescoped'),
  round: slug,
  scheduledFor: edtf,
  mediators: parties,
  format: words(),
  outcome: fc.constantFrom('agreement', 'partial', 'none'),
  summary: words(),
  head: words(),
  members: fc.array(words(), { maxLength: 4 }),
  plan: slug,
  version: reference,
  from: reference,
  points: fc.uniqueArray(fc.record({ id: reference, text: words() }), { selector: ({ id }) => id, maxLength: 4 }),
  document: slug,
  to: fc.oneof(party, parties),
  exchange: slug,
  formula: words(),
  counts: fc.dictionary(
    party,
    fc.oneof(
      fc.nat(),
      fc.nat().map((count) => `${count}+`),
    ),
  ),
  agreement: slug,
  issues: fc.subarray([...ISSUES]),
  attribution: fc.constantFrom('on-record', 'narrative', 'unnamed-official', 'anonymous', 'counterpart'),
  speaker: fc.record({ name: words(), office: words() }, { requiredKeys: ['name'] }),
  statedBy: party,
  venue: words(),
  note: words(),
  source,
  schemaVersion: fc.constant(2),
  corrects: reference,
  changes: fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }),
  retracts: reference,
  corroborates: reference,
  denies: reference,
  duplicate: reference,
  into: reference,
};

/** A development of a type as the catalogue leaves it: any fields, any words. What it names need not exist. */
export function developmentOf(type: DevelopmentType): fc.Arbitrary<ParsedDevelopment> {
  const schema = developmentSchema.options.find(({ shape }) => shape.type.value === type);
  if (!schema) throw new Error(`no schema for ${type}`);
  const shape: Readonly<Record<string, { isOptional(): boolean }>> = schema.shape;
  const names = Object.keys(shape).filter((name) => name !== 'type');
  const model = Object.fromEntries(
    names.map((name) => {
      const arbitrary = FIELDS[name];
      if (!arbitrary) throw new Error(`say what a ${name} may be`);
      return [name, arbitrary];
    }),
  );
  const requiredKeys = names.filter((name) => !shape[name]?.isOptional());
  return fc
    .record(model, { requiredKeys })
    .map((fields) => parseDevelopment(agreeing({ ...fields, type })))
    .filter((parsed) => parsed.ok)
    .map((parsed) => parsed.value);
}

/** One party or several, and an attribution that goes with who said it: what the catalogue asks of some types. */
function agreeing(fields: Readonly<Record<string, unknown>>): unknown {
  const { party: one, parties: several, statedBy, ...rest } = fields;
  const whose =
    several === undefined
      ? { party: one }
      : one === undefined || 'to' in fields || 'issue' in fields
        ? { parties: several }
        : { party: one, parties: several };
  return {
    ...rest,
    ...(Object.values(whose)[0] === undefined ? {} : whose),
    ...(rest.attribution === 'counterpart' ? { statedBy } : {}),
  };
}

export const development: fc.Arbitrary<ParsedDevelopment> = fc.oneof(...DEVELOPMENT_TYPES.map(developmentOf));

/** A log a tracker takes: set-up, then anything, where what is about the record speaks of what came before. */
export const log: fc.Arbitrary<readonly ParsedDevelopment[]> = fc
  .tuple(
    developmentOf('NegotiationOpened'),
    fc.tuple(...PARTIES.map((name) => developmentOf('PartyJoined').map((joined) => ({ ...joined, party: name })))),
    fc.tuple(...ISSUES.map((name) => developmentOf('IssueRaised').map((raised) => ({ ...raised, issue: name })))),
    fc.array(fc.tuple(development, fc.nat(), words()), { maxLength: 12 }),
  )
  .map(([opening, joined, raised, rest]) => {
    // What is declared names nothing that is not declared yet.
    const told: ParsedDevelopment[] = [opening, ...joined, ...raised].map((one, index) => {
      const { memberOf: _, parent: __, statedBy: ___, ...rest } = one as Readonly<Record<string, unknown>>;
      return { ...rest, id: `s${index}` } as unknown as ParsedDevelopment;
    });
    for (const [index, [one, at, note]] of rest.entries()) {
      if (one.type === 'NegotiationOpened') continue;
      const world = told.filter(
        (earlier) => earlier.type !== 'NegotiationOpened' && !isRecord({ ...earlier, id: earlier.id ?? '' }),
      );
      const first = world[at % world.length]?.id;
      // What declares a party is the same as nothing else here.
      const plain = world.filter(({ type }) => groupOf(type) !== 'set-up');
      if (one.type === 'DevelopmentMerged' && plain.length < 2) continue;
      const [duplicate, into] = [plain[at % plain.length]?.id, plain[(at + 1) % plain.length]?.id];
      const targets = {
        corrects: first,
        retracts: first,
        corroborates: first,
        denies: first,
        duplicate,
        into,
        changes: { note },
      };
      const own = Object.fromEntries(Object.entries(targets).filter(([name]) => name in one));
      told.push({ ...one, ...own, id: `d${index}` } as ParsedDevelopment);
    }
    return told;
  });
