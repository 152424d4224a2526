/** What moved between two dates, and by which word. */
import { describe, expect, it } from 'vitest';
import { logWith, type Sketch, type View } from '../support/entries.ts';

const on = (occurred: string, type: Sketch['type'], fields: object = {}): Sketch => ({
  ...{ id: occurred, type, occurred, party: 'north', issue: 'river' },
  ...(type.endsWith('Reiterated') || type === 'PositionWithdrawn' || type === 'DemandDropped'
    ? {}
    : { stance: 'Open it.' }),
  ...fields,
});
const demand = on('2026-02-10', 'DemandStated');
const between = (sketches: readonly Sketch[], from: View = { asOf: '2026-02-15' }, to: View = {}) =>
  logWith(...sketches).difference(from, to);
const changeIn = (...args: Parameters<typeof between>) => between(...args).map(({ change }) => change);

describe('the difference of two states', () => {
  it('is nothing where nothing moved', () => {
    expect(between([demand])).toEqual([]);
    expect(between([], { asOf: '2026-01-01' }, { asOf: '2026-12-31' })).toEqual([]);
  });

  it('has each cell as it was and as it is, and what made it so', () => {
    const [difference, ...more] = between([
      demand,
      on('2026-02-20', 'ProposalMade', { stance: 'Open half.', shift: 'softened' }),
    ]);
    expect(more).toEqual([]);
    expect(difference).toMatchObject({
      ...{ party: 'north', issue: 'river', change: 'changed', shift: 'softened', developments: ['2026-02-20'] },
      ...{ before: { stance: 'Open it.', setBy: '2026-02-10' }, after: { stance: 'Open half.', setBy: '2026-02-20' } },
    });
  });

  it('names the words that stood for all that was held, though others took their place', () => {
    const instead = on('2026-02-20', 'ConditionAttached', { point: 'term', replaces: 'position' });
    const since = on('2026-02-21', 'ProposalMade', { point: 'term', stance: 'Open half.' });
    expect(between([demand, instead, since])).toMatchObject([
      { change: 'changed', developments: ['2026-02-21', '2026-02-20'], after: { stance: null } },
    ]);
    const term = on('2026-02-11', 'ProposalMade', { point: 'term', stance: 'Open half.' });
    const again = { ...since, id: 'again', occurred: '2026-02-11' };
    const known = (asOf: string): View => ({ asOf, knownOn: asOf });
    const late: Sketch = {
      ...instead,
      occurred: '2026-02-10',
      source: { publisher: 'The Herald', published: '2026-02-20' },
    };
    expect(between([demand, late, again], known('2026-02-15'), known('2026-02-25'))).toMatchObject([
      { change: 'changed', developments: [late.id] },
    ]);
    expect(changeIn([demand, term, { ...instead, id: 'instead', point: 'main' }])).toEqual(['changed']);
  });

  it('has nothing before what is new, and says withdrawn of what was withdrawn', () => {
    expect(between([on('2026-02-20', 'DemandStated')])).toMatchObject([
      { change: 'new', before: null, after: { stance: 'Open it.' } },
    ]);
    expect(between([demand, on('2026-02-20', 'DemandDropped')])).toMatchObject([
      { change: 'withdrawn', before: { status: 'held' }, after: { status: 'withdrawn' }, developments: ['2026-02-20'] },
    ]);
    expect(changeIn([on('2026-02-20', 'DemandDropped')])).toEqual(['withdrawn']);
    expect(changeIn([on('2026-02-10', 'DemandDropped'), on('2026-02-20', 'DemandStated')])).toEqual(['new']);
  });

  it('says conditioned where only conditions moved', () => {
    expect(changeIn([demand, on('2026-02-20', 'ConditionAttached')])).toEqual(['conditioned']);
    expect(
      changeIn([
        demand,
        on('2026-02-11', 'ConditionAttached', { point: 'term' }),
        on('2026-02-20', 'ConditionAttached', { point: 'term', stance: 'By day.' }),
      ]),
    ).toEqual(['conditioned']);
    expect(
      changeIn([demand, on('2026-02-20', 'ConditionAttached'), on('2026-02-21', 'DemandStated', { stance: 'Now.' })]),
    ).toEqual(['changed']);
    expect(changeIn([demand, on('2026-02-20', 'ProposalMade', { point: 'side' })])).toEqual(['changed']);
  });

  it('says withdrawn where a condition or a side point was, and names what did it', () => {
    const term = on('2026-02-11', 'ConditionAttached', { point: 'term' });
    const dropped = on('2026-02-20', 'DemandDropped', { point: 'term' });
    const expected = [{ change: 'withdrawn', developments: ['2026-02-20'], after: { status: 'held' } }];
    expect(between([demand, term, dropped])).toMatchObject(expected);
    expect(between([demand, term, dropped, on('2026-02-21', 'DemandReiterated')])).toMatchObject([
      { change: 'withdrawn', developments: ['2026-02-21', '2026-02-20'] },
    ]);
    // What somebody has heard of a withdrawal ends nothing.
    expect(
      between([demand, term, { ...dropped, attribution: 'anonymous' }, on('2026-02-21', 'DemandReiterated')]),
    ).toMatchObject([{ change: 'reiterated' }]);
    expect(changeIn([demand, term, dropped, on('2026-02-21', 'DemandStated', { stance: 'Open it all.' })])).toEqual([
      'changed',
    ]);
    const passing = [
      on('2026-02-21', 'ProposalMade', { point: 'side' }),
      on('2026-02-22', 'DemandDropped', { point: 'side' }),
    ];
    expect(between([demand, term, dropped, ...passing])).toMatchObject(expected);
  });

  it('says withdrawn where words for all that was held were withdrawn themselves, and names both', () => {
    const instead = on('2026-02-20', 'ProposalMade', { point: 'side', replaces: 'position' });
    const dropped = on('2026-02-21', 'DemandDropped', { point: 'side' });
    expect(between([demand, instead, dropped])).toMatchObject([
      { change: 'withdrawn', developments: ['2026-02-21', '2026-02-20'], after: { status: 'withdrawn' } },
    ]);
  });

  it('names what ended words, and nothing that came to stand for all when they had ended, or was such words itself', () => {
    const term = (day: string, fields: object = {}) => on(day, 'ConditionAttached', { point: 'term', ...fields });
    const all = { replaces: 'position' };
    const left = on('2026-02-22', 'DemandStated', { stance: 'Close it.' });
    const dropped = on('2026-02-20', 'DemandDropped', { point: 'term' });
    const instead = on('2026-02-21', 'DemandStated', { stance: 'Open half.', ...all });
    expect(between([demand, term('2026-02-11'), dropped, instead, left])).toMatchObject([
      { change: 'changed', developments: ['2026-02-22', '2026-02-20'] },
    ]);
    expect(between([demand, term('2026-02-11'), term('2026-02-20', all), instead])).toMatchObject([
      { change: 'changed', developments: ['2026-02-21'] },
    ]);
  });

  it('says reiterated where the words stayed and were said again', () => {
    expect(changeIn([demand, on('2026-02-20', 'DemandReiterated')])).toEqual(['reiterated']);
    expect(changeIn([demand, on('2026-02-20', 'DemandStated')])).toEqual(['reiterated']);
    expect(changeIn([demand, on('2026-02-20', 'ConditionAttached', { point: 'main' })])).toEqual(['reiterated']);
  });

  describe('of words that were given up and stated again', () => {
    const left = on('2026-02-20', 'DemandStated', { stance: 'Close it.', shift: 'reversed' });
    const back = on('2026-02-22', 'DemandStated', { shift: 'reversed' });

    it('says changed, not reiterated: they hold since later', () => {
      const since = { before: { since: '2026-02-10' }, after: { since: '2026-02-22', stance: 'Open it.' } };
      expect(between([demand, left, back])).toMatchObject([
        { ...since, change: 'changed', shift: null, developments: ['2026-02-22'] },
      ]);
      expect(between([demand, on('2026-02-20', 'DemandDropped'), back])).toMatchObject([
        { ...since, change: 'changed', shift: null, developments: ['2026-02-22'] },
      ]);
      const known = { knownOn: '2026-02-15' };
      expect(changeIn([demand, left, back], { asOf: '2026-02-15', ...known })).toEqual(['changed']);
    });

    it('says changed within one day too', () => {
      const at = (hour: string, fields: object = {}) =>
        on(`2026-02-10T${hour}:00:00Z`, 'DemandStated', { id: `at-${hour}`, ...fields });
      const day = [at('09'), at('12', { stance: 'Close it.' }), at('15')];
      expect(changeIn(day, { asOf: '2026-02-10T10:00:00Z' })).toEqual(['changed']);
    });

    it('says conditioned of a condition', () => {
      const term = (day: string, fields: object = {}) =>
        on(day, 'ConditionAttached', { point: 'term', stance: 'By day.', ...fields });
      const terms = [term('2026-02-11'), term('2026-02-20', { stance: 'By night.' }), term('2026-02-22')];
      expect(changeIn([demand, ...terms])).toEqual(['conditioned']);
    });

    it('says reiterated where it turns out that they were said before already', () => {
      const earlier = on('2026-02-08', 'DemandStated', { source: { publisher: 'G', published: '2026-02-20' } });
      expect(
        between([demand, earlier], { asOf: '2026-02-15', knownOn: '2026-02-15' }, { knownOn: '2026-02-25' }),
      ).toMatchObject([{ change: 'reiterated', after: { since: '2026-02-08' } }]);
    });
  });

  it('says beside where only something beside came or went', () => {
    expect(changeIn([demand, on('2026-02-20', 'ConcessionSignalled', { attribution: 'anonymous' })])).toEqual([
      'beside',
    ]);
    expect(between([on('2026-02-20', 'ConcessionSignalled', { attribution: 'anonymous' })])).toMatchObject([
      { change: 'beside', before: null, after: { status: 'none' }, developments: ['2026-02-20'] },
    ]);
  });

  it('names what happened at the last moment of the interval, and not what did at the last one before', () => {
    const other = on('2026-02-15', 'DemandStated', { stance: 'Close it.' });
    const last = on('2026-02-20', 'PositionReiterated');
    expect(between([other, last], { asOf: '2026-02-15' }, { asOf: '2026-02-20' })).toMatchObject([
      { change: 'reiterated', developments: ['2026-02-20'] },
    ]);
  });

  it('says changed where it turns out that they were given up for a while', () => {
    const again = on('2026-02-12', 'DemandStated');
    const late = on('2026-02-11', 'DemandStated', {
      ...{ stance: 'Close it.', source: { publisher: 'The Herald', published: '2026-02-20' } },
    });
    const [from, to] = [{ knownOn: '2026-02-15' }, { knownOn: '2026-02-25' }];
    expect(between([demand, again, late], { asOf: '2026-02-15', ...from }, to)).toMatchObject([
      { change: 'changed', before: { since: '2026-02-10' }, after: { since: '2026-02-12' } },
    ]);
  });

  it('names the developments of the interval, and none that it rested on before', () => {
    const side = on('2026-02-12', 'ProposalMade', { point: 'side', stance: 'Ferries too.' });
    expect(between([demand, side, on('2026-02-20', 'DemandReiterated')])).toMatchObject([
      { change: 'reiterated', developments: ['2026-02-20'] },
    ]);
  });

  it('says the shift of the headline only, and only where there was something to shift from', () => {
    expect(between([on('2026-02-20', 'DemandStated', { shift: 'hardened' })])).toMatchObject([
      { change: 'new', shift: null },
    ]);
    const side = on('2026-02-20', 'ProposalMade', { point: 'side', stance: 'Ferries too.', shift: 'softened' });
    expect(between([demand, side])).toMatchObject([{ change: 'changed', shift: null }]);
    const before = on('2026-02-12', 'ProposalMade', { point: 'side', stance: 'No ferries.' });
    expect(between([before, side])).toMatchObject([{ change: 'changed', shift: null }]);
  });

  it('says nothing of a shift that happened before', () => {
    const softened = on('2026-02-12', 'ProposalMade', { stance: 'Open half.', shift: 'softened' });
    expect(between([demand, softened, on('2026-02-20', 'ProposalMade', { point: 'side' })])).toMatchObject([
      { change: 'changed', shift: null },
    ]);
  });

  it('has the cells that are gone as well', () => {
    const log = logWith(demand, {
      id: 'r',
      type: 'DevelopmentRetracted',
      retracts: '2026-02-10',
      reason: 'x',
      source: { publisher: 'G', published: '2026-02-20' },
    });
    expect(
      log.difference({ asOf: '2026-02-15', knownOn: '2026-02-15' }, { asOf: '2026-02-25', knownOn: '2026-02-25' }),
    ).toMatchObject([{ change: 'retracted', before: { stance: 'Open it.' }, after: null, developments: ['r'] }]);
  });
});

