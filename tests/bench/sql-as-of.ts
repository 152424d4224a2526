/**
 * The same question asked of SQL: a table of what the index holds, with an index that covers each step, and the fastest query we found
 * for what is in force in every cell and what is beside it.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Gates } from '../../projections/index.ts';
import { NONE, VERSIONS } from '../../projections/time-index/rows.ts';
import type { TimeIndex } from '../../projections/time-index/time-index.ts';
import { SLOT } from '../../projections/time-index/timelines.ts';

/** What is in force or beside in one cell, as a line each, in any order. */
export type Told = readonly string[];

export interface SqlAnswers {
  /** every point: what set it, since when, last affirmed, how often reiterated, what it rests on; and what is beside */
  whole(gates: Gates): number;
  /** for every point, only which row set it last: no ends by other points, no withdrawals, nothing beside */
  settings(gates: Gates): number;
  /** the whole answer, in words that compare */
  told(gates: Gates): Told;
}

/** Stands for "never", in whole numbers that a double holds. */
const NEVER = Number.MAX_SAFE_INTEGER;
const SINGLE = -1;
const NO_POINT = -2;

const TABLES = `
  CREATE TABLE cell (id INTEGER PRIMARY KEY, main INTEGER);
  CREATE TABLE point (id INTEGER PRIMARY KEY, cell INTEGER);
  CREATE TABLE entry (ord INTEGER PRIMARY KEY, cell INTEGER, point INTEGER, effective INTEGER, act INTEGER, worth INTEGER,
    resets INTEGER, stance INTEGER, known INTEGER, unknown INTEGER, since INTEGER, gone INTEGER)`;

const SEEN = 'worth, known, unknown, since, gone';
const INDEXES = `
  CREATE INDEX effective ON entry (effective, ord);
  CREATE INDEX ofCell ON point (cell);
  CREATE INDEX resets ON entry (cell, ord, point, resets, ${SEEN}) WHERE resets;
  CREATE INDEX points ON entry (point, ord, act, stance, effective, ${SEEN});
  CREATE INDEX settings ON entry (point, ord, stance, ${SEEN}) WHERE act = 0;
  CREATE INDEX endings ON entry (point, ord, ${SEEN}) WHERE act = 2;
  CREATE INDEX singles ON entry (cell, ord, effective, ${SEEN}) WHERE point = ${SINGLE};
  CREATE INDEX besides ON entry (cell, ord, ${SEEN}) WHERE worth > 1;
  ANALYZE`;

const passes = (e: string): string =>
  `${e}.known <= :known AND ${e}.unknown > :known AND ${e}.since <= :upTo AND ${e}.gone > :upTo`;
const counts = (e: string): string => `${e}.worth <= 1 AND ${passes(e)}`;

/** The last or first row of a point in a partial index, after one place and up to another. */
const find = (index: string, point: string, where: string, order: 'DESC' | 'ASC' = 'DESC'): string =>
  `(SELECT x.ord FROM entry x INDEXED BY ${index} WHERE x.point = ${point} AND ${where} AND ${counts('x')} ORDER BY x.ord ${order} LIMIT 1)`;
const reset = (cell: string, where: string): string =>
  `(SELECT x.ord FROM entry x INDEXED BY resets WHERE x.resets AND x.cell = ${cell} AND ${where} AND ${counts('x')} ORDER BY x.ord DESC LIMIT 1)`;

