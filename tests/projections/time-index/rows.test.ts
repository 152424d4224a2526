/** Rows keep what they were made from, packed as they are. */
import { describe, expect, it } from 'vitest';
import type { Clocks } from '../../../events/index.ts';
import { NO_WAIT } from '../../../projections/positions.ts';
import { ACT, type Facts, WORTH } from '../../../projections/time-index/facts.ts';
import { type Hash, hashOf } from '../../../projections/time-index/hash.ts';
import {
  createRows,
  EVER,
  NONE,
  type Rows,
  sameLooks,
  VERSIONS,
  type Version,
} from '../../../projections/time-index/rows.ts';
import { DEMAND, NOON } from './plain-facts.ts';

const DAY = 86_400_000;
const ALWAYS = Number.NEGATIVE_INFINITY;

const clocks = (own: Partial<Clocks> = {}): Clocks => ({
  ...{ start: NOON, effective: NOON, reported: NOON, recorded: NOON },
  ...own,
});
const version = (own: Partial<Version> = {}): Version => ({
  ...{ revision: 0, start: NOON, effective: NOON, code: 0, stance: hashOf('Open it.'), content: hashOf('{}') },
  ...{ cell: 0, waits: NO_WAIT, knownFrom: NOON, knownTo: Number.POSITIVE_INFINITY, since: 0 },
  ...own,
});

const clocksIn = ({ start, effective, knownFrom, recorded }: Rows, row: number): Clocks => ({
  ...{ start: start(row), effective: effective(row), reported: knownFrom(row), recorded: recorded(row) },
});

describe('the row of a development that nothing speaks of', () => {
  it.each<[string, Partial<Clocks>]>([
    ['a moment', {}],
    ['a day', { start: NOON - DAY + 1 }],
    ['long before, in odd milliseconds', { start: NOON - 9000 * DAY - 7 }],
    ['an open beginning', { start: ALWAYS }],
    ['what is known much later', { reported: NOON + 9000 * DAY + 7 }],
    ['what was recorded before the first of its neighbours', { recorded: NOON - 5 }],
    ['what is true always, and known always', { start: ALWAYS, effective: ALWAYS, reported: ALWAYS }],
  ])('keeps the clocks of %s', (_, own) => {
    const rows = createRows();
    rows.addSimple(DEMAND, clocks());
    const row = rows.addSimple(DEMAND, clocks(own));
    expect(clocksIn(rows, row)).toEqual(clocks(own));
    expect([rows.revision(row), rows.since(row), rows.isVersion(row)]).toEqual([1, 1, false]);
  });

  it('keeps the moment of recording of as many as there are, with one moment for 256 of them', () => {
    const rows = createRows();
    const recorded = (row: number) => NOON + 10_000_000_001 * Math.floor(row / 256) + 1001 * row;
    for (let row = 0; row < 600; row += 1) rows.addSimple(DEMAND, clocks({ recorded: recorded(row) }));
    for (let row = 0; row < 600; row += 1) expect(rows.recorded(row)).toBe(recorded(row));
    expect(rows.tables.recordedFrom.length).toBe(3);
    expect(rows.spans.recorded.kept.size).toBe(0);
  });

  it('is seen no more when something speaks of it', () => {
    const rows = createRows();
    const row = rows.addSimple(DEMAND, clocks());
    const sight = { asOf: EVER, knownOn: EVER, upTo: 0, by: EVER };
    expect([rows.isDead(row), rows.isSeen(row, sight)]).toEqual([false, true]);
    rows.kill(row);
    expect([rows.isDead(row), rows.isSeen(row, sight), rows.lastOpen(row)]).toEqual([true, false, NONE]);
  });
});

describe('a version', () => {
  const LARGE = 70_007;
  const hash: Hash = { high: 0x9abcdef0, low: 0x87654321 };

  it('keeps what it was made with, and is there for good at first', () => {
    const rows = createRows();
    const made = version({
      ...{ revision: LARGE, since: LARGE + 1, cell: LARGE + 2, code: 5, stance: hash, content: hash },
      ...{ start: NOON - 1, knownFrom: NOON + 2, knownTo: NOON + 3 },
    });
    const row = rows.addVersion(made);
    expect(row).toBe(VERSIONS);
    const { revision, start, effective, code, knownFrom, since } = rows;
    const asked = { revision, start, effective, code, knownFrom, since };
    for (const [name, of] of Object.entries(asked))
      expect({ [name]: of(row) }).toEqual({ [name]: made[name as 'code'] });
    const { cell, contentHigh, contentLow, knownTo, earlier } = rows.versions;
    expect([cell, contentHigh, contentLow, knownTo, earlier].map(([first]) => first)).toEqual([
      ...[LARGE + 2, hash.high, hash.low, NOON + 3, NONE],
    ]);
    expect([rows.goneSince(row), rows.goneFrom(row), rows.isVersion(row)]).toEqual([NONE, EVER, true]);
  });
});

describe('the words of rows', () => {
  const HASH: Hash = { high: 0x9abcdef0, low: 0x87654321 };
  /** What is left of a hash: all but the last eight bits of its high half. */
  const OTHERS: readonly [string, Hash, boolean][] = [
    ['the same', HASH, true],
    ['another in its last bits', { ...HASH, high: 0x9abcdeff }, true],
    ['another in its first bits', { ...HASH, high: 0x1abcdef0 }, false],
    ['another in the middle', { ...HASH, high: 0x9abcdff0 }, false],
    ['another behind it', { ...HASH, low: 0x87654322 }, false],
    ['another far behind it', { ...HASH, low: 0x07654321 }, false],
  ];

  it.each(OTHERS)('are told by their hash: %s', (_, stance, isSame) => {
    const rows = createRows();
    const made = [HASH, stance].flatMap((one) => [
      rows.addSimple({ ...DEMAND, stance: one }, clocks()),
      rows.addVersion(version({ stance: one })),
    ]) as [number, number, number, number];
    for (const one of made.slice(0, 2))
      for (const other of made.slice(2)) {
        expect(rows.sameWords(one, other)).toBe(isSame);
        if (isSame) expect(rows.stanceOf(one)).toBe(rows.stanceOf(other));
      }
    expect(rows.stanceOf(made[0])).toBe(0x9abcde * 2 ** 32 + 0x87654321);
  });

  it('look alike where the last three bits do, whatever is done with them', () => {
    const rows = createRows();
    const said = (low: number, own: Partial<Facts>) =>
      rows.said(rows.addSimple({ ...DEMAND, stance: { high: 0, low }, ...own }, clocks()));
    const reset = { act: ACT.withdraw, worth: WORTH.denial, resets: true } as const;
    expect(sameLooks(said(0b10101, {}), said(0b11101, reset))).toBe(true);
    for (const low of [0b100, 0b111, 0b001]) expect(sameLooks(said(0b101, {}), said(low, {}))).toBe(false);
  });
});
