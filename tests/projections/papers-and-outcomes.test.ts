/** Plans point by point, exchanges as a ledger, agreements. */
import { describe, expect, it } from 'vitest';
import { logWith, type Sketch, type View } from '../support/entries.ts';

const parties = ['north', 'south'];

describe('a plan', () => {
  const version = (
    occurred: string,
    version: string,
    points?: Record<string, string>,
    fields: object = {},
  ): Sketch => ({
    ...{
      id: occurred,
      type: occurred === '2026-02-01' ? 'PlanPublished' : 'PlanAdjusted',
      occurred,
      plan: 'river-plan',
      version,
      parties: ['host'],
    },
    ...(points ? { points: Object.entries(points).map(([id, text]) => ({ id, text })) } : {}),
    ...fields,
  });
  const planOf = (...sketches: Sketch[]) => logWith(...sketches).state().plans[0];
  const movedIn = (...sketches: Sketch[]) => {
    const { added = [], removed = [], changed = [] } = planOf(...sketches)?.versions.at(-1) ?? {};
    return { added: added.map(({ id }) => id), removed: removed.map(({ id }) => id), changed };
  };
  const first = version('2026-02-01', '1', { ships: 'All ships pass.', tolls: 'No tolls.' });

  it('has its first version, with nothing before it', () => {
    expect(planOf(first)).toEqual({
      ...{ plan: 'river-plan', version: '1' },
      versions: [
        {
          ...{ version: '1', from: null, occurred: '2026-02-01', parties: ['host'], summary: null },
          points: [
            { id: 'ships', text: 'All ships pass.' },
            { id: 'tolls', text: 'No tolls.' },
          ],
          ...{ added: [], removed: [], changed: [], beside: [], development: '2026-02-01' },
        },
      ],
    });
  });

  it('adjusted says point by point what was added, taken away and reworded', () => {
    expect(
      movedIn(first, version('2026-02-05', '2', { ships: 'Most ships pass.', pilots: 'Pilots on board.' })),
    ).toEqual({
      ...{ added: ['pilots'], removed: ['tolls'] },
      changed: [{ id: 'ships', before: 'All ships pass.', after: 'Most ships pass.' }],
    });
  });

  it('renumbered has not changed: a point keeps its id', () => {
    expect(movedIn(first, version('2026-02-05', '2', { tolls: 'No tolls.', ships: 'All ships pass.' }))).toEqual({
      added: [],
      removed: [],
      changed: [],
    });
  });

  it('is compared with the version it says it came from', () => {
    const second = version('2026-02-05', '2', { ships: 'All ships pass.' });
    const third = version('2026-02-08', '3', { ships: 'All ships pass.', tolls: 'No tolls.' }, { from: '1' });
    expect(movedIn(first, second, third)).toEqual({ added: [], removed: [], changed: [] });
    expect(
      movedIn(first, second, version('2026-02-08', '3', { ships: 'All ships pass.', tolls: 'No tolls.' })),
    ).toMatchObject({ added: ['tolls'] });
    expect(planOf(first, second, third)?.versions.map(({ from }) => from)).toEqual([null, '1', '1']);
    const fourth = version('2026-02-09', '4', { ships: 'All ships pass.', pilots: 'Pilots on board.' }, { from: '1' });
    expect(movedIn(first, second, third, fourth)).toEqual({ added: ['pilots'], removed: ['tolls'], changed: [] });
  });

  it('whose points are not on record, or whose origin is not, says nothing of what moved', () => {
    expect(movedIn(first, version('2026-02-05', '2'))).toEqual({ added: [], removed: [], changed: [] });
    expect(planOf(first, version('2026-02-05', '2'))?.versions[1]?.points).toBeNull();
    expect(movedIn(first, version('2026-02-05', '2', { a: 'x' }, { from: 'unheard-of' }))).toEqual({
      added: [],
      removed: [],
      changed: [],
    });
  });

  describe('with a version of which only the month is known', () => {
    const order = (...sketches: Sketch[]) => planOf(...sketches)?.versions.map((one) => [one.version, one.from]);
    const month = (name: string, points: Record<string, string>, fields: object = {}) =>
      version('2026-02', name, points, { type: 'PlanPublished', ...fields });
    const one = month('1', { ships: 'All ships pass.' });
    const two = version('2026-02-20', '2', { ships: 'Most ships pass.' }, { from: '1' });
    const three = version('2026-02-24', '3', { ships: 'No ship passes.' }, { from: '2' });

    it('has what another says it came from before that, and is at the later one', () => {
      expect(planOf(one, two)).toMatchObject({
        version: '2',
        versions: [
          { version: '1', from: null, added: [], removed: [], changed: [] },
          { version: '2', from: '1', changed: [{ before: 'All ships pass.', after: 'Most ships pass.' }] },
        ],
      });
      expect(order(one, two, three)).toEqual([
        ['1', null],
        ['2', '1'],
        ['3', '2'],
      ]);
      expect(planOf(one, two, three)?.version).toBe('3');
    });

    it('finds the place of each of a chain that counts late', () => {
      const late = { ...month('2', {}, { from: '1' }), id: 'late' };
      expect(order(three, late, one)).toEqual([
        ['1', null],
        ['2', '1'],
        ['3', '2'],
      ]);
    });

    it('stands among those that come from one another, unless they go round in a circle', () => {
      const later = (day: string, name: string, from: string) => version(day, name, {}, { from });
      const zero = version('2026-02-01', '0');
      expect(order(zero, later('2026-02-03', '2', '1'), month('1', {}, { from: '0' }))).toEqual([
        ...[
          ['0', null],
          ['1', '0'],
          ['2', '1'],
        ],
      ]);
      const circle = [later('2026-02-03', '2', '1'), later('2026-02-04', '3', '2'), month('1', {}, { from: '3' })];
      expect(order(...circle)?.map(([name]) => name)).toEqual(['2', '3', '1']);
    });

    it('believes a report that the plan went back', () => {
      const back = month('1', { ships: 'All ships pass.' }, { from: '2', type: 'PlanAdjusted' });
      expect(order(two, back)).toEqual([
        ['2', '1'],
        ['1', '2'],
      ]);
      const again = version('2026-02-25', '1', { ships: 'All ships pass.' });
      const first = version('2026-02-01', '1');
      expect(order(first, two, again)).toEqual([
        ['1', null],
        ['2', '1'],
        ['1', '2'],
      ]);
    });

    it('takes a version that names itself for no earlier one', () => {
      const itself = version('2026-02-20', '2', undefined, { from: '2' });
      expect(order(itself, month('2', {}))).toEqual([
        ['2', '2'],
        ['2', '2'],
      ]);
    });
  });

  it('is at its newest version as of the day asked', () => {
    const log = logWith(first, version('2026-02-05', '2'));
    expect(['2026-01-31', '2026-02-01', '2026-02-05'].map((asOf) => log.state({ asOf }).plans[0]?.version)).toEqual([
      undefined,
      '1',
      '2',
    ]);
  });

  it('is one of several, each for itself', () => {
    const other = version('2026-02-03', '1', { ships: 'None.' }, { plan: 'other-plan' });
    expect(
      logWith(first, other)
        .state()
        .plans.map(({ plan, versions }) => [plan, versions.length]),
    ).toEqual([
      ['river-plan', 1],
      ['other-plan', 1],
    ]);
  });
});

