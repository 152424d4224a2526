/** Timelines say what their rows say, and where they have room for it, without looking at the row. */
import { describe, expect, it, vi } from 'vitest';
import { newList } from '../../../projections/time-index/block.ts';
import { type Facts, WORTH } from '../../../projections/time-index/facts.ts';
import { createRows, EVER, type Sight } from '../../../projections/time-index/rows.ts';
import {
  bitOf,
  createTimelines,
  EVERY_POINT,
  RESETS_BIT,
  SINGLES_BIT,
  SLOT,
  secondOf,
} from '../../../projections/time-index/timelines.ts';
import { DEMAND, NOON } from './plain-facts.ts';

const HOUR = 3_600_000;
/** The first and the last second of the clock. */
const FIRST = Date.UTC(1901, 11, 13, 20, 45, 52);
const LAST = Date.UTC(2038, 0, 19, 3, 14, 7);

interface Line {
  readonly slot: number;
  readonly worth: Facts['worth'];
  readonly resets: boolean;
  readonly effective: number;
  /** how long after that it was known */
  readonly lag: number;
}

/** A timeline of lines that were added in this order, in blocks of two. */
function timelineOf(lines: readonly Partial<Line>[]) {
  const rows = createRows();
  const timelines = createTimelines(rows, 2);
  const list = newList();
  for (const { slot = 0, worth = WORTH.onRecord, resets = false, effective = NOON, lag = 0 } of lines) {
    const reported = effective + lag;
    const row = rows.addSimple({ ...DEMAND, worth, resets }, { start: effective, effective, reported, recorded: EVER });
    timelines.insert(list, row, slot);
  }
  return { rows, timelines, list };
}

describe('the clock of timelines', () => {
  it('counts whole seconds from 1901 to 2038, and stands still outside', () => {
    expect([FIRST, FIRST + 1999, 0, -1].map(secondOf)).toEqual([0, 1, 0x80000000, 0x7fffffff]);
    expect([LAST - 1, LAST, LAST + 1000].map(secondOf)).toEqual([0xfffffffe, 0xffffffff, 0xffffffff]);
    expect([Date.UTC(1850, 0, 1), Number.NEGATIVE_INFINITY, EVER].map(secondOf)).toEqual([0, 0, 0xffffffff]);
  });
});

describe('a line of a timeline', () => {
  const EFFECTIVE = [FIRST - 5 * HOUR, FIRST - 1, FIRST, FIRST + 1, NOON, NOON + 999, LAST - HOUR, LAST, LAST + HOUR];
  const LAGS = [0, 1, HOUR, 4 * HOUR - 1, 4 * HOUR, 4 * HOUR + 1, 62 * 4 * HOUR, 62 * 4 * HOUR + 1, 63 * 4 * HOUR];
  const BESIDE = [-4 * HOUR, -1000, -1, 0, 1, 1000, 4 * HOUR];

  it('is seen when its row is, at both ends of the clock as within it', () => {
    for (const effective of EFFECTIVE)
      for (const lag of LAGS) {
        const { rows, timelines } = timelineOf([{ effective, lag }]);
        for (const knownOn of [effective, effective + lag, FIRST, LAST].flatMap((one) =>
          BESIDE.map((by) => one + by),
        )) {
          const sight: Sight = { asOf: EVER, knownOn, upTo: 0, by: EVER };
          const seen = timelines.isSeenAt(0, 0, sight, secondOf(knownOn));
          expect({ effective, lag, knownOn, seen }).toEqual({
            effective,
            lag,
            knownOn,
            seen: knownOn >= effective + lag,
          });
        }
        expect(rows.knownFrom(0)).toBe(effective + lag);
      }
  });

  it.each<[string, number, number, boolean]>([
    ['at once, asked then', 0, 0, false],
    ['at once, asked just before', 0, -1000, true],
    ['at once, asked hours before', 0, -4 * HOUR - 1000, false],
    ['an hour later, asked then', HOUR, HOUR, true],
    ['an hour later, asked at the beginning', HOUR, 0, true],
    ['an hour later, asked before the beginning', HOUR, -1000, false],
    ['an hour later, asked at the end of the four', HOUR, 4 * HOUR, false],
    ['five hours later, asked after three', 5 * HOUR, 3 * HOUR, false],
    ['five hours later, asked after four', 5 * HOUR, 4 * HOUR, true],
    ['five hours later, asked after eight', 5 * HOUR, 8 * HOUR, false],
    ['as late as it can say, asked then', 62 * 4 * HOUR, 62 * 4 * HOUR, false],
    ['later than it can say, asked a year later', 62 * 4 * HOUR + 1, 8760 * HOUR, true],
    ['later than it can say, asked before', 62 * 4 * HOUR + 1, 0, true],
    ['later than it can say, asked without a gate', 62 * 4 * HOUR + 1, EVER, false],
  ])('known %s: says so itself, or leaves it to its row', (_, lag, asked, isRead) => {
    const { rows, timelines } = timelineOf([{ lag }]);
    const knownFrom = vi.spyOn(rows, 'knownFrom');
    const knownOn = asked === EVER ? EVER : NOON + asked;
    const sight: Sight = { asOf: EVER, knownOn, upTo: 0, by: EVER };
    expect(timelines.isSeenAt(0, 0, sight, secondOf(knownOn))).toBe(asked >= lag);
    expect(knownFrom).toHaveBeenCalledTimes(isRead ? 1 : 0);
  });

  it.each([
    [0, false],
    [999, false],
    [1, true],
    [500, true],
    [998, true],
  ])('counts from the millisecond %d of its second: says so itself, or leaves it to its row', (within, isRead) => {
    const { rows, timelines } = timelineOf([{ effective: NOON + within }]);
    const effective = vi.spyOn(rows, 'effective');
    expect(timelines.effectiveAt(0)).toBe(NOON + within);
    expect(effective).toHaveBeenCalledTimes(isRead ? 1 : 0);
  });
});

