import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanOf } from '../../events/index.ts';
import {
  dayOf,
  drawnSpan,
  endOfDay,
  readMoment,
  sayGate,
  sayMoment,
  shiftDay,
  writeMoment,
} from '../../src/web/moments.ts';

const ZONES = ['UTC', 'Europe/Kyiv', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Santiago'];
const moment = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) });

describe('Days and moments on the page', () => {
  it('end a day where the server ends it, in any time zone', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
        const day = dayOf(at, zone);
        expect(endOfDay(day, zone)).toBe(spanOf(day, zone).end);
      }),
      { numRuns: 1000, examples: [[2072232000000, 'America/Santiago']] },
    );
  });

  it('are written so that they are read back', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
        expect(readMoment(writeMoment(at, zone), zone)).toBe(at);
        expect(writeMoment(endOfDay(dayOf(at, zone), zone), zone)).toBe(dayOf(at, zone));
      }),
    );
  });

  it('lie on an axis where the server counts them', () => {
    for (const date of [
      '2026-02-26',
      '2026-02',
      '2026',
      '2025-11-21/2025-11-23',
      '2026-02-26T14:05:00+03:00',
      '2026-02-26~',
    ]) {
      const { start, end } = spanOf(date, 'UTC');
      expect(drawnSpan(date), date).toEqual([start, end]);
    }
    expect(drawnSpan('../2026-02-13')?.[1]).toBe(spanOf('../2026-02-13', 'UTC').end);
    expect(drawnSpan('nonsense')).toBeUndefined();
  });

  it('are said as people say them', () => {
    expect(sayGate('2026-02-26', 'UTC')).toBe('26 February 2026, end of day UTC');
    expect(sayGate('2026-02-26T14:05:00Z', 'Europe/Kyiv')).toBe('26 February 2026, 16:05 Europe/Kyiv');
    expect(sayMoment(endOfDay('2026-09-03', 'UTC'), 'UTC')).toBe('3 Sep 2026');
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28');
  });

  it.each([
    ['2025-10-30T23:30:00+03:00', 'Africa/Cairo', '30 October 2025, 23:30 Africa/Cairo (UTC+3)'],
    ['2025-10-30T23:30:00+02:00', 'Africa/Cairo', '30 October 2025, 23:30 Africa/Cairo (UTC+2)'],
    ['2025-10-31T00:30:00+02:00', 'Africa/Cairo', '31 October 2025, 00:30 Africa/Cairo'],
    ['2026-10-25T01:30:00Z', 'Europe/London', '25 October 2026, 01:30 Europe/London (UTC+0)'],
    ['2026-11-01T01:30:00-02:30', 'America/St_Johns', '1 November 2026, 01:30 America/St Johns (UTC-2:30)'],
    ['2026-03-29T03:30:00+02:00', 'Europe/Oslo', '29 March 2026, 03:30 Europe/Oslo'],
  ])('tell the two apart where an hour occurs twice: %s in %s', (at, zone, words) => {
    expect(sayGate(at, zone)).toBe(words);
    expect(sayMoment(at, zone).replace(/^.*?, /, '')).toBe(words.replace(/^.*?, /, ''));
  });

  it('say an offset just where the server would have two moments to choose from', () => {
    // Around the nights in which clocks are changed: every other moment of the years is like all others.
    const night = fc
      .tuple(fc.integer({ min: 1990, max: 2037 }), fc.constantFrom(2, 3, 9, 10), fc.integer({ min: 0, max: 30 * 96 }))
      .map(([year, month, quarter]) => Date.UTC(year, month, 1) + quarter * 900_000);
    fc.assert(
      fc.property(night, fc.constantFrom(...ZONES, 'Africa/Cairo', 'Australia/Lord_Howe'), (at, zone) => {
        const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const read = (disambiguation: 'earlier' | 'later') =>
          there.toPlainDateTime().toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
        expect(sayGate(new Date(at).toISOString(), zone).includes('(UTC')).toBe(read('earlier') !== read('later'));
      }),
      { numRuns: 3000 },
    );
  });
});
