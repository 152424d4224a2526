/** Lists in blocks hold what plain sorted lists hold, whatever comes, goes, and waits; and their blocks stay well filled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_WAIT } from '../../../projections/positions.ts';
import { type Notes, newList, type TimeList } from '../../../projections/time-index/block.ts';
import { createBlocks } from '../../../projections/time-index/blocks.ts';
import { createRows, EVER } from '../../../projections/time-index/rows.ts';
import { createTable } from '../../../projections/time-index/table.ts';
import { RUNS } from '../judge.ts';
import { DEMAND, NOON } from './plain-facts.ts';

/** What is noted beside a row is a number, and a block knows nothing of it. */
function plainNotes(): Notes {
  const table = createTable({ note: 'u32' });
  return {
    table,
    marks: createTable({ nothing: 'u8' }),
    write(at, { note }) {
      table.columns.note[at] = note;
    },
    read: (at) => table.columns.note[at] as number,
    mayWait: (note) => note % 5 !== 0,
    clear() {},
    mark() {},
  };
}

interface Row {
  readonly row: number;
  readonly effective: number;
  readonly start: number;
  readonly knownFrom: number;
}

function bench(size: number) {
  const rows = createRows();
  const notes = plainNotes();
  const blocks = createBlocks(rows, notes, size);
  function newRow(after: number, lasts = 0, lag = 0): Row {
    const effective = NOON + after;
    const [start, knownFrom] = [effective - lasts, effective + lag];
    return {
      row: rows.addSimple(DEMAND, { start, effective, reported: knownFrom, recorded: EVER }),
      effective,
      start,
      knownFrom,
    };
  }
  return { rows, blocks, notes, newRow };
}
type Bench = ReturnType<typeof bench>;

/** The order in which rows count. */
const inOrder = (some: readonly Row[]): readonly Row[] =>
  some.toSorted((a, b) => a.effective - b.effective || a.start - b.start || a.row - b.row);

const noteOf = ({ row }: Row): number => 7 * row + 1;

/** @param gone rows that lie in no list any more */
function expectToHold(
  { blocks }: Bench,
  list: TimeList,
  some: readonly Row[],
  gone: readonly Row[],
  note = noteOf,
): void {
  const expected = inOrder(some);
  const rowsHeld = expected.map(({ row }) => row);
  expect(blocks.contents(list)).toEqual({ rows: rowsHeld, notes: expected.map(note) });
  expect(blocks.all(list)).toEqual(rowsHeld);
  for (const { row } of some) expect(blocks.held.rows[blocks.find(list, row)]).toBe(row);
  for (const { row } of gone) expect(blocks.find(list, row)).toBe(-1);
  let from = 0;
  const firsts: number[] = [];
  for (const block of list.blocks) {
    const held = expected.slice(from, from + (blocks.of.used[block] as number));
    from += held.length;
    firsts.push(held[0]?.effective as number);
    expect(held.length).toBeGreaterThan(0);
    expect(held.length).toBeLessThanOrEqual(blocks.size);
    const [knownFrom, since] = [Math.min(...held.map((one) => one.knownFrom)), Math.min(...held.map(({ row }) => row))];
    for (const knownOn of [knownFrom - 1, knownFrom])
      for (const upTo of [since - 1, since])
        expect(blocks.isSeen(block, { asOf: EVER, knownOn, upTo, by: EVER })).toBe(
          knownOn >= knownFrom && upTo >= since,
        );
  }
  for (const moment of [NOON - 1, ...expected.map(({ effective }) => effective), NOON + 1000])
    expect(blocks.lastBlockBy(list, moment)).toBe(firsts.filter((first) => first <= moment).length - 1);
}

/** Lists and what they should hold: what was inserted, without what was taken out. */
function watched(size: number) {
  const made = bench(size);
  const { blocks, rows, newRow } = made;
  const lists = [newList(), newList()] as const;
  const held: [Row[], Row[]] = [[], []];
  const gone: Row[] = [];
  return {
    blocks,
    insert(at: 0 | 1, after: number, lasts: number, lag: number): void {
      const row = newRow(after, lasts, lag);
      held[at].push(row);
      blocks.insert(lists[at], row.row, noteOf(row));
    },
    /** Takes a row out, as one that is spoken of. */
    remove(at: 0 | 1, which: number): void {
      for (const row of held[at].splice(which % (held[at].length || 1), 1)) {
        gone.push(row);
        blocks.remove(lists[at], row.row, noteOf(row));
        rows.kill(row.row);
      }
    },
    look(): void {
      for (const at of [0, 1] as const) expectToHold(made, lists[at], held[at], gone);
    },
  };
}

