/** For every type of the catalogue, the least that is valid, and all that can be said. They stand on `GROUND`, once it is recorded. */
import type { DevelopmentInput, DevelopmentType } from '../../events/index.ts';
import { NEGOTIATION as negotiation } from './tracker.ts';

type InputOf<T extends DevelopmentType> = Extract<DevelopmentInput, { type: T }>;
type Example<T extends DevelopmentType> = {
  readonly minimal: InputOf<T>;
  /** every field but those that exclude one that is given */
  readonly full: InputOf<T> & { readonly id: string };
  /** fields of the type that the full example cannot have beside the others */
  readonly excluded?: readonly string[];
};

const occurred = '2026-02-10';
const source = { publisher: 'The Gazette' };
const fullSource = {
  publisher: 'The Gazette',
  title: 'Talks at the river',
  url: 'https://gazette.example/talks',
  archiveUrl: 'https://archive.example/2026/talks',
  language: 'en-GB',
  published: '2026-02-11T06:30:00Z',
  quote: 'We stand by what we said.',
  reliability: 'B',
  credibility: 2,
} as const;

/** What may be said of any development. */
const closing = {
  speaker: { name: 'A. Delegate', office: 'head of delegation' },
  statedBy: 'north',
  round: 'second-round',
  document: 'draft-text',
  venue: 'Harbour House',
  note: 'Coded from the report of the day.',
  source: fullSource,
  schemaVersion: 2,
} as const;
const full = (type: DevelopmentType) => ({
  ...closing,
  id: `full:${type}`,
  negotiation,
  occurred: '2026-02-09/2026-02-10',
  attribution: 'on-record' as const,
});

const { statedBy: _, ...openingFull } = full('NegotiationOpened');

export const GROUND: readonly (DevelopmentInput & { readonly id: string })[] = [
  { id: 'open', negotiation, type: 'NegotiationOpened', title: 'Talks' },
  ...(['north', 'south', 'league', 'host'] as const).map(
    (party) =>
      ({ id: `party-${party}`, negotiation, type: 'PartyJoined', party, name: party, role: 'principal' }) as const,
  ),
  ...(['river', 'bridges'] as const).map(
    (issue) => ({ id: `issue-${issue}`, negotiation, type: 'IssueRaised', issue, title: issue }) as const,
  ),
  { id: 'told', negotiation, type: 'StatementIssued', occurred, source, summary: 'Both sides met.' },
  { id: 'told-again', negotiation, type: 'StatementIssued', occurred, source, summary: 'They met.' },
];

const sets = <T extends InputOf<'DemandStated' | 'ConditionAttached'>['type'] | SettingType>(type: T): Example<T> =>
  ({
    minimal: { negotiation, type, occurred, source, party: 'north', issue: 'river', stance: 'Open it.' },
    full: {
      ...full(type),
      type,
      party: 'north',
      issue: 'river',
      stance: 'Open it to all ships by June.',
      point: 'side-offer',
      replaces: 'position',
      shift: 'softened',
    },
    excluded: ['parties'],
  }) as unknown as Example<T>;
type SettingType =
  | 'PositionStated'
  | 'ProposalMade'
  | 'ProposalAccepted'
  | 'ProposalRejected'
  | 'RedLineDeclared'
  | 'ConcessionSignalled';

const refersTo = <T extends ReferringType>(type: T): Example<T> =>
  ({
    minimal: { negotiation, type, occurred, source, parties: ['north', 'south'], issue: 'river' },
    full: { ...full(type), type, party: 'north', issue: 'river', stance: 'As before.', point: 'side-offer' },
    excluded: ['parties'],
  }) as unknown as Example<T>;
type ReferringType = 'PositionReiterated' | 'DemandReiterated' | 'PositionWithdrawn' | 'DemandDropped';

