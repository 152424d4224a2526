/** Section 4 of the design, one sentence a case. */
import { describe, expect, it } from 'vitest';
import { replay } from '../../projections/index.ts';
import { logWith, type Sketch } from '../support/entries.ts';

const on = (occurred: string, type: Sketch['type'], fields: object = {}): Sketch => ({
  ...{ id: occurred, type, occurred, party: 'north', issue: 'river' },
  ...(type.endsWith('Reiterated') || type === 'PositionWithdrawn' || type === 'DemandDropped'
    ? {}
    : { stance: 'Open it.' }),
  ...fields,
});
const cellOf = (...sketches: Sketch[]) => logWith(...sketches).cell('north', 'river');
const pointsOf = (...sketches: Sketch[]) =>
  Object.fromEntries((cellOf(...sketches)?.points ?? []).map(({ point, stance }) => [point, stance]));
const besideOf = (...sketches: Sketch[]) => cellOf(...sketches)?.beside.map(({ id }) => id);

describe('what sets a point', () => {
  it.each([
    ...(['PositionStated', 'DemandStated', 'ProposalMade', 'ProposalAccepted', 'ProposalRejected'] as const),
    ...(['RedLineDeclared', 'ConcessionSignalled'] as const),
  ])('%s sets the headline', (type) => {
    expect(cellOf(on('2026-02-10', type))).toEqual({
      ...{ party: 'north', issue: 'river', stance: 'Open it.', act: type, setBy: '2026-02-10', since: '2026-02-10' },
      ...{
        lastAffirmed: '2026-02-10',
        timesReiterated: 0,
        attribution: 'narrative',
        statedBy: null,
        status: 'held',
        beside: [],
      },
      points: [
        {
          ...{ point: 'main', stance: 'Open it.', act: type, setBy: '2026-02-10', since: '2026-02-10' },
          ...{ lastAffirmed: '2026-02-10', timesReiterated: 0, attribution: 'narrative', statedBy: null },
        },
      ],
      developments: ['2026-02-10'],
    });
  });

  it('the headline comes first, whenever it was set', () => {
    const points = cellOf(
      on('2026-02-10', 'ProposalMade', { point: 'side' }),
      on('2026-02-11', 'DemandStated'),
    )?.points;
    expect(points?.map(({ point }) => point)).toEqual(['main', 'side']);
  });

  it('a condition is a point of its own, named after its id, beside the headline', () => {
    expect(
      pointsOf(on('2026-02-10', 'DemandStated'), on('2026-02-11', 'ConditionAttached', { stance: 'By day.' })),
    ).toEqual({
      main: 'Open it.',
      '2026-02-11': 'By day.',
    });
  });

  it('a condition may name its point, and then replaces that point', () => {
    const terms = { point: 'term' };
    expect(
      pointsOf(
        on('2026-02-10', 'ConditionAttached', terms),
        on('2026-02-11', 'ConditionAttached', { ...terms, stance: 'By day.' }),
      ),
    ).toEqual({ term: 'By day.' });
  });

  it('two conditions without a point stand side by side', () => {
    expect(
      Object.keys(pointsOf(on('2026-02-10', 'ConditionAttached'), on('2026-02-11', 'ConditionAttached'))),
    ).toHaveLength(2);
  });

  it('other words replace a point, and since restarts', () => {
    const cell = cellOf(on('2026-02-10', 'DemandStated'), on('2026-02-12', 'ProposalMade', { stance: 'Open half.' }));
    expect(cell).toMatchObject({
      stance: 'Open half.',
      since: '2026-02-12',
      setBy: '2026-02-12',
      developments: ['2026-02-12'],
    });
  });

  it('a point replaces only itself', () => {
    const side = on('2026-02-11', 'ProposalMade', { point: 'side', stance: 'Share it.' });
    expect(pointsOf(on('2026-02-10', 'DemandStated'), side)).toEqual({ main: 'Open it.', side: 'Share it.' });
    expect(pointsOf(side, on('2026-02-12', 'DemandStated'))).toEqual({ main: 'Open it.', side: 'Share it.' });
  });

  it('with "replaces: position", everything the party held on the issue goes', () => {
    const held = [on('2026-02-10', 'DemandStated'), on('2026-02-11', 'ConditionAttached', { point: 'term' })];
    expect(
      pointsOf(...held, on('2026-02-12', 'PositionStated', { stance: 'Close it.', replaces: 'position' })),
    ).toEqual({ main: 'Close it.' });
    expect(
      pointsOf(
        ...held,
        on('2026-02-12', 'PositionStated', { stance: 'Close it.', point: 'side', replaces: 'position' }),
      ),
    ).toEqual({ side: 'Close it.' });
  });

  it('and nothing of what other parties hold, or on other issues', () => {
    const log = logWith(
      on('2026-02-10', 'DemandStated', { party: 'south' }),
      on('2026-02-11', 'DemandStated', { issue: 'bridges' }),
      on('2026-02-12', 'DemandStated', { replaces: 'position', stance: 'Close it.' }),
    );
    expect(log.state().positions.map(({ party, issue, stance }) => [party, issue, stance])).toEqual(
      expect.arrayContaining([
        ['south', 'river', 'Open it.'],
        ['north', 'bridges', 'Open it.'],
        ['north', 'river', 'Close it.'],
      ]),
    );
  });

  it('a joint statement sets it for each of its parties, who go their own ways afterwards', () => {
    const log = logWith(
      { ...on('2026-02-10', 'PositionStated'), party: undefined, parties: ['north', 'south'] },
      on('2026-02-11', 'PositionStated', { party: 'south', stance: 'Close it.' }),
    );
    expect(log.cell('north', 'river')?.stance).toBe('Open it.');
    expect(log.cell('south', 'river')?.stance).toBe('Close it.');
  });
});