describe('a timeline', () => {
  const SECONDS = [10, 20, 20, 30, 30, 40];
  const { timelines, list } = timelineOf(SECONDS.map((second) => ({ effective: NOON + 1000 * second })));

  it('ends in a block where what counts by a moment ends', () => {
    for (const [place, block] of list.blocks.entries()) {
      const inBlock = SECONDS.slice(2 * place, 2 * place + 2);
      for (const second of [9.999, 10, 10.001, 20, 29.999, 30, 40, 41]) {
        const before = inBlock.filter((one) => one <= second).length;
        expect(timelines.endBy(block, NOON + 1000 * second) - block * timelines.size).toBe(before);
      }
    }
  });

  it.each([
    [9, Number.NEGATIVE_INFINITY, 10],
    [10, 10, 20],
    [19, 10, 20],
    [20, 20, 30],
    [39, 30, 40],
    [40, 40, Number.POSITIVE_INFINITY],
  ])('has the same rows around the second %d from %d until %d', (second, from, until) => {
    expect(timelines.spanAt(list, NOON + 1000 * second)).toEqual({
      from: NOON + 1000 * from,
      until: NOON + 1000 * until,
    });
  });

  it('that is gathered is filed in the end, but for conditions of their own, which may be looked for before', () => {
    const { rows, timelines } = timelineOf([]);
    const list = newList();
    timelines.gather();
    for (const slot of [0, SLOT.single, SLOT.none]) {
      const clocks = { start: NOON, effective: NOON, reported: NOON, recorded: NOON };
      timelines.insert(list, rows.addSimple(DEMAND, clocks), slot);
    }
    expect(timelines.contents(list)).toEqual({ rows: [1], notes: [SLOT.single] });
    timelines.settle();
    expect(timelines.contents(list)).toEqual({ rows: [0, 1, 2], notes: [0, SLOT.single, SLOT.none] });
  });

  it('without rows has the same for ever', () => {
    const forEver = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
    expect(timelines.spanAt(newList(), NOON)).toEqual(forEver);
  });
});

describe('a block of a timeline', () => {
  const BY_STANDARD = [WORTH.onRecord, WORTH.narrative, WORTH.lower];
  const HIGH = 28;
  const LINES: readonly Partial<Line>[] = [
    { slot: HIGH },
    { slot: SLOT.none, resets: true },
    { slot: HIGH, worth: WORTH.narrative, resets: true },
    { slot: SLOT.single, worth: WORTH.narrative },
    { slot: HIGH, worth: WORTH.lower },
    { slot: SLOT.single, worth: WORTH.lower, resets: true },
    { slot: SLOT.none, worth: WORTH.denial },
    { slot: SLOT.none, worth: WORTH.narrative },
  ];
  const made = () => timelineOf(LINES.map((line, at) => ({ ...line, effective: NOON + at })));
  const ABOUT = { high: bitOf(HIGH), others: EVERY_POINT & ~bitOf(HIGH), singles: SINGLES_BIT, resets: RESETS_BIT };
  const about = ({ timelines }: ReturnType<typeof made>, block: number) =>
    BY_STANDARD.map((worst) =>
      Object.entries(ABOUT)
        .filter(([, bits]) => timelines.speaksOf(block, bits, worst))
        .map(([name]) => name),
    );

  it('says which points it speaks of, for each standard', () => {
    expect([0, 1, 2, 3].map((block) => about(made(), block))).toEqual([
      Array(3).fill(['high', 'resets']),
      [[], ...Array(2).fill(['high', 'singles', 'resets'])],
      [[], [], ['high', 'singles', 'resets']],
      [[], [], []],
    ]);
  });

  it('says whether anything in it does not meet a standard', () => {
    const { timelines } = made();
    expect([0, 1, 2, 3].map((block) => BY_STANDARD.map((worst) => timelines.isBeside(block, worst)))).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('speaks no more of what was taken out', () => {
    const one = made();
    for (const row of [1, 2, 5, 6]) one.timelines.remove(one.list, row, 0);
    expect([0, 1, 2, 3].map((block) => about(one, block))).toEqual([
      Array(3).fill(['high']),
      [[], ['singles'], ['singles']],
      [[], [], ['high']],
      [[], [], []],
    ]);
    expect(one.timelines.isBeside(3, WORTH.lower)).toBe(false);
  });

  it('speaks of a point that something in it is about from now on', () => {
    const one = made();
    const at = one.timelines.find(one.list, 3);
    one.timelines.setSlot(at, 5);
    expect(one.timelines.slotAt(at)).toBe(5);
    expect([0, 1, 2, 3].map((block) => one.timelines.speaksOf(block, bitOf(5), WORTH.narrative))).toEqual([
      ...[false, true, false, false],
    ]);
  });

  it('shares a bit between points where there are more than bits', () => {
    expect(bitOf(29)).toBe(bitOf(0));
    expect(new Set(Array.from({ length: 29 }, (_, slot) => bitOf(slot))).size).toBe(29);
    expect(bitOf(HIGH) & (SINGLES_BIT | RESETS_BIT)).toBe(0);
  });
});
