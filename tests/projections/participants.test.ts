/** Who takes part over time, what it is about, and the chronicle of it all. */
import { describe, expect, it } from 'vitest';
import type { Development } from '../../events/index.ts';
import { possibilityOf } from '../../projections/chronicle.ts';
import { headline, timeZoneOf } from '../../projections/index.ts';
import { logWith, type Sketch, type View } from '../support/entries.ts';
import { EVERY_TYPE, EXAMPLES } from '../support/examples.ts';

const joined = (party: string, fields: object = {}): Sketch => ({
  id: `${party}-${Object.values(fields)[0] ?? 'in'}`,
  type: 'PartyJoined',
  party,
  name: party,
  role: 'principal',
  ...fields,
});
const left = (party: string, occurred: string): Sketch => ({
  id: `${party}-left-${occurred}`,
  type: 'PartyLeft',
  party,
  occurred,
});
const demand = (occurred: string, party: string): Sketch => ({
  id: `demand-${occurred}`,
  type: 'DemandStated',
  occurred,
  party,
  issue: 'river',
  stance: `As of ${occurred}.`,
});
const partiesOf = (sketches: readonly Sketch[], view?: View) => logWith(...sketches).state(view).parties;

describe('a party', () => {
  it('without a date takes part from the start', () => {
    expect(partiesOf([joined('north', { code: 'NOR' })], { asOf: '1900-01-01', knownOn: '1900-01-01' })).toEqual([
      {
        party: 'north',
        name: 'north',
        role: 'principal',
        memberOf: null,
        code: 'NOR',
        status: 'present',
        joined: null,
        left: null,
      },
    ]);
  });

  it('that joins late is not there before', () => {
    const log = [joined('north'), joined('south', { occurred: '2026-02-10' })];
    expect(partiesOf(log, { asOf: '2026-02-09' }).map(({ party }) => party)).toEqual(['north']);
    expect(partiesOf(log, { asOf: '2026-02-10' })[1]).toMatchObject({
      party: 'south',
      status: 'present',
      joined: '2026-02-10',
    });
  });

  it('leaves, and returns', () => {
    const log = [
      joined('north', { occurred: '2026-02-01' }),
      left('north', '2026-02-10'),
      joined('north', { occurred: '2026-02-20', role: 'observer' }),
    ];
    const at = (asOf: string) => {
      const [
        { status, joined: since, left: until, role } = {
          status: undefined,
          joined: undefined,
          left: undefined,
          role: undefined,
        },
      ] = partiesOf(log, { asOf });
      return [status, since, until, role];
    };
    expect(at('2026-02-05')).toEqual(['present', '2026-02-01', null, 'principal']);
    expect(at('2026-02-15')).toEqual(['left', '2026-02-01', '2026-02-10', 'principal']);
    expect(at('2026-02-25')).toEqual(['present', '2026-02-01', null, 'observer']);
  });

  it('that left can still speak, and what it held stands', () => {
    const log = logWith(
      joined('north'),
      demand('2026-02-01', 'north'),
      left('north', '2026-02-10'),
      demand('2026-02-15', 'north'),
    );
    expect(log.cell('north', 'river', { asOf: '2026-02-12' })).toMatchObject({
      status: 'held',
      stance: 'As of 2026-02-01.',
    });
    expect(log.cell('north', 'river')).toMatchObject({ stance: 'As of 2026-02-15.' });
    expect(log.state().parties).toMatchObject([{ party: 'north', status: 'left' }]);
  });

  it('is a member of a bloc, and keeps that and its code when it returns without a word of them', () => {
    const log = [
      joined('league'),
      joined('north', { memberOf: 'league', code: 'NOR' }),
      left('north', '2026-02-10'),
      joined('north', { occurred: '2026-02-20' }),
    ];
    expect(partiesOf(log)[1]).toMatchObject({ party: 'north', memberOf: 'league', code: 'NOR' });
  });

  it('whose leaving is all that is on record is not listed', () => {
    expect(partiesOf([left('north', '2026-02-10')])).toEqual([]);
  });

  it('stays in its column: the order is that in which they first joined', () => {
    const log = [
      joined('south'),
      joined('north'),
      left('south', '2026-02-10'),
      joined('south', { occurred: '2026-02-20' }),
    ];
    expect(partiesOf(log).map(({ party }) => party)).toEqual(['south', 'north']);
  });
});