describe('word for word the same', () => {
  const twice = [
    on('2026-02-10', 'DemandStated'),
    on('2026-02-11', 'DemandReiterated'),
    on('2026-02-12', 'RedLineDeclared', { attribution: 'on-record' }),
  ];

  it('keeps since and the count, and moves lastAffirmed, setBy, act and attribution', () => {
    expect(cellOf(...twice)).toMatchObject({
      ...{
        since: '2026-02-10',
        timesReiterated: 1,
        lastAffirmed: '2026-02-12',
        setBy: '2026-02-12',
        act: 'RedLineDeclared',
      },
      attribution: 'on-record',
    });
  });

  it('rests on all that set and affirmed it since', () => {
    expect(cellOf(...twice)?.developments).toEqual(['2026-02-10', '2026-02-11', '2026-02-12']);
  });

  it('also where the rest of the position goes', () => {
    const cell = cellOf(
      ...twice,
      on('2026-02-11', 'ConditionAttached', { id: 'term' }),
      on('2026-02-13', 'DemandStated', { replaces: 'position' }),
    );
    expect(cell).toMatchObject({ since: '2026-02-10', setBy: '2026-02-13', points: [{ point: 'main' }] });
  });

  it('is not the same in other case, or with other spaces', () => {
    for (const stance of ['open it.', 'Open  it.', 'Open it. '])
      expect(cellOf(on('2026-02-10', 'DemandStated'), on('2026-02-12', 'DemandStated', { stance }))).toMatchObject({
        since: '2026-02-12',
      });
  });

  it('does not count across a withdrawal', () => {
    expect(
      cellOf(on('2026-02-10', 'DemandStated'), on('2026-02-11', 'DemandDropped'), on('2026-02-12', 'DemandStated')),
    ).toMatchObject({
      ...{ since: '2026-02-12', developments: ['2026-02-12'] },
    });
  });
});

describe('a reiteration', () => {
  it('keeps the stance, moves lastAffirmed and is counted', () => {
    const cell = cellOf(
      on('2026-02-10', 'DemandStated'),
      on('2026-02-11', 'DemandReiterated', { stance: 'As we said: open it.' }),
      on('2026-02-14', 'PositionReiterated'),
    );
    expect(cell).toMatchObject({
      ...{
        stance: 'Open it.',
        act: 'DemandStated',
        setBy: '2026-02-10',
        since: '2026-02-10',
        lastAffirmed: '2026-02-14',
      },
      ...{ timesReiterated: 2, developments: ['2026-02-10', '2026-02-11', '2026-02-14'] },
    });
  });

  it('affirms the point it names, and no other', () => {
    const cell = cellOf(
      on('2026-02-10', 'DemandStated'),
      on('2026-02-10', 'ConditionAttached', { id: 'term', stance: 'By day.' }),
      on('2026-02-12', 'DemandReiterated', { point: 'term' }),
    );
    expect(
      cell?.points.map(({ point, timesReiterated, lastAffirmed }) => [point, timesReiterated, lastAffirmed]),
    ).toEqual([
      ['main', 0, '2026-02-10'],
      ['term', 1, '2026-02-12'],
    ]);
  });

  it('with nothing to reiterate sets the point, in its words or in none', () => {
    expect(cellOf(on('2026-02-10', 'DemandReiterated', { stance: 'Open it.' }))).toMatchObject({
      ...{ stance: 'Open it.', act: 'DemandReiterated', timesReiterated: 0, status: 'held', since: '2026-02-10' },
    });
    expect(cellOf(on('2026-02-10', 'DemandReiterated'))).toMatchObject({
      stance: null,
      status: 'held',
      setBy: '2026-02-10',
    });
  });
});