const at = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.constant('insert' as const), at, fc.nat(300), fc.nat(2), fc.nat(5)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('remove' as const), at, fc.nat(200)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('gather' as const, 'settle' as const)) },
);

describe('lists in blocks', () => {
  it.each([2, 4, 8])('of %d rows hold what sorted lists hold', (size) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 600, size: 'max' }), (steps) => {
        const { blocks, insert, remove, look } = watched(size);
        for (const one of steps) {
          if (one[0] === 'insert') insert(one[1], one[2], one[3], one[4]);
          else if (one[0] === 'remove') remove(one[1], one[2]);
          else if (one[0] === 'gather') blocks.gather();
          else {
            blocks.settle();
            look();
          }
        }
        blocks.settle();
        look();
      }),
      { numRuns: Math.max(4, Math.ceil(RUNS / 8)) },
    );
  });
});

describe('blocks of eight rows', () => {
  /** A list whose blocks hold so many rows each, with room in moments between all of them. */
  function filled(counts: readonly number[]) {
    const made = bench(8);
    const list = newList();
    const all = Array.from({ length: 8 * counts.length }, (_, at) => made.newRow(10 * at));
    for (const row of all) made.blocks.insert(list, row.row, noteOf(row));
    const gone = all.filter((_, at) => at % 8 >= (counts[Math.floor(at / 8)] as number));
    for (const row of gone) made.blocks.remove(list, row.row, noteOf(row));
    const counted = () => list.blocks.map((block) => made.blocks.of.used[block]);
    expect(counted()).toEqual(counts);
    return { ...made, list, all: all.filter((row) => !gone.includes(row)), gone, counted };
  }

  it.each<[string, readonly number[], number, readonly number[]]>([
    ['one more at the end of a full list begins a block', [8, 8], 1000, [8, 8, 1]],
    ['one more at the end of a list joins the last', [8, 3], 1000, [8, 4]],
    ['one between two goes where there is room', [8, 5, 8], 85, [8, 6, 8]],
    ['a full block among full ones is halved', [8, 8, 8, 8], 5, [5, 4, 8, 8, 8]],
    ['a full block before the last gives a few to a new one', [8, 8], 5, [8, 1, 8]],
    ['the last one, full, gives a few to a new one', [8, 8], 85, [8, 8, 1]],
    ['the next takes half of what it has room for', [8, 4, 8, 8], 5, [7, 6, 8, 8]],
    ['the last takes a few', [8, 2], 5, [8, 3]],
    ['the last but one, which is nearly full, takes half of what it has room for', [8, 6, 8], 5, [8, 7, 8]],
    ['a next with room for one is left alone', [8, 7, 8], 5, [5, 4, 7, 8]],
    ['the one before takes half of what it has room for', [4, 8, 8], 125, [6, 7, 8]],
    ['the one before takes half of what it has room for from the last', [2, 8], 125, [5, 6]],
    ['one before with room for one is left alone', [7, 8, 8, 8], 85, [7, 5, 4, 8, 8]],
    ['the next goes before the one before', [2, 8, 2, 8], 85, [2, 6, 5, 8]],
  ])('%s', (_, counts, after, expected) => {
    const made = filled(counts);
    const row = made.newRow(after);
    made.blocks.insert(made.list, row.row, noteOf(row));
    expect(made.counted()).toEqual(expected);
    expectToHold(made, made.list, [...made.all, row], made.gone);
  });

  it('that hold nothing any more are given up', () => {
    const { blocks, list, all, counted } = filled([8, 8, 8]);
    for (const row of all.slice(8, 16)) blocks.remove(list, row.row, noteOf(row));
    expect(counted()).toEqual([8, 8]);
    for (const row of all) blocks.remove(list, row.row, noteOf(row));
    expect(counted()).toEqual([]);
    expect(all.map(({ row }) => blocks.find(list, row))).toEqual(Array(24).fill(-1));
  });

  it('are full but for the last where all was filed at once, and have been made room for at once', () => {
    const made = bench(8);
    const { blocks, notes, newRow } = made;
    const lists = [1601, 801].map((count) => ({ list: newList(), count }));
    blocks.gather();
    blocks.expect(2402);
    const filed = lists.map(({ list, count }) => {
      const all = Array.from({ length: count }, (_, at) => newRow((at * 7) % 400, at % 3, at % 4));
      for (const { row } of all) blocks.insert(list, row, 1);
      return { list, all };
    });
    blocks.settle();
    for (const { list, all } of filed) {
      expectToHold(made, list, all, [], () => 1);
      const counts = list.blocks.map((block) => blocks.of.used[block]);
      expect(counts).toEqual([...Array(Math.floor(all.length / 8)).fill(8), 1]);
    }
    const { pool, summaries } = blocks.tables;
    const { nothing } = notes.marks.columns;
    expect([pool.columns.rows.length / 8, summaries.columns.used.length, nothing?.length]).toEqual([302, 302, 302]);
  });
});

