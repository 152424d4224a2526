/** The invented negotiation, replayed at several dates, with what a careful reader gets by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '../../src/tracker/index.ts';
import { INVENTED, INVENTED_LOG } from '../support/invented.ts';
import { openTestTracker, type TestTracker } from '../support/tracker.ts';

let tracked: TestTracker;
beforeAll(async () => {
  tracked = openTestTracker();
  for (const { at, developments } of INVENTED_LOG) await tracked.at(at, developments);
  tracked.clock.set('2026-05-10T12:00:00Z');
});
afterAll(() => tracked.tracker.close());

const state = (view: View = {}) => tracked.tracker.state(INVENTED, view);
/** "issue party: words since, points and beside in brackets" */
const cells = async (view: View = {}) =>
  (await state(view)).positions.map(({ issue, party, status, stance, since, points, beside }) => {
    const others = points.filter(({ point }) => point !== 'main').map(({ point }) => ` +${point}`);
    const asides = beside.map(({ id }) => ` (${id})`);
    return `${issue} ${party}: ${status === 'held' ? `${stance} ${since}` : status}${[...others, ...asides].join('')}`;
  });

const FIRST = [
  'water-share arden: Two thirds of the summer flow. 2026-03-09',
  'water-share belmar: Half each, in every season. 2026-03-09 +gauges',
];

describe('as of 9 March', () => {
  it('in hindsight, the first words are there; the red line may be', async () => {
    expect(await cells({ asOf: '2026-03-09' })).toEqual(FIRST);
    expect((await state({ asOf: '2026-03-09' })).possiblyByThen.map(({ id }) => id)).toEqual(['E-04']);
  });

  it('then, nothing was known: the paper is of the day after', async () => {
    expect(await cells({ asOf: '2026-03-09', then: true })).toEqual([]);
    expect((await state({ asOf: '2026-03-09', then: true })).rounds).toEqual([]);
  });
});

describe('as of 15 March', () => {
  it('a round is to come, and four take part', async () => {
    const { rounds, parties, title } = await state({ asOf: '2026-03-15' });
    expect(await cells({ asOf: '2026-03-15' })).toEqual([...FIRST, 'dam arden: No dam above the ford. 2026-03-10']);
    expect(rounds).toMatchObject([{ round: 'first', status: 'scheduled', venue: 'Fen Hall', mediators: ['fen'] }]);
    expect(parties.map(({ party }) => party)).toEqual(['arden', 'belmar', 'fen', 'coast-league']);
    expect(title).toBe('Isthmus water talks');
  });
});

describe('as of 23 March', () => {
  it('a leak and its denial stand beside the demand; the bloc and its late member speak as one', async () => {
    expect(await cells({ asOf: '2026-03-23' })).toEqual([
      'water-share arden: Two thirds of the summer flow. 2026-03-09 (E-07) (E-10)',
      'water-share belmar: Half each, in every season. 2026-03-09 +gauges',
      'dam arden: No dam above the ford. 2026-03-10',
      'dam coast-league: A low dam, run by all. 2026-03-21',
      'dam dunmore: A low dam, run by all. 2026-03-21',
    ]);
    const { rounds, parties } = await state({ asOf: '2026-03-23' });
    expect(rounds).toMatchObject([{ status: 'concluded', outcome: 'partial', venue: 'Fen Hall' }]);
    expect(parties.at(-1)).toMatchObject({
      party: 'dunmore',
      memberOf: 'coast-league',
      joined: '2026-03-20',
      status: 'present',
    });
  });

  it('strictly, only what was said on the record holds', async () => {
    expect(await cells({ asOf: '2026-03-15', standard: 'strict' })).toEqual([
      FIRST[0],
      'water-share belmar: none (E-02) (E-03)',
      'dam arden: none (E-04)',
    ]);
  });

  it('by all accounts, the leak is the position, and denied', async () => {
    expect((await cells({ asOf: '2026-03-23', standard: 'all' }))[0]).toBe(
      'water-share arden: Might take three fifths. 2026-03-18 (E-10)',
    );
  });
});

describe('as of 28 March', () => {
  it('a party that left has spoken again, and holds what it held', async () => {
    const { parties, positions } = await state({ asOf: '2026-03-28' });
    expect(parties.find(({ party }) => party === 'belmar')).toMatchObject({
      status: 'left',
      left: '2026-03-25',
      joined: null,
    });
    expect(positions.find(({ party }) => party === 'belmar')).toMatchObject({
      ...{ status: 'held', since: '2026-03-09', lastAffirmed: '2026-03-27', timesReiterated: 1 },
      developments: ['E-02', 'E-11', 'E-03'],
    });
  });
});

describe('as of 4 April, a day of 25 hours', () => {
  it('what was said in its last hour, the first time or the second, was said that day', async () => {
    const dam = async (view: View) => (await cells(view)).find((cell) => cell.startsWith('dam arden'));
    expect(await dam({ asOf: '2026-04-04' })).toBe('dam arden: Not one stone above the ford. 2026-04-04');
    expect(await dam({ asOf: '2026-04-04', then: true })).toBe('dam arden: No dam above the ford. 2026-03-10');
    expect(await dam({ asOf: '2026-04-05T02:59:59Z' })).toBe('dam arden: No dam above the ford. 2026-03-10');
    expect((await state({ asOf: '2026-04-05T02:59:59Z' })).possiblyByThen.map(({ id }) => id)).toEqual(['E-12']);
    expect((await state({ asOf: '2026-04-04' })).gates.asOf).toBe('2026-04-05T03:59:59.999Z');
  });
});