describe('a withdrawal', () => {
  it.each(['PositionWithdrawn', 'DemandDropped'] as const)(
    '%s ends all of it, and the position says withdrawn',
    (type) => {
      const cell = cellOf(
        on('2026-02-10', 'DemandStated'),
        on('2026-02-11', 'ConditionAttached'),
        on('2026-02-12', type),
      );
      expect(cell).toEqual({
        ...{ party: 'north', issue: 'river', stance: null, act: null, setBy: null, since: null, lastAffirmed: null },
        ...{
          timesReiterated: null,
          attribution: null,
          statedBy: null,
          status: 'withdrawn',
          points: [],
          beside: [],
          developments: ['2026-02-12'],
        },
      });
    },
  );

  it('of one point leaves the others in force', () => {
    const held = [on('2026-02-10', 'DemandStated'), on('2026-02-11', 'ConditionAttached', { point: 'term' })];
    expect(cellOf(...held, on('2026-02-12', 'PositionWithdrawn', { point: 'term' }))).toMatchObject({
      status: 'held',
      stance: 'Open it.',
      points: [{ point: 'main' }],
    });
    expect(cellOf(...held, on('2026-02-12', 'PositionWithdrawn', { point: 'main' }))).toMatchObject({
      status: 'held',
      stance: null,
      points: [{ point: 'term' }],
    });
  });

  it('of the last point is a withdrawal of the position', () => {
    expect(
      cellOf(
        on('2026-02-10', 'ConditionAttached', { point: 'term' }),
        on('2026-02-12', 'PositionWithdrawn', { point: 'term' }),
      ),
    ).toMatchObject({ status: 'withdrawn' });
  });

  it('is not the same as no stated position: there is no cell for that', () => {
    expect(logWith(on('2026-02-10', 'DemandStated', { party: 'south' })).cell('north', 'river')).toBeUndefined();
  });

  it('of what was never on record is on record itself', () => {
    expect(cellOf(on('2026-02-12', 'DemandDropped'))).toMatchObject({
      status: 'withdrawn',
      developments: ['2026-02-12'],
    });
  });

  it('is over once something is stated again', () => {
    expect(cellOf(on('2026-02-10', 'DemandDropped'), on('2026-02-12', 'DemandStated'))).toMatchObject({
      status: 'held',
      developments: ['2026-02-12'],
    });
  });
});

describe('the standard', () => {
  const cell = (attribution: string, standard: 'strict' | 'stated' | 'all') =>
    logWith(
      on('2026-02-10', 'DemandStated', {
        attribution,
        ...(attribution === 'counterpart' ? { statedBy: 'south' } : {}),
      }),
    ).cell('north', 'river', { standard });

  it.each([
    ['strict', ['on-record']],
    ['stated', ['on-record', 'narrative']],
    ['all', ['on-record', 'narrative', 'unnamed-official', 'anonymous', 'counterpart']],
  ] as const)('%s lets a position be set by %j, and all else is beside', (standard, setting) => {
    for (const attribution of ['on-record', 'narrative', 'unnamed-official', 'anonymous', 'counterpart']) {
      const sets = (setting as readonly string[]).includes(attribution);
      expect(cell(attribution, standard)).toMatchObject(
        sets
          ? { status: 'held', setBy: '2026-02-10', attribution, beside: [] }
          : { status: 'none', setBy: null, attribution: null, beside: [{ id: '2026-02-10', attribution }] },
      );
    }
  });

  it('is by default what was stated', () => {
    expect(cellOf(on('2026-02-10', 'DemandStated', { attribution: 'anonymous' }))?.status).toBe('none');
  });

  it('holds for reiterations and withdrawals too: a leak withdraws nothing', () => {
    const held = on('2026-02-10', 'DemandStated');
    const leak = { attribution: 'anonymous' };
    expect(
      cellOf(held, on('2026-02-11', 'DemandDropped', leak), on('2026-02-12', 'DemandReiterated', leak)),
    ).toMatchObject({
      ...{ status: 'held', lastAffirmed: '2026-02-10', timesReiterated: 0 },
      beside: [
        { id: '2026-02-11', type: 'DemandDropped', stance: null, attribution: 'anonymous', occurred: '2026-02-11' },
        { id: '2026-02-12', type: 'DemandReiterated', stance: null, attribution: 'anonymous', occurred: '2026-02-12' },
      ],
    });
  });
});

