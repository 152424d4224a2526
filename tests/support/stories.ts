/**
 * Random negotiations: few parties, issues, points and words, so that things meet; dates of every precision around days on which
 * clocks change; recording late, early, and with a clock that steps back; remarks on anything recorded before.
 *
 * A story is a list of drafts, each made of small numbers. What a draft speaks of is chosen among what stands before it, so that a
 * story shrinks well: leaving a draft out, or making a number smaller, leaves a story.
 */
import fc from 'fast-check';
import type { DevelopmentInput } from '../../events/index.ts';
import { NEGOTIATION } from './tracker.ts';

export const PARTIES = ['ada', 'bor', 'cyd'] as const;
export const ISSUES = ['border', 'water'] as const;

/** Where and when: zones with days of 23, 25 and 23.5 hours among the days that follow, some of them at midnight. */
const SETTINGS = [
  { timeZone: 'UTC', first: '2026-02-20' },
  { timeZone: 'Europe/Kyiv', first: '2026-03-20' },
  { timeZone: 'America/New_York', first: '2025-10-25' },
  { timeZone: 'America/Santiago', first: '2026-03-28' },
  { timeZone: 'America/Santiago', first: '2025-09-01' },
  { timeZone: 'Asia/Beirut', first: '2025-10-18' },
  { timeZone: 'Asia/Beirut', first: '2026-03-20' },
  { timeZone: 'Australia/Lord_Howe', first: '2026-03-28' },
  { timeZone: 'Asia/Kathmandu', first: '2025-12-22' },
  { timeZone: 'Pacific/Kiritimati', first: '2025-12-22' },
] as const;

const MINUTE = 60_000;
const DAY = 1440;

export interface Setting {
  readonly timeZone: string;
  /** the civil day on which recording begins */
  readonly first: string;
}

/** One thing to be recorded, and by how many minutes the clock has moved since the last. */
export interface Draft {
  readonly kind: Kind;
  readonly wait: number;
  /** how long before it was recorded it happened, and was reported, in minutes */
  readonly age: number;
  readonly reportedAfter: number;
  readonly precision: Precision;
  readonly published: 'day' | 'month' | 'moment' | 'none';
  readonly target: number;
  readonly choice: number;
  readonly words: number;
  readonly party: number;
  readonly issue: number;
  readonly point: number;
  readonly attribution: (typeof ATTRIBUTIONS)[number];
}

export interface Story {
  readonly setting: Setting;
  readonly drafts: readonly Draft[];
}

/** What is offered to the tracker, and when. */
export interface Step {
  readonly at: number;
  readonly development: DevelopmentInput & { readonly id: string };
}

const KINDS = {
  set: 8,
  condition: 3,
  reiterate: 5,
  withdraw: 3,
  correct: 6,
  'correct a remark': 3,
  retract: 2,
  'retract a remark': 2,
  corroborate: 2,
  merge: 2,
  deny: 3,
  act: 3,
  other: 1,
} as const;
type Kind = keyof typeof KINDS;

const PRECISIONS = [
  'day',
  'moment',
  'local moment',
  'month',
  'year',
  'unspecified day',
  'unspecified month',
  'decade',
  'uncertain',
  'interval',
  'interval into the future',
  'no later than',
  'since',
] as const;
type Precision = (typeof PRECISIONS)[number];

const ATTRIBUTIONS = ['on-record', 'narrative', 'unnamed-official', 'anonymous', 'counterpart'] as const;
const SETS = [
  'DemandStated',
  'PositionStated',
  'ProposalMade',
  'ProposalAccepted',
  'ProposalRejected',
  'RedLineDeclared',
  'ConcessionSignalled',
] as const;
/** What is listed beside positions: told of agreements, rounds, plans and exchanges, two of each. */
const ACTS = [
  'AgreementReached',
  'AgreementSuspended',
  'RoundScheduled',
  'RoundConcluded',
  'DelegationNamed',
  'PlanPublished',
  'PlanAdjusted',
  'PrisonerExchangeAgreed',
  'PrisonerExchangeCarriedOut',
] as const;
const STANCES = ['Yes.', 'No.', 'Later.'] as const;
const POINTS = [undefined, 'main', 'side', 'term'] as const;

