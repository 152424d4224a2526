/** The cells that corrections name: as many as they may put something into, and no more. */
import { describe, expect, it } from 'vitest';
import { createNamedCells } from '../../../projections/time-index/named-cells.ts';
import type { Sketch } from '../../support/entries.ts';
import { AS_DEMAND, confirmed, corrected, denied, issued, logOf, said } from './small-logs.ts';

const developmentsOf = (...sketches: readonly Sketch[]) =>
  logOf(sketches)
    .slice(1)
    .map(({ development }) => development);

const CELLS = ['north', 'south', 'league'].flatMap((party) => ['river', 'bridges'].map((issue) => ({ party, issue })));

/** The cells under which a family is found. */
function cellsOf(...sketches: readonly Sketch[]): readonly string[] {
  const cells = createNamedCells();
  cells.note(1, developmentsOf(...sketches));
  const found = CELLS.filter((key) => [...cells.in(key)].length > 0);
  // Nor under anything else, which would never be asked for.
  expect(found).toHaveLength(cells.byCell.size);
  return found.map(({ party, issue }) => `${party} ${issue}`);
}

const demand = said('a', '2026-02-01');

describe('a family is found', () => {
  it('nowhere by its corrections, where these name no party and no issue', () => {
    expect(cellsOf(demand, corrected('b', 'a', { stance: 'Half.', note: 'river' }))).toEqual([]);
    expect(cellsOf(demand, corrected('b', 'a', { speaker: { name: 'North', party: 'south' } }))).toEqual([]);
    expect(cellsOf(demand, confirmed('b', 'a', '2026-03-01'), denied('c', 'a', '2026-02-03'))).toEqual([]);
  });

  it('under the issue that a correction names, with its own party', () => {
    expect(cellsOf(demand, corrected('b', 'a', { issue: 'bridges' }))).toEqual(['north river', 'north bridges']);
  });

  it('under the party or the parties that a correction names, with its own issue', () => {
    expect(cellsOf(demand, corrected('b', 'a', { party: 'south' }))).toEqual(['north river', 'south river']);
    expect(cellsOf(demand, corrected('b', 'a', { party: null, parties: ['south', 'league'] }))).toEqual([
      ...['north river', 'south river', 'league river'],
    ]);
  });

  it('under each party with each issue, whichever corrections are in effect', () => {
    const remarks = [corrected('b', 'a', { party: 'south' }), corrected('c', 'a', { issue: 'bridges' })];
    expect(cellsOf(demand, ...remarks)).toEqual([...['north river', 'north bridges', 'south river', 'south bridges']]);
  });

  it('under what a correction says once it is corrected itself, or is whatever it was said to be', () => {
    const before = corrected('b', 'a', { note: 'Heard.' });
    expect(cellsOf(demand, before, corrected('c', 'b', { changes: { issue: 'bridges' } }))).toEqual([
      ...['north river', 'north bridges'],
    ]);
    expect(cellsOf(demand, before, corrected('c', 'b', { changes: null }))).toEqual([]);
  });

  it('under a demand that it is corrected into, where it was a statement of a party', () => {
    expect(cellsOf(issued('a', '2026-02-01'), corrected('b', 'a', AS_DEMAND))).toEqual(['north river']);
  });
});

it('several families are found under one cell, each once', () => {
  const cells = createNamedCells();
  const moved = developmentsOf(demand, corrected('b', 'a', { issue: 'bridges' }));
  for (const member of [1, 4, 1]) cells.note(member, moved);
  expect(CELLS.map((key) => [...cells.in(key)])).toEqual([[1, 4], [1, 4], [], [], [], []]);
});
