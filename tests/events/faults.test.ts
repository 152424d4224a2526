/** What a person who writes a wrong development is told: which field, what stands there, and what would be right. */
import { describe, expect, it } from 'vitest';
import { DEEPEST, nearest, parseDevelopment } from '../../events/index.ts';
import { EXAMPLES } from '../support/examples.ts';

const demand = { ...EXAMPLES.DemandStated.minimal, source: { publisher: 'The Gazette' } };
const faultsOf = (input: unknown) => {
  const result = parseDevelopment(input);
  return result.ok ? [] : result.faults;
};
const withSource = (fields: object) => ({ ...demand, source: { ...demand.source, ...fields } });

/** A field, what is written there, and words of the message. */
const WRONG: readonly (readonly [string, unknown, RegExp])[] = [
  ['id', 'two words', /A-Z.*such as "R-41"/],
  ['id', '', /1 to 100/],
  ['id', 'x'.repeat(101), /1 to 100/],
  ['negotiation', 'River Talks', /write a slug: 1 to 100 of a-z, 0-9 and "-"/],
  ['party', 'North', /write a slug: .* such as "north"$/],
  ['party', 'The_European  Union', /such as "the-european-union"$/],
  ['party', 'Türkiye', /such as "security-guarantees"$/],
  ['party', 'X'.repeat(101), /such as "security-guarantees"$/],
  ['party', 7, /write a string/],
  ['issue', 'river!', /write a slug/],
  ['occurred', 'yesterday', /not a date that EDTF .* can read; write 2026-02-26/],
  ['occurred', '15/02/1990', /which of the two numbers could be the month .*1990-02-15/],
  ['occurred', '2026-02-30', /not a date/],
  ['occurred', '2026-02-29', /not a date/],
  ['stance', '   ', /write some words, or leave the field out/],
  ['stance', 'x'.repeat(4001), /at most 4000 characters/],
  ['stance', 'bell\u0007', /without control characters/],
  ['stance', 'half a pair \ud800', /broken surrogates/],
  ['point', 'my point', /1 to 100/],
  ['replaces', 'everything', /write "point" or "position"/],
  ['shift', 'weakened', /write one of hardened, softened, reversed, rescoped/],
  ['attribution', 'rumour', /write one of on-record, narrative, unnamed-official, anonymous, counterpart/],
  ['parties', [], /name at least one party/],
  ['parties', 'north', /write a list/],
  ['parties', Array.from({ length: 201 }, (_, index) => `p-${index}`), /^write at most 200 items$/],
  ['venue', '', /write some words/],
  ['speaker', 'A. Delegate', /write an object/],
  ['schemaVersion', 'two', /1 to 2/],
];

describe('a wrong field', () => {
  it.each(WRONG)('%s, as %j, is named with its value and with what would be right', (field, value, message) => {
    const found = faultsOf({ ...demand, [field]: value }).find((fault) => fault.field === field);
    expect(found).toMatchObject({ field, value });
    expect(found?.message).toMatch(message);
  });

  it.each(['DemandStated', 'JointStatementIssued'] as const)(
    'of %s without a word, is told whose it is too',
    (type) => {
      const fields = faultsOf({ negotiation: 'talks', type }).map(({ field }) => field);
      expect(fields).toEqual(expect.arrayContaining(['occurred', 'source', 'party']));
    },
  );

  it('of a time zone too long to be one is told how long it may be', () => {
    const opening = { ...EXAMPLES.NegotiationOpened.minimal, timeZone: 'x'.repeat(61) };
    expect(faultsOf(opening)).toContainEqual(expect.objectContaining({ message: 'write at most 60 characters' }));
  });

  it.each([
    ['published', '02/2026', /the year comes first \(2026-02\?\)/],
    ['url', 'gazette.example', /whole web address/],
    ['url', 'javascript:alert(1)', /whole web address/],
    ['url', 'ftp://gazette.example/a', /whole web address/],
    ['archiveUrl', 'http//archive', /whole web address/],
    ['language', 'english language', /BCP 47/],
    ['publisher', '', /write some words/],
  ] as const)('source.%s, as %j, is named with its whole path', (field, value, message) => {
    const [found] = faultsOf(withSource({ [field]: value }));
    expect(found).toMatchObject({ field: `source.${field}`, value });
    expect(found?.message).toMatch(message);
  });

  it.each([
    ['reliability', 'G', 'write a grade from A (reliable) to F'],
    ['credibility', 0, 'write a grade from 1 (confirmed) to 6'],
    ['credibility', 7, 'write a grade from 1 (confirmed) to 6'],
    ['credibility', 2.5, 'write a grade from 1 (confirmed) to 6'],
  ] as const)('source.%s, as %j, is no Admiralty grade', (field, value, message) => {
    expect(faultsOf(withSource({ [field]: value }))).toEqual([{ field: `source.${field}`, value, message }]);
  });

  it('is off the record only where that is said', () => {
    expect(faultsOf({ ...demand, attribution: 'rumour' })[0]).not.toHaveProperty('code');
    expect(faultsOf({ ...demand, shift: 'off-record' })[0]).not.toHaveProperty('code');
  });

  it('of several is named each', () => {
    const faults = faultsOf({ ...demand, occurred: 'soon', issue: 'The River', stance: '' });
    expect(faults.map(({ field }) => field).sort()).toEqual(['issue', 'occurred', 'stance']);
  });

  it('that is missing is said to be required', () => {
    const { issue: _, ...rest } = demand;
    expect(faultsOf(rest)).toStrictEqual([{ field: 'issue', message: 'this field is required' }]);
  });

  it('is a type nobody knows: the nearest is suggested', () => {
    expect(faultsOf({ ...demand, type: 'DemandStatd' })).toEqual([
      {
        field: 'type',
        value: 'DemandStatd',
        message: 'there is no such type; did you mean DemandStated?',
        suggestion: 'DemandStated',
      },
    ]);
  });

  it('is a type nothing is near to: the catalogue is named, and nothing is guessed', () => {
    const [fault, ...more] = faultsOf({ ...demand, type: 'xyz' });
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ field: 'type', value: 'xyz' });
    expect(fault?.message).toBe(
      'write one of the types of the catalogue, such as PositionStated, DemandStated, ProposalMade',
    );
    expect(fault).not.toHaveProperty('suggestion');
  });

  it('is the type itself, left out', () => {
    const { type: _, ...rest } = demand;
    expect(faultsOf(rest)).toMatchObject([{ field: 'type' }]);
  });

  it.each([null, 'DemandStated', 7, [demand], undefined, true])('is the whole, where %j is written', (input) => {
    expect(faultsOf(input)).toMatchObject([{ field: '', message: 'write one JSON object for a development' }]);
  });

  it('is not found in what a prototype carries', () => {
    const polluted = JSON.parse(`{"__proto__": {"colour": "blue"}, ${JSON.stringify(demand).slice(1)}`);
    expect(faultsOf(polluted)).toMatchObject([{ field: '__proto__' }]);
  });
});