/** Step by step for each point: what ended it, what set it, where its words begin; then its rows from there on. */
const WHOLE = `
  WITH ended AS MATERIALIZED (SELECT c.id AS cell, coalesce(${reset('c.id', 'x.ord <= :last')}, 0) AS ord FROM cell c),
  own AS MATERIALIZED (SELECT e.cell, e.ord, r.point FROM ended e LEFT JOIN entry r ON r.ord = e.ord),
  begun AS MATERIALIZED (SELECT p.id AS point, CASE WHEN o.point = p.id
    THEN coalesce(${reset('o.cell', 'x.ord < o.ord AND x.point <> p.id')}, 0) ELSE o.ord END AS low
    FROM own o CROSS JOIN point p ON p.cell = o.cell),
  held AS MATERIALIZED (SELECT point, max(low, coalesce(
    ${find('endings', 'b.point', 'x.act = 2 AND x.ord > b.low AND x.ord <= :last')}, 0)) AS low FROM begun b),
  named AS MATERIALIZED (SELECT point, low, ${find('settings', 'h.point', 'x.act = 0 AND x.ord > h.low AND x.ord <= :last')} AS setBy,
    ${find('points', 'h.point', 'x.ord > h.low AND x.ord <= :last', 'ASC')} AS first FROM held h),
  worded AS MATERIALIZED (SELECT n.*, f.stance AS firstWords, s.stance AS words FROM named n
    CROSS JOIN entry f ON f.ord = n.first LEFT JOIN entry s ON s.ord = n.setBy),
  differing AS MATERIALIZED (SELECT w.*, CASE WHEN setBy > first THEN
    ${find('settings', 'w.point', 'x.act = 0 AND x.ord >= w.first AND x.ord < w.setBy AND x.stance <> w.words')} END AS differed
    FROM worded w),
  running AS MATERIALIZED (SELECT point, coalesce(setBy, first) AS setBy, CASE
    WHEN differed IS NULL AND (setBy IS NULL OR firstWords = words) THEN first
    ELSE ${find('settings', 'd.point', 'x.act = 0 AND x.ord > coalesce(d.differed, d.low) AND x.ord <= :last', 'ASC')} END AS start
    FROM differing d),
  spoken AS MATERIALIZED (SELECT c.id AS cell, c.main, ${find('points', 'c.main', 'x.act < 2 AND x.ord <= :last')} AS ord FROM cell c),
  bounded AS MATERIALIZED (SELECT s.*, max(coalesce(${find('endings', 's.main', 'x.act = 2 AND x.ord < s.ord')}, 0),
    coalesce(${reset('s.cell', 'x.ord < s.ord AND x.point <> s.main')}, 0)) AS low FROM spoken s),
  after AS MATERIALIZED (SELECT cell, coalesce(${find('settings', 'b.main', 'x.act = 0 AND x.ord > b.low AND x.ord <= b.ord')},
    ${find('points', 'b.main', 'x.ord > b.low AND x.ord <= b.ord', 'ASC')}, 0) AS ord FROM bounded b)
  SELECT r.point, r.setBy, min(x.effective), max(x.effective), sum(x.act = 1 AND x.ord <> r.start), group_concat(x.ord)
    FROM running r CROSS JOIN entry x INDEXED BY points ON x.point = r.point AND x.ord >= r.start AND x.ord <= :last AND ${counts('x')}
    GROUP BY r.point
  UNION ALL SELECT ${SINGLE}, x.ord, x.effective, x.effective, 0, x.ord
    FROM ended e CROSS JOIN entry x INDEXED BY singles
    ON x.point = ${SINGLE} AND x.cell = e.cell AND x.ord >= e.ord AND x.ord <= :last AND ${counts('x')}
  UNION ALL SELECT ${NO_POINT}, x.ord, NULL, NULL, NULL, NULL
    FROM after a CROSS JOIN entry x INDEXED BY besides
    ON x.worth > 1 AND x.cell = a.cell AND x.ord > a.ord AND x.ord <= :last AND ${passes('x')}`;

const SETTINGS = `SELECT ${find('settings', 'p.id', 'x.act = 0 AND x.ord <= :last')} FROM point p`;

