/** From ids to places: whatever hashes meet, every place is found again, and no other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../../projections/time-index/hash.ts';
import { idTable } from '../../../projections/time-index/id-table.ts';

const TOP = 0xffffffff;
const hash = (high: number): Hash => ({ high, low: 1 });

/** Hashes that meet: equal ones, neighbours, and some that would lie behind the last slot. */
const high = fc.oneof(fc.nat(3), fc.integer({ min: TOP - 3, max: TOP }), fc.integer({ min: 0, max: TOP }));

const empty = (slots: number) => ({ slots: new Uint32Array(2 * slots), size: 0 });

describe('a table of ids', () => {
  it('finds all places of a hash, latest last, and none of another', () => {
    fc.assert(
      fc.property(fc.array(high, { maxLength: 300, size: 'max' }), fc.option(fc.nat(1000)), (highs, room) => {
        const table = idTable(empty(4));
        if (room !== null) table.reserve(room);
        for (const [revision, one] of highs.entries()) table.add(hash(one), revision);
        for (const one of [...highs, 4, TOP - 4]) {
          const places = [...highs.keys()].filter((revision) => highs[revision] === one);
          expect(table.candidates(hash(one))).toEqual(places);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('goes on from the slots of another', () => {
    const table = idTable(empty(4));
    for (let revision = 0; revision < 3; revision += 1) table.add(hash(revision), revision);
    const taken = idTable({ slots: table.slots.slice(), size: 3 });
    // A fourth does not fit: it knows how many there are.
    taken.add(hash(3), 3);
    expect(taken.slots.length).toBeGreaterThan(table.slots.length);
    expect([0, 1, 2, 3].map((one) => taken.candidates(hash(one)))).toEqual([[0], [1], [2], [3]]);
  });

  it('is at most 85 of 100 full, and grows by a quarter', () => {
    const table = idTable(empty(100));
    const slotsAfter = (count: number) => {
      for (let revision = 0; revision < count; revision += 1) table.add(hash(revision * 40_000_000), revision);
      return table.slots.length / 2;
    };
    expect(slotsAfter(85)).toBe(100);
    expect(slotsAfter(1)).toBe(125);
  });

  it.each([217, 300, 5000])('makes room for %d at once', (ids) => {
    const table = idTable();
    table.reserve(ids);
    expect(table.slots.length / 2).toBeGreaterThanOrEqual(ids / 0.85);
  });

  it('does not grow while what was made room for is added, and never shrinks', () => {
    const table = idTable();
    table.reserve(5000);
    const { slots } = table;
    expect(slots.length / 2).toBeGreaterThanOrEqual(5000 / 0.85);
    expect(slots.length / 2).toBeLessThan(5000 * 1.3);
    for (let revision = 0; revision < 5000; revision += 1) table.add(hash(revision * 800_000), revision);
    table.reserve(100);
    expect(table.slots).toBe(slots);
  });
});
