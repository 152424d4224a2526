/** What docs/model.md says of each type, field and group. A new one without words does not compile. */
import {
  actOf,
  type Development,
  type DevelopmentType,
  type Group,
  type PositionDevelopment,
} from '../../events/catalogue.ts';

interface Described {
  readonly says: string;
  readonly does: string;
}

export const GROUP_TITLES: Readonly<Record<Group, string>> = {
  'set-up': 'Set-up: what the negotiation is',
  positions: 'Positions: what a party holds on an issue',
  rounds: 'Rounds: when the parties meet',
  papers: 'Papers: plans and documents',
  outcomes: 'Outcomes: what was agreed and carried out',
  context: 'Context: what happened around the talks',
  record: 'The record: what is said about earlier developments',
};

const DOES = {
  set: 'sets its point to `stance`; what else stood beside goes when the point is `main`',
  reiterate:
    'keeps the words of its point, moves `lastAffirmed`, counts one more; sets the point where nothing is in force',
  withdraw: 'ends its point; without `point`, all of them. When none is left, the cell answers *withdrawn*',
} as const;

const position = (type: PositionDevelopment['type'], says: string): Described => ({ says, does: DOES[actOf(type)] });

const LISTED = 'changes no position; stands in the log';

export const TYPES: Readonly<Record<DevelopmentType, Described>> = {
  NegotiationOpened: { says: 'these talks exist', does: 'names them and fixes their time zone' },
  PartyJoined: {
    says: 'somebody takes part',
    does: 'declares a party: a column of the matrix; after a leave, it is back',
  },
  PartyLeft: { says: 'a party left', does: 'marks it *left*; its positions stay' },
  IssueRaised: {
    says: 'something is negotiated about',
    does: 'declares an issue: a row of the matrix; again, with a new title',
  },

  PositionStated: position('PositionStated', 'what it holds'),
  DemandStated: position('DemandStated', 'what it demands of others'),
  ProposalMade: position('ProposalMade', 'what it proposes'),
  ProposalAccepted: position('ProposalAccepted', 'that it accepts what another proposed'),
  ProposalRejected: position('ProposalRejected', 'that it rejects what another proposed'),
  RedLineDeclared: position('RedLineDeclared', 'what it will never accept'),
  ConcessionSignalled: position('ConcessionSignalled', 'what it would give'),
  ConditionAttached: {
    says: 'under which condition',
    does: 'sets a point of its own, named after its `id` unless `point` says otherwise, and shown as a condition',
  },
  PositionReiterated: position('PositionReiterated', 'the same again'),
  DemandReiterated: position('DemandReiterated', 'the same demand again'),
  PositionWithdrawn: position('PositionWithdrawn', 'that it no longer holds it'),
  DemandDropped: position('DemandDropped', 'that it no longer demands it'),

  RoundScheduled: {
    says: 'a round is planned',
    does: 'the round is `scheduled`; `overdue` once its day has passed without news',
  },
  RoundPostponed: { says: 'it is put off', does: 'the round is `postponed`, without a date where none is named' },
  RoundCancelled: { says: 'it is called off', does: 'the round is `cancelled`' },
  RoundOpened: { says: 'it has begun', does: 'the round is `under-way`; the day goes into `held`' },
  RoundConcluded: {
    says: 'it has ended',
    does: 'the round is `concluded`, with its `outcome`; the day goes into `held`',
  },
  DelegationNamed: { says: 'whom a party sends', does: 'puts its people into `delegations` of the `round` it names' },

  PlanPublished: {
    says: 'a plan is out',
    does: 'adds a version, with the points that were added, removed and changed',
  },
  PlanAdjusted: {
    says: 'a plan has a new version',
    does: 'adds a version, with the points that were added, removed and changed',
  },
  DocumentExchanged: { says: 'a paper was handed over', does: LISTED },
  JointStatementIssued: { says: 'several parties signed one text', does: LISTED },

  PrisonerExchangeAgreed: { says: 'a swap is agreed', does: 'the exchange is `agreed`, with `counts` by party' },
  PrisonerExchangeCarriedOut: {
    says: 'a swap took place',
    does: 'adds to `carriedOut`: the exchange is `carried-out`, or `partly-carried-out` while less than agreed',
  },
  AgreementReached: { says: 'parties agreed', does: 'the agreement is `in-force`; no position changes by it' },
  AgreementSuspended: {
    says: 'it is suspended',
    does: 'the agreement is `suspended`, and stays one of all its parties',
  },

  StatementIssued: { says: 'something was said that sets no position', does: LISTED },
  IncidentReported: { says: 'something happened', does: LISTED },

  DevelopmentCorrected: {
    says: 'some fields were wrong',
    does: 'the development reads as corrected for whoever knows of it; what was first recorded stays visible',
  },
  DevelopmentRetracted: {
    says: 'it should not be on record',
    does: 'takes it out of the answers for whoever knows of it; its row in the history stays, with the reason. Of a correction: undoes it',
  },
  DevelopmentCorroborated: {
    says: 'another report says the same',
    does: 'adds a source; the earliest one decides when it could be known',
  },
  DevelopmentDenied: {
    says: 'a party denies it',
    does: 'takes nothing away: stands beside what it denies, from the day of the denial',
  },
  DevelopmentMerged: {
    says: 'two developments are one',
    does: 'the duplicate no longer counts; its sources go to the other one',
  },
};