const weighted = <T extends string>(weights: Readonly<Record<T, number>>): fc.Arbitrary<T> =>
  fc.oneof(
    ...Object.entries<number>(weights).map(([value, weight]) => ({ weight, arbitrary: fc.constant(value as T) })),
  );

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: weighted(KINDS),
  wait: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: DAY }) },
    { weight: 1, arbitrary: fc.integer({ min: -DAY, max: 0 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * DAY }) },
  ),
  age: fc.integer({ min: 0, max: 8 * DAY }),
  reportedAfter: fc.integer({ min: 0, max: 5 * DAY }),
  precision: fc.oneof(
    { weight: 1, arbitrary: fc.constant('day' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...PRECISIONS) },
  ),
  published: fc.constantFrom('day', 'day', 'moment', 'month', 'none'),
  target: fc.nat(40),
  choice: fc.nat(40),
  words: fc.nat(STANCES.length - 1),
  // most of it on one issue by one or two parties, so that words meet words
  party: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(8) }),
  issue: weighted({ 0: 3, 1: 1 }).map(Number),
  point: weighted({ 0: 5, 1: 1, 2: 2, 3: 2 }).map(Number),
  attribution: weighted({ 'on-record': 5, narrative: 5, 'unnamed-official': 1, anonymous: 2, counterpart: 1 }),
});

/** @param longest how many drafts at the most */
export const story = (longest = 22): fc.Arbitrary<Story> =>
  fc.record({
    setting: fc.constantFrom<Setting>(...SETTINGS),
    drafts: fc.array(draft, { minLength: 1, maxLength: longest, size: 'max' }),
  });

/** What everything else stands on: always true, and known always. */
export const setUp = (timeZone: string): readonly (DevelopmentInput & { readonly id: string })[] => [
  { id: 'open', negotiation: NEGOTIATION, type: 'NegotiationOpened', title: 'Talks', timeZone },
  ...PARTIES.map(
    (party) =>
      ({
        id: `party-${party}`,
        negotiation: NEGOTIATION,
        type: 'PartyJoined',
        party,
        name: party,
        role: 'principal',
      }) as const,
  ),
  ...ISSUES.map(
    (issue) => ({ id: `issue-${issue}`, negotiation: NEGOTIATION, type: 'IssueRaised', issue, title: issue }) as const,
  ),
];

/** The story told: set-up first, then each draft as a development and the moment at which it is offered. */
export function told({ setting: { timeZone, first }, drafts }: Story): readonly Step[] {
  const start = Temporal.PlainDate.from(first).toZonedDateTime(timeZone).epochMilliseconds;
  const steps: Step[] = setUp(timeZone).map((development) => ({ at: start, development }));
  let now = start;
  for (const [index, one] of drafts.entries()) {
    now += one.wait * MINUTE;
    const happened = now - one.age * MINUTE;
    const reported = Math.min(now, happened + one.reportedAfter * MINUTE);
    const earlier = steps.map(({ development }) => development);
    const dates: Dates = {
      occurred: dateText(one.precision, happened, timeZone),
      source: sourceOf(one, reported, timeZone),
    };
    const development = tell(one, `d${String(index + 1).padStart(2, '0')}`, dates, earlier);
    steps.push({ at: now, development });
  }
  return steps;
}

type Told = Step['development'];
interface Dates {
  readonly occurred: string;
  readonly source: { readonly publisher: string; readonly published?: string };
}

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list.length === 0 ? undefined : list[at % list.length];