describe('whose development it is', () => {
  const { party: _, ...nobody } = demand;

  it('is one party, or several, and never both or neither', () => {
    expect(faultsOf({ ...nobody, parties: ['north', 'south'] })).toEqual([]);
    const message = 'name either one party in "party" or several in "parties"';
    expect(faultsOf(nobody)).toEqual([{ field: 'party', message }]);
    expect(faultsOf({ ...demand, parties: ['south'] })).toEqual([{ field: 'party', value: 'north', message }]);
  });

  it('is the same for papers', () => {
    const { parties: _, ...paper } = EXAMPLES.DocumentExchanged.minimal;
    expect(faultsOf(paper)).toMatchObject([{ field: 'party' }]);
    expect(faultsOf({ ...paper, party: 'north', parties: ['south'] })).toMatchObject([{ field: 'party' }]);
  });

  it('is sent to one party or several, and to nothing else', () => {
    const paper = EXAMPLES.DocumentExchanged.minimal;
    for (const to of ['south', ['south', 'league']]) expect(faultsOf({ ...paper, to })).toEqual([]);
    expect(faultsOf({ ...paper, to: 7 })).toEqual([{ field: 'to', value: 7, message: 'this form is not known here' }]);
  });

  it('names each party once', () => {
    expect(faultsOf({ ...nobody, parties: ['north', 'north'] })).toMatchObject([
      { field: 'parties', message: 'name each party once' },
    ]);
  });

  it('is told by another only as its account', () => {
    expect(faultsOf({ ...demand, attribution: 'counterpart', statedBy: 'south' })).toEqual([]);
    expect(faultsOf({ ...demand, attribution: 'counterpart' })).toEqual([
      {
        field: 'statedBy',
        message: 'an account of what another party holds names in "statedBy" the party that gives it',
      },
    ]);
    expect(faultsOf({ ...demand, attribution: 'counterpart', statedBy: 'north' })).toMatchObject([
      { field: 'statedBy' },
    ]);
    expect(faultsOf({ ...demand, attribution: 'on-record', statedBy: 'south' })).toEqual([
      {
        field: 'attribution',
        value: 'on-record',
        message: expect.stringMatching(/"counterpart"; leave "statedBy" out where it is the same party/),
      },
    ]);
    expect(faultsOf({ ...demand, attribution: 'on-record', statedBy: 'north' })).toEqual([]);
  });

  it('of several may be told by one of them', () => {
    const joint = { ...nobody, parties: ['north', 'south'] };
    expect(faultsOf({ ...joint, attribution: 'on-record', statedBy: 'south' })).toEqual([]);
    expect(faultsOf({ ...joint, attribution: 'on-record', statedBy: 'league' })).toMatchObject([
      { field: 'attribution' },
    ]);
  });
});

