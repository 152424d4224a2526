/** The form of answers, and what is asked of them: the JSON of section 5 of the design, filters, and names nobody declared. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chronicleEntry, difference, historyEntry, state as stateSchema } from '../../projections/answers.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION as negotiation, openTestTracker, type TestTracker } from '../support/tracker.ts';

let tracked: TestTracker;
beforeAll(async () => {
  tracked = openTestTracker('2026-02-15T12:00:00Z');
  await tracked.tracker.record([
    ...GROUND,
    { ...EXAMPLES.DemandStated.minimal, id: 'R-1' },
    { ...EXAMPLES.ConditionAttached.minimal, id: 'R-2', point: 'by-day' },
    { ...EXAMPLES.DemandStated.minimal, id: 'R-3', issue: 'bridges', party: 'south', attribution: 'anonymous' },
    { ...EXAMPLES.PositionStated.minimal, id: 'R-4', party: 'south' },
    { ...EXAMPLES.DemandReiterated.minimal, id: 'R-5', occurred: '2026-02-12' },
    EXAMPLES.RoundScheduled.full,
    EXAMPLES.PlanPublished.full,
    EXAMPLES.PrisonerExchangeAgreed.full,
    EXAMPLES.AgreementReached.full,
    EXAMPLES.DevelopmentCorrected.full,
  ]);
});
afterAll(() => tracked.tracker.close());

describe('a state', () => {
  it('has the JSON of the design, and its own schema holds it', async () => {
    const answer = await tracked.tracker.state(negotiation, { asOf: '2026-02-14' });
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining([
        ...['negotiation', 'asOf', 'knownOn', 'recordedBy', 'standard', 'revision', 'positions', 'rounds', 'plans'],
        ...['exchanges', 'agreements', 'parties', 'possiblyByThen'],
      ]),
    );
    expect(answer).toMatchObject({
      negotiation,
      asOf: '2026-02-14',
      knownOn: null,
      recordedBy: null,
      standard: 'stated',
    });
    expect(stateSchema.strict().parse(answer)).toEqual(answer);
    expect(answer.positions.find(({ party, issue }) => party === 'north' && issue === 'river')).toEqual({
      party: 'north',
      issue: 'river',
      stance: 'Open it.',
      act: 'DemandStated',
      setBy: 'R-1',
      since: '2026-02-10',
      lastAffirmed: '2026-02-12',
      timesReiterated: 1,
      attribution: 'narrative',
      statedBy: null,
      status: 'held',
      points: [
        {
          point: 'main',
          stance: 'Open it.',
          act: 'DemandStated',
          setBy: 'R-1',
          since: '2026-02-10',
          lastAffirmed: '2026-02-12',
          timesReiterated: 1,
          attribution: 'narrative',
          statedBy: null,
        },
        {
          point: 'by-day',
          stance: 'Open it.',
          act: 'ConditionAttached',
          setBy: 'R-2',
          since: '2026-02-10',
          lastAffirmed: '2026-02-10',
          timesReiterated: 0,
          attribution: 'narrative',
          statedBy: null,
        },
      ],
      beside: [],
      developments: ['R-1', 'R-5', 'R-2'],
    });
  });

  it('has null at the top where only something is beside', async () => {
    const { positions } = await tracked.tracker.state(negotiation, { party: 'south', issue: 'bridges' });
    expect(positions).toEqual([
      {
        ...{ party: 'south', issue: 'bridges', stance: null, act: null, setBy: null, since: null, lastAffirmed: null },
        ...{ timesReiterated: null, attribution: null, statedBy: null, status: 'none', points: [], developments: [] },
        beside: [
          {
            ...{ id: 'R-3', type: 'DemandStated', stance: 'Open it.', attribution: 'anonymous' },
            ...{ statedBy: null, occurred: '2026-02-10', denies: null },
          },
        ],
      },
    ]);
  });

  it('is in the order of declaration: issue by issue, party by party', async () => {
    const { positions } = await tracked.tracker.state(negotiation);
    expect(positions.map(({ issue, party }) => `${issue} ${party}`)).toEqual([
      'river north',
      'river south',
      'bridges south',
    ]);
  });

  it('is for one party or one issue, where asked, and all else stays', async () => {
    const whole = await tracked.tracker.state(negotiation);
    const cells = async (filter: { party?: string; issue?: string }) => {
      const { positions, ...rest } = await tracked.tracker.state(negotiation, filter);
      expect(rest).toEqual({ ...whole, positions: undefined });
      return positions.map(({ setBy }) => setBy);
    };
    expect(await cells({ party: 'south' })).toEqual(['R-4', null]);
    expect(await cells({ issue: 'river' })).toEqual(['R-1', 'R-4']);
    expect(await cells({ party: 'north', issue: 'bridges' })).toEqual([]);
  });

  it('says of rounds, plans, exchanges and agreements what it says of positions: as of then', async () => {
    const { rounds, plans, exchanges, agreements } = await tracked.tracker.state(negotiation, { asOf: '2026-02-09' });
    expect([rounds, plans, exchanges, agreements]).toEqual([[], [], [], []]);
    const later = await tracked.tracker.state(negotiation, { asOf: '2026-02-10' });
    expect([later.rounds.length, later.plans.length, later.exchanges.length, later.agreements.length]).toEqual([
      1, 1, 1, 1,
    ]);
  });
});

describe('a history, a chronicle, a difference', () => {
  it('have the JSON of their schemas', async () => {
    const history = await tracked.tracker.history(negotiation, { party: 'north', issue: 'river' });
    for (const row of history) expect(historyEntry.strict().parse(row)).toEqual(row);
    expect(history.map(({ id, effect, status }) => [id, effect, status])).toEqual([
      ['R-1', 'new', 'in-force'],
      ['R-2', 'conditioned', 'in-force'],
      ['R-5', 'reiterated', 'in-force'],
    ]);
    const chronicle = await tracked.tracker.chronicle(negotiation);
    for (const row of chronicle) expect(chronicleEntry.strict().parse(row)).toEqual(row);
    const differences = await tracked.tracker.diff(negotiation, { from: '2026-02-01', to: '2026-02-14' });
    for (const row of differences) expect(difference.strict().parse(row)).toEqual(row);
    expect(differences.map(({ change }) => change).sort()).toEqual(['beside', 'new', 'new']);
  });
});

describe('what a state tells beside positions', () => {
  it('is in the chronicle as in the whole of it, and as recorded with all that was said about it', async () => {
    await using opened = openTestTracker('2026-02-15T12:00:00Z');
    const { tracker } = opened;
    const said = { source: { publisher: 'Gazette', published: '2026-02-14' } };
    const { id: round } = EXAMPLES.RoundScheduled.full;
    await tracker.record([...GROUND, { ...EXAMPLES.DemandStated.minimal, id: 'R-1' }, EXAMPLES.RoundScheduled.full]);
    await tracker.record([
      {
        ...said,
        id: 'moved',
        negotiation,
        type: 'DevelopmentCorrected',
        corrects: round,
        changes: { venue: 'The mill' },
      },
      {
        ...said,
        id: 'put-right',
        negotiation,
        type: 'DevelopmentCorrected',
        corrects: 'R-1',
        changes: { stance: 'So.' },
      },
      { ...said, id: 'untrue', negotiation, type: 'DevelopmentRetracted', retracts: round, reason: 'Never fixed.' },
    ]);
    const { chronicle, entries } = await tracker.surroundings(negotiation);
    const positions = new Set(['R-1', 'told', 'told-again']);
    const setUp = GROUND.map(({ id }) => id).filter((id) => !positions.has(id));
    expect(entries.map(({ development }) => development.id)).toEqual([...setUp, round, 'moved', 'untrue']);
    expect(chronicle.find(({ id }) => id === round)).toMatchObject({ status: 'retracted' });
    expect(chronicle).toEqual((await tracker.chronicle(negotiation)).filter(({ id }) => !positions.has(id)));
  });
});

describe('what was recorded last', () => {
  it('is the end of the log, each with what became of it', async () => {
    const [log, chronicle] = [await tracked.log(), await tracked.tracker.chronicle(negotiation)];
    for (const count of [0, 1, 4, log.length, log.length + 1, Number.POSITIVE_INFINITY]) {
      const last = await tracked.tracker.lastRecorded(negotiation, count);
      expect(last.entries).toEqual(log.slice(Math.max(0, log.length - count)));
      const ids = last.entries.map(({ development }) => development.id);
      // Also of what is about the record, which is no part of the chronicle.
      expect(last.chronicle.map(({ id }) => id).sort()).toEqual(ids.toSorted());
      const known = new Set(chronicle.map(({ id }) => id));
      expect(last.chronicle.filter(({ id }) => known.has(id))).toEqual(chronicle.filter(({ id }) => ids.includes(id)));
    }
  });
});

describe('a name that nobody declared', () => {
  it('is a negotiation: the nearest is suggested', async () => {
    for (const ask of [
      () => tracked.tracker.state('takls'),
      () => tracked.tracker.chronicle('takls'),
      () => tracked.tracker.developments('takls'),
      () => tracked.tracker.diff('takls', { from: '2026-01-01', to: '2026-02-01' }),
    ])
      await expect(ask()).rejects.toMatchObject({
        code: 'NEGOTIATION_UNKNOWN',
        status: 404,
        faults: [{ field: 'negotiation', value: 'takls', suggestion: negotiation }],
      });
  });

  it('is a history of no cell, as somebody asks who has no types', async () => {
    const ask = (cell: unknown) => tracked.tracker.history(negotiation, cell as { party: string; issue: string });
    for (const [cell, missing] of [
      ['north', ['party', 'issue']],
      [{ party: 'north' }, ['issue']],
      [{ party: null, issue: 'river' }, ['party']],
    ] as const)
      await expect(ask(cell)).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        faults: missing.map((field) => ({ field, message: 'this field is required' })),
      });
  });

  it('is a party or an issue: the nearest is suggested', async () => {
    await expect(tracked.tracker.state(negotiation, { party: 'nort' })).rejects.toMatchObject({
      code: 'CELL_UNKNOWN',
      faults: [{ field: 'party', value: 'nort', suggestion: 'north' }],
    });
    await expect(tracked.tracker.history(negotiation, { party: 'nort', issue: 'rivr' })).rejects.toMatchObject({
      code: 'CELL_UNKNOWN',
      faults: [
        { field: 'party', suggestion: 'north' },
        { field: 'issue', suggestion: 'river' },
      ],
    });
  });

  it('is in an empty store: that nothing is on record is said', async () => {
    await using empty = openTestTracker();
    await expect(empty.tracker.state('talks')).rejects.toThrow(/nothing is on record yet/);
    expect(await empty.tracker.negotiations()).toEqual([]);
  });
});

describe('the list of negotiations', () => {
  it('says of each what it is and who takes part', async () => {
    expect(await tracked.tracker.negotiations()).toMatchObject([
      {
        negotiation,
        title: 'Talks',
        timeZone: 'UTC',
        developments: 19,
        parties: ['north', 'south', 'league', 'host'],
        issues: ['river', 'bridges'],
      },
    ]);
  });
});

describe('what was recorded', () => {
  it('is given back in the order of the log', async () => {
    const ids = (await tracked.tracker.developments(negotiation)).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['open', 'party-north', 'party-south']);
    expect(ids.at(-1)).toBe('full:DevelopmentCorrected');
  });
});
