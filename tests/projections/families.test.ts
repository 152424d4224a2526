/** Families: what speaks of one another. */
import { expect, it } from 'vitest';
import { familiesAmong } from '../../projections/families.ts';
import { logWith, type Sketch } from '../support/entries.ts';

const demand = (id: string): Sketch => ({
  ...{ id, type: 'DemandStated', party: 'north', issue: 'river', stance: 'Open it.', occurred: '2026-02-10' },
});
const corrected = (id: string, corrects: string, changes: object = { note: 'x' }): Sketch => ({
  ...{ id, type: 'DevelopmentCorrected', corrects, changes },
});
const merged = (duplicate: string, into: string, id = 'merge'): Sketch => ({
  ...{ id, type: 'DevelopmentMerged', duplicate, into },
});
const familiesOf = (...sketches: readonly Sketch[]) =>
  familiesAmong(logWith(...sketches).entries.slice(1)).map((family) =>
    family.map(({ development }) => development.id).join(' '),
  );

it('are of one where nothing speaks of another', () => {
  expect(familiesOf(demand('a'), demand('b'))).toEqual(['a', 'b']);
});

it('are of all that speak of one another, directly or through others, in the order of the log', () => {
  const log = [demand('a'), demand('b'), corrected('on-a', 'a'), corrected('on-that', 'on-a')];
  expect(familiesOf(...log)).toEqual(['a on-a on-that', 'b']);
  expect(familiesOf(...log, merged('b', 'a'))).toEqual(['a b on-a on-that merge']);
});

it('stay one, once two were joined, for who speaks of either later', () => {
  const log = [demand('a'), demand('b'), corrected('on-b', 'b'), corrected('also-on-b', 'b'), corrected('on-a', 'a')];
  expect(familiesOf(...log, merged('a', 'b'), corrected('since-on-a', 'on-a'), corrected('since-on-b', 'b'))).toEqual([
    'a b on-b also-on-b on-a merge since-on-a since-on-b',
  ]);
});

it('stay one through several joins, the smaller in the larger', () => {
  const demands = ['a', 'b', 'c'].map(demand);
  const small = [corrected('on-a', 'a'), corrected('on-b', 'b'), corrected('also-on-b', 'b')];
  const large = ['1', '2', '3', '4', '5', '6'].map((id) => corrected(id, 'c'));
  const joins = [merged('a', 'b'), merged('b', 'c', 'again')];
  expect(familiesOf(...demands, ...small, ...large, ...joins, corrected('since', 'on-a'))).toEqual([
    'a b c on-a on-b also-on-b 1 2 3 4 5 6 merge again since',
  ]);
});

it('are one also of what a correction would speak of once it is corrected, before anything else does', () => {
  const aims = corrected('aims', 'on-a', { corrects: 'b' });
  expect(familiesOf(demand('a'), demand('b'), corrected('on-a', 'a'), aims)).toEqual(['a b on-a aims']);
});