describe('counts, points and changes', () => {
  const swap = EXAMPLES.PrisonerExchangeAgreed.minimal;
  const plan = EXAMPLES.PlanPublished.minimal;
  const correction = EXAMPLES.DevelopmentCorrected.minimal;

  it.each([0, 157, '300+', '0+'])('%j is a count', (count) => {
    expect(faultsOf({ ...swap, counts: { north: count } })).toEqual([]);
  });

  it.each([-1, 1.5, '300', '+300', 'many', '300 +', '9'.repeat(13).concat('+')])(
    '%j is none, and is told so',
    (count) => {
      expect(faultsOf({ ...swap, counts: { north: count } })).toEqual([
        {
          field: 'counts.north',
          value: count,
          message: 'write a whole number, such as 157, or "300+" for at least 300',
        },
      ]);
    },
  );

  it('refuses a count for something that is no slug', () => {
    expect(faultsOf({ ...swap, counts: { 'The North': 3 } })).toEqual([
      { field: 'counts.The North', value: 3, message: expect.stringMatching(/^write a slug/) },
    ]);
  });

  it('wants each point of a plan to have its own id', () => {
    const text = 'All ships pass.';
    expect(
      faultsOf({
        ...plan,
        points: [
          { id: '1', text },
          { id: '2', text },
        ],
      }),
    ).toEqual([]);
    expect(
      faultsOf({
        ...plan,
        points: [
          { id: '1', text },
          { id: '1', text },
        ],
      }),
    ).toMatchObject([{ field: 'points', message: 'give each point its own id' }]);
    expect(faultsOf({ ...plan, points: [{ id: '1' }] })).toMatchObject([{ field: 'points.0.text' }]);
  });

  it('wants a correction to change something, and never what a development is known by', () => {
    expect(faultsOf({ ...correction, changes: {} })).toMatchObject([
      { field: 'changes', message: 'name at least one field that was wrong' },
    ]);
    for (const field of ['id', 'negotiation', 'schemaVersion'])
      expect(faultsOf({ ...correction, changes: { [field]: 'x' } })).toMatchObject([{ field: 'changes' }]);
    expect(faultsOf({ ...correction, changes: [] })).toMatchObject([{ field: 'changes' }]);
  });
});

describe('what is nested without end', () => {
  /** A text inside so many lists. */
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}"x"${']'.repeat(levels)}`) as unknown;
  const correction = EXAMPLES.DevelopmentCorrected.minimal;

  it.each([
    ['in the changes of a correction', { ...correction, changes: { stance: nested(20_000) } }, 'changes'],
    ['in a source', withSource({ publisher: nested(20_000) }), 'source'],
    ['in a field that is not there', { ...demand, colour: nested(20_000) }, 'colour'],
    ['instead of a development', nested(20_000), ''],
  ])('is refused %s, and not quoted back', (_, input, field) => {
    expect(faultsOf(input)).toMatchObject([
      { field, message: expect.stringMatching(`nested too deeply; .* at most ${DEEPEST} levels`) },
    ]);
    expect(faultsOf(input)[0]).not.toHaveProperty('value');
  });

  it('is taken up to a bound, for corrections of corrections', () => {
    const changes = (levels: number, stance: string | null): object =>
      levels === 1 ? { stance } : { changes: changes(levels - 1, stance) };
    for (const stance of ['x', null]) {
      expect(faultsOf({ ...correction, changes: changes(DEEPEST - 1, stance) })).toEqual([]);
      expect(faultsOf({ ...correction, changes: changes(DEEPEST, stance) })).toMatchObject([{ field: 'changes' }]);
    }
  });
});

describe('the nearest declared name', () => {
  it('is found whatever its capitals, and only where it is near', () => {
    expect(nearest('UKRAIN', ['usa', 'russia', 'ukraine'])).toBe('ukraine');
    expect(nearest('norwy', ['Norway', 'iceland'])).toBe('Norway');
    expect(nearest('atlantis', ['usa', 'russia'])).toBeUndefined();
    expect(nearest('usa', [])).toBeUndefined();
  });

  it.each([
    ['uk', 'usa', 'two letters are a slip, however short the name'],
    ['turkiye', 'turkey', 'three of seven'],
    ['sekurti-garantes', 'security-guarantees', 'six of sixteen'],
  ])('of %s is %s: %s', (written, name) => {
    expect(nearest(written, [name])).toBe(name);
  });

  it.each([
    ['eu', 'usa-2', 'four letters are another name, where it has two'],
    ['turkey', 'norway', 'four of six'],
  ])('of %s is not %s: %s', (written, name) => {
    expect(nearest(written, [name])).toBeUndefined();
  });

  it('is not looked for where no name is that long', () => {
    const [longest, longer] = ['u'.repeat(100), 'u'.repeat(101)];
    expect(nearest(longest, [longest])).toBe(longest);
    expect(nearest(longer, [longer])).toBeUndefined();
  });
});