function tell(draft: Draft, id: string, dates: Dates, earlier: readonly Told[]): Told {
  const world = earlier.filter(({ type, id }) => !/^Development(?!Denied)/.test(type) && /^d/.test(id));
  const [denials = [], plain = []] = [true, false].map((isDenial) =>
    world.filter(({ type }) => (type === 'DevelopmentDenied') === isDenial),
  );
  const remarks = earlier.filter(({ type }) => /^Development/.test(type));
  const common = { id, negotiation: NEGOTIATION };
  // A remark may come without a date of its own, and often does.
  const remark = { ...common, ...(draft.choice % 3 === 0 ? { occurred: dates.occurred } : {}), source: dates.source };
  switch (draft.kind) {
    case 'correct':
    case 'correct a remark': {
      const target = draft.kind === 'correct' ? correctable(draft, world, remarks) : pick(remarks, draft.target);
      if (!target) break;
      return { ...remark, type: 'DevelopmentCorrected', corrects: target.id, changes: changesOf(draft, dates, target) };
    }
    case 'retract':
    case 'retract a remark': {
      const target = pick(draft.kind === 'retract' ? world : remarks, draft.target);
      if (!target) break;
      const { source, ...unsourced } = remark;
      const sourced = draft.choice % 2 === 0 ? { source } : {};
      return {
        ...unsourced,
        ...sourced,
        type: 'DevelopmentRetracted',
        retracts: target.id,
        reason: `reason ${draft.words}`,
      };
    }
    case 'corroborate': {
      const target = pick(world, draft.target);
      if (!target) break;
      return { ...remark, type: 'DevelopmentCorroborated', corroborates: target.id };
    }
    case 'merge': {
      const duplicate = pick(world, draft.target);
      const alike = duplicate?.type === 'DevelopmentDenied' ? denials : plain;
      const into = pick(alike, draft.choice);
      if (!duplicate || !into || duplicate === into) break;
      return { ...remark, type: 'DevelopmentMerged', duplicate: duplicate.id, into: into.id };
    }
    case 'deny': {
      const acts = plain.filter(isAct);
      const target = pick(draft.choice % 3 > 0 && acts.length > 0 ? acts : plain, draft.target);
      if (!target) break;
      const stance = draft.choice % 2 === 0 ? { stance: 'Untrue.' } : {};
      return { ...common, ...dates, ...stance, type: 'DevelopmentDenied', denies: target.id, party: partyOf(draft) };
    }
    case 'act':
      return { ...common, ...dates, ...actOf(draft) };
    case 'other':
      return { ...common, ...dates, type: 'StatementIssued', party: partyOf(draft), summary: 'Said something.' };
    default:
  }
  return { ...common, ...dates, ...about(draft), ...wording(draft) } as Told;
}

const isAct = ({ type }: Told): boolean => ACTS.some((act) => act === type);

/** What was done, and which of two it was done to. */
function actOf(draft: Draft) {
  const type = pick(ACTS, draft.choice) ?? ACTS[0];
  const name = ISSUES[draft.issue % ISSUES.length] ?? ISSUES[0];
  const summary = STANCES[draft.words] ?? STANCES[0];
  const parties: string[] = PARTIES.slice(0, 2);
  switch (type) {
    case 'AgreementReached':
    case 'AgreementSuspended':
      return { type, agreement: name, parties, issues: [name], summary };
    case 'RoundScheduled':
    case 'RoundConcluded':
      return { type, round: name, parties };
    case 'DelegationNamed':
      return { type, round: name, party: partyOf(draft) };
    case 'PlanPublished':
    case 'PlanAdjusted':
      return { type, plan: name, version: `${draft.words}`, parties };
    case 'PrisonerExchangeAgreed':
    case 'PrisonerExchangeCarriedOut':
      return { type, exchange: name, parties, summary };
  }
}

/** What makes a statement of an agreement, which is then listed no longer. */
const AS_STATEMENT = { type: 'StatementIssued', party: PARTIES[0], agreement: null, parties: null, issues: null };

/** Often what was corrected last: corrections build on corrections. */
function correctable({ target }: Draft, world: readonly Told[], remarks: readonly Told[]): Told | undefined {
  const last = remarks.findLast(({ type }) => type === 'DevelopmentCorrected');
  const again = last?.type === 'DevelopmentCorrected' ? world.find(({ id }) => id === last.corrects) : undefined;
  return (target % 2 === 0 ? again : undefined) ?? pick(world, target);
}

const partyOf = ({ party }: Draft): string => PARTIES[party % PARTIES.length] ?? PARTIES[0];

interface Said {
  readonly party?: string;
  readonly parties?: string[];
  readonly statedBy?: string;
  readonly issue: string;
  readonly attribution: Draft['attribution'];
}

/** Whose position, on what, on whose word. Some are joint. */
function about(draft: Draft): Said {
  const party = partyOf(draft);
  const other = PARTIES[(draft.party + 1) % PARTIES.length] ?? PARTIES[1];
  const joint = draft.party > 6 && draft.attribution !== 'counterpart';
  return {
    ...(joint ? { parties: [party, other] } : { party }),
    ...(draft.attribution === 'counterpart' ? { statedBy: other } : {}),
    issue: ISSUES[draft.issue % ISSUES.length] ?? ISSUES[0],
    attribution: draft.attribution,
  };
}

