/** When two answers of a cell rest on the very same rows. */
import { describe, expect, it } from 'vitest';
import {
  type IndexedCell,
  isSameInRows,
  type ResolvedCell,
  type ResolvedPoint,
} from '../../../projections/time-index/cell.ts';

const point = (own: Partial<ResolvedPoint> = {}): ResolvedPoint => ({
  ...{ point: 'main', setBy: 1, since: 10, lastAffirmed: 20, timesReiterated: 1, restsOn: [1, 2] },
  ...own,
});
const resolved = (own: Partial<ResolvedCell> = {}): ResolvedCell => ({
  ...{ cell: {} as IndexedCell, points: [point(), point({ setBy: 5, restsOn: [5] })], beside: [3, 4], withdrawnBy: -1 },
  ...own,
});

describe('two answers of a cell', () => {
  it('are the same in rows where every row is', () => {
    expect(isSameInRows(resolved(), resolved())).toBe(true);
    expect(isSameInRows(undefined, undefined)).toBe(true);
    expect(isSameInRows(resolved({ points: [], beside: [] }), resolved({ points: [], beside: [] }))).toBe(true);
  });

  it.each<[string, Partial<ResolvedCell>]>([
    ['what withdrew it', { withdrawnBy: 7 }],
    ['what is beside', { beside: [3, 5] }],
    ['one more beside', { beside: [3, 4, 5] }],
    ['one less beside', { beside: [3] }],
    ['one point less', { points: [point()] }],
    ['what set a point', { points: [point({ setBy: 2 }), point({ setBy: 5, restsOn: [5] })] }],
    ['how often one was reiterated', { points: [point({ timesReiterated: 2 }), point({ setBy: 5, restsOn: [5] })] }],
    ['what one rests on', { points: [point({ restsOn: [1, 9] }), point({ setBy: 5, restsOn: [5] })] }],
    ['what the last one rests on', { points: [point(), point({ setBy: 5, restsOn: [5, 6] })] }],
    ['the order of points', { points: [point({ setBy: 5, restsOn: [5] }), point()] }],
  ])('are not where %s is another', (_, own) => {
    expect(isSameInRows(resolved(), resolved(own))).toBe(false);
    expect(isSameInRows(resolved(own), resolved())).toBe(false);
  });

  it('are not where there is only one', () => {
    expect(isSameInRows(resolved(), undefined)).toBe(false);
    expect(isSameInRows(undefined, resolved())).toBe(false);
  });
});