/** A table of all that the index holds now, in memory, and the queries on it. */
export function sqlAnswers(index: TimeIndex): SqlAnswers {
  const db = new DatabaseSync(':memory:');
  db.exec(`${TABLES}; BEGIN`);
  const rowOf = fill(db, index);
  db.exec(`COMMIT; ${INDEXES}`);
  const last = db.prepare('SELECT ord FROM entry WHERE effective <= ? ORDER BY effective DESC, ord DESC LIMIT 1');
  const whole = db.prepare(WHOLE, { returnArrays: true });
  const settings = db.prepare(SETTINGS, { returnArrays: true });
  settings.setAllowUnknownNamedParameters(true);
  const bound = (gates: Gates) => {
    const { upTo, by } = index.sightOf(gates);
    // What is known or recorded by a moment counted by then: the same bound that the index goes back from.
    const found = last.get(by)?.ord;
    return { known: gates.knownOn ?? NEVER - 1, upTo, last: Number(found ?? 0) };
  };
  return {
    whole: (gates) => whole.all(bound(gates)).length,
    settings: (gates) => settings.all(bound(gates)).length,
    told: (gates) =>
      (whole.all(bound(gates)) as unknown as readonly (readonly unknown[])[]).map(([point, ord, ...rest]) => {
        if (point === NO_POINT) return `beside ${rowOf(ord)}`;
        const [since, affirmed, times, restsOn] = rest;
        const rows = String(restsOn).split(',').map(rowOf);
        return `${rowOf(ord)} ${since} ${affirmed} ${times} ${rows.sort((a, b) => a - b).join()}`;
      }),
  };
}

/** The answer of the index in the same words. */
export const toldBy = (index: TimeIndex, gates: Gates): Told =>
  index
    .resolve(index.cells, index.sightOf(gates), 'stated')
    .flatMap(({ points, beside }) => [
      ...points.map(
        ({ setBy, since, lastAffirmed, timesReiterated, restsOn }) =>
          `${setBy} ${since} ${lastAffirmed} ${timesReiterated} ${restsOn.toSorted((a, b) => a - b).join()}`,
      ),
      ...beside.map((row) => `beside ${row}`),
    ]);

/** Every row, numbered in the order in which it counts; a version that shrank is two. Answers which row a number stands for. */
function fill(db: DatabaseSync, { cells, rows, parts: { timelines } }: TimeIndex): (ord: unknown) => number {
  const addCell = db.prepare('INSERT INTO cell VALUES (?, ?)');
  const addPoint = db.prepare('INSERT INTO point VALUES (?, ?)');
  const add = db.prepare(`INSERT INTO entry VALUES (${Array(12).fill('?').join()})`);
  let points = 0;
  const filed = cells.flatMap((cell) => {
    const from = points;
    points += cell.names.length;
    addCell.run(cell.number, cell.main < 0 ? NO_POINT : from + cell.main);
    for (const slot of cell.names.keys()) addPoint.run(from + slot, cell.number);
    return timelines.all(cell).map((row) => {
      const slot = timelines.slotAt(timelines.find(cell, row));
      return {
        row,
        cell: cell.number,
        point: slot === SLOT.single ? SINGLE : slot === SLOT.none ? NO_POINT : from + slot,
      };
    });
  });
  const rowOf = [-1];
  for (const { row, cell, point } of filed.sort((a, b) => rows.compare(a.row, b.row) || a.cell - b.cell))
    for (const { known, unknown, since, gone } of spansOf(rows, row)) {
      if (known >= unknown || since >= gone) continue;
      const code = rows.code(row);
      const said = [rows.effective(row), code & 3, (code >> 2) & 3, (code >> 4) & 1, rows.stanceOf(row)];
      add.run(rowOf.length, cell, point, ...said, known, unknown, since, gone);
      rowOf.push(row);
    }
  return (ord) => rowOf[Number(ord)] as number;
}

/** For whom a row is seen: from which moment of knowing up to which, and from which event on up to which. */
function spansOf({ versions, knownFrom, since }: TimeIndex['rows'], row: number) {
  const known = knownFrom(row);
  if (row < VERSIONS) return [{ known, unknown: NEVER, since: since(row), gone: NEVER }];
  const version = row - VERSIONS;
  const until = versions.until[version] === NONE ? NEVER : (versions.until[version] as number);
  const bounded = (moment: number | undefined) => Math.min(moment as number, NEVER);
  return [
    { known, unknown: bounded(versions.knownTo[version]), since: since(row), gone: until },
    { known, unknown: bounded(versions.knownUntil[version]), since: until, gone: NEVER },
  ];
}