describe('where the world did not move and the record was wrong', () => {
  const known = (day: string): View => ({ asOf: day, knownOn: day });
  const later = { source: { publisher: 'The Herald', published: '2026-02-20' } };
  const then = (...sketches: Sketch[]) =>
    between(sketches, known('2026-02-15'), known('2026-02-25')).map(({ change }) => change);
  const corrected = (changes: object): Sketch => ({
    id: 'c',
    type: 'DevelopmentCorrected',
    corrects: '2026-02-10',
    changes,
    ...later,
  });
  const retracted = (retracts: string): Sketch => ({
    id: 'r',
    type: 'DevelopmentRetracted',
    retracts,
    reason: 'x',
    ...later,
  });

  it('a difference says corrected, and not changed', () => {
    expect(then(demand, corrected({ stance: 'Open most of it.' }))).toEqual(['corrected']);
    expect(then(demand, corrected({ occurred: '2026-02-08' }))).toEqual(['corrected']);
    expect(then(demand, corrected({ point: 'side' }))).toEqual(['corrected']);
  });

  it('and retracted, and not withdrawn', () => {
    expect(then(demand, retracted('2026-02-10'))).toEqual(['retracted']);
    expect(then(demand, on('2026-02-11', 'DemandDropped'), retracted('2026-02-11'))).toEqual(['retracted']);
    expect(then(on('2026-02-11', 'DemandDropped'), retracted('2026-02-11'))).toEqual(['retracted']);
    expect(then(demand, on('2026-02-12', 'DemandReiterated'), retracted('2026-02-12'))).toEqual(['retracted']);
  });

  it('and retracted or corrected, whatever was heard meanwhile', () => {
    const heard = on('2026-02-21', 'DemandStated', { stance: 'Open half.', attribution: 'anonymous' });
    expect(then(on('2026-02-11', 'DemandDropped'), retracted('2026-02-11'), heard)).toEqual(['retracted']);
    expect(then(demand, corrected({ attribution: 'on-record' }), heard)).toEqual(['corrected']);
    const term = on('2026-02-11', 'ConditionAttached', { point: 'term' });
    const dropped = on('2026-02-21', 'DemandDropped', { point: 'term', attribution: 'anonymous' });
    expect(then(demand, term, retracted('2026-02-11'), dropped)).toEqual(['retracted']);
  });

  it('and corrected of what belongs to another issue, on both', () => {
    const log = [demand, corrected({ issue: 'bridges' })];
    expect(between(log, known('2026-02-15'), known('2026-02-25'))).toMatchObject([
      {
        issue: 'bridges',
        change: 'corrected',
        before: null,
        after: { stance: 'Open it.' },
        developments: ['c'],
      },
      { issue: 'river', change: 'corrected', before: { stance: 'Open it.' }, after: null, developments: ['c'] },
    ]);
  });

  it('and corrected where not all of it was retracted', () => {
    const side = on('2026-02-12', 'ProposalMade', { point: 'side' });
    expect(then(demand, side, corrected({ stance: 'Open half.' }), retracted('2026-02-12'))).toEqual(['corrected']);
    const merge: Sketch = { type: 'DevelopmentMerged', duplicate: '2026-02-12', into: 'elsewhere', ...later };
    const elsewhere = on('2026-02-12', 'ProposalMade', { id: 'elsewhere', issue: 'bridges' });
    expect(then(elsewhere, demand, side, retracted('2026-02-10'), merge)).toEqual(['corrected']);
  });

  it('and names what was said about the record, and no report of long ago', () => {
    const second = on('2026-02-12', 'DemandStated', { stance: 'Open none of it.' });
    const first = on('2026-02-10', 'DemandStated', { shift: 'hardened' });
    const told = (...sketches: Sketch[]) => between(sketches, known('2026-02-15'), known('2026-02-25'));
    expect(told(first, second, retracted('2026-02-12'))).toMatchObject([
      { change: 'retracted', shift: null, after: { setBy: '2026-02-10' }, developments: ['r'] },
    ]);
    expect(told(demand, corrected({ stance: 'Open most of it.' }))).toMatchObject([{ developments: ['c'] }]);
    const again: Sketch = { id: 'm', type: 'DevelopmentMerged', duplicate: '2026-02-12', into: '2026-02-10' };
    expect(told(first, second, { ...again, ...later })).toMatchObject([{ change: 'corrected', developments: ['m'] }]);
  });

  it('and retracted of what is back, whatever else was affirmed meanwhile', () => {
    const wrong = on('2026-02-12', 'DemandStated', { stance: 'Open none of it.' });
    const side = on('2026-02-11', 'ProposalMade', { point: 'side', stance: 'Ferries too.' });
    const affirmed = on('2026-02-21', 'PositionReiterated', { point: 'side' });
    expect(then(demand, side, wrong, retracted('2026-02-12'), affirmed)).toEqual(['retracted']);
  });

  describe('and a remark on the record was taken back', () => {
    const known12 = { source: { publisher: 'The Herald', published: '2026-02-12' } };
    const back = (retracts: string, id = 'back'): Sketch => ({ ...retracted(retracts), id });
    const told = (...sketches: Sketch[]) => between(sketches, known('2026-02-15'), known('2026-02-25'));

    it('says corrected of what a retraction took off the record in error, whatever was heard meanwhile, and who says so', () => {
      const gone = { ...retracted('2026-02-10'), ...known12 };
      expect(told(demand, gone, back('r'))).toMatchObject([
        { change: 'corrected', before: null, after: { stance: 'Open it.' }, developments: ['back'] },
      ]);
      const heard = on('2026-02-21', 'DemandStated', { stance: 'Open half.', attribution: 'anonymous' });
      expect(then(demand, gone, back('r'), heard)).toEqual(['corrected']);
      const dropped = on('2026-02-11', 'DemandDropped');
      expect(told(demand, dropped, { ...gone, retracts: '2026-02-11' }, back('r'))).toMatchObject([
        { change: 'corrected', after: { status: 'withdrawn' }, developments: ['back'] },
      ]);
    });

    it('says corrected of what is back, whatever else was put right or retracted', () => {
      const gone = { ...retracted('2026-02-10'), ...known12 };
      const side = on('2026-02-12', 'ProposalMade', { point: 'side' });
      const fixed: Sketch = { ...corrected({ stance: 'Ferries too.' }), corrects: '2026-02-12' };
      expect(then(demand, side, gone, back('r'), fixed)).toEqual(['corrected']);
      expect(then(demand, side, gone, back('r'), retracted('2026-02-12'))).toEqual(['corrected']);
      const affirmed = on('2026-02-21', 'DemandReiterated');
      const same = { ...side, id: 'same', occurred: '2026-02-10' };
      expect(then(demand, same, { ...gone, retracts: 'same' }, back('r'), affirmed)).toEqual(['corrected']);
    });

    it('says corrected of what is back and counted at the last moment of the earlier day', () => {
      const last = on('2026-02-15', 'DemandStated');
      const gone = { ...retracted('2026-02-15'), source: { publisher: 'The Herald', published: '2026-02-15' } };
      expect(told(last, gone, back('r'))).toMatchObject([{ change: 'corrected', developments: ['back'] }]);
    });

    it('names who took back or put right a correction', () => {
      const wrong = { ...corrected({ stance: 'Open most of it.' }), ...known12 };
      expect(told(demand, wrong, back('c'))).toMatchObject([
        { change: 'corrected', after: { stance: 'Open it.' }, developments: ['back'] },
      ]);
      const right: Sketch = { ...corrected({ changes: { stance: 'Open a third.' } }), id: 'cc', corrects: 'c' };
      expect(told(demand, wrong, right)).toMatchObject([
        { change: 'corrected', after: { stance: 'Open a third.' }, developments: ['cc'] },
      ]);
      const again = { ...back('c', 'r'), ...known12 };
      expect(told(demand, wrong, again, back('r'))).toMatchObject([
        { change: 'corrected', after: { stance: 'Open most of it.' }, developments: ['back'] },
      ]);
    });

    it('names who took back a merge', () => {
      const twice = on('2026-02-12', 'DemandStated', { stance: 'Open some.' });
      const merge: Sketch = { type: 'DevelopmentMerged', duplicate: '2026-02-12', into: '2026-02-10', ...known12 };
      expect(told(demand, twice, { ...merge, id: 'm' }, back('m'))).toMatchObject([
        { change: 'corrected', after: { stance: 'Open some.' }, developments: ['back'] },
      ]);
    });

    it('names who told of the same before, and who took that back', () => {
      const span = { occurred: '2026-02-01/2026-02-12' };
      const first = { source: { publisher: 'The Gazette', published: '2026-02-05' } };
      const second = { source: { publisher: 'The Post', published: '2026-02-10' } };
      const late = on('2026-02-10', 'DemandStated', { ...span, ...second });
      const elsewhere = (id: string, own: object) => on(id, 'DemandStated', { ...span, issue: 'bridges', ...own });
      const merged = (id: string, duplicate: string, into: string, own: object): Sketch => ({
        ...{ id, type: 'DevelopmentMerged', duplicate, into, ...own },
      });
      const river = (...sketches: Sketch[]) =>
        told(late, ...sketches)
          .filter(({ issue }) => issue === 'river')
          .map(({ change, after, developments }) => [change, after?.since, developments]);
      const early = elsewhere('early', first);
      expect(river(early, merged('m', 'early', '2026-02-10', later))).toEqual([['corrected', '2026-02-05', ['m']]]);
      expect(river(early, merged('m', 'early', '2026-02-10', known12), back('m'))).toEqual([
        ['corrected', '2026-02-10', ['back']],
      ]);
      const between = [elsewhere('other', second), merged('m', 'other', '2026-02-10', known12)];
      expect(river(early, ...between, merged('mm', 'early', 'other', later))).toEqual([
        ['corrected', '2026-02-05', ['mm']],
      ]);
      const report: Sketch = { id: 'k', type: 'DevelopmentCorroborated', corroborates: '2026-02-10', ...first };
      expect(river(report, back('k'))).toEqual([['corrected', '2026-02-10', ['back']]]);
      const unknown = elsewhere('unknown', { source: { publisher: 'The Post', published: '2026-03-10' } });
      expect(river(report, back('k'), unknown, merged('m', 'unknown', '2026-02-10', later))).toEqual([
        ['corrected', '2026-02-10', ['back']],
      ]);
    });

    it('names the further report that was recorded meanwhile, and neither another that was taken back nor who repeats', () => {
      const vague = on('2026-02', 'DemandStated', { id: 'vague', recorded: '2026-02-10' });
      const report = (id: string, published: string): Sketch => ({
        ...{ id, type: 'DevelopmentCorroborated', corroborates: 'vague', source: { publisher: 'The Post', published } },
      });
      const told = (...sketches: readonly Sketch[]) =>
        between(
          [vague, ...sketches.map((one): Sketch => ({ recorded: '2026-02-20', ...one }))],
          { recordedBy: '2026-02-15' },
          { recordedBy: '2026-02-25' },
        ).map(({ change, developments }) => [change, developments]);
      const more = report('more', '2026-02-07');
      expect(told(more)).toEqual([['corrected', ['more']]]);
      expect(told(more, report('wrong', '2026-02-05'), back('wrong'))).toEqual([['corrected', ['more']]]);
      expect(told(more, back('vague'), back('vague', 'again'))).toEqual([['retracted', ['back', 'more']]]);
      const copy = on('2026-02-09', 'DemandStated', { id: 'copy', issue: 'bridges', recorded: '2026-02-10' });
      const merge: Sketch = { id: 'm', type: 'DevelopmentMerged', duplicate: 'copy', into: 'vague' };
      expect(told(more, copy, back('copy', 'gone'), merge)).toContainEqual(['corrected', ['more']]);
    });

    it('names why something is not known yet: whose further report was taken back, or who dated the report later', () => {
      const late = on('2026-02-10', 'DemandStated', { source: { publisher: 'The Post', published: '2026-03-10' } });
      const report: Sketch = { id: 'k', type: 'DevelopmentCorroborated', corroborates: '2026-02-10', ...known12 };
      expect(told(late, report, back('k'))).toMatchObject([
        { change: 'corrected', before: { stance: 'Open it.' }, after: null, developments: ['back'] },
      ]);
      const early = on('2026-02-10', 'DemandStated');
      const redated = corrected({ source: { published: '2026-03-10' } });
      const note: Sketch = { ...corrected({ note: 'x' }), id: 'note', ...known12 };
      expect(told(early, note, redated)).toMatchObject([{ change: 'corrected', after: null, developments: ['c'] }]);
      const another: Sketch = { ...redated, id: 'another', corrects: 'elsewhere', changes: { note: 'x' } };
      const wrong: Sketch = { ...redated, id: 'wrong', changes: { note: 'x' } };
      expect(
        told(
          early,
          { ...early, id: 'elsewhere', issue: 'bridges' },
          redated,
          another,
          wrong,
          back('wrong'),
          back('2026-02-10', 'r'),
        ),
      ).toMatchObject([{ change: 'corrected', after: null, developments: ['c'] }]);
      const elsewhere = on('2026-02-10', 'DemandStated', { id: 'elsewhere', issue: 'bridges', ...known12 });
      const merge: Sketch = { id: 'm', type: 'DevelopmentMerged', duplicate: 'elsewhere', into: late.id, ...known12 };
      expect(told(late, elsewhere, merge, back('m'))).toContainEqual(
        expect.objectContaining({ issue: 'river', change: 'corrected', after: null, developments: ['back'] }),
      );
    });

    it('names who dated later what had been said of something: a correction, a retraction or a merge', () => {
      const redated: Sketch = { ...corrected({ source: { published: '2026-03-10' } }), id: 'redated' };
      const expected = [{ change: 'corrected', after: { stance: 'Open it.' }, developments: ['redated'] }];
      const fixed: Sketch = { ...corrected({ stance: 'Close it.' }), ...known12 };
      expect(told(demand, fixed, { ...redated, corrects: 'c' })).toMatchObject(expected);
      const gone: Sketch = { ...retracted('2026-02-10'), ...known12 };
      expect(told(demand, gone, { ...redated, corrects: 'r' })).toMatchObject(expected);
      const copy = on('2026-02-10', 'DemandStated', { id: 'copy', issue: 'bridges' });
      const merge: Sketch = { id: 'm', type: 'DevelopmentMerged', duplicate: '2026-02-10', into: 'copy', ...known12 };
      expect(told(demand, copy, merge, { ...redated, corrects: 'm' })).toMatchObject(expected);
    });

    it('does not name what came to nothing', () => {
      const wrong = corrected({ stance: 'Open most of it.' });
      const fixed: Sketch = { ...corrected({ stance: 'Open a third.' }), id: 'fixed' };
      const more: Sketch = { id: 'more', type: 'DevelopmentCorroborated', corroborates: '2026-02-10', ...later };
      expect(told(demand, wrong, fixed, back('c'), more)).toMatchObject([
        { change: 'corrected', after: { stance: 'Open a third.' }, developments: ['fixed'] },
      ]);
    });
  });

  it('and retracted of what was denied: the denial goes with it, and nothing was said of that', () => {
    const denial: Sketch = { id: 'd', type: 'DevelopmentDenied', denies: '2026-02-10', party: 'south' };
    const log = [demand, { ...denial, occurred: '2026-02-11' }, retracted('2026-02-10')];
    expect(between(log, known('2026-02-15'), known('2026-02-25'))).toMatchObject([
      { change: 'retracted', before: { beside: [{ id: 'd' }] }, after: null, developments: ['r'] },
    ]);
  });

  it('and corrected of a date, whatever was affirmed meanwhile, and changed of what was stated anew', () => {
    const date = corrected({ occurred: '2026-02-12' });
    expect(then(demand, date, on('2026-02-21', 'DemandReiterated'))).toEqual(['corrected']);
    const left = on('2026-02-21', 'DemandStated', { stance: 'Close it.' });
    expect(then(demand, date, left, on('2026-02-22', 'DemandStated'))).toEqual(['changed']);
    const leak = on('2026-02-12', 'DemandStated', { attribution: 'anonymous', id: 'leak', ...later });
    expect(then(demand, date, leak, on('2026-02-21', 'DemandReiterated'))).toEqual(['corrected']);
  });

  it('and retracted of a condition that never was, though the rest was affirmed', () => {
    const term = on('2026-02-11', 'ConditionAttached', { point: 'term' });
    const affirmed = on('2026-02-21', 'DemandReiterated');
    expect(then(demand, term, retracted('2026-02-11'), affirmed)).toEqual(['retracted']);
  });

  it('and corrected of words on a day on which others came to be known that held no more', () => {
    const first = on('2026-02-10', 'DemandStated', { id: 'first', stance: 'Close it.', ...later });
    const [fixed, affirmed] = [corrected({ stance: 'Open half.' }), on('2026-02-21', 'DemandReiterated')];
    expect(then(first, demand, fixed)).toEqual(['corrected']);
    const gone: Sketch = { ...retracted('2026-02-10'), source: { publisher: 'The Herald', published: '2026-02-12' } };
    expect(then(first, demand, gone, { ...retracted('r'), id: 'back' })).toEqual(['corrected']);
    const side = on('2026-02-09', 'ProposalMade', { point: 'side' });
    const again = on('2026-02-10', 'PositionReiterated', { id: 'again', point: 'side', ...later });
    expect(then(side, demand, again, fixed)).toEqual(['corrected']);
    const denial: Sketch = { type: 'DevelopmentDenied', denies: '2026-02-10', party: 'south', occurred: '2026-02-10' };
    expect(then(demand, { ...denial, ...later }, fixed)).toEqual(['corrected']);
    expect(then(demand, fixed, affirmed)).toEqual(['corrected']);
  });

  it('and retracted, though something was said beside that is known before what it denies', () => {
    const late = on('2026-02-09', 'DemandStated', { stance: 'Close it.', ...later });
    const term = on('2026-02-11', 'ConditionAttached', { point: 'term' });
    const denial: Sketch = { id: 'd', type: 'DevelopmentDenied', denies: '2026-02-09', party: 'south' };
    const log = [late, demand, term, { ...denial, occurred: '2026-02-12' }, retracted('2026-02-11')];
    expect(between(log, known('2026-02-15'), known('2026-02-25'))).toMatchObject([
      { change: 'retracted', before: { beside: [] }, after: { beside: [{ id: 'd' }] }, developments: ['r'] },
    ]);
  });

  it('and names what was corrected, where its words hold now and did not', () => {
    const other = on('2026-02-12', 'DemandStated', { stance: 'Close it.' });
    const log = [demand, other, corrected({ occurred: '2026-02-13' })];
    expect(between(log, known('2026-02-15'), known('2026-02-25'))).toMatchObject([
      { change: 'corrected', after: { stance: 'Open it.' }, developments: ['2026-02-10', 'c'] },
    ]);
  });

  it('and beside where only that was wrong', () => {
    const leak = on('2026-02-11', 'DemandStated', { stance: 'Open half.', attribution: 'anonymous' });
    expect(then(demand, leak, retracted('2026-02-11'))).toEqual(['beside']);
  });

  it('and names a correction once, though an earlier one was known', () => {
    const known1 = { ...corrected({ note: 'x' }), source: { publisher: 'The Herald', published: '2026-02-12' } };
    const later2: Sketch = { ...corrected({ stance: 'Open most of it.' }), id: 'c2' };
    const told = between([demand, known1, later2], known('2026-02-15'), known('2026-02-25'));
    expect(told).toMatchObject([{ change: 'corrected', developments: ['c2'] }]);
  });

  it('and changed where both happened', () => {
    const fixed = corrected({ stance: 'Open most of it.' });
    const proposal = on('2026-02-21', 'ProposalMade', { stance: 'Open half.' });
    expect(then(demand, fixed, proposal)).toEqual(['changed']);
    expect(then(demand, fixed, proposal, on('2026-02-22', 'PositionReiterated'))).toEqual(['changed']);
    expect(then(demand, fixed, { ...proposal, point: 'side' })).toEqual(['changed']);
    const affirmed = on('2026-02-12', 'DemandReiterated');
    expect(then(demand, affirmed, retracted('2026-02-12'), on('2026-02-21', 'DemandReiterated'))).toEqual([
      'reiterated',
    ]);
  });
});
