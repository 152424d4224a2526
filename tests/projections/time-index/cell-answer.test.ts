/** From rows to words: what an answer needs read, and the cell that the fold gives. */
import { describe, expect, it } from 'vitest';
import type { Development } from '../../../events/index.ts';
import { foldCell } from '../../../projections/positions.ts';
import { standingRecord } from '../../../projections/record.ts';
import type { IndexedCell, ResolvedCell } from '../../../projections/time-index/cell.ts';
import { cellFrom, rowsOf } from '../../../projections/time-index/cell-answer.ts';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import type { Sketch } from '../../support/entries.ts';
import { issued, logOf, NOW, said } from './small-logs.ts';

const NOTHING: ResolvedCell = { cell: {} as IndexedCell, points: [], beside: [], withdrawnBy: -1 };
const POINT = { point: 'main', setBy: 1, since: 10, lastAffirmed: 20, timesReiterated: 1 };

describe('an answer', () => {
  it('needs the words of what its points rest on, of what is beside, and of what withdrew it', () => {
    const points = [
      { ...POINT, restsOn: [1, 2] },
      { ...POINT, restsOn: [3] },
    ];
    expect(rowsOf({ ...NOTHING, points, beside: [4], withdrawnBy: 0 })).toEqual([1, 2, 3, 4, 0]);
    expect(rowsOf({ ...NOTHING, points })).toEqual([1, 2, 3]);
    expect(rowsOf(NOTHING)).toEqual([]);
  });

  it.each<[string, readonly Sketch[]]>([
    [
      'points, of which one is a condition of its own, and a leak beside them',
      [
        said('a', '2026-02-01', { shift: 'hardened' }),
        said('b', '2026-02-02', { type: 'DemandReiterated', stance: undefined, point: 'side' }),
        said('c', '2026-02-03', { type: 'ConditionAttached', stance: 'Only by day.' }),
        said('d', '2026-02-04', { attribution: 'anonymous' }),
      ],
    ],
    [
      'a withdrawal',
      [said('a', '2026-02-01'), said('b', '2026-02-02', { type: 'PositionWithdrawn', stance: undefined })],
    ],
  ])('reads as the fold tells it: %s', (_, sketches) => {
    const entries = logOf(sketches);
    const index = indexOf(entries, 'UTC');
    const [resolved = NOTHING] = index.resolve(index.cells, index.sightOf(NOW), 'stated');
    const { standing } = standingRecord(entries, 'UTC', NOW);
    const folded = foldCell(
      standing.filter(({ development }) => 'issue' in development),
      'stated',
    );
    expect(cellFrom(resolved, (row) => entries[row]?.development as Development)).toEqual(folded);
  });

  it('knows what withdrew it from nothing did', () => {
    const [withdrawal] = logOf([said('a', '2026-02-01')]).slice(1);
    const read = () => withdrawal?.development as Development;
    expect([-1, 0].map((withdrawnBy) => cellFrom({ ...NOTHING, withdrawnBy }, read).withdrawnBy)).toEqual([null, 'a']);
  });

  it('says which development cannot have set a point', () => {
    const [statement] = logOf([issued('a', '2026-02-01')]).slice(1);
    const read = () => statement?.development as Development;
    const resolved = { ...NOTHING, points: [{ ...POINT, restsOn: [1] }] };
    expect(() => cellFrom(resolved, read)).toThrow(new TypeError('a sets no position'));
  });
});