describe('an issue', () => {
  const raised = (id: string, title: string, fields: object = {}): Sketch => ({
    id,
    type: 'IssueRaised',
    issue: 'river',
    title,
    ...fields,
  });

  it('is listed as raised, and takes its newest title', () => {
    const log = logWith(
      raised('a', 'The river', { parent: 'waters', code: 'TERR' }),
      raised('b', 'River and banks', { occurred: '2026-02-10', parent: 'waters' }),
    );
    expect(log.state({ asOf: '2026-02-09' }).issues).toEqual([
      { issue: 'river', title: 'The river', parent: 'waters', code: 'TERR' },
    ]);
    expect(log.state().issues.map(({ title }) => title)).toEqual(['River and banks']);
  });

  it('raised again keeps what is not said again', () => {
    const first = raised('a', 'The river', { parent: 'waters', code: 'TERR' });
    const river = (fields: object) => logWith(first, raised('b', 'River', fields)).state().issues[0];
    expect(river({})).toEqual({ issue: 'river', title: 'River', parent: 'waters', code: 'TERR' });
    expect(river({ parent: 'land' })).toMatchObject({ parent: 'land', code: 'TERR' });
    expect(river({ code: 'LAND' })).toMatchObject({ parent: 'waters', code: 'LAND' });
  });
});

describe('a declaration that was retracted', () => {
  const retraction = (retracts: string): Sketch => ({
    id: `no-${retracts}`,
    type: 'DevelopmentRetracted',
    retracts,
    reason: 'x',
  });
  const declared: readonly Sketch[] = [
    joined('south', { id: 'south' }),
    joined('north', { id: 'north' }),
    { id: 'bridges', type: 'IssueRaised', issue: 'bridges', title: 'Bridges' },
    { id: 'river', type: 'IssueRaised', issue: 'river', title: 'The river' },
  ];
  const demand = (party: string, issue: string): Sketch => ({
    ...{ id: `${party}-${issue}`, type: 'DemandStated', party, issue, stance: 'Open it.', occurred: '2026-02-10' },
  });

  it('takes the party and the issue from the lists, and leaves what was stated on record, after what is declared', () => {
    const stated = ['south', 'north'].flatMap((party) => ['bridges', 'river'].map((issue) => demand(party, issue)));
    const state = logWith(...declared, ...stated, retraction('south'), retraction('bridges')).state();
    expect(state.parties.map(({ party }) => party)).toEqual(['north']);
    expect(state.issues.map(({ issue }) => issue)).toEqual(['river']);
    expect(state.positions.map(({ party, issue, status }) => [issue, party, status])).toEqual([
      ['river', 'north', 'held'],
      ['river', 'south', 'held'],
      ['bridges', 'north', 'held'],
      ['bridges', 'south', 'held'],
    ]);
  });

  it('leaves what an earlier or a later one says', () => {
    const again: readonly Sketch[] = [
      joined('south', { id: 'again', name: 'The South' }),
      { id: 'renamed', type: 'IssueRaised', issue: 'river', title: 'River and banks' },
    ];
    const names = (...retracted: readonly string[]) => {
      const { parties, issues } = logWith(...declared, ...again, ...retracted.map(retraction)).state();
      return [
        parties.find(({ party }) => party === 'south')?.name,
        issues.find(({ issue }) => issue === 'river')?.title,
      ];
    };
    expect(names()).toEqual(['The South', 'River and banks']);
    expect(names('again', 'renamed')).toEqual(['south', 'The river']);
    expect(names('south', 'river')).toEqual(['The South', 'River and banks']);
  });
});

