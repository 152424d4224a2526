/** An invented negotiation with everything a view has to show. */
import type { DevelopmentInput } from '../../src/tracker/index.ts';

export const TALKS = 'cod-quotas';

const source = {
  publisher: 'The Harbour Times',
  title: 'Quotas',
  published: '2025-03-02',
  url: 'https://harbour.example/1',
};
const common = { negotiation: TALKS, source } as const;

export const SET_UP: readonly DevelopmentInput[] = [
  { id: 'S-1', negotiation: TALKS, type: 'NegotiationOpened', title: 'Cod quotas', timeZone: 'Europe/Oslo' },
  { id: 'S-2', negotiation: TALKS, type: 'PartyJoined', party: 'norway', name: 'Norway', role: 'principal' },
  { id: 'S-3', negotiation: TALKS, type: 'PartyJoined', party: 'iceland', name: 'Iceland', role: 'principal' },
  { id: 'S-4', negotiation: TALKS, type: 'PartyJoined', party: 'faroes', name: 'Faroe Islands', role: 'principal' },
  { id: 'S-5', negotiation: TALKS, type: 'PartyJoined', party: 'commission', name: 'The Commission', role: 'mediator' },
  { id: 'S-6', negotiation: TALKS, type: 'IssueRaised', issue: 'total-catch', title: 'Total catch' },
  { id: 'S-7', negotiation: TALKS, type: 'IssueRaised', issue: 'inspections', title: 'Inspections at sea' },
  { id: 'S-8', negotiation: TALKS, type: 'IssueRaised', issue: 'fleet', title: 'Size of the fleet' },
];

export const TOLD: readonly DevelopmentInput[] = [
  {
    ...common,
    id: 'R-1',
    type: 'DemandStated',
    occurred: '2025-03-01',
    party: 'norway',
    issue: 'total-catch',
    stance: 'At most 300,000 tonnes',
    attribution: 'on-record',
    speaker: { name: 'A. Berg', office: 'Minister of Fisheries' },
  },
  {
    ...common,
    id: 'R-2',
    type: 'ConditionAttached',
    occurred: '2025-03-01',
    party: 'norway',
    issue: 'total-catch',
    stance: 'Only if inspections are agreed',
    point: 'inspections-first',
  },
  {
    ...common,
    id: 'R-3',
    type: 'DemandReiterated',
    occurred: '2025-03-20',
    party: 'norway',
    issue: 'total-catch',
    source: { ...source, published: '2025-03-21' },
  },
  {
    ...common,
    id: 'R-4',
    type: 'DemandStated',
    occurred: '2025-04-01',
    party: 'norway',
    issue: 'total-catch',
    stance: 'At most 280,000 tonnes',
    shift: 'hardened',
    source: { ...source, published: '2025-04-02' },
  },
  {
    ...common,
    id: 'R-5',
    type: 'PositionStated',
    occurred: '../2025-03-10',
    party: 'norway',
    issue: 'total-catch',
    stance: 'Would settle for 350,000 tonnes',
    attribution: 'anonymous',
    source: { ...source, published: '2025-04-03' },
  },
  {
    ...common,
    id: 'R-6',
    type: 'ProposalMade',
    occurred: '2025-03-05',
    party: 'iceland',
    issue: 'inspections',
    stance: 'Inspectors on every second boat',
    source: { ...source, published: '2025-03-06' },
  },
  {
    ...common,
    id: 'R-7',
    type: 'PositionWithdrawn',
    occurred: '2025-04-05',
    party: 'iceland',
    issue: 'inspections',
    source: { ...source, published: '2025-04-06' },
  },
  {
    ...common,
    id: 'R-8',
    type: 'DemandStated',
    occurred: '2025-03-06',
    party: 'faroes',
    issue: 'fleet',
    stance: 'No more than forty boats',
    source: { ...source, published: '2025-03-07' },
  },
  {
    ...common,
    id: 'R-9',
    type: 'RoundScheduled',
    occurred: '2025-03-01',
    round: 'bergen-1',
    scheduledFor: '2025-05-10/2025-05-12',
    parties: ['norway', 'iceland'],
    mediators: ['commission'],
    venue: 'Bergen',
  },
  {
    ...common,
    id: 'R-10',
    type: 'PlanPublished',
    occurred: '2025-03-02',
    plan: 'harbour-plan',
    version: '1',
    parties: ['commission'],
    points: [
      { id: 'a', text: 'A quota for three years' },
      { id: 'b', text: 'Inspectors on board' },
    ],
  },
  {
    ...common,
    id: 'R-11',
    type: 'PlanAdjusted',
    occurred: '2025-04-03',
    plan: 'harbour-plan',
    version: '2',
    parties: ['commission'],
    points: [
      { id: 'a', text: 'A quota for five years' },
      { id: 'c', text: 'Nets of one size' },
    ],
    source: { ...source, published: '2025-04-04' },
  },
  {
    ...common,
    id: 'R-12',
    type: 'PrisonerExchangeAgreed',
    occurred: '2025-03-02',
    exchange: 'crews',
    parties: ['norway', 'iceland'],
    counts: { norway: 12, iceland: '10+' },
    summary: 'The crews of the seized boats are to go home.',
  },
  {
    ...common,
    id: 'R-13',
    type: 'AgreementReached',
    occurred: '2025-03-30',
    agreement: 'gear-code',
    parties: ['norway', 'iceland'],
    issues: ['fleet'],
    summary: 'A code for fishing gear.',
    source: { ...source, published: '2025-03-31' },
  },
  {
    ...common,
    id: 'R-14',
    type: 'PartyLeft',
    occurred: '2025-04-10',
    party: 'faroes',
    reason: 'Leaves in protest',
    source: { ...source, published: '2025-04-10' },
  },
  {
    ...common,
    id: 'R-15',
    type: 'StatementIssued',
    occurred: '2025-04-08/2025-04-20',
    party: 'iceland',
    summary: 'Iceland speaks of a storm.',
    source: { ...source, published: '2025-04-21' },
  },
];

const ABOUT_THE_RECORD: readonly DevelopmentInput[] = [
  {
    id: 'C-1',
    negotiation: TALKS,
    type: 'DevelopmentCorrected',
    corrects: 'R-1',
    changes: { stance: 'At most 310,000 tonnes' },
    source: { publisher: 'The Harbour Times', title: 'A correction', published: '2025-05-02' },
  },
  {
    id: 'C-2',
    negotiation: TALKS,
    type: 'DevelopmentRetracted',
    retracts: 'R-8',
    reason: 'The minister was misheard',
    source: { publisher: 'The Harbour Times', published: '2025-05-03' },
  },
  {
    id: 'C-3',
    negotiation: TALKS,
    type: 'DevelopmentCorroborated',
    corroborates: 'R-4',
    source: { publisher: 'Fish Daily', published: '2025-04-03' },
  },
];

const RECORDED = '2025-04-25T08:00:00Z';
const CORRECTED = '2025-05-04T08:00:00Z';

export const STEPS = [
  { at: RECORDED, developments: [...SET_UP, ...TOLD] },
  { at: CORRECTED, developments: ABOUT_THE_RECORD },
];
