/** How a family reads after one event more: only for who knows of that event, and no more is asked than that. */
import { describe, expect, it } from 'vitest';
import { ALWAYS } from '../../../projections/time-index/heads.ts';
import { changesFrom, type Reading, readingsOf } from '../../../projections/time-index/readings.ts';
import { logWith, type Sketch } from '../../support/entries.ts';

const dayOf = (number: number): string => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);

/** So many reports, each found on a day of its own to be the same as the first. */
function mergedReports(count: number) {
  const days = Array.from({ length: count }, (_, number) => number);
  const reports = days.map(
    (number): Sketch => ({
      ...{ id: `d-${number}`, type: 'DemandStated', party: 'north', issue: 'river', stance: `Report ${number}` },
      ...{ occurred: dayOf(number), recorded: dayOf(number) },
    }),
  );
  const merges = days.slice(1).map(
    (number): Sketch => ({
      ...{ id: `m-${number}`, type: 'DevelopmentMerged', duplicate: `d-${number}`, into: 'd-0' },
      ...{ occurred: dayOf(count + number), recorded: dayOf(count + number) },
    }),
  );
  return logWith(...reports, ...merges).entries.slice(1);
}

const seenAt = (readings: readonly Reading[], moment: number) =>
  readings
    .filter(({ knownFrom, knownTo }) => knownFrom <= moment && moment < knownTo)
    .map(({ revision, cell, clocks, development }) => ({ revision, cell, clocks, development }));

describe('the readings of a family after its last event', () => {
  it('are, from when that one is known, those of all moments', () => {
    const family = mergedReports(12);
    const last = family.at(-1);
    if (!last) throw new RangeError('there is no event');
    const from = changesFrom(last, false, 'UTC');
    const [whole, cut] = [readingsOf(family, 'UTC'), readingsOf(family, 'UTC', from)];
    for (const later of [0, 1, 86_400_000, 1_000_000_000_000])
      expect(seenAt(cut, from + later)).toEqual(seenAt(whole, from + later));
    const before = readingsOf(family.slice(0, -1), 'UTC');
    for (const earlier of [1, 86_400_000, 20 * 86_400_000])
      expect(seenAt(whole, from - earlier)).toEqual(seenAt(before, from - earlier));
  });

  it('are asked for at as many moments as come after it, however large the family is', () => {
    const momentsOf = (count: number): number => {
      const family = mergedReports(count);
      const last = family.at(-1);
      if (!last) throw new RangeError('there is no event');
      return new Set(readingsOf(family, 'UTC', changesFrom(last, false, 'UTC')).map(({ knownFrom }) => knownFrom)).size;
    };
    expect(momentsOf(40)).toBe(momentsOf(4));
  });

  it('may have changed at any moment where others named it before it was there, or where it was known always', () => {
    const [opening] = logWith().entries;
    const [report] = mergedReports(1);
    if (!opening || !report) throw new RangeError('there is no event');
    expect(changesFrom(report, true, 'UTC')).toBe(ALWAYS);
    expect(changesFrom(opening, false, 'UTC')).toBe(ALWAYS);
    expect(changesFrom(report, false, 'UTC')).toBe(Date.parse('2024-01-01T23:59:59.999Z'));
  });
});