describe('the title of the talks', () => {
  it('is that of their opening, as corrected', () => {
    const renamed: Sketch = {
      id: 'c',
      type: 'DevelopmentCorrected',
      corrects: 'open',
      changes: { title: 'River talks' },
      source: { publisher: 'G', published: '2026-02-10' },
    };
    expect([logWith(renamed).state({ knownOn: '2026-02-09' }).title, logWith(renamed).state().title]).toEqual([
      'Talks',
      'River talks',
    ]);
  });

  it('is not known before they were opened, whoever is a party to them', () => {
    const log = logWith({ type: 'NegotiationOpened', title: 'Talks', occurred: '2026-02-10' }, joined('north'));
    expect([log.state({ asOf: '2026-02-09' }).title, log.state().title]).toEqual(['', 'Talks']);
  });
});

describe('the time zone of the talks', () => {
  const opened = (timeZone: string) => logWith({ type: 'NegotiationOpened', title: 'Talks', timeZone }).entries;

  it('is that of their opening, and UTC where there is none', () => {
    expect(timeZoneOf(opened('Asia/Tokyo'))).toBe('Asia/Tokyo');
    expect(timeZoneOf([])).toBe('UTC');
    expect(timeZoneOf(logWith(joined('north')).entries.slice(1))).toBe('UTC');
  });

  it('is UTC where it has gone from the data of this machine since', () => {
    const [entry] = opened('UTC');
    const development = { ...entry?.development, timeZone: 'Mars/Olympus' } as Development;
    expect(timeZoneOf(entry ? [{ ...entry, development }] : [])).toBe('UTC');
  });
});

