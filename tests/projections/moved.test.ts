/** Which words tell what moved between two positions. */
import { describe, expect, it } from 'vitest';
import {
  besideOnly,
  besideStance,
  isAboutRecord,
  pointsMoved,
  standing,
  type Told,
  toldOf,
} from '../../projections/moved.ts';
import { logWith, type Sketch, type View } from '../support/entries.ts';

const on = (occurred: string, type: Sketch['type'], fields: object = {}): Sketch => ({
  ...{ id: occurred, type, occurred, party: 'north', issue: 'river', ...fields },
});
const demand = on('2026-02-10', 'DemandStated', { stance: 'Open it.' });
const side = on('2026-02-11', 'ProposalMade', { stance: 'Ferries too.', point: 'side' });
const leak = (occurred: string, stance: string) =>
  on(occurred, 'ConcessionSignalled', { stance, attribution: 'anonymous' });
const retracted = (retracts: string): Sketch => ({
  ...{ id: 'r', type: 'DevelopmentRetracted', retracts, reason: 'x' },
  source: { publisher: 'The Herald', published: '2026-02-20' },
});
const then = (day: string): View => ({ asOf: day, knownOn: day });
/** What moved in the one cell between the middle of the month and its end. */
function moved(...sketches: readonly Sketch[]) {
  const [difference] = logWith(...sketches).difference(then('2026-02-15'), then('2026-02-25'));
  if (!difference) throw new Error('nothing moved');
  return difference;
}
const tell = (told: readonly Told[]) =>
  told.map((one) =>
    one.kind === 'beside'
      ? `${one.isGone ? 'gone' : 'beside'}: ${one.beside.stance}`
      : `${one.kind} ${one.point.point}: ${one.point.stance}`,
  );
const told = (...sketches: readonly Sketch[]) => tell(toldOf(moved(...sketches)));
const cell = (...sketches: readonly Sketch[]) => logWith(...sketches).cell('north', 'river') ?? null;

describe('what a change is told by', () => {
  it('is what a party says now, of each point that reads in other words', () => {
    expect(told(on('2026-02-20', 'DemandStated', { stance: 'Open it.' }))).toEqual(['said main: Open it.']);
    expect(told(demand, side, on('2026-02-20', 'DemandStated', { stance: 'Open half.' }))).toEqual([
      'said main: Open half.',
    ]);
    const affirmed = on('2026-02-21', 'PositionReiterated', { point: 'side' });
    expect(told(demand, side, on('2026-02-20', 'DemandStated', { stance: 'Open half.' }), affirmed)).toEqual([
      'said main: Open half.',
    ]);
  });

  it('is what was affirmed, where no words moved', () => {
    expect(told(demand, side, on('2026-02-20', 'DemandReiterated'))).toEqual(['said main: Open it.']);
  });

  it('is what was given up, too, and then what never was in force', () => {
    const dropped = on('2026-02-20', 'DemandDropped', { point: 'side' });
    expect(told(demand, side, dropped)).toEqual(['ended side: Ferries too.']);
    const instead = on('2026-02-20', 'DemandStated', { stance: 'Open half.', replaces: 'position' });
    expect(told(demand, side, instead)).toEqual(['said main: Open half.', 'ended side: Ferries too.']);
    expect(told(demand, side, retracted('2026-02-11'))).toEqual(['ended side: Ferries too.']);
  });

  it('is what the record had wrong and what stands instead, where it was put right', () => {
    const wrong = on('2026-02-12', 'DemandStated', { stance: 'Close it.' });
    expect(told(demand, wrong, retracted('2026-02-12'))).toEqual(['ended main: Close it.', 'now main: Open it.']);
    const known = { source: { publisher: 'The Herald', published: '2026-02-12' } };
    const back: Sketch = { ...retracted('gone'), id: 'back' };
    expect(told(demand, { ...retracted('2026-02-10'), id: 'gone', ...known }, back)).toEqual(['now main: Open it.']);
    const { source } = retracted('2026-02-10');
    const redated = { id: 'c', corrects: demand.id, changes: { occurred: '2026-02-09' }, source };
    expect(told(demand, { type: 'DevelopmentCorrected', ...redated })).toEqual(['said main: Open it.']);
  });

  it('is what came to stand beside the position, and before that what does no longer, where nothing of it moved', () => {
    const [heard, more] = [leak('2026-02-12', 'Might share it.'), leak('2026-02-20', 'Might sell it.')];
    expect(told(demand, heard, more)).toEqual(['beside: Might sell it.']);
    expect(told(heard, more)).toEqual(['beside: Might sell it.']);
    expect(told(demand, heard, more, retracted('2026-02-12'))).toEqual([
      'gone: Might share it.',
      'beside: Might sell it.',
    ]);
    const dropped = on('2026-02-20', 'DemandDropped', { id: 'dropped' });
    expect(told(heard, dropped, more)).toEqual(['beside: Might sell it.']);
  });

  it('is not what stands beside it, where its words moved', () => {
    const heard = leak('2026-02-12', 'Might share it.');
    expect(told(heard, on('2026-02-20', 'DemandStated', { stance: 'Open it.' }))).toEqual(['said main: Open it.']);
  });
});