describe('as of 10 April', () => {
  it('the party is back, and its whole position is a new one', async () => {
    const { parties, positions } = await state({ asOf: '2026-04-10' });
    expect(parties.find(({ party }) => party === 'belmar')).toMatchObject({ status: 'present', left: null });
    expect(positions.find(({ party, issue }) => party === 'belmar' && issue === 'water-share')).toMatchObject({
      ...{ stance: 'Half each, measured by the league.', since: '2026-04-06', attribution: 'on-record' },
      points: [{ point: 'main' }],
    });
  });

  it('what the other side said of it is beside, until it was taken back', async () => {
    const tolls = async (view: View) => (await cells(view)).filter((cell) => cell.startsWith('tolls'));
    expect(await tolls({ asOf: '2026-04-10', knownOn: '2026-04-29' })).toEqual(['tolls belmar: none (E-14)']);
    expect(await tolls({ asOf: '2026-04-10', knownOn: '2026-04-30' })).toEqual([]);
    expect(await tolls({ asOf: '2026-04-10', recordedBy: '2026-04-30' })).toEqual(['tolls belmar: none (E-14)']);
    expect(await tolls({ asOf: '2026-04-10' })).toEqual([]);
  });
});

describe('as of 18 April', () => {
  it('a red line is withdrawn, an accord in force, a plan adjusted point by point', async () => {
    const { agreements, plans } = await state({ asOf: '2026-04-18' });
    expect(await cells({ asOf: '2026-04-18' })).toContain('dam arden: withdrawn');
    expect(agreements).toMatchObject([{ status: 'in-force', since: '2026-04-16', parties: ['arden', 'belmar'] }]);
    expect(plans[0]?.versions[1]).toMatchObject({
      ...{ version: '2', from: '1', added: [{ id: 'tolls' }], removed: [{ id: 'gauges' }] },
      changed: [{ id: 'share', before: 'Half each.', after: 'Half each, three fifths in drought.' }],
    });
  });

  it('the swap was whole as then known, and short as known later', async () => {
    expect((await state({ asOf: '2026-04-18', then: true })).exchanges).toMatchObject([
      { status: 'carried-out', carriedOut: { arden: 12, belmar: 21 } },
    ]);
    expect((await state({ asOf: '2026-04-18' })).exchanges).toMatchObject([
      { status: 'partly-carried-out', agreed: { arden: 12, belmar: '20+' }, carriedOut: { arden: 12, belmar: 19 } },
    ]);
  });
});

describe('as of 23 April and later', () => {
  it('the second round is overdue, and then the accord is suspended', async () => {
    const second = async (asOf: string) =>
      (await state({ asOf })).rounds.find(({ round }) => round === 'second')?.status;
    expect([await second('2026-04-09'), await second('2026-04-22'), await second('2026-04-23')]).toEqual([
      undefined,
      'scheduled',
      'overdue',
    ]);
    expect((await state({ asOf: '2026-04-26' })).agreements).toMatchObject([
      { status: 'suspended', since: '2026-04-25', parties: ['arden', 'belmar'], issues: ['water-share', 'dam'] },
    ]);
  });
});

describe('between 15 March and 18 April', () => {
  it('moved what moved', async () => {
    const differences = await tracked.tracker.diff(INVENTED, { from: '2026-03-15', to: '2026-04-18' });
    expect(
      differences.map(({ issue, party, change, shift }) => `${issue} ${party} ${change} ${shift ?? ''}`.trim()).sort(),
    ).toEqual([
      'dam arden withdrawn',
      'dam coast-league new',
      'dam dunmore new',
      'water-share arden beside',
      'water-share belmar changed softened',
    ]);
  });
});

describe('the history of a stance', () => {
  it('tells each step with its report', async () => {
    const history = await tracked.tracker.history(INVENTED, { party: 'belmar', issue: 'water-share' });
    expect(
      history.map(({ id, effect, shift, status, source }) => [id, effect, shift, status, source?.published]),
    ).toEqual([
      ['E-02', 'new', null, 'superseded', '2026-03-10'],
      ['E-03', 'conditioned', null, 'superseded', '2026-03-10'],
      ['E-11', 'reiterated', null, 'superseded', '2026-03-28'],
      ['E-13', 'changed', 'softened', 'in-force', '2026-04-07'],
    ]);
  });
});

describe('the whole of it, at once', () => {
  it('imported in one go long after, answers the same for every day and knowledge', async () => {
    await using imported = openTestTracker('2027-01-01T00:00:00Z');
    await imported.tracker.record(INVENTED_LOG.flatMap(({ developments }) => developments));
    for (const asOf of ['2026-03-09', '2026-03-15', '2026-03-23', '2026-04-04', '2026-04-18', '2026-05-09'])
      for (const view of [{ asOf }, { asOf, knownOn: '2026-04-19' }]) {
        const { positions } = await imported.tracker.state(INVENTED, view);
        expect(positions).toEqual((await state(view)).positions);
      }
  });
});