describe('the chronicle', () => {
  const log = logWith(
    joined('north'),
    demand('2026-02-12', 'north'),
    demand('2026-02-10', 'north'),
    { ...demand('2026-02-11', 'north'), id: 'copy' },
    { id: 'gone', type: 'StatementIssued', occurred: '2026-02-09', summary: 'Said.' },
    { id: 'c', type: 'DevelopmentCorrected', corrects: 'demand-2026-02-12', changes: { stance: 'Corrected.' } },
    { id: 'r', type: 'DevelopmentRetracted', retracts: 'gone', reason: 'Never said.' },
    { id: 'm', type: 'DevelopmentMerged', duplicate: 'copy', into: 'demand-2026-02-10' },
    { id: 'no', type: 'DevelopmentDenied', denies: 'demand-2026-02-10', party: 'south', occurred: '2026-02-13' },
  );

  it('has everything that happened in the order in which it counts, and what became of it', () => {
    expect(log.chronicle().map(({ id, status }) => [id, status])).toEqual([
      ['open', 'stands'],
      ['north-in', 'stands'],
      ['gone', 'retracted'],
      ['demand-2026-02-10', 'stands'],
      ['copy', 'merged'],
      ['demand-2026-02-12', 'corrected'],
      ['no', 'stands'],
    ]);
  });

  it('shows what was corrected as it now reads, and set-up without a date as always', () => {
    const rows = Object.fromEntries(log.chronicle().map((row) => [row.id, row]));
    expect(rows['demand-2026-02-12']).toMatchObject({
      headline: 'Corrected.',
      issue: 'river',
      parties: ['north'],
      effective: '2026-02-12T23:59:59.999Z',
      attribution: 'narrative',
      source: { publisher: 'The Gazette' },
    });
    expect(rows.open).toMatchObject({ effective: null, reported: null, occurred: null, headline: 'Talks' });
  });

  it('says what corrected it and what it read before, what removed it and why', () => {
    const rows = Object.fromEntries(log.chronicle().map((row) => [row.id, row]));
    expect(rows['demand-2026-02-12']).toMatchObject({
      first: { occurred: '2026-02-12', headline: 'As of 2026-02-12.' },
      corrections: [{ id: 'c', changes: { stance: 'Corrected.' }, source: { publisher: 'The Gazette' } }],
      removedBy: null,
    });
    expect(rows.gone).toMatchObject({
      removedBy: { id: 'r', type: 'DevelopmentRetracted', reason: 'Never said.' },
      first: null,
      corrections: [],
    });
    expect(rows.copy?.removedBy).toMatchObject({
      ...{ id: 'm', type: 'DevelopmentMerged', reason: null, into: 'demand-2026-02-10' },
    });
    expect(rows.gone?.removedBy?.into).toBeNull();
    expect(rows['demand-2026-02-10']).toMatchObject({ first: null, corrections: [], removedBy: null, issue: 'river' });
    expect(rows.no?.issue).toBeNull();
  });

  it('says who denied it, whatever it is', () => {
    const sketches: readonly Sketch[] = [
      { id: 'said', type: 'StatementIssued', occurred: '2026-02-09', summary: 'Said.' },
      { id: 'copy', type: 'StatementIssued', occurred: '2026-02-09', summary: 'Said again.' },
      { id: 'm', type: 'DevelopmentMerged', duplicate: 'copy', into: 'said' },
      { id: 'later', type: 'DevelopmentDenied', denies: 'copy', party: 'south', occurred: '2026-02-12' },
      {
        id: 'no',
        type: 'DevelopmentDenied',
        denies: 'said',
        party: 'north',
        occurred: '2026-02-11',
        stance: 'Untrue.',
      },
      { id: 'c', type: 'DevelopmentCorrected', corrects: 'no', changes: { stance: 'All untrue.' } },
      { id: 'gone', type: 'DevelopmentDenied', denies: 'said', party: 'east', occurred: '2026-02-10' },
      { id: 'r', type: 'DevelopmentRetracted', retracts: 'gone', reason: 'Never denied.' },
    ];
    const deniedIn = (view?: View) =>
      logWith(...sketches)
        .chronicle(view)
        .map(({ id, denials }) => ({ id, denials }));
    const recorded = '2026-12-31T23:59:59.999Z';
    const north = { id: 'no', party: 'north', stance: 'All untrue.', recorded };
    expect(deniedIn().filter(({ denials }) => denials.length > 0)).toEqual([
      { id: 'said', denials: [north, { id: 'later', party: 'south', stance: null, recorded }] },
    ]);
    expect(deniedIn({ asOf: '2026-02-11' }).find(({ id }) => id === 'said')).toEqual({ id: 'said', denials: [north] });
  });

  it('is held back by every gate', () => {
    expect(log.chronicle({ asOf: '2026-02-10' }).map(({ id }) => id)).toEqual([
      'open',
      'north-in',
      'gone',
      'demand-2026-02-10',
    ]);
    expect(log.chronicle({ knownOn: '2026-02-10' }).map(({ id }) => id)).toEqual([
      'open',
      'north-in',
      'gone',
      'demand-2026-02-10',
    ]);
    expect(log.chronicle({ recordedBy: '2025-06-01' }).map(({ id }) => id)).toEqual(['open']);
  });
});

describe('what may have happened', () => {
  const vague: Sketch = { ...demand('2026-02', 'north'), id: 'vague' };
  const retracted: Sketch = { id: 'r', type: 'DevelopmentRetracted', retracts: 'vague', reason: 'Never said.' };
  const possible = (...sketches: readonly Sketch[]) =>
    logWith(joined('north'), ...sketches)
      .state({ asOf: '2026-02-10' })
      .possiblyByThen.map(({ id }) => id);

  it('is not what was never so', () => {
    expect(possible(vague)).toEqual(['vague']);
    expect(possible(vague, retracted)).toEqual([]);
  });

  it('is nothing that has no date', () => {
    const { minimal, full } = EXAMPLES.PartyJoined;
    expect(possibilityOf({ id: 'x', ...minimal } as Development)).toEqual([]);
    expect(possibilityOf(full as Development)).toMatchObject([{ id: full.id, occurred: full.occurred, issue: null }]);
  });
});