/** What is said. */
function wording(draft: Draft) {
  const point = POINTS[draft.point];
  const at = point === undefined ? {} : { point };
  const stance = STANCES[draft.words] ?? STANCES[0];
  const replaces = draft.choice % 5 === 0 ? { replaces: 'position' as const } : {};
  switch (draft.kind) {
    case 'condition':
      return { ...at, ...replaces, type: 'ConditionAttached', stance };
    case 'reiterate':
      return {
        ...at,
        ...(draft.choice % 2 === 0 ? { stance } : {}),
        type: pick(['PositionReiterated', 'DemandReiterated'], draft.choice),
      };
    case 'withdraw':
      return {
        ...at,
        ...(draft.choice % 2 === 0 ? { stance } : {}),
        type: pick(['PositionWithdrawn', 'DemandDropped'], draft.choice),
      };
    default:
      return { ...at, ...replaces, type: pick(SETS, draft.choice), stance };
  }
}

type Changes = Extract<DevelopmentInput, { type: 'DevelopmentCorrected' }>['changes'];

/** What a correction changes: something the target has, or might have. Some of it leaves no whole development behind. */
function changesOf(draft: Draft, { occurred, source }: Dates, target: Told): Changes {
  const stance = STANCES[draft.words] ?? STANCES[0];
  const when: Changes = { occurred };
  const published: Changes = { source: { published: source.published ?? null } };
  switch (target.type) {
    case 'DevelopmentCorrected':
      return (
        pick<Changes>(
          [
            { changes: { stance } },
            { changes: { stance: null, occurred } },
            { changes: { party: partyOf(draft) } },
            published,
            { note: stance },
          ],
          draft.choice,
        ) ?? when
      );
    case 'DevelopmentRetracted':
      return pick<Changes>([{ reason: stance }, { source: { ...source } }], draft.choice) ?? when;
    case 'DevelopmentCorroborated':
    case 'DevelopmentMerged':
      return pick<Changes>([published, when], draft.choice) ?? when;
    case 'DevelopmentDenied':
      return pick<Changes>([{ stance }, when, published], draft.choice) ?? when;
    case 'AgreementReached':
    case 'AgreementSuspended':
      return pick<Changes>([when, AS_STATEMENT, published, { agreement: 'other' }], draft.choice) ?? when;
    default: {
      const { party = null, parties = null, statedBy = null, ...what } = about(draft);
      return (
        pick<Changes>(
          [
            { stance },
            when,
            { ...when, stance },
            { issue: ISSUES[draft.issue] ?? ISSUES[0] },
            { party, parties, statedBy, ...what },
            { parties: null, party: partyOf(draft) },
            { party: null, parties: [...PARTIES] },
            { party: null, parties: [...PARTIES] },
            { parties: [partyOf(draft)] },
            { point: POINTS[draft.point] ?? null },
            { attribution: draft.attribution === 'counterpart' ? 'anonymous' : draft.attribution, statedBy: null },
            published,
            { replaces: 'position' },
            { type: 'DemandStated', stance },
            { type: 'PositionWithdrawn', replaces: null, shift: null },
          ],
          draft.choice,
        ) ?? when
      );
    }
  }
}

function sourceOf({ published }: Draft, moment: number, timeZone: string): Dates['source'] {
  const publisher = 'The Gazette';
  if (published === 'none') return { publisher };
  const precision = ({ day: 'day', month: 'month', moment: 'moment' } as const)[published];
  return { publisher, published: dateText(precision, moment, timeZone) };
}

/** An EDTF text that contains a moment, or ends with it. */
function dateText(precision: Precision, moment: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
  const date = zoned.toPlainDate();
  const day = date.toString();
  const [year = '', month = ''] = day.split('-');
  switch (precision) {
    case 'day':
      return day;
    case 'moment':
      return zoned.toInstant().toZonedDateTimeISO('+02:00').toString({ timeZoneName: 'never', smallestUnit: 'second' });
    case 'local moment':
      return zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
    case 'month':
      return `${year}-${month}`;
    case 'year':
      return year;
    case 'unspecified day':
      return `${year}-${month}-XX`;
    case 'unspecified month':
      return `${year}-XX-XX`;
    case 'decade':
      return `${year.slice(0, 3)}X`;
    case 'uncertain':
      return `${day}${'?~%'[date.day % 3]}`;
    case 'interval':
      return `${date.subtract({ days: 2 }).toString()}/${day}`;
    case 'interval into the future':
      return `${day}/${date.add({ days: 3 }).toString()}`;
    case 'no later than':
      return `${date.day % 2 === 0 ? '..' : ''}/${day}`;
    case 'since':
      return `${day}/${date.day % 2 === 0 ? '..' : ''}`;
  }
}