type NamesOf<T> = T extends unknown ? keyof T : never;
export type FieldName = NamesOf<Development>;

/** Of each field of any type, in a few words. */
export const FIELDS: Readonly<Record<FieldName, string>> = {
  id: 'its own name, unique in the negotiation; absent: made from the content, so that the same line twice is one development',
  negotiation: 'which talks',
  type: 'what kind of development',
  occurred: 'when it happened, as far as the report tells',
  source:
    '`publisher`, and where known `title`, `url`, `archiveUrl`, `language`, `published`, `quote`, `reliability` (A–F), `credibility` (1–6)',
  attribution: 'how it is known; `narrative` unless given; set-up and remarks on the record need none',
  speaker: '`name` and `office` of the person who said it',
  statedBy: 'the party that says it, where it is not the one whose development it is',
  venue: 'where',
  note: 'whatever the coder wants to add',
  schemaVersion: 'of the catalogue; written by Demarche',
  round: 'the round it is of, or was said at',
  document: 'the paper it is of, or stands in',
  title: 'the name people read',
  timeZone: 'in which days are counted (IANA); UTC unless given, and fixed for good',
  party: 'whose it is; of a denial, who denies',
  name: 'the name people read',
  role: 'what it is at the talks',
  memberOf: 'the party it belongs to (a bloc)',
  code: 'of a party ISO 3166-1 alpha-3 or PLOVER, of an issue a PA-X topic',
  reason: 'why',
  issue: 'what it is about',
  parent: 'the wider issue',
  parties: 'whose it is, where it is several',
  stance: 'the words, in short: yours, or the report’s',
  point: 'which part of the position; `main` unless given',
  replaces: '`point` unless given; `position`: everything the party held on the issue before is over',
  shift: 'how you judge the change; Demarche judges nothing',
  scheduledFor: 'when it is to be',
  mediators: 'who mediates',
  format: 'in which form: trilateral, online, …',
  outcome: 'how it ended',
  summary: 'what happened, in short',
  head: 'who leads the delegation',
  members: 'who else is in it',
  plan: 'which plan',
  version: 'of the plan',
  from: 'the version it was made from; absent: the one before',
  points: '`id` and `text` of each point; a point keeps its id when the list is renumbered',
  to: 'to whom it was handed',
  exchange: 'which exchange',
  formula: 'such as "all for all"',
  counts: 'how many each party releases: `{"upland": 12, "lowland": "10+"}`, where `+` is "at least"',
  agreement: 'which agreement',
  issues: 'what it is about',
  corrects: 'the id of what was wrong',
  changes: 'the fields that were wrong, as they should be (JSON Merge Patch); `null` takes one away',
  retracts: 'the id of what is taken back',
  corroborates: 'the id of what it confirms',
  denies: 'the id of what is denied',
  duplicate: 'the id of the one too many',
  into: 'the id of the one that stays',
};