describe('an exchange', () => {
  const agreed = (fields: object = {}): Sketch => ({
    id: 'agreed',
    type: 'PrisonerExchangeAgreed',
    occurred: '2026-02-01',
    exchange: 'swap',
    parties,
    summary: 'Agreed.',
    ...fields,
  });
  const carriedOut = (occurred: string, fields: object = {}): Sketch => ({
    id: occurred,
    type: 'PrisonerExchangeCarriedOut',
    occurred,
    exchange: 'swap',
    parties,
    summary: 'Done.',
    ...fields,
  });
  const exchangeOf = (sketches: readonly Sketch[], view?: View) => logWith(...sketches).state(view).exchanges[0];

  it('is agreed before it is carried out', () => {
    expect(exchangeOf([agreed({ formula: 'all for all', counts: { north: 157, south: '300+' } })])).toEqual({
      ...{
        exchange: 'swap',
        status: 'agreed',
        parties,
        formula: 'all for all',
        agreed: { north: 157, south: '300+' },
        agreedOn: '2026-02-01',
      },
      ...{ carriedOut: null, carriedOutOn: [], summary: 'Agreed.', beside: [], developments: ['agreed'] },
    });
  });

  it('sets what was agreed against what was carried out, side by side', () => {
    const log = [
      agreed({ counts: { north: 157, south: 157 } }),
      carriedOut('2026-02-05', { counts: { north: 157, south: 157 } }),
    ];
    expect(exchangeOf(log)).toMatchObject({
      ...{ status: 'carried-out', agreed: { north: 157, south: 157 }, carriedOut: { north: 157, south: 157 } },
      ...{
        agreedOn: '2026-02-01',
        carriedOutOn: ['2026-02-05'],
        summary: 'Done.',
        developments: ['agreed', '2026-02-05'],
      },
    });
    expect(exchangeOf(log, { asOf: '2026-02-04' })).toMatchObject({ status: 'agreed', carriedOut: null });
  });

  it('adds up what several days released, and is carried out in part until then', () => {
    const days = [
      carriedOut('2026-02-05', { counts: { north: 100, south: 90 } }),
      carriedOut('2026-02-07', { counts: { north: 57, south: 67 } }),
    ];
    const log = [agreed({ counts: { north: 157, south: 157 } }), ...days];
    expect(exchangeOf(log, { asOf: '2026-02-06' })).toMatchObject({
      status: 'partly-carried-out',
      carriedOut: { north: 100, south: 90 },
    });
    expect(exchangeOf(log)).toMatchObject({
      status: 'carried-out',
      carriedOut: { north: 157, south: 157 },
      carriedOutOn: ['2026-02-05', '2026-02-07'],
    });
  });

  it('keeps "at least" in a sum', () => {
    const days = [
      carriedOut('2026-02-05', { counts: { north: '300+' } }),
      carriedOut('2026-02-07', { counts: { north: 157, south: 10 } }),
    ];
    expect(exchangeOf(days)?.carriedOut).toEqual({ north: '457+', south: 10 });
    const other = [
      carriedOut('2026-02-05', { counts: { north: 157 } }),
      carriedOut('2026-02-07', { counts: { north: '300+' } }),
    ];
    expect(exchangeOf(other)?.carriedOut).toEqual({ north: '457+' });
  });

  it('that was begun tells of what was done, also where more is agreed later', () => {
    const more = agreed({ occurred: '2026-02-08', summary: 'More was agreed.' });
    expect(exchangeOf([carriedOut('2026-02-05'), more])).toMatchObject({ agreedOn: '2026-02-08', summary: 'Done.' });
  });

  it('is short only where that is certain', () => {
    const status = (of: number | string, done: number | string) =>
      exchangeOf([agreed({ counts: { north: of } }), carriedOut('2026-02-05', { counts: { north: done } })])?.status;
    expect(status(314, 157)).toBe('partly-carried-out');
    expect(status('300+', 157)).toBe('partly-carried-out');
    expect(status('300+', 300)).toBe('carried-out');
    expect(status(314, '300+')).toBe('carried-out');
  });

  it('is carried out in part while one side is reported to have released its own, and the other is not', () => {
    const both = agreed({ counts: { north: 10, south: 10 } });
    const one = carriedOut('2026-02-05', { counts: { north: 10 } });
    const other = carriedOut('2026-02-07', { counts: { south: 10 } });
    expect(exchangeOf([both, one])).toMatchObject({ status: 'partly-carried-out', carriedOut: { north: 10 } });
    expect(exchangeOf([both, one, other])?.status).toBe('carried-out');
    expect(exchangeOf([agreed({ counts: { north: 10, south: 0 } }), one])?.status).toBe('carried-out');
    expect(exchangeOf([agreed({ counts: { north: 10, south: '0+' } }), one])?.status).toBe('carried-out');
    expect(exchangeOf([agreed({ counts: { north: 10 } }), one, other])?.status).toBe('carried-out');
  });

  it('without counts is carried out when it is said to be', () => {
    expect(exchangeOf([agreed(), carriedOut('2026-02-05')])).toMatchObject({
      status: 'carried-out',
      agreed: null,
      carriedOut: null,
    });
    expect(exchangeOf([agreed({ counts: { north: 157 } }), carriedOut('2026-02-05')])).toMatchObject({
      status: 'carried-out',
      carriedOut: null,
    });
    expect(exchangeOf([agreed({ counts: { north: 157 } }), carriedOut('2026-02-05', { counts: {} })])?.status).toBe(
      'carried-out',
    );
  });

  it('of which one day has no numbers is not said to be short: the other numbers are the least that it was', () => {
    const both = agreed({ counts: { north: 20, south: 20 } });
    const untold = carriedOut('2026-02-05');
    const told = carriedOut('2026-02-07', { counts: { north: 12 } });
    const open = { status: 'carried-out', carriedOut: { north: '12+' }, carriedOutOn: ['2026-02-05', '2026-02-07'] };
    expect(exchangeOf([both, untold, told])).toMatchObject(open);
    const empty = carriedOut('2026-02-05', { counts: {} });
    expect(exchangeOf([both, empty, told])).toMatchObject(open);
    expect(exchangeOf([both, told, carriedOut('2026-02-08')])?.carriedOut).toEqual({ north: '12+' });
    const atLeast = carriedOut('2026-02-07', { counts: { north: '12+' } });
    expect(exchangeOf([both, untold, atLeast])?.carriedOut).toEqual({ north: '12+' });
  });

  it('carried out without having been agreed on record is in the ledger as well', () => {
    expect(exchangeOf([carriedOut('2026-02-05', { counts: { north: '300+' } })])).toMatchObject({
      status: 'carried-out',
      agreed: null,
      agreedOn: null,
    });
  });

  it('corrected later shows other counts to those who know of it, and not to others', () => {
    const correction: Sketch = {
      ...{
        id: 'c',
        type: 'DevelopmentCorrected',
        corrects: '2026-02-05',
        changes: { counts: { north: 157, south: 157 } },
      },
      source: { publisher: 'The Herald', published: '2026-02-20' },
    };
    const log = [carriedOut('2026-02-05', { counts: { north: '300+', south: '300+' } }), correction];
    expect(exchangeOf(log, { asOf: '2026-02-13', knownOn: '2026-02-13' })?.carriedOut).toEqual({
      north: '300+',
      south: '300+',
    });
    expect(exchangeOf(log, { asOf: '2026-02-13' })?.carriedOut).toEqual({ north: 157, south: 157 });
  });
});