const SET = ['Open it.', 'Open it to all ships by June.'];
const ROUND = ['second-round', 'second-round: The second round, at Harbour House.'];
const PLAN = ['river-plan, version 1', 'river-plan, version 1.1: Two points, one of them new.'];

/** Of the least that is valid, and of all that can be said. */
const HEADLINES: Readonly<Record<(typeof EVERY_TYPE)[number], readonly string[]>> = {
  NegotiationOpened: ['Talks', 'River talks'],
  PartyJoined: ['The Islands joins as observer', 'The Islands joins as guarantor'],
  PartyLeft: ['leaves the talks', 'In protest.'],
  IssueRaised: ['Tolls', 'Tolls'],
  PositionStated: SET,
  DemandStated: SET,
  ProposalMade: SET,
  ProposalAccepted: SET,
  ProposalRejected: SET,
  RedLineDeclared: SET,
  ConcessionSignalled: SET,
  ConditionAttached: SET,
  PositionReiterated: ['reiterated', 'As before.'],
  DemandReiterated: ['reiterated', 'As before.'],
  PositionWithdrawn: ['withdrawn', 'As before.'],
  DemandDropped: ['withdrawn', 'As before.'],
  RoundScheduled: ROUND,
  RoundPostponed: ROUND,
  RoundCancelled: ROUND,
  RoundOpened: ROUND,
  RoundConcluded: ROUND,
  DelegationNamed: ['a delegation', 'A. Delegate, B. Adviser, C. Lawyer'],
  PlanPublished: PLAN,
  PlanAdjusted: PLAN,
  DocumentExchanged: ['Draft text', 'Draft text'],
  JointStatementIssued: ['Draft text', 'Draft text'],
  PrisonerExchangeAgreed: ['first-swap: A swap.', 'first-swap: A swap.'],
  PrisonerExchangeCarriedOut: ['first-swap: A swap.', 'first-swap: A swap.'],
  AgreementReached: ['river-accord: An accord.', 'river-accord: An accord.'],
  AgreementSuspended: ['river-accord: An accord.', 'river-accord: An accord.'],
  StatementIssued: ['Something was said.', 'Something was said by the north.'],
  IncidentReported: ['Something was said.', 'Something was said by the north.'],
  DevelopmentCorrected: ['told: venue corrected', 'told: summary, note corrected'],
  DevelopmentRetracted: ['told: It did not happen.', 'told: It did not happen.'],
  DevelopmentCorroborated: ['told: reported by The Gazette too', 'told: reported by The Gazette too'],
  DevelopmentDenied: ['denies told', 'denies told: Untrue.'],
  DevelopmentMerged: ['told-again is the same as told', 'told-again is the same as told'],
};

describe('a headline', () => {
  it.each(EVERY_TYPE)('of %s says in one line what it is about', (type) => {
    const line = (example: object) => headline({ id: 'x', ...example } as Development);
    expect([line(EXAMPLES[type].minimal), line(EXAMPLES[type].full)]).toEqual(HEADLINES[type]);
  });

  it.each([
    [
      'RoundScheduled',
      { venue: 'Harbour House', scheduledFor: '2026-02-17' },
      'second-round, Harbour House, 17 Feb 2026',
    ],
    ['RoundScheduled', { scheduledFor: '2026-02-17' }, 'second-round, 17 Feb 2026'],
    ['DelegationNamed', { head: 'A. Delegate' }, 'A. Delegate'],
    ['DelegationNamed', { members: ['B. Adviser', 'C. Lawyer'] }, 'B. Adviser, C. Lawyer'],
  ] as const)('of %s with %j is told from what is there', (type, fields, line) => {
    expect(headline({ id: 'x', ...EXAMPLES[type].minimal, ...fields } as Development)).toBe(line);
  });
});
