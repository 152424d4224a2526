/** What a careful reader gets by hand from the five reports, asked of the tracker. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State, Tracker } from '../../src/tracker/index.ts';
import { asThenKnown, cell, find, held, NEGOTIATION, openRecord } from './support.ts';

let tracker: Tracker;
const asOf = (day: string): Promise<State> => tracker.state(NEGOTIATION, { asOf: day });

beforeAll(async () => {
  tracker = await openRecord({ corrected: false });
});
afterAll(() => tracker.close());

describe('as of 1 June 2025', () => {
  it('has no stated position on record, anywhere', async () => {
    const state = await asOf('2025-06-01');
    expect(state.positions).toEqual([]);
    expect(state.parties).toHaveLength(5);
    expect(state.issues).toHaveLength(13);
  });
});

describe('as of 2 June 2025', () => {
  it('shows in hindsight what was said that day, before any report of it', async () => {
    const state = await asOf('2025-06-02');
    expect(held(state)).toEqual([
      'ceasefire · russia',
      'ceasefire · ukraine',
      'leaders-summit · usa',
      'territory · russia',
    ]);
    expect(cell(state, 'russia', 'ceasefire').points).toHaveLength(3);
  });

  it('shows nothing as it was known then, since the report is of 3 June', async () => {
    const state = await tracker.state(NEGOTIATION, asThenKnown('2025-06-02'));
    const { positions, rounds, plans, exchanges, agreements, possiblyByThen } = state;
    expect({ positions, rounds, plans, exchanges, agreements, possiblyByThen }).toEqual({
      positions: [],
      rounds: [],
      plans: [],
      exchanges: [],
      agreements: [],
      possiblyByThen: [],
    });
    const chronicle = await tracker.chronicle(NEGOTIATION, asThenKnown('2025-06-02'));
    expect(chronicle.filter(({ occurred }) => occurred !== null)).toEqual([]);
  });
});

describe('as of 3 June 2025', () => {
  let state: State;
  beforeAll(async () => {
    state = await asOf('2025-06-03');
  });

  it('holds eight positions of Russia, Ukraine, the United States and the European allies, and one of Turkey', () => {
    expect(held(state)).toEqual([
      'ceasefire · russia',
      'ceasefire · ukraine',
      'leaders-summit · russia',
      'leaders-summit · turkey',
      'leaders-summit · ukraine',
      'leaders-summit · usa',
      'sanctions · ukraine',
      'territory · russia',
      'timeline · russia',
    ]);
  });

  it('knows the same on the day itself as in hindsight', async () => {
    const then = await tracker.state(NEGOTIATION, asThenKnown('2025-06-03'));
    expect(then.positions).toEqual(state.positions);
  });

  it('has Russia on a ceasefire in three points of 2 June: a refusal, a condition and a side offer', () => {
    const { points } = cell(state, 'russia', 'ceasefire');
    expect(points.map(({ point, act, since }) => ({ point, act, since }))).toEqual([
      { point: 'main', act: 'ProposalRejected', since: '2025-06-02' },
      { point: 'withdrawal-first', act: 'ConditionAttached', since: '2025-06-02' },
      { point: 'local-truce', act: 'ProposalMade', since: '2025-06-02' },
    ]);
    expect(points.map(({ stance }) => stance)).toEqual([
      expect.stringMatching(/refuses .*unconditional/i),
      expect.stringMatching(/left four regions/),
      expect.stringMatching(/two or three days/),
    ]);
  });

  it('has Ukraine ask for a full and unconditional ceasefire since 2 June, reaffirmed on 3 June', () => {
    expect(cell(state, 'ukraine', 'ceasefire')).toMatchObject({
      stance: expect.stringMatching(/full and unconditional/),
      since: '2025-06-02',
      lastAffirmed: '2025-06-03',
      timesReiterated: 1,
    });
  });

  it('has Russia demand that Ukrainian troops leave four regions, and no answer of Ukraine', () => {
    expect(cell(state, 'russia', 'territory').stance).toMatch(/four regions/);
    expect(find(state, 'ukraine', 'territory')).toBeUndefined();
  });

  it('has Russia put a summit off until the negotiators agree, and the three others for it', () => {
    const russia = cell(state, 'russia', 'leaders-summit');
    expect(russia.stance).toMatch(/unlikely soon/);
    expect(russia.points.find(({ act }) => act === 'ConditionAttached')?.stance).toMatch(/negotiators have agreed/);
    expect(cell(state, 'ukraine', 'leaders-summit').stance).toMatch(/^Backs .*Russian, Ukrainian and US presidents/);
    expect(cell(state, 'usa', 'leaders-summit').stance).toMatch(/open to/);
    expect(cell(state, 'turkey', 'leaders-summit').stance).toMatch(/^Backs/);
  });

  it('has Russia expect no quick breakthrough, and Ukraine say that tougher sanctions are deserved', () => {
    expect(cell(state, 'russia', 'timeline').stance).toMatch(/no quick breakthrough/i);
    expect(cell(state, 'ukraine', 'sanctions').stance).toMatch(/earns tougher sanctions/);
  });

  it('has a prisoner exchange agreed, and nobody demanding one', () => {
    expect(state.exchanges).toMatchObject([
      { exchange: 'exchange-2025-06', status: 'agreed', agreedOn: '2025-06-02', carriedOut: null },
    ]);
    expect(state.positions.filter(({ issue }) => issue === 'prisoner-exchange')).toEqual([]);
  });

  it('has nothing of the European allies', () => {
    expect(state.positions.filter(({ party }) => party === 'european-allies')).toEqual([]);
  });
});

describe('as of 13 February 2026', () => {
  let state: State;
  beforeAll(async () => {
    state = await asOf('2026-02-13');
  });

  it('has Russia demand the whole Donbas, in place of the four regions of June', async () => {
    const { stance, since, attribution, points } = cell(state, 'russia', 'territory');
    expect({ stance, since, attribution }).toEqual({
      stance: 'Ukraine must withdraw all its troops from the Donbas',
      since: '2026-02-13',
      attribution: 'narrative',
    });
    expect(points.map(({ point }) => point)).toEqual(['main']);
    const history = await tracker.history(NEGOTIATION, { party: 'russia', issue: 'territory' }, { asOf: '2026-02-13' });
    expect(history.map(({ effect, shift, status }) => ({ effect, shift, status }))).toEqual([
      { effect: 'new', shift: null, status: 'superseded' },
      { effect: 'changed', shift: 'rescoped', status: 'in-force' },
    ]);
    const moved = await tracker.diff(NEGOTIATION, { from: '2025-06-03', to: '2026-02-13' });
    expect(moved.find(({ party, issue }) => party === 'russia' && issue === 'territory')).toMatchObject({
      change: 'changed',
      shift: 'rescoped',
      before: { stance: expect.stringMatching(/four regions/) },
    });
  });

  it('has Ukraine reject that outright, with the leak about the Donetsk region beside it', () => {
    const { stance, beside } = cell(state, 'ukraine', 'territory');
    expect(stance).toMatch(/^Rejects outright/);
    expect(beside).toMatchObject([
      { attribution: 'anonymous', stance: expect.stringMatching(/cede .*Donetsk region/) },
    ]);
  });

  it('has Ukraine tie a settlement to Western guarantees', () => {
    expect(cell(state, 'ukraine', 'security-guarantees').stance).toMatch(/tied to Western security guarantees/);
  });

  it('has no position of the United States on guarantees, but an anonymous account beside', () => {
    expect(cell(state, 'usa', 'security-guarantees')).toMatchObject({
      status: 'none',
      stance: null,
      points: [],
      beside: [{ attribution: 'anonymous', stance: expect.stringMatching(/only once Ukraine has signed/) }],
    });
  });

  it('has no position of Ukraine on a referendum, but an anonymous account beside', () => {
    expect(cell(state, 'ukraine', 'referendum')).toMatchObject({
      status: 'none',
      stance: null,
      points: [],
      beside: [{ attribution: 'anonymous', stance: expect.stringMatching(/vote in spring/) }],
    });
  });

  it('has Ukraine demand all for all since 24 November, whatever was exchanged in February', () => {
    const { stance, act, since } = cell(state, 'ukraine', 'prisoner-exchange');
    expect({ act, since }).toEqual({ act: 'DemandStated', since: '2025-11-24' });
    expect(stance).toMatch(/all for all/);
    expect(state.exchanges.find(({ exchange }) => exchange === 'exchange-2026-02')).toMatchObject({
      status: 'carried-out',
      agreedOn: expect.stringMatching(/^2026-02/),
      carriedOut: { russia: '300+', ukraine: '300+' },
      carriedOutOn: [expect.stringMatching(/^2026-02/)],
    });
  });

  it('has the third trilateral round scheduled in Geneva for 17 and 18 February', () => {
    expect(state.rounds.find(({ round }) => round === 'geneva-2026-02')).toMatchObject({
      status: 'scheduled',
      scheduledFor: '2026-02-17/2026-02-18',
      venue: 'Geneva',
      format: 'trilateral',
      mediators: ['usa'],
    });
  });

  it('has Medinsky lead there, and Kostyukov the rounds in Abu Dhabi', () => {
    const heads = ['abu-dhabi-1', 'abu-dhabi-2', 'geneva-2026-02'].map(
      (name) =>
        state.rounds.find(({ round }) => round === name)?.delegations.find(({ party }) => party === 'russia')?.head,
    );
    expect(heads).toEqual(['Igor Kostyukov', 'Igor Kostyukov', 'Vladimir Medinsky']);
  });

  it('carries both positions on a ceasefire from June, not restated', async () => {
    const june = await asOf('2025-06-03');
    for (const party of ['russia', 'ukraine'])
      expect(cell(state, party, 'ceasefire')).toEqual(cell(june, party, 'ceasefire'));
  });
});

describe('as of 26 February 2026', () => {
  it('has the demand for the Donbas reiterated twice, and still since 13 February', async () => {
    const { stance, since, lastAffirmed, timesReiterated, points } = cell(
      await asOf('2026-02-26'),
      'russia',
      'territory',
    );
    expect({ stance, since, lastAffirmed, timesReiterated }).toEqual({
      stance: 'Ukraine must withdraw all its troops from the Donbas',
      since: '2026-02-13',
      lastAffirmed: '2026-02-26',
      timesReiterated: 2,
    });
    expect(points).toHaveLength(1);
    const [first, second] = await Promise.all([asOf('2026-02-16'), asOf('2026-02-17')]);
    expect([first, second].map((state) => cell(state, 'russia', 'territory').timesReiterated)).toEqual([0, 1]);
  });

  it('has moved nothing on territory since 13 February: both sides only repeat themselves', async () => {
    const moved = await tracker.diff(NEGOTIATION, { from: '2026-02-13', to: '2026-02-26' });
    expect(
      moved.filter(({ issue }) => issue === 'territory').map(({ party, change, shift }) => ({ party, change, shift })),
    ).toEqual([
      { party: 'russia', change: 'reiterated', shift: null },
      { party: 'ukraine', change: 'reiterated', shift: null },
    ]);
  });
});

describe('four leaks and three accounts of what another party holds', () => {
  it('are on record, each shown beside and none a position', async () => {
    const state = await asOf('2026-02-26');
    const beside = state.positions.flatMap((position) => position.beside.map(({ attribution }) => attribution));
    expect(beside.filter((attribution) => attribution === 'anonymous')).toHaveLength(4);
    expect(beside.filter((attribution) => attribution === 'counterpart')).toHaveLength(3);
    const setting = state.positions.flatMap(({ points }) => points.map(({ setBy }) => setBy));
    const developments = await tracker.developments(NEGOTIATION);
    const attributions = developments.filter(({ id }) => setting.includes(id)).map(({ attribution }) => attribution);
    expect(new Set(attributions)).toEqual(new Set(['on-record', 'narrative']));
  });
});
