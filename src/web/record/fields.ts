/** What a person is asked for, type by type. A test holds this to the catalogue: every field of a type, and nothing else. */
import type { DevelopmentType } from '../../../events/index.ts';

/** A negotiation is opened on the command line; the page records into one. */
export type RecordedType = Exclude<DevelopmentType, 'NegotiationOpened'>;

export type Kind =
  | { readonly kind: 'line' | 'text' | 'date' | 'address' | 'party' | 'parties' | 'whose' | 'issue' | 'issues' }
  | { readonly kind: 'lines' | 'points' | 'publisher' | 'counts' | 'development' | 'changes' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

const of = (kind: Exclude<Kind['kind'], 'choice'>): Kind => ({ kind });
const choice = (...choices: readonly string[]): Kind => ({ kind: 'choice', choices });

/** Every field that the form knows, by its path in a development; `whose` is `party` or, for several, `parties`. */
export const FIELDS = {
  occurred: { label: 'Happened on', form: of('date') },
  whose: { label: 'Whose', form: of('whose') },
  party: { label: 'Party', form: of('party') },
  parties: { label: 'Parties', form: of('parties') },
  issue: { label: 'Issue', form: of('issue') },
  issues: { label: 'Issues', form: of('issues') },
  stance: { label: 'What it stated, in your words', form: of('text') },
  summary: { label: 'What happened, in your words', form: of('text') },
  reason: { label: 'Why', form: of('text') },
  point: { label: 'Point (empty: the main one)', form: of('line') },
  replaces: { label: 'Replaces', form: choice('point', 'position') },
  shift: { label: 'Shift, in your judgement', form: choice('hardened', 'softened', 'reversed', 'rescoped') },
  round: { label: 'Round', form: of('line') },
  scheduledFor: { label: 'Scheduled for', form: of('date') },
  mediators: { label: 'Mediators', form: of('parties') },
  format: { label: 'Format', form: of('line') },
  outcome: { label: 'Outcome', form: choice('agreement', 'partial', 'none') },
  head: { label: 'Head', form: of('line') },
  members: { label: 'Members, one a line', form: of('lines') },
  plan: { label: 'Plan', form: of('line') },
  version: { label: 'Version', form: of('line') },
  from: { label: 'From version', form: of('line') },
  points: { label: 'Points, one a line: id, colon, words', form: of('points') },
  document: { label: 'Document', form: of('line') },
  title: { label: 'Title', form: of('line') },
  to: { label: 'To', form: of('parties') },
  exchange: { label: 'Exchange', form: of('line') },
  formula: { label: 'Formula', form: of('line') },
  counts: { label: 'How many each released', form: of('counts') },
  agreement: { label: 'Agreement', form: of('line') },
  name: { label: 'Name', form: of('line') },
  role: { label: 'Role', form: choice('principal', 'mediator', 'guarantor', 'observer') },
  memberOf: { label: 'Member of', form: of('party') },
  parent: { label: 'Part of the issue', form: of('issue') },
  code: { label: 'Code', form: of('line') },
  newParty: { label: 'Short name (a-z, 0-9, -)', form: of('line') },
  newIssue: { label: 'Short name (a-z, 0-9, -)', form: of('line') },
  corrects: { label: 'Corrects', form: of('development') },
  changes: { label: 'What was wrong, and what is right', form: of('changes') },
  retracts: { label: 'Retracts', form: of('development') },
  corroborates: { label: 'A further report of', form: of('development') },
  denies: { label: 'Denies', form: of('development') },
  duplicate: { label: 'The duplicate', form: of('development') },
  into: { label: 'Is the same as', form: of('development') },
  attribution: {
    label: 'How it is known',
    form: choice('narrative', 'on-record', 'unnamed-official', 'anonymous', 'counterpart'),
  },
  'speaker.name': { label: 'Speaker', form: of('line') },
  'speaker.office': { label: 'Office', form: of('line') },
  statedBy: { label: 'Stated by the party', form: of('party') },
  venue: { label: 'Venue', form: of('line') },
  note: { label: 'Note', form: of('text') },
  'source.url': { label: 'Address of the report', form: of('address') },
  'source.publisher': { label: 'Publisher', form: of('publisher') },
  'source.title': { label: 'Title of the report', form: of('line') },
  'source.published': { label: 'Published on', form: of('date') },
  'source.archiveUrl': { label: 'Archived copy', form: of('address') },
  'source.language': { label: 'Language', form: of('line') },
  'source.quote': { label: 'Quotation', form: of('text') },
  'source.reliability': { label: 'Reliability', form: choice('A', 'B', 'C', 'D', 'E', 'F') },
  'source.credibility': { label: 'Credibility', form: choice('1', '2', '3', '4', '5', '6') },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly form: Kind }>>;

export type FieldName = keyof typeof FIELDS;

interface Asked {
  readonly required: readonly FieldName[];
  readonly optional: readonly FieldName[];
}

const asks = (required: readonly FieldName[], optional: readonly FieldName[] = []): Asked => ({ required, optional });

const sets = asks(['issue', 'whose', 'stance'], ['point', 'replaces', 'shift']);
const refers = asks(['issue', 'whose'], ['stance', 'point']);
const round = asks(['round', 'parties'], ['scheduledFor', 'mediators', 'format', 'outcome', 'summary']);
const plan = asks(['plan', 'version', 'parties'], ['from', 'summary', 'points']);
const paper = asks(['document', 'title', 'whose', 'summary'], ['to']);
const exchange = asks(['exchange', 'parties', 'summary'], ['formula', 'counts']);
const agreement = asks(['agreement', 'parties', 'issues', 'summary']);
const context = asks(['summary'], ['party']);

export const OWN: Readonly<Record<RecordedType, Asked>> = {
  PositionStated: sets,
  DemandStated: sets,
  ProposalMade: sets,
  ProposalAccepted: sets,
  ProposalRejected: sets,
  RedLineDeclared: sets,
  ConcessionSignalled: sets,
  ConditionAttached: sets,
  PositionReiterated: refers,
  DemandReiterated: refers,
  PositionWithdrawn: refers,
  DemandDropped: refers,
  RoundScheduled: round,
  RoundPostponed: round,
  RoundCancelled: round,
  RoundOpened: round,
  RoundConcluded: round,
  DelegationNamed: asks(['party'], ['round', 'head', 'members']),
  PlanPublished: plan,
  PlanAdjusted: plan,
  DocumentExchanged: paper,
  JointStatementIssued: paper,
  PrisonerExchangeAgreed: exchange,
  PrisonerExchangeCarriedOut: exchange,
  AgreementReached: agreement,
  AgreementSuspended: agreement,
  StatementIssued: context,
  IncidentReported: context,
  PartyJoined: asks(['newParty', 'name', 'role'], ['memberOf', 'code']),
  PartyLeft: asks(['party'], ['reason']),
  IssueRaised: asks(['newIssue', 'title'], ['parent', 'code']),
  DevelopmentCorrected: asks(['corrects', 'changes']),
  DevelopmentRetracted: asks(['retracts', 'reason']),
  DevelopmentCorroborated: asks(['corroborates']),
  DevelopmentDenied: asks(['denies', 'party'], ['stance']),
  DevelopmentMerged: asks(['duplicate', 'into']),
};

/** In the order of how often they are recorded. */
export const TYPE_GROUPS: readonly { readonly title: string; readonly types: readonly RecordedType[] }[] = [
  {
    title: 'Positions',
    types: [
      'PositionStated',
      'DemandStated',
      'ProposalMade',
      'ProposalAccepted',
      'ProposalRejected',
      'RedLineDeclared',
      'ConcessionSignalled',
      'ConditionAttached',
      'PositionReiterated',
      'DemandReiterated',
      'PositionWithdrawn',
      'DemandDropped',
    ],
  },
  {
    title: 'Rounds',
    types: ['RoundScheduled', 'RoundPostponed', 'RoundCancelled', 'RoundOpened', 'RoundConcluded', 'DelegationNamed'],
  },
  { title: 'Papers', types: ['PlanPublished', 'PlanAdjusted', 'DocumentExchanged', 'JointStatementIssued'] },
  {
    title: 'Outcomes',
    types: ['PrisonerExchangeAgreed', 'PrisonerExchangeCarriedOut', 'AgreementReached', 'AgreementSuspended'],
  },
  { title: 'Context', types: ['StatementIssued', 'IncidentReported'] },
  { title: 'Set-up', types: ['PartyJoined', 'PartyLeft', 'IssueRaised'] },
  {
    title: 'The record',
    types: [
      'DevelopmentCorrected',
      'DevelopmentRetracted',
      'DevelopmentCorroborated',
      'DevelopmentDenied',
      'DevelopmentMerged',
    ],
  },
];

const SOURCE: readonly FieldName[] = ['source.url', 'source.publisher', 'source.published', 'source.title'];
const MORE: readonly FieldName[] = [
  'round',
  'document',
  'venue',
  'note',
  'source.quote',
  'source.archiveUrl',
  'source.language',
  'source.reliability',
  'source.credibility',
];

/** Set-up and what is about the record need neither a day nor anybody's word for it. */
const isStanding = (type: RecordedType): boolean =>
  ['PartyJoined', 'PartyLeft', 'IssueRaised'].includes(type) ||
  (type.startsWith('Development') && type !== 'DevelopmentDenied');

export interface FormFields {
  readonly source: readonly FieldName[];
  readonly own: readonly FieldName[];
  readonly said: readonly FieldName[];
  readonly more: readonly FieldName[];
  readonly required: ReadonlySet<FieldName>;
}

/** The fields of a type: what everyone fills in, and what is there for those who need it. An account by another party names that party. */
export function formFields(type: RecordedType, attribution = ''): FormFields {
  const { required, optional } = OWN[type];
  const standing = isStanding(type);
  const sourced = !standing || type === 'DevelopmentCorrected' || type === 'DevelopmentCorroborated';
  const own = standing ? required : [...required, 'occurred' as const];
  const counterpart = attribution === 'counterpart';
  const said: readonly FieldName[] = standing
    ? []
    : ['attribution', ...(counterpart ? (['statedBy'] as const) : []), 'speaker.name', 'speaker.office'];
  const rest: readonly FieldName[] = standing
    ? ['occurred', 'attribution', 'speaker.name', 'speaker.office', 'statedBy', ...MORE]
    : [...(counterpart ? [] : (['statedBy'] as const)), ...MORE];
  const shown = new Set<FieldName>([...own, ...optional]);
  return {
    source: SOURCE,
    own,
    said,
    more: [...optional, ...rest.filter((field) => !shown.has(field))],
    required: new Set<FieldName>([
      ...required,
      ...(standing ? [] : ['occurred' as const]),
      ...(counterpart ? ['statedBy' as const] : []),
      ...(sourced ? ['source.publisher' as const] : []),
    ]),
  };
}
