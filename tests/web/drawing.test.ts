import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChronicleEntry, HistoryEntry, Issue, Round } from '../../projections/index.ts';
import { issueLanes, kindsIn, sayKind } from '../../src/web/compare/issue-marks.ts';
import { laneRows } from '../../src/web/history/lane-model.ts';
import { latestPosition } from '../../src/web/live/positions.ts';
import { rowsOf } from '../../src/web/matrix/rows.ts';
import { dayOf } from '../../src/web/moments.ts';
import { dodge } from '../../src/web/parts/dodge.ts';
import { wrap } from '../../src/web/take/svg.ts';
import { roundTimes } from '../../src/web/talks/round-times.ts';
import { spanOf, ticksOf, timeScale } from '../../src/web/time/scale.ts';
import { countUpTo, nearestStop, nextStop, stopsOf } from '../../src/web/time/stops.ts';
import { sayRound } from '../../src/web/words.ts';

const DAY = 86_400_000;

describe('Marks pushed apart', () => {
  const places = fc
    .array(fc.integer({ min: 0, max: 500 }), { maxLength: 20 })
    .map((xs) => [...xs].sort((a, b) => a - b));

  it('keep their order and their distance, and stay where there is room', () => {
    fc.assert(
      fc.property(places, (xs) => {
        const placed = dodge(xs, 10, 0, 1000);
        for (let index = 1; index < placed.length; index += 1)
          expect((placed[index] ?? 0) - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(10 - 1e-9);
        expect(Math.min(...placed, 0)).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(dodge([10, 50, 90], 10, 0, 100)).toEqual([10, 50, 90]);
    expect(dodge([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
  });
});

describe('Ticks', () => {
  it('never crowd, and name the year first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40_000 }), fc.integer({ min: 200, max: 1600 }), (days, width) => {
        const from = Date.UTC(2001, 4, 17);
        const scale = timeScale(from, from + days * DAY, width);
        const ticks = ticksOf(scale);
        const xs = ticks.map(({ at }) => scale.x(at));
        for (let index = 1; index < xs.length; index += 1)
          expect((xs[index] ?? 0) - (xs[index - 1] ?? 0)).toBeGreaterThan(50);
        if (ticks[0]) expect(ticks[0].label).toMatch(/\d{4}$/);
      }),
    );
    expect(spanOf([])).toEqual([0, DAY]);
  });
});

describe('Stops in time', () => {
  const entry = (id: string, effective: string, reported: string, type: ChronicleEntry['type'] = 'DemandStated') =>
    ({ id, type, effective, reported, issue: 'river', parties: ['north'], headline: id }) as unknown as ChronicleEntry;
  const CHRONICLE = [
    entry('a', '2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'),
    entry('b', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', 'RoundOpened'),
    entry('c', '2026-01-05T00:00:00Z', '2026-01-05T00:00:00Z'),
    entry('fix', '2026-01-06T00:00:00Z', '2026-01-06T00:00:00Z', 'DevelopmentCorrected'),
  ];
  const days = (asThenKnown: boolean) => stopsOf(CHRONICLE, asThenKnown).map(({ at }) => new Date(at).getUTCDate());

  it('are where things happened; as then known, where they were reported, corrections too', () => {
    expect(days(false)).toEqual([1, 2, 5]);
    expect(days(true)).toEqual([3, 5, 6]);
  });

  it('count what is about a position, and an issue being raised is not', () => {
    const raised = entry('raised', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'IssueRaised');
    expect(stopsOf([raised, ...CHRONICLE], false)[0]).toMatchObject({ developments: 2, positions: 1, headline: 'a' });
  });

  it('are stepped through to now and back', () => {
    const stops = stopsOf(CHRONICLE, false);
    const at = Date.parse('2026-01-02T00:00:00Z');
    expect(countUpTo(stops, at)).toBe(2);
    expect(nextStop(stops, at, -1)?.at).toBe(stops[0]?.at);
    expect(nextStop(stops, at, 1)?.at).toBe(stops[2]?.at);
    expect(nextStop(stops, stops[2]?.at ?? 0, 1)).toBeNull();
    expect(nextStop(stops, Number.POSITIVE_INFINITY, 1)).toBeUndefined();
    expect(nextStop(stops, Number.POSITIVE_INFINITY, -1, ({ round }) => round)?.at).toBe(at);
    expect(nextStop(stops, stops[0]?.at ?? 0, -1)).toBeUndefined();
    expect(nearestStop(stops, at + DAY)?.at).toBe(at);
    expect(nearestStop([], at)).toBeUndefined();
  });
});

describe('The lane of a history', () => {
  const step = (id: string, day: number, fields: Partial<HistoryEntry>) =>
    ({
      id,
      effective: new Date(Date.UTC(2026, 0, day)).toISOString(),
      point: 'main',
      stance: id,
      reason: null,
      shift: null,
      ...fields,
    }) as HistoryEntry;
  const day = (number: number) => Date.UTC(2026, 0, number);

  it('spans from what set the words to what ended them, point by point', () => {
    const rows = laneRows([
      step('first', 1, { effect: 'new', status: 'superseded' }),
      step('side', 2, { effect: 'conditioned', status: 'withdrawn', point: 'side' }),
      step('leak', 3, { effect: 'beside', status: 'beside' }),
      step('second', 4, { effect: 'changed', status: 'in-force' }),
      step('again', 5, { effect: 'reiterated', status: 'in-force' }),
      step('dropped', 6, { effect: 'withdrawn', status: 'in-force', point: 'side' }),
    ]);
    expect(rows.map(({ point, spans, marks }) => [point, spans, marks.map(({ id }) => id)])).toEqual([
      [
        'main',
        [
          { from: day(1), to: day(4) },
          { from: day(4), to: null },
        ],
        ['first', 'second', 'again'],
      ],
      ['side', [{ from: day(2), to: day(6) }], ['side', 'dropped']],
      [null, [], ['leak']],
    ]);
  });
});

describe('The lanes of two dates', () => {
  const entry = (id: string, type: ChronicleEntry['type'], fields: Partial<ChronicleEntry> = {}) =>
    ({
      ...{ id, type, issue: 'river', parties: ['north'], status: 'stands', attribution: 'on-record', headline: id },
      ...{ effective: '2026-01-01T00:00:00Z', ...fields },
    }) as ChronicleEntry;

  it('tell apart the kinds of statement that they draw, and have a word for each', () => {
    const lanes = issueLanes(
      [
        entry('wrong', 'DemandStated', { status: 'retracted' }),
        entry('first', 'DemandReiterated'),
        entry('same', 'DemandStated'),
        entry('side', 'PositionStated'),
        entry('leak', 'PositionStated', { attribution: 'anonymous' }),
        entry('twice', 'DemandStated', { status: 'merged' }),
        entry('again', 'DemandReiterated'),
      ],
      'stated',
      ['river'],
      ['north'],
    );
    expect(lanes[0]?.lanes[0]?.marks.map(({ id, kind }) => `${id}: ${sayKind(kind)}`)).toEqual([
      'wrong: retracted or merged',
      'first: first statement',
      'same: later statement',
      'side: later statement',
      'leak: beside the position',
      'twice: retracted or merged',
      'again: reiteration',
    ]);
    expect(kindsIn(lanes)).toEqual(['new', 'changed', 'reiterated', 'beside', 'retracted']);
  });
});

describe('Rounds on their axis', () => {
  const round = (status: Round['status'], scheduledFor: string | null, held: readonly string[] = []) =>
    ({ round: 'r', status, scheduledFor, held, parties: ['north'] }) as unknown as Round;
  const days = (...own: Parameters<typeof round>) =>
    roundTimes([round(...own)], 'Europe/Vienna').map(({ planned, from, to }) => [
      planned,
      dayOf(from, 'UTC'),
      dayOf(to, 'UTC'),
    ]);

  it('stand where they are scheduled, an adjourned one where it is to go on, and where they were held since', () => {
    expect(days('scheduled', '2026-11-10')).toEqual([[true, '2026-11-10', '2026-11-10']]);
    expect(days('under-way', '2026-11-10', ['2026-11-10'])).toEqual([[false, '2026-11-10', '2026-11-10']]);
    expect(days('postponed', '2026-12-15')).toEqual([[true, '2026-12-15', '2026-12-15']]);
    expect(days('postponed', null)).toEqual([]);
    const held = ['2026-12-15', '2026-12-16'];
    expect(days('concluded', '2026-12-15', held)).toEqual([[false, '2026-12-15', '2026-12-16']]);
    expect(days('overdue', '2027-01-10')).toEqual([[true, '2027-01-10', '2027-01-10']]);
  });

  it('stand where they sat, though they were adjourned without a day or broken off, and say so', () => {
    for (const [status, word] of [
      ['postponed', 'adjourned'],
      ['cancelled', 'broken off'],
    ] as const) {
      expect(days(status, null, ['2026-11-10'])).toEqual([[false, '2026-11-10', '2026-11-10']]);
      expect([sayRound(round(status, null, ['2026-11-10'])), sayRound(round(status, null))]).toEqual([word, status]);
    }
  });

  it('stand on the civil days of the negotiation, whatever offset a time was told in', () => {
    const held = ['2013-11-07T09:30:00+01:00', '2013-11-10T00:40:00+01:00'];
    expect(days('concluded', '2013-11-07/2013-11-08', held)).toEqual([[false, '2013-11-07', '2013-11-10']]);
    expect(days('under-way', null, ['2014-07-02T22:30:00Z'])).toEqual([[false, '2014-07-03', '2014-07-03']]);
    expect(days('under-way', null, ['2014-07-02T22:30:00'])).toEqual([[false, '2014-07-02', '2014-07-02']]);
    expect(days('scheduled', '2014-07-02T22:30:00Z/2014-07-05')).toEqual([[true, '2014-07-03', '2014-07-05']]);
  });

  it('say that the day is not known where a report names the month, or a span', () => {
    const vague = (...held: readonly string[]) =>
      roundTimes([round('concluded', null, held)], 'UTC').map((time) => time.vague);
    expect(vague('2013-11')).toEqual(['begin']);
    expect(vague('2013-11-07/2013-11-09', '2013-11-10')).toEqual(['begin']);
    expect(vague('2013-11-07', '2013-11')).toEqual(['end']);
    expect(vague('2013-11-07~')).toEqual([null]);
    expect(vague('2013-11-07T09:30:00+01:00', '2013-11-10')).toEqual([null]);
  });

  it('are not called scheduled where only a delegation was named', () => {
    expect(sayRound({ ...round('scheduled', null), parties: [] })).toBe('spoken of');
    expect(sayRound(round('scheduled', null))).toBe('scheduled');
  });
});

describe('The rows of the matrix', () => {
  const issue = (name: string, parent: string | null = null): Issue => ({
    issue: name,
    title: name,
    parent,
    code: null,
  });

  it('put children below their parents, fold them, and lose none to a ring', () => {
    const issues = [
      issue('a'),
      issue('b', 'a'),
      issue('c', 'b'),
      issue('d', 'missing'),
      issue('e', 'f'),
      issue('f', 'e'),
    ];
    expect(rowsOf(issues, []).map((row) => [row.issue, row.depth, row.below])).toEqual([
      ['a', 0, 2],
      ['b', 1, 1],
      ['c', 2, 0],
      ['d', 0, 0],
      ['e', 0, 1],
      ['f', 1, 0],
    ]);
    expect(rowsOf(issues, ['a', 'd']).map((row) => row.issue)).toEqual(['a', 'd', 'e', 'f']);
  });
});

describe('Text in a picture', () => {
  it('is broken into lines that fit, and loses nothing but spaces', () => {
    const measure = (text: string) => text.length;
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = wrap(text, width, { size: 10, family: 'serif' }, measure);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});

describe('Log positions', () => {
  it('are compared as numbers, of one part or of two', () => {
    expect(latestPosition(['3', '12', '9'])).toBe('12');
    expect(latestPosition(['18446744073709551614', '18446744073709551615', '9'])).toBe('18446744073709551615');
    expect(latestPosition(['5/10', '5/7'])).toBe('5/10');
    // One number stands for two that are the same.
    expect(latestPosition(['42/40', '42'])).toBe('42');
    expect(latestPosition([])).toBeNull();
  });
});