describe('many lists', () => {
  it('are told apart while rows wait for them', () => {
    const { blocks, newRow } = bench(2);
    const lists = Array.from({ length: 300 }, newList);
    blocks.gather();
    for (const list of [...lists, ...lists]) blocks.insert(list, newRow(0).row, 1);
    blocks.settle();
    expect(lists.map(blocks.all)).toEqual(lists.map((_, at) => [at, at + 300]));
  });
});

describe('a block of versions', () => {
  const VERSION = {
    ...{ revision: 0, start: NOON, effective: NOON, code: 0, stance: DEMAND.stance, content: DEMAND.stance, cell: 0 },
    ...{ waits: NO_WAIT, knownFrom: NOON, knownTo: Number.POSITIVE_INFINITY, since: 300 },
  };
  const [UNTIL, KNOWN] = [400, NOON + 50];

  /** A list of two versions, of which the first is gone from an event on for who knows so much, and the second somewhat later. */
  function listed() {
    const made = bench(4);
    const { rows, blocks } = made;
    const list = newList();
    const versions = [
      rows.addVersion(VERSION),
      rows.addVersion({ ...VERSION, knownFrom: NOON + 5, since: 310 }),
    ] as const;
    for (const version of versions) blocks.insert(list, version, 1);
    const seen = (upTo: number, knownOn: number) =>
      blocks.isSeen(list.blocks[0] as number, { asOf: EVER, knownOn, upTo, by: EVER });
    const close = (at: 0 | 1, until: number, knownUntil: number) => {
      rows.versions.until[at] = until;
      rows.versions.knownUntil[at] = knownUntil;
      blocks.refresh(list, versions[at]);
    };
    return { ...made, list, seen, close };
  }

  it('is seen from the first event and the first moment of knowing on, for good', () => {
    const { seen } = listed();
    expect([seen(299, EVER), seen(300, NOON - 1), seen(300, NOON), seen(100_000, EVER - 1)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('is seen no more where all of it is gone', () => {
    const { seen, close } = listed();
    close(0, UNTIL, KNOWN);
    expect(seen(UNTIL + 100, KNOWN + 100)).toBe(true);
    close(1, UNTIL + 5, KNOWN - 5);
    expect([seen(UNTIL + 4, KNOWN), seen(UNTIL + 5, KNOWN - 1)]).toEqual([true, true]);
    expect([seen(UNTIL + 5, KNOWN), seen(UNTIL + 6, KNOWN + 1)]).toEqual([false, false]);
  });

  it('is seen for good where a row of another kind lies in it', () => {
    const { seen, close, blocks, list, newRow } = listed();
    blocks.insert(list, newRow(0).row, 1);
    close(0, UNTIL, KNOWN);
    close(1, UNTIL, KNOWN);
    expect(seen(UNTIL + 1, KNOWN + 1)).toBe(true);
  });

  it('looks again when it is filed with what was gathered', () => {
    const { seen, close, blocks } = listed();
    blocks.gather();
    close(0, UNTIL, KNOWN);
    close(1, UNTIL, KNOWN);
    blocks.settle();
    expect([seen(UNTIL - 1, KNOWN), seen(UNTIL, KNOWN)]).toEqual([true, false]);
  });

  it('is not looked for where a list holds nothing', () => {
    const { rows, blocks } = bench(4);
    const list = newList();
    expect(blocks.find(list, rows.addVersion(VERSION))).toBe(-1);
    blocks.refresh(list, rows.addVersion(VERSION));
    blocks.settle();
    expect(blocks.contents(list)).toEqual({ rows: [], notes: [] });
  });
});
