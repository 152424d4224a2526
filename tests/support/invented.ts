/**
 * An invented negotiation, to show that nothing knows the bundled one: other parties, one of which joins late and one that leaves and
 * returns, a bloc with a member, a zone in which a day of the story has 25 hours. With each development, when it was recorded.
 */
import type { DevelopmentInput } from '../../events/index.ts';

export const INVENTED = 'isthmus-water';

const negotiation = INVENTED;
const post = (published: string) => ({ publisher: 'The Isthmus Post', published });
const [share, dam] = [{ issue: 'water-share' }, { issue: 'dam' }];
const both = ['arden', 'belmar'];

const SKETCHES: readonly (readonly [recorded: string, ...developments: object[]])[] = [
  [
    '2026-03-10T15:00:00Z',
    { id: 'S-01', type: 'NegotiationOpened', title: 'Isthmus water talks', timeZone: 'America/Santiago' },
    { id: 'S-02', type: 'PartyJoined', party: 'arden', name: 'Arden', role: 'principal' },
    { id: 'S-03', type: 'PartyJoined', party: 'belmar', name: 'Belmar', role: 'principal' },
    { id: 'S-04', type: 'PartyJoined', party: 'fen', name: 'The Fen', role: 'mediator' },
    { id: 'S-05', type: 'PartyJoined', party: 'coast-league', name: 'Coast League', role: 'guarantor' },
    { id: 'S-06', type: 'IssueRaised', issue: 'water-share', title: 'Shares of the water' },
    { id: 'S-07', type: 'IssueRaised', issue: 'dam', title: 'A dam', parent: 'water-share' },
    { id: 'S-08', type: 'IssueRaised', issue: 'tolls', title: 'Tolls' },
    {
      ...{ id: 'E-01', type: 'DemandStated', party: 'arden', ...share, stance: 'Two thirds of the summer flow.' },
      ...{
        attribution: 'on-record',
        speaker: { name: 'M. Oster' },
        occurred: '2026-03-09',
        source: post('2026-03-10'),
      },
    },
    {
      id: 'E-02',
      type: 'PositionStated',
      party: 'belmar',
      ...share,
      stance: 'Half each, in every season.',
      occurred: '2026-03-09',
      source: post('2026-03-10'),
    },
    {
      id: 'E-03',
      type: 'ConditionAttached',
      party: 'belmar',
      ...share,
      point: 'gauges',
      stance: 'Only with gauges on both banks.',
      occurred: '2026-03-09',
      source: post('2026-03-10'),
    },
    {
      id: 'E-04',
      type: 'RedLineDeclared',
      party: 'arden',
      ...dam,
      stance: 'No dam above the ford.',
      occurred: '../2026-03-10',
      source: post('2026-03-10'),
    },
    {
      ...{
        id: 'E-05',
        type: 'RoundScheduled',
        round: 'first',
        scheduledFor: '2026-03-18/2026-03-19',
        parties: both,
        mediators: ['fen'],
      },
      ...{ venue: 'Fen Hall', occurred: '2026-03-09', source: post('2026-03-10') },
    },
  ],
  [
    '2026-03-18T20:00:00Z',
    {
      id: 'E-06',
      type: 'RoundOpened',
      round: 'first',
      parties: both,
      occurred: '2026-03-18',
      source: post('2026-03-18'),
    },
  ],
  [
    '2026-03-19T14:00:00Z',
    {
      ...{ id: 'E-07', type: 'ConcessionSignalled', party: 'arden', ...share, stance: 'Might take three fifths.' },
      ...{ attribution: 'anonymous', occurred: '2026-03-18', source: post('2026-03-19') },
    },
  ],
  [
    '2026-03-19T23:00:00Z',
    {
      id: 'E-08',
      type: 'RoundConcluded',
      round: 'first',
      outcome: 'partial',
      parties: both,
      occurred: '2026-03-19',
      source: post('2026-03-19'),
    },
  ],
  [
    '2026-03-21T12:00:00Z',
    {
      id: 'S-09',
      type: 'PartyJoined',
      party: 'dunmore',
      name: 'Dunmore',
      role: 'observer',
      memberOf: 'coast-league',
      occurred: '2026-03-20',
    },
  ],
  [
    '2026-03-21T22:00:00Z',
    {
      id: 'E-09',
      type: 'PositionStated',
      parties: ['coast-league', 'dunmore'],
      ...dam,
      stance: 'A low dam, run by all.',
      occurred: '2026-03-21',
      source: post('2026-03-21'),
    },
  ],
  [
    '2026-03-22T16:00:00Z',
    {
      id: 'E-10',
      type: 'DevelopmentDenied',
      denies: 'E-07',
      party: 'arden',
      stance: 'We never said three fifths.',
      occurred: '2026-03-22',
      source: post('2026-03-22'),
    },
  ],
  [
    '2026-03-25T18:00:00Z',
    { id: 'S-10', type: 'PartyLeft', party: 'belmar', reason: 'Over the gauges.', occurred: '2026-03-25' },
  ],
  [
    '2026-03-28T12:00:00Z',
    {
      id: 'E-11',
      type: 'DemandReiterated',
      party: 'belmar',
      ...share,
      occurred: '2026-03-27',
      source: post('2026-03-28'),
    },
  ],
  // the hour before midnight comes twice that night
  [
    '2026-04-05T13:00:00Z',
    {
      id: 'E-12',
      type: 'RedLineDeclared',
      party: 'arden',
      ...dam,
      stance: 'Not one stone above the ford.',
      occurred: '2026-04-04T23:30:00',
      source: post('2026-04-05'),
    },
  ],
  [
    '2026-04-06T15:00:00Z',
    { id: 'S-11', type: 'PartyJoined', party: 'belmar', name: 'Belmar', role: 'principal', occurred: '2026-04-06' },
  ],
  [
    '2026-04-07T12:00:00Z',
    {
      ...{
        id: 'E-13',
        type: 'DemandStated',
        party: 'belmar',
        ...share,
        replaces: 'position',
        shift: 'softened',
        attribution: 'on-record',
      },
      ...{ stance: 'Half each, measured by the league.', occurred: '2026-04-06', source: post('2026-04-07') },
    },
  ],
  [
    '2026-04-08T12:00:00Z',
    {
      ...{ id: 'E-14', type: 'ProposalAccepted', party: 'belmar', issue: 'tolls', stance: 'Will pay tolls.' },
      ...{ attribution: 'counterpart', statedBy: 'arden', occurred: '2026-04-07', source: post('2026-04-08') },
    },
  ],
  [
    '2026-04-08T20:00:00Z',
    {
      ...{
        id: 'E-15',
        type: 'PlanPublished',
        plan: 'fen-plan',
        version: '1',
        parties: ['fen'],
        occurred: '2026-04-08',
        source: post('2026-04-08'),
      },
      points: [
        { id: 'share', text: 'Half each.' },
        { id: 'gauges', text: 'Gauges on both banks.' },
      ],
    },
  ],
  [
    '2026-04-10T20:00:00Z',
    {
      id: 'E-16',
      type: 'RoundScheduled',
      round: 'second',
      scheduledFor: '2026-04-22',
      parties: both,
      occurred: '2026-04-10',
      source: post('2026-04-10'),
    },
  ],
  [
    '2026-04-12T20:00:00Z',
    {
      ...{
        id: 'E-17',
        type: 'PlanAdjusted',
        plan: 'fen-plan',
        version: '2',
        parties: ['fen'],
        occurred: '2026-04-12',
        source: post('2026-04-12'),
      },
      points: [
        { id: 'share', text: 'Half each, three fifths in drought.' },
        { id: 'tolls', text: 'No tolls.' },
      ],
    },
    {
      ...{
        id: 'E-18',
        type: 'PrisonerExchangeAgreed',
        exchange: 'fishers',
        parties: both,
        counts: { arden: 12, belmar: '20+' },
      },
      ...{ summary: 'The fishers held on both banks go home.', occurred: '2026-04-12', source: post('2026-04-12') },
    },
  ],
  [
    '2026-04-14T22:00:00Z',
    {
      ...{
        id: 'E-19',
        type: 'PrisonerExchangeCarriedOut',
        exchange: 'fishers',
        parties: both,
        counts: { arden: 12, belmar: 21 },
      },
      ...{ summary: 'The fishers are home.', occurred: '2026-04-14', source: post('2026-04-14') },
    },
  ],
  [
    '2026-04-15T22:00:00Z',
    {
      id: 'E-20',
      type: 'PositionWithdrawn',
      party: 'arden',
      ...dam,
      occurred: '2026-04-15',
      source: post('2026-04-15'),
    },
  ],
  [
    '2026-04-16T22:00:00Z',
    {
      ...{
        id: 'E-21',
        type: 'AgreementReached',
        agreement: 'ford-accord',
        parties: both,
        issues: ['water-share', 'dam'],
      },
      ...{ summary: 'An accord at the ford.', occurred: '2026-04-16', source: post('2026-04-16') },
    },
  ],
  [
    '2026-04-21T12:00:00Z',
    {
      id: 'C-01',
      type: 'DevelopmentCorrected',
      corrects: 'E-19',
      changes: { counts: { belmar: 19 } },
      source: post('2026-04-20'),
    },
  ],
  [
    '2026-04-25T22:00:00Z',
    {
      ...{ id: 'E-22', type: 'AgreementSuspended', agreement: 'ford-accord', parties: ['arden'], issues: [] },
      ...{ summary: 'Arden suspends it.', occurred: '2026-04-25', source: post('2026-04-25') },
    },
  ],
  [
    '2026-05-01T12:00:00Z',
    {
      id: 'R-01',
      type: 'DevelopmentRetracted',
      retracts: 'E-14',
      reason: 'The Post took it back.',
      source: post('2026-04-30'),
    },
  ],
];

/** What is recorded together, and when. */
export const INVENTED_LOG = SKETCHES.map(([at, ...developments]) => ({
  at,
  developments: developments.map((development) => ({ negotiation, ...development }) as DevelopmentInput),
}));