describe('what is beside', () => {
  const leak = on('2026-02-11', 'ConcessionSignalled', { attribution: 'anonymous', stance: 'Might share it.' });

  it('is shown with its words, whose word it is, and when', () => {
    expect(cellOf(on('2026-02-10', 'DemandStated'), leak)?.beside).toEqual([
      {
        id: '2026-02-11',
        type: 'ConcessionSignalled',
        stance: 'Might share it.',
        attribution: 'anonymous',
        statedBy: null,
        occurred: '2026-02-11',
        denies: null,
      },
    ]);
  });

  it('stays until that party next sets its headline', () => {
    expect(besideOf(leak, on('2026-02-12', 'DemandStated'))).toEqual([]);
    expect(
      besideOf(leak, on('2026-02-12', 'DemandStated', { stance: 'Open it.' }), {
        ...leak,
        id: 'later',
        occurred: '2026-02-13',
      }),
    ).toEqual(['later']);
  });

  it('is not taken away by a condition, a side offer, a reiteration, a withdrawal, or another leak', () => {
    for (const next of [
      on('2026-02-12', 'ConditionAttached'),
      on('2026-02-12', 'ProposalMade', { point: 'side' }),
      on('2026-02-12', 'ProposalMade', { point: 'side', replaces: 'position' }),
      on('2026-02-12', 'DemandDropped'),
      on('2026-02-12', 'PositionWithdrawn', { point: 'main' }),
    ])
      expect(besideOf(leak, next)).toEqual(['2026-02-11']);
    expect(besideOf(on('2026-02-10', 'DemandStated'), leak, on('2026-02-12', 'DemandReiterated'))).toEqual([
      '2026-02-11',
    ]);
    expect(besideOf(leak, { ...leak, id: 'later', occurred: '2026-02-12' })).toEqual(['2026-02-11', 'later']);
  });

  it('is taken away by the same words set again, and by a reiteration that sets', () => {
    expect(besideOf(on('2026-02-10', 'DemandStated'), leak, on('2026-02-12', 'DemandStated'))).toEqual([]);
    expect(besideOf(leak, on('2026-02-12', 'DemandReiterated'))).toEqual([]);
  });

  it('says of an account of another party who gives it', () => {
    const account = on('2026-02-11', 'PositionStated', { attribution: 'counterpart', statedBy: 'south' });
    expect(cellOf(account)?.beside).toMatchObject([
      { id: '2026-02-11', attribution: 'counterpart', statedBy: 'south' },
    ]);
  });

  it('is not taken away by what another party sets', () => {
    expect(besideOf(leak, on('2026-02-12', 'DemandStated', { party: 'south' }))).toEqual(['2026-02-11']);
  });

  it('is what one party says another holds: it becomes no position of that other', () => {
    const log = logWith(on('2026-02-10', 'PositionStated', { attribution: 'counterpart', statedBy: 'south' }));
    expect(log.cell('north', 'river')).toMatchObject({ status: 'none', beside: [{ attribution: 'counterpart' }] });
    expect(log.cell('south', 'river')).toBeUndefined();
    expect(log.cell('north', 'river', { standard: 'all' })).toMatchObject({ status: 'held', statedBy: 'south' });
  });
});

describe('a withdrawal of one point of several', () => {
  it('is nothing that the position rests on: that is held by the others', () => {
    const withdrawal = on('2026-02-12', 'PositionWithdrawn', { point: 'term' });
    expect(
      cellOf(on('2026-02-10', 'DemandStated'), on('2026-02-11', 'ConditionAttached', { point: 'term' }), withdrawal),
    ).toMatchObject({ status: 'held', developments: ['2026-02-10'] });
  });
});