type RoundType = 'RoundScheduled' | 'RoundPostponed' | 'RoundCancelled' | 'RoundOpened' | 'RoundConcluded';
const round = <T extends RoundType>(type: T): Example<T> =>
  ({
    minimal: { negotiation, type, occurred, source, round: 'second-round', parties: ['north', 'south'] },
    full: {
      ...full(type),
      type,
      scheduledFor: '2026-03-01/2026-03-02',
      parties: ['north', 'south'],
      mediators: ['host'],
      format: 'proximity talks',
      outcome: 'partial',
      summary: 'The second round, at Harbour House.',
    },
  }) as unknown as Example<T>;

const plan = <T extends 'PlanPublished' | 'PlanAdjusted'>(type: T): Example<T> =>
  ({
    minimal: { negotiation, type, occurred, source, plan: 'river-plan', version: '1', parties: ['host'] },
    full: {
      ...full(type),
      type,
      plan: 'river-plan',
      version: '1.1',
      from: '1',
      parties: ['host', 'league'],
      summary: 'Two points, one of them new.',
      points: [
        { id: 'ships', text: 'All ships pass.' },
        { id: 'tolls', text: 'No tolls.' },
      ],
    },
  }) as unknown as Example<T>;

const paper = <T extends 'DocumentExchanged' | 'JointStatementIssued'>(type: T): Example<T> => {
  const own = { document: 'draft-text', title: 'Draft text', summary: 'A first draft.' };
  return {
    minimal: { negotiation, type, occurred, source, ...own, parties: ['north', 'south'] },
    full: { ...full(type), type, ...own, party: 'north', to: ['south', 'host'] },
    excluded: ['parties'],
  } as unknown as Example<T>;
};

const exchange = <T extends 'PrisonerExchangeAgreed' | 'PrisonerExchangeCarriedOut'>(type: T): Example<T> => {
  const own = { exchange: 'first-swap', parties: ['north', 'south'], summary: 'A swap.' };
  return {
    minimal: { negotiation, type, occurred, source, ...own },
    full: { ...full(type), type, ...own, formula: 'all for all', counts: { north: 157, south: '300+' } },
  } as unknown as Example<T>;
};

const agreement = <T extends 'AgreementReached' | 'AgreementSuspended'>(type: T): Example<T> => {
  const own = {
    agreement: 'river-accord',
    parties: ['north', 'south'],
    issues: ['river', 'bridges'],
    summary: 'An accord.',
  };
  return {
    minimal: { negotiation, type, occurred, source, ...own, issues: [] },
    full: { ...full(type), type, ...own },
  } as unknown as Example<T>;
};

const context = <T extends 'StatementIssued' | 'IncidentReported'>(type: T): Example<T> =>
  ({
    minimal: { negotiation, type, occurred, source, summary: 'Something was said.' },
    full: { ...full(type), type, party: 'north', summary: 'Something was said by the north.' },
  }) as unknown as Example<T>;

