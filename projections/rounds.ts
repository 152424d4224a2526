/** Rounds of talks: scheduled, postponed, under way, concluded, cancelled; overdue when the day has passed and nobody said so. */
import { type DevelopmentOf, spanOf } from '../events/index.ts';
import type { Round } from './answers.ts';
import type { Counted } from './record.ts';

type RoundDevelopment = DevelopmentOf<
  'RoundScheduled' | 'RoundPostponed' | 'RoundCancelled' | 'RoundOpened' | 'RoundConcluded' | 'DelegationNamed'
>;
/** What brings a round to a stage: a delegation does not. */
type Step = Exclude<RoundDevelopment['type'], 'DelegationNamed'>;

/** The rounds on record at a moment, in the order in which they were first spoken of. */
export function roundsOf(counted: readonly Counted[], timeZone: string, asOf: number): readonly Round[] {
  const rounds = new Map<string, Round>();
  for (const { development } of counted) {
    if (!isRound(development) || development.round === undefined) continue;
    rounds.set(development.round, evolve(rounds.get(development.round) ?? unspoken(development.round), development));
  }
  return [...rounds.values()].map((round) =>
    isOverdue(round, timeZone, asOf) ? { ...round, status: 'overdue' } : round,
  );
}

function isRound(development: Counted['development']): development is RoundDevelopment {
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
  outcome: null,
  parties: [],
  mediators: [],
  format: null,
  venue: null,
  summary: null,
  delegations: [],
  developments: [],
});

function evolve(round: Round, development: RoundDevelopment): Round {
  const developments = [...round.developments, development.id];
  const venue = development.venue ?? round.venue;
  if (development.type === 'DelegationNamed') {
    const { party } = development;
    const others = round.delegations.filter((delegation) => delegation.party !== party);
    const named = round.delegations.find((delegation) => delegation.party === party);
    // What is not said again stays.
    const delegation = {
      party,
      head: development.head ?? named?.head ?? null,
      members: development.members ?? named?.members ?? [],
    };
    return { ...round, venue, developments, delegations: [...others, delegation] };
  }
  const status = statusAfter(development.type);
  const scheduledFor = development.scheduledFor ?? standingDate(round, development.type);
  const told = isSameStage(round, { status, scheduledFor }) ? round : UNTOLD;
  return {
    ...round,
    developments,
    venue,
    status,
    scheduledFor,
    outcome: status === 'concluded' ? (development.outcome ?? told.outcome) : null,
    parties: development.parties,
    mediators: development.mediators ?? round.mediators,
    format: development.format ?? round.format,
    summary: development.summary ?? told.summary,
  };
}

/** An outcome belongs to a conclusion, a summary to the stage that it was said of: the next one begins without. */
const UNTOLD: Pick<Round, 'outcome' | 'summary'> = { outcome: null, summary: null };

const isPlanned = (status: Round['status']): boolean => status === 'scheduled' || status === 'postponed';

/** The date that stands where none is named: a postponement ends it, and so does scheduling anew what was held or cancelled. */
function standingDate({ status, scheduledFor }: Round, step: Step): string | null {
  const ended = step === 'RoundPostponed' || (step === 'RoundScheduled' && !isPlanned(status));
  return ended ? null : scheduledFor;
}

/** Is a round at the stage at which it was, so that what was said of that still holds? Another date is another plan. */
const isSameStage = (before: Round, after: Pick<Round, 'status' | 'scheduledFor'>): boolean =>
  before.status === after.status &&
  (!isPlanned(after.status) || before.scheduledFor === null || before.scheduledFor === after.scheduledFor);

function statusAfter(type: Step): Round['status'] {
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