describe('a denial', () => {
  const stated = on('2026-02-10', 'DemandStated');
  const denial: Sketch = {
    id: 'no',
    type: 'DevelopmentDenied',
    denies: '2026-02-10',
    party: 'south',
    occurred: '2026-02-12',
    stance: 'Untrue.',
  };

  it('is shown beside what it denies, which stays as it is', () => {
    expect(cellOf(stated, denial)).toMatchObject({
      ...{ status: 'held', setBy: '2026-02-10' },
      beside: [
        { id: 'no', type: 'DevelopmentDenied', stance: 'Untrue.', attribution: 'narrative', occurred: '2026-02-12' },
      ],
    });
  });

  it('says which development it denies, also where others are beside the same position', () => {
    const leak = on('2026-02-11', 'ConcessionSignalled', { attribution: 'anonymous', stance: 'Might share it.' });
    expect(cellOf(stated, leak, { ...denial, denies: leak.id })?.beside.map(({ id, denies }) => [id, denies])).toEqual([
      ['2026-02-11', null],
      ['no', '2026-02-11'],
    ]);
  });

  it('says who denies: it need not be the party whose position it stands beside', () => {
    expect(cellOf(stated, denial)?.beside).toMatchObject([{ id: 'no', statedBy: 'south', denies: '2026-02-10' }]);
  });

  it('is of the world: it is held back by asOf', () => {
    const log = logWith(stated, denial);
    expect(log.cell('north', 'river', { asOf: '2026-02-11' })?.beside).toEqual([]);
    expect(log.cell('north', 'river', { asOf: '2026-02-12' })?.beside).toHaveLength(1);
  });

  it('of a joint statement is shown beside each', () => {
    const log = logWith({ ...stated, party: undefined, parties: ['north', 'south'] }, denial);
    expect([log.cell('north', 'river'), log.cell('south', 'river')].map((cell) => cell?.beside.length)).toEqual([1, 1]);
  });

  it('sets nothing, under any standard', () => {
    for (const standard of ['strict', 'stated', 'all'] as const)
      expect(
        logWith({ ...stated, attribution: 'on-record' }, denial).cell('north', 'river', { standard }),
      ).toMatchObject({ setBy: '2026-02-10', beside: [{ id: 'no' }] });
  });

  it.each([
    ['month', '2026-02', '2026-02-20'],
    ['day', '2026-02-10', '2026-02-10T18:00:00Z'],
  ])('stands behind what is known to the %s only, and may have come before it', (_, occurred, deniedOn) => {
    const vague = { ...stated, id: '2026-02-10', occurred };
    const log = logWith(vague, { ...denial, occurred: deniedOn });
    expect(log.cell('north', 'river')?.beside.map(({ id }) => id)).toEqual(['no']);
    expect(log.cell('north', 'river', { asOf: deniedOn })).toBeUndefined();
    const said = { ...stated, id: 'later', occurred: '2026-03-05' };
    expect(logWith(vague, { ...denial, occurred: deniedOn }, said).cell('north', 'river')?.beside).toEqual([]);
  });

  it('goes with what it denies', () => {
    expect(
      cellOf(stated, denial, { type: 'DevelopmentRetracted', retracts: '2026-02-10', reason: 'x' }),
    ).toBeUndefined();
  });

  it('of a duplicate is shown where that went, as a denial of it', () => {
    const other = on('2026-02-11', 'DemandStated', { stance: 'All of it.' });
    const merge: Sketch = {
      type: 'DevelopmentMerged',
      duplicate: '2026-02-10',
      into: other.id,
      occurred: '2026-02-13',
    };
    const log = logWith(stated, denial, other, merge);
    const denials = (gates: object) => log.cell('north', 'river', gates)?.beside.map(({ id, denies }) => [id, denies]);
    expect(denials({})).toEqual([['no', '2026-02-11']]);
    expect(denials({ knownOn: '2026-02-12' })).toEqual([['no', '2026-02-10']]);
  });

  it('of what is no position is shown in no cell', () => {
    const log = logWith({ id: '2026-02-10', type: 'StatementIssued', occurred: '2026-02-10', summary: 'x' }, denial);
    expect(log.state().positions).toEqual([]);
  });
});

