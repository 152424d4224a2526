/** Rounds of talks: scheduled, postponed, under way, concluded, cancelled; overdue when the day has passed and nobody said so. */
import { type DevelopmentOf, spanOf } from '../events/index.ts';
import type { Round } from './answers.ts';
import type { Counted } from './record.ts';

type RoundDevelopment = DevelopmentOf<
  'RoundScheduled' | 'RoundPostponed' | 'RoundCancelled' | 'RoundOpened' | 'RoundConcluded' | 'DelegationNamed'
>;

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
  return {
    ...round,
    developments,
    venue,
    status: statusAfter(development.type),
    scheduledFor: development.scheduledFor ?? (development.type === 'RoundPostponed' ? null : round.scheduledFor),
    outcome: development.outcome ?? round.outcome,
    parties: development.parties,
    mediators: development.mediators ?? round.mediators,
    format: development.format ?? round.format,
    summary: development.summary ?? round.summary,
  };
}

function statusAfter(type: Exclude<RoundDevelopment['type'], 'DelegationNamed'>): Round['status'] {
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
  (status === 'scheduled' || status === 'postponed') &&
  scheduledFor !== null &&
  spanOf(scheduledFor, timeZone).end < asOf;