export const EXAMPLES: { readonly [T in DevelopmentType]: Example<T> } = {
  NegotiationOpened: {
    minimal: { negotiation, type: 'NegotiationOpened', title: 'Talks' },
    full: { ...openingFull, type: 'NegotiationOpened', title: 'River talks', timeZone: 'Europe/Kyiv' },
    // nobody is declared yet who could have said it
    excluded: ['statedBy'],
  },
  PartyJoined: {
    minimal: { negotiation, type: 'PartyJoined', party: 'islands', name: 'The Islands', role: 'observer' },
    full: {
      ...full('PartyJoined'),
      type: 'PartyJoined',
      party: 'islands',
      name: 'The Islands',
      role: 'guarantor',
      memberOf: 'league',
      code: 'ISL',
    },
  },
  PartyLeft: {
    minimal: { negotiation, type: 'PartyLeft', party: 'south' },
    full: { ...full('PartyLeft'), type: 'PartyLeft', party: 'south', reason: 'In protest.' },
  },
  IssueRaised: {
    minimal: { negotiation, type: 'IssueRaised', issue: 'tolls', title: 'Tolls' },
    full: {
      ...full('IssueRaised'),
      type: 'IssueRaised',
      issue: 'tolls',
      title: 'Tolls',
      parent: 'river',
      code: 'ECON',
    },
  },
  PositionStated: sets('PositionStated'),
  DemandStated: sets('DemandStated'),
  ProposalMade: sets('ProposalMade'),
  ProposalAccepted: sets('ProposalAccepted'),
  ProposalRejected: sets('ProposalRejected'),
  RedLineDeclared: sets('RedLineDeclared'),
  ConcessionSignalled: sets('ConcessionSignalled'),
  ConditionAttached: sets('ConditionAttached'),
  PositionReiterated: refersTo('PositionReiterated'),
  DemandReiterated: refersTo('DemandReiterated'),
  PositionWithdrawn: refersTo('PositionWithdrawn'),
  DemandDropped: refersTo('DemandDropped'),
  RoundScheduled: round('RoundScheduled'),
  RoundPostponed: round('RoundPostponed'),
  RoundCancelled: round('RoundCancelled'),
  RoundOpened: round('RoundOpened'),
  RoundConcluded: round('RoundConcluded'),
  DelegationNamed: {
    minimal: { negotiation, type: 'DelegationNamed', occurred, source, party: 'north' },
    full: {
      ...full('DelegationNamed'),
      type: 'DelegationNamed',
      party: 'north',
      head: 'A. Delegate',
      members: ['B. Adviser', 'C. Lawyer'],
    },
  },
  PlanPublished: plan('PlanPublished'),
  PlanAdjusted: plan('PlanAdjusted'),
  DocumentExchanged: paper('DocumentExchanged'),
  JointStatementIssued: paper('JointStatementIssued'),
  PrisonerExchangeAgreed: exchange('PrisonerExchangeAgreed'),
  PrisonerExchangeCarriedOut: exchange('PrisonerExchangeCarriedOut'),
  AgreementReached: agreement('AgreementReached'),
  AgreementSuspended: agreement('AgreementSuspended'),
  StatementIssued: context('StatementIssued'),
  IncidentReported: context('IncidentReported'),
  DevelopmentCorrected: {
    minimal: { negotiation, type: 'DevelopmentCorrected', corrects: 'told', changes: { venue: 'Town Hall' }, source },
    full: {
      ...full('DevelopmentCorrected'),
      type: 'DevelopmentCorrected',
      corrects: 'told',
      changes: { summary: 'Both sides met twice.', note: null },
    },
  },
  DevelopmentRetracted: {
    minimal: { negotiation, type: 'DevelopmentRetracted', retracts: 'told', reason: 'It did not happen.' },
    full: {
      ...full('DevelopmentRetracted'),
      type: 'DevelopmentRetracted',
      retracts: 'told',
      reason: 'It did not happen.',
    },
  },
  DevelopmentCorroborated: {
    minimal: { negotiation, type: 'DevelopmentCorroborated', corroborates: 'told', source },
    full: { ...full('DevelopmentCorroborated'), type: 'DevelopmentCorroborated', corroborates: 'told' },
  },
  DevelopmentDenied: {
    minimal: { negotiation, type: 'DevelopmentDenied', occurred, source, denies: 'told', party: 'south' },
    full: {
      ...full('DevelopmentDenied'),
      type: 'DevelopmentDenied',
      denies: 'told',
      party: 'south',
      stance: 'Untrue.',
    },
  },
  DevelopmentMerged: {
    minimal: { negotiation, type: 'DevelopmentMerged', duplicate: 'told-again', into: 'told' },
    full: { ...full('DevelopmentMerged'), type: 'DevelopmentMerged', duplicate: 'told-again', into: 'told' },
  },
};

export const EVERY_TYPE = Object.keys(EXAMPLES) as readonly DevelopmentType[];