describe('outcomes', () => {
  it('a swap carried out does not replace a demand', () => {
    const swap = { exchange: 'swap', parties: ['north', 'south'], summary: 'A swap.', occurred: '2026-02-12' };
    expect(
      cellOf(
        on('2026-02-10', 'DemandStated'),
        { ...swap, type: 'PrisonerExchangeAgreed' },
        { ...swap, type: 'PrisonerExchangeCarriedOut' },
      ),
    ).toEqual(cellOf(on('2026-02-10', 'DemandStated')));
  });

  it('nor does an agreement, a plan or an incident', () => {
    expect(
      cellOf(
        on('2026-02-10', 'DemandStated'),
        {
          type: 'AgreementReached',
          agreement: 'a',
          parties: ['north'],
          issues: ['river'],
          summary: 'x',
          occurred: '2026-02-12',
        },
        { type: 'PlanPublished', plan: 'p', version: '1', parties: ['north'], occurred: '2026-02-12' },
        { type: 'IncidentReported', summary: 'x', occurred: '2026-02-12' },
      ),
    ).toEqual(cellOf(on('2026-02-10', 'DemandStated')));
  });
});

describe('days', () => {
  it('are civil days of when it had certainly happened, in the zone of the talks', () => {
    const log = logWith(
      { id: 'open', type: 'NegotiationOpened', title: 'Talks', timeZone: 'Pacific/Kiritimati' },
      on('2026-02-10T22:30:00Z', 'DemandStated', { id: 'a' }),
      on('2026-02-11/2026-02-14', 'DemandReiterated', { id: 'b' }),
    );
    expect(log.cell('north', 'river')).toMatchObject({ since: '2026-02-11', lastAffirmed: '2026-02-14' });
  });

  it('are those of the report, where it came first', () => {
    const stated = on('2026-02', 'DemandStated', { source: { publisher: 'The Gazette', published: '2026-02-12' } });
    expect(cellOf(stated)).toMatchObject({ since: '2026-02-12' });
  });
});

describe('the order in which developments count', () => {
  it('is that of the world, not of recording', () => {
    expect(
      cellOf(
        on('2026-02-12', 'DemandStated', { stance: 'Later.' }),
        on('2026-02-10', 'DemandStated', { stance: 'Earlier.' }),
      )?.stance,
    ).toBe('Later.');
  });

  it('at the same moment, that which may have begun earlier comes first', () => {
    const day = on('2026-02-12', 'DemandStated', { stance: 'On the day.' });
    const standing = on('../2026-02-12', 'DemandStated', { id: 'standing', stance: 'Long since.' });
    expect(cellOf(day, standing)?.stance).toBe('On the day.');
    expect(cellOf(standing, day)?.stance).toBe('On the day.');
  });

  it('and else that of the log', () => {
    const first = on('2026-02-12', 'DemandStated', { id: 'a', stance: 'First.' });
    const second = on('2026-02-12', 'DemandStated', { id: 'b', stance: 'Second.' });
    expect(cellOf(first, second)?.stance).toBe('Second.');
    expect(cellOf(second, first)?.stance).toBe('First.');
  });
});

describe('a state', () => {
  it('says how far the log was read for it', () => {
    const log = logWith(
      on('2026-02-10', 'DemandStated', { recorded: '2026-02-11' }),
      on('2026-02-12', 'DemandStated', { recorded: '2026-02-13' }),
    );
    const revision = (recordedBy?: string) => log.state(recordedBy === undefined ? {} : { recordedBy }).revision;
    expect([revision(), revision('2026-02-12'), revision('2025-06-01'), revision('2024-01-01')]).toEqual([
      '2',
      '1',
      '0',
      '-1',
    ]);
  });

  it('may be asked for one party, one issue, or one cell', () => {
    const sketches = ['north', 'south'].flatMap((party) =>
      ['river', 'bridges'].map((issue) => on('2026-02-10', 'DemandStated', { id: `${party}-${issue}`, party, issue })),
    );
    const { entries } = logWith(...sketches);
    const gates = { asOf: Date.parse('2026-03-01T00:00:00Z'), knownOn: null, recordedBy: null };
    const cells = (filter: { party?: string; issue?: string }) =>
      replay(entries, gates, 'stated', filter).positions.map(({ setBy }) => setBy);
    expect(cells({ party: 'south' }).sort()).toEqual(['south-bridges', 'south-river']);
    expect(cells({ issue: 'river' }).sort()).toEqual(['north-river', 'south-river']);
    expect(cells({ party: 'north', issue: 'bridges' })).toEqual(['north-bridges']);
  });
});
