/** An agreement, a round, two versions of a plan and an exchange, each denied by a party, on a day of its own. */
import type { DevelopmentInput } from '../../events/index.ts';

const source = { publisher: 'The Tidewater Post' };
const parties = ['north', 'south'];

const SKETCHES: readonly object[] = [
  { id: 'open', type: 'NegotiationOpened', title: 'Tidewater talks', timeZone: 'UTC' },
  { id: 'north', type: 'PartyJoined', party: 'north', name: 'The North', role: 'principal' },
  { id: 'south', type: 'PartyJoined', party: 'south', name: 'The South', role: 'principal' },
  { id: 'issue', type: 'IssueRaised', issue: 'nets', title: 'Nets' },
  {
    ...{ id: 'truce', type: 'AgreementReached', agreement: 'net-truce', parties, issues: ['nets'] },
    ...{ summary: 'No nets in May.', occurred: '2026-02-01', source },
  },
  {
    id: 'round',
    type: 'RoundScheduled',
    round: 'second',
    scheduledFor: '2026-03',
    parties,
    occurred: '2026-02-02',
    source,
  },
  {
    ...{ id: 'sent', type: 'DelegationNamed', round: 'second', party: 'north', head: 'I. Rudder' },
    ...{ occurred: '2026-02-03', source },
  },
  { id: 'plan-1', type: 'PlanPublished', plan: 'weir-plan', version: '1', parties, occurred: '2026-02-03', source },
  { id: 'plan-2', type: 'PlanAdjusted', plan: 'weir-plan', version: '2', parties, occurred: '2026-02-04', source },
  {
    ...{ id: 'crews', type: 'PrisonerExchangeAgreed', exchange: 'crews', parties, counts: { north: 3, south: 4 } },
    ...{ summary: 'The crews go home.', occurred: '2026-02-05', source },
  },
];

const no = (denies: string, party: string, occurred: string, stance?: string) => ({
  ...{ id: `no-${denies}`, type: 'DevelopmentDenied', denies, party, occurred, source },
  ...(stance === undefined ? {} : { stance }),
});

/** The days on which each is denied: one after the other. */
const DENIALS = [
  no('truce', 'south', '2026-02-11', 'Nothing was agreed on nets.'),
  no('round', 'south', '2026-02-12'),
  no('sent', 'north', '2026-02-13', 'Nobody was named.'),
  no('plan-2', 'north', '2026-02-14', 'There is one version.'),
  no('crews', 'south', '2026-02-15', 'We hold no crews.'),
];

export const deniedIn = (negotiation: string): readonly DevelopmentInput[] =>
  [...SKETCHES, ...DENIALS].map((sketch) => ({ negotiation, ...sketch }) as DevelopmentInput);