describe('an agreement', () => {
  const reached = (occurred: string, fields: object = {}): Sketch => ({
    id: occurred,
    type: 'AgreementReached',
    occurred,
    agreement: 'accord',
    parties,
    issues: ['river'],
    summary: 'An accord.',
    ...fields,
  });
  const suspended = (occurred: string, fields: object = {}): Sketch => ({
    ...reached(occurred, { summary: 'Suspended.', ...fields }),
    type: 'AgreementSuspended',
  });
  const agreementOf = (sketches: readonly Sketch[], view?: View) => logWith(...sketches).state(view).agreements[0];

  it('is in force since the day it was reached', () => {
    expect(agreementOf([reached('2026-02-01')])).toEqual({
      ...{
        agreement: 'accord',
        status: 'in-force',
        since: '2026-02-01',
        parties,
        issues: ['river'],
        summary: 'An accord.',
        beside: [],
        developments: ['2026-02-01'],
      },
    });
  });

  it('is suspended since the day it was, and may come into force again', () => {
    const log = [reached('2026-02-01'), suspended('2026-03-01'), reached('2026-04-01')];
    expect(
      ['2026-02-15', '2026-03-15', '2026-04-15']
        .map((asOf) => agreementOf(log, { asOf }))
        .map((one) => [one?.status, one?.since]),
    ).toEqual([
      ['in-force', '2026-02-01'],
      ['suspended', '2026-03-01'],
      ['in-force', '2026-04-01'],
    ]);
    expect(agreementOf(log)?.developments).toEqual(['2026-02-01', '2026-03-01', '2026-04-01']);
  });

  it('suspended by one of its parties stays one of all of them, on all its issues', () => {
    expect(
      agreementOf([reached('2026-02-01'), suspended('2026-03-01', { parties: ['north'], issues: [] })]),
    ).toMatchObject({ status: 'suspended', parties, issues: ['river'], summary: 'Suspended.' });
  });
});