describe('the points that moved', () => {
  it('come in the order of the position, and those that are gone last', () => {
    const { before, after } = moved(
      ...[demand, side, on('2026-02-12', 'ConditionAttached', { point: 'term', stance: 'By day.' })],
      on('2026-02-20', 'DemandDropped', { point: 'side' }),
      on('2026-02-21', 'DemandReiterated'),
      on('2026-02-22', 'ConditionAttached', { point: 'toll', stance: 'For a toll.' }),
    );
    expect(pointsMoved(before, after).map((pair) => [pair.before?.point, pair.after?.point])).toEqual([
      ['main', 'main'],
      [undefined, 'toll'],
      ['side', undefined],
    ]);
  });

  it('are those of the one position, where there is no other, and none between two of the same', () => {
    const position = cell(demand);
    expect(pointsMoved(null, position)).toEqual([{ before: null, after: position?.points[0] }]);
    expect(pointsMoved(position, null)).toEqual([{ before: position?.points[0], after: null }]);
    expect(pointsMoved(position, position)).toEqual([]);
  });
});

describe('what stands beside one position only', () => {
  it('is what does not stand beside the other in the same words', () => {
    const { before, after } = moved(leak('2026-02-12', 'Might share it.'), leak('2026-02-20', 'Might sell it.'));
    expect(besideOnly(after, before).map(({ id }) => id)).toEqual(['2026-02-20']);
    expect(besideOnly(before, after)).toEqual([]);
    expect(besideOnly(before, null)).toEqual(before?.beside);
    expect(besideOnly(null, before)).toEqual([]);
  });
});

it('what stands beside a position says what it does where it has no words', () => {
  expect(besideStance({ type: 'PositionWithdrawn', stance: 'Not now.' })).toBe('Not now.');
  expect(besideStance({ type: 'PositionWithdrawn', stance: null })).toBe('withdraws it');
  expect(besideStance({ type: 'DemandDropped', stance: null })).toBe('withdraws it');
  expect(besideStance({ type: 'DemandReiterated', stance: null })).toBe('affirms it');
});

describe('how a position stands', () => {
  const line = (...sketches: readonly Sketch[]) => standing(cell(...sketches), { none: 'nothing', unsaid: 'unsaid' });

  it('is its headline, or what else is in force, or that it was withdrawn, or that there is none', () => {
    expect(line(demand, side)).toBe('Open it.');
    expect(line(side, on('2026-02-12', 'PositionReiterated', { point: 'term' }))).toBe('Ferries too.; unsaid');
    expect(line(demand, on('2026-02-20', 'DemandDropped'))).toBe('withdrawn');
    expect(line(leak('2026-02-12', 'Might share it.'))).toBe('nothing');
    expect(line()).toBe('nothing');
  });
});

it('a change is about the record where something was retracted or corrected', () => {
  const words = [
    'new',
    'changed',
    'conditioned',
    'reiterated',
    'withdrawn',
    'corrected',
    'retracted',
    'beside',
  ] as const;
  expect(words.filter(isAboutRecord)).toEqual(['corrected', 'retracted']);
});
