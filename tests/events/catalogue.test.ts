import { describe, expect, it } from 'vitest';
import {
  DEVELOPMENT_TYPES,
  type Development,
  type DevelopmentType,
  developmentJsonSchema,
  developmentSchema,
  GROUPS,
  groupOf,
  parseDevelopment,
  partiesOf,
  SCHEMAS,
} from '../../events/index.ts';
import { EVERY_TYPE, EXAMPLES } from '../support/examples.ts';

const shapeOf = (type: string): readonly string[] => {
  const schema = developmentSchema.options.find((option) => option.shape.type.value === type);
  return Object.keys(schema?.shape ?? {});
};

const parsed = (input: unknown) => {
  const result = parseDevelopment(input);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value;
};

const faultsOf = (input: unknown) => {
  const result = parseDevelopment(input);
  return result.ok ? [] : result.faults;
};

/** Fields each type must have, beside `negotiation`, `type` and, where it has happened, `occurred` and `source`. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  NegotiationOpened: ['title'],
  PartyJoined: ['party', 'name', 'role'],
  PartyLeft: ['party'],
  IssueRaised: ['issue', 'title'],
  PositionStated: ['issue', 'stance'],
  DemandStated: ['issue', 'stance'],
  ProposalMade: ['issue', 'stance'],
  ProposalAccepted: ['issue', 'stance'],
  ProposalRejected: ['issue', 'stance'],
  RedLineDeclared: ['issue', 'stance'],
  ConcessionSignalled: ['issue', 'stance'],
  ConditionAttached: ['issue', 'stance'],
  PositionReiterated: ['issue'],
  DemandReiterated: ['issue'],
  PositionWithdrawn: ['issue'],
  DemandDropped: ['issue'],
  RoundScheduled: ['round', 'parties'],
  RoundPostponed: ['round', 'parties'],
  RoundCancelled: ['round', 'parties'],
  RoundOpened: ['round', 'parties'],
  RoundConcluded: ['round', 'parties'],
  DelegationNamed: ['party'],
  PlanPublished: ['plan', 'version', 'parties'],
  PlanAdjusted: ['plan', 'version', 'parties'],
  DocumentExchanged: ['document', 'title', 'summary'],
  JointStatementIssued: ['document', 'title', 'summary'],
  PrisonerExchangeAgreed: ['exchange', 'parties', 'summary'],
  PrisonerExchangeCarriedOut: ['exchange', 'parties', 'summary'],
  AgreementReached: ['agreement', 'parties', 'issues', 'summary'],
  AgreementSuspended: ['agreement', 'parties', 'issues', 'summary'],
  StatementIssued: ['summary'],
  IncidentReported: ['summary'],
  DevelopmentCorrected: ['corrects', 'changes', 'source'],
  DevelopmentRetracted: ['retracts', 'reason'],
  DevelopmentCorroborated: ['corroborates', 'source'],
  DevelopmentDenied: ['denies', 'party'],
  DevelopmentMerged: ['duplicate', 'into'],
};
const UNDATED = ['NegotiationOpened', 'PartyJoined', 'PartyLeft', 'IssueRaised', 'DevelopmentCorrected'].concat([
  'DevelopmentRetracted',
  'DevelopmentCorroborated',
  'DevelopmentMerged',
]);
const requiredOf = (type: string): readonly string[] =>
  ['negotiation', 'type', ...(REQUIRED[type] ?? []), ...(UNDATED.includes(type) ? [] : ['occurred', 'source'])].sort();

describe('the catalogue', () => {
  it('has the types of the design, in its groups, and nothing beside', () => {
    expect(GROUPS).toEqual({
      'set-up': ['NegotiationOpened', 'PartyJoined', 'PartyLeft', 'IssueRaised'],
      positions: [
        ...[
          'PositionStated',
          'DemandStated',
          'ProposalMade',
          'ProposalAccepted',
          'ProposalRejected',
          'RedLineDeclared',
        ],
        ...['ConcessionSignalled', 'ConditionAttached', 'PositionReiterated', 'DemandReiterated', 'PositionWithdrawn'],
        'DemandDropped',
      ],
      rounds: [
        ...['RoundScheduled', 'RoundPostponed', 'RoundCancelled', 'RoundOpened', 'RoundConcluded', 'DelegationNamed'],
      ],
      papers: ['PlanPublished', 'PlanAdjusted', 'DocumentExchanged', 'JointStatementIssued'],
      outcomes: ['PrisonerExchangeAgreed', 'PrisonerExchangeCarriedOut', 'AgreementReached', 'AgreementSuspended'],
      context: ['StatementIssued', 'IncidentReported'],
      record: [
        ...['DevelopmentCorrected', 'DevelopmentRetracted', 'DevelopmentCorroborated', 'DevelopmentDenied'],
        'DevelopmentMerged',
      ],
    });
    expect([...DEVELOPMENT_TYPES].sort()).toEqual([...EVERY_TYPE].sort());
  });

  it('says the group of every type', () => {
    for (const [group, types] of Object.entries(GROUPS)) for (const type of types) expect(groupOf(type)).toBe(group);
    expect(() => groupOf('DemandStatd' as DevelopmentType)).toThrow(new TypeError('no group for DemandStatd'));
  });

  it.each([
    ['one', { ...EXAMPLES.PartyLeft.minimal, party: 'north' }, ['north']],
    ['several', { ...EXAMPLES.AgreementReached.minimal, parties: ['north', 'south'] }, ['north', 'south']],
    ['none', EXAMPLES.IssueRaised.minimal, []],
    ['none, where it could have one', { ...EXAMPLES.IncidentReported.minimal, party: undefined }, []],
    ['several, where it could have one', { ...EXAMPLES.DocumentExchanged.minimal, parties: ['north'] }, ['north']],
  ])('says the parties whose development it is: %s', (_, input, parties) => {
    expect(partiesOf(input as Development)).toEqual(parties);
  });

  it('prints itself as JSON Schema of what a person writes, with every type and no unknown field allowed', () => {
    const schema = developmentJsonSchema() as {
      $schema: string;
      oneOf: (Record<string, unknown> & { required: string[] })[];
    };
    expect(schema.$schema).toContain('2020-12');
    expect(schema.oneOf).toHaveLength(DEVELOPMENT_TYPES.length);
    for (const one of schema.oneOf) {
      expect(one.additionalProperties).toBe(false);
      // What has a default may be left out.
      expect(one.required).not.toContain('schemaVersion');
    }
  });
});

describe.each(EVERY_TYPE)('%s', (type) => {
  const { minimal, full, excluded = [] } = EXAMPLES[type];

  it('is valid with the least that it needs, and reads back equal', () => {
    const value = parsed(minimal);
    expect(value).toMatchObject(minimal);
    expect(parsed(JSON.parse(JSON.stringify(value)))).toEqual(value);
  });

  it('is valid with everything that can be said, and every word of it is kept', () => {
    expect([...Object.keys(full), ...excluded].sort()).toEqual([...new Set([...shapeOf(type)])].sort());
    const value = parsed(full);
    expect(value).toEqual(full);
    expect(parsed(JSON.parse(JSON.stringify(value)))).toEqual(value);
  });

  it('needs the fields it needs, and no others', () => {
    const needed = Object.keys(minimal).filter((field) => {
      const { [field as keyof typeof minimal]: _, ...rest } = minimal;
      return !parseDevelopment(rest).ok;
    });
    // `parties` is needed where there is no `party`; the fault is named after `party` then
    const whose = needed.filter((field) => !(shapeOf(type).includes('party') && field === 'parties'));
    expect(whose.filter((field) => field !== 'party' || requiredOf(type).includes('party')).sort()).toEqual(
      requiredOf(type),
    );
    for (const field of requiredOf(type)) {
      const { [field as keyof typeof minimal]: _, ...rest } = minimal;
      expect(faultsOf(rest).map((fault) => fault.field)).toContain(field);
    }
  });

  it('refuses what is no object for that alone', () => {
    for (const value of [null, undefined, 'DemandStated'])
      expect(SCHEMAS.get(type)?.safeParse(value).error?.issues).toMatchObject([{ code: 'invalid_type', path: [] }]);
  });

  it('refuses a field it does not have, and names it', () => {
    expect(faultsOf({ ...full, colour: 'blue' })).toEqual([
      { field: 'colour', value: 'blue', message: 'there is no such field here; leave it out' },
    ]);
  });

  it('refuses a field in its source that a source does not have', () => {
    expect(faultsOf({ ...full, source: { publisher: 'The Gazette', page: 4 } })).toEqual([
      { field: 'source.page', value: 4, message: 'there is no such field here; leave it out' },
    ]);
  });

  it('refuses what is off the record', () => {
    expect(faultsOf({ ...full, attribution: 'off-record' })).toEqual([
      {
        field: 'attribution',
        value: 'off-record',
        message: 'off-record words are not recorded: a tracker must not publish what endangers a source',
        code: 'OFF_RECORD',
      },
    ]);
  });

  it('is by default the account of the report, where it has happened', () => {
    const { attribution } = parsed(minimal);
    expect(attribution).toBe(UNDATED.includes(type) ? undefined : 'narrative');
  });
});
