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
});
