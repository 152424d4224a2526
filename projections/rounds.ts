/** Rounds of talks: scheduled, postponed, under way, concluded, cancelled; overdue when the day has passed and nobody said so. */
import { type DevelopmentOf, type Span, spanOf } from '../events/index.ts';
import type { Round } from './answers.ts';
import { denialsIn } from './denials.ts';
import type { Counted } from './record.ts';
import { heldAfter, isOlderNews, type Step, satAfter, type Told } from './sitting.ts';

type Delegation = DevelopmentOf<'DelegationNamed'>;
type Development = Step | Delegation;

/** The rounds on record at a moment, in the order in which they were first spoken of. */
export function roundsOf(counted: readonly Counted[], timeZone: string, asOf: number): readonly Round[] {
  const rounds = new Map<string, Told>();
  for (const { development, clocks } of counted) {
    if (!isRound(development) || development.round === undefined) continue;
    const told = rounds.get(development.round) ?? { round: unspoken(development.round), sat: null };
    const happened: Span = { start: clocks.start, end: clocks.effective };
    rounds.set(development.round, evolve(told, development, happened, timeZone));
  }
  const denials = denialsIn(counted);
  return [...rounds.values()].map(({ round }) => ({
    ...round,
    status: isOverdue(round, timeZone, asOf) ? 'overdue' : round.status,
    beside: denials(round.developments),
  }));
}

function isRound(development: Counted['development']): development is Development {
  switch (development.type) {
    case 'RoundScheduled':
    case 'RoundPostponed':
    case 'RoundCancelled':
    case 'RoundOpened':
    case 'RoundConcluded':
    case 'DelegationNamed':
      return true;
    default:
      return false;
  }
}

const unspoken = (round: string): Round => ({
  round,
  status: 'scheduled',
  scheduledFor: null,
  held: [],
  outcome: null,
  parties: [],
  mediators: [],
  format: null,
  venue: null,
  summary: null,
  delegations: [],
  beside: [],
  developments: [],
});

function evolve({ round: before, sat }: Told, development: Development, happened: Span, timeZone: string): Told {
  const round: Round = { ...before, developments: [...before.developments, development.id] };
  if (development.type === 'DelegationNamed') return { round: sent(round, development), sat };
  if (isOlderNews(development, happened, { round, sat }, timeZone)) return { round: filledIn(round, development), sat };
  return { round: advanced(round, development), sat: satAfter({ round, sat }, development.type, happened) };
}

function sent(round: Round, { party, head, members, venue }: Delegation): Round {
  const others = round.delegations.filter((delegation) => delegation.party !== party);
  const named = round.delegations.find((delegation) => delegation.party === party);
  // What is not said again stays.
  const delegation = { party, head: head ?? named?.head ?? null, members: members ?? named?.members ?? [] };
  return { ...round, venue: venue ?? round.venue, delegations: [...others, delegation] };
}

function advanced(round: Round, development: Step): Round {
  const status = statusAfter(development.type);
  const scheduledFor = development.scheduledFor ?? standingDate(round, development.type);
  const told = isSameStage(round, { status, scheduledFor }) ? round : UNTOLD;
  return {
    ...round,
    status,
    scheduledFor,
    held: heldAfter(round, development),
    outcome: status === 'concluded' ? (development.outcome ?? told.outcome) : null,
    parties: development.parties,
    mediators: development.mediators ?? round.mediators,
    format: development.format ?? round.format,
    venue: development.venue ?? round.venue,
    summary: development.summary ?? told.summary,
  };
}

/** Older news undoes nothing that happened since, and adds what was not known. */
const filledIn = (round: Round, { type, occurred, scheduledFor, mediators, format, venue }: Step): Round => ({
  ...round,
  // A round that is planned without a date has lost the one it had.
  scheduledFor: round.scheduledFor ?? (isPlanned(round.status) ? null : (scheduledFor ?? null)),
  held: type === 'RoundOpened' ? [occurred, ...round.held] : round.held,
  mediators: round.mediators.length > 0 ? round.mediators : (mediators ?? []),
  format: round.format ?? format ?? null,
  venue: round.venue ?? venue ?? null,
});

/** An outcome belongs to a conclusion, a summary to the stage that it was said of: the next one begins without. */
const UNTOLD: Pick<Round, 'outcome' | 'summary'> = { outcome: null, summary: null };

const isPlanned = (status: Round['status']): boolean => status === 'scheduled' || status === 'postponed';

/** The date that stands where none is named: a postponement ends it, and so does scheduling anew what was held or cancelled. */
function standingDate({ status, scheduledFor }: Round, step: Step['type']): string | null {
  const ended = step === 'RoundPostponed' || (step === 'RoundScheduled' && !isPlanned(status));
  return ended ? null : scheduledFor;
}

/** Is a round at the stage at which it was, so that what was said of that still holds? Another date is another plan. */
const isSameStage = (before: Round, after: Pick<Round, 'status' | 'scheduledFor'>): boolean =>
  before.status === after.status &&
  (!isPlanned(after.status) || before.scheduledFor === null || before.scheduledFor === after.scheduledFor);

function statusAfter(type: Step['type']): Round['status'] {
  switch (type) {
    case 'RoundScheduled':
      return 'scheduled';
    case 'RoundPostponed':
      return 'postponed';
    case 'RoundCancelled':
      return 'cancelled';
    case 'RoundOpened':
      return 'under-way';
    case 'RoundConcluded':
      return 'concluded';
  }
}

const isOverdue = ({ status, scheduledFor }: Round, timeZone: string, asOf: number): boolean =>
  isPlanned(status) && scheduledFor !== null && spanOf(scheduledFor, timeZone).end < asOf;
