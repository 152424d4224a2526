/** A small negotiation to ask about, recorded on one day. */
import type { DevelopmentInput } from '../../../events/index.ts';

export const TALKS = 'harbour';
export const RECORDED = '2026-03-01T12:00:00.000Z';

const negotiation = TALKS;
const source = { publisher: 'Gazette' };

export const OPENING: readonly DevelopmentInput[] = [
  { id: 'open', negotiation, type: 'NegotiationOpened', title: 'Harbour talks', timeZone: 'UTC' },
  { id: 'north', negotiation, type: 'PartyJoined', party: 'north', name: 'The North', role: 'principal' },
  { id: 'south', negotiation, type: 'PartyJoined', party: 'south', name: 'The South', role: 'principal' },
  { id: 'tolls', negotiation, type: 'IssueRaised', issue: 'tolls', title: 'Tolls' },
  { id: 'fishing', negotiation, type: 'IssueRaised', issue: 'fishing', title: 'Fishing' },
];

/** What a party said on a day. */
export const said = (id: string, own: object = {}): DevelopmentInput =>
  ({
    id,
    negotiation,
    type: 'PositionStated',
    occurred: '2026-02-10',
    party: 'north',
    issue: 'tolls',
    stance: `Words of ${id}`,
    source,
    ...own,
  }) as DevelopmentInput;

/** A story with a bit of everything that routes show. */
export const STORY: readonly DevelopmentInput[] = [
  ...OPENING,
  said('first', { stance: 'No tolls at all' }),
  said('both', { party: undefined, parties: ['north', 'south'], issue: 'fishing', occurred: '2026-02-12' }),
  said('firm', {
    type: 'DemandStated',
    stance: 'No tolls for ships of the North',
    occurred: '2026-02-15',
    shift: 'hardened',
  }),
  said('leak', { stance: 'Would pay half', attribution: 'anonymous', occurred: '2026-02-16' }),
  {
    id: 'round',
    negotiation,
    type: 'RoundScheduled',
    occurred: '2026-02-18',
    round: 'second',
    scheduledFor: '2026-04-09',
    parties: ['north', 'south'],
    venue: 'Harbour House',
    source,
  },
];
