/** The state as of any moment, beside the best that SQL does on the same rows; and how that grows. */
import { DatabaseSync } from 'node:sqlite';
import type { Gates } from '../../../projections/index.ts';
import type { IndexedCell } from '../../../projections/time-index/cell.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { developments, END, ISSUES, lateCorrections, PARTIES, randomOf, START } from '../data.ts';
import { indexed } from '../index.ts';
import { duration, type Measure, median, percentile, worked } from '../row.ts';

const SAMPLES = 2000;
const WARM = 300;

export const measure: Measure = async function* ({ size, say }) {
  say(`indexing ${size} developments`);
  const { index, forget } = indexed(developments(size));
  forget();
  say('copying them into a table of SQL');
  const sql = tableOf(index);
  const anything = anyGates();
  const ours = { any: [] as number[], now: [] as number[] };
  const theirs = { any: [] as number[], now: [] as number[] };
  for (let sample = -WARM; sample < SAMPLES; sample += 1) {
    const gates = anything();
    const now = { asOf: END + sample, knownOn: null, recordedBy: null };
    const times = [
      worked(() => matrix(index, gates)),
      worked(() => sql(index, gates)),
      worked(() => matrix(index, now)),
      worked(() => sql(index, now)),
    ] as const;
    if (sample < 0) continue;
    ours.any.push(times[0]);
    theirs.any.push(times[1]);
    ours.now.push(times[2]);
    theirs.now.push(times[3]);
  }
  const against = 'SQL on a covering index: which row set each point last';
  const [p99, sql99] = [percentile(ours.any, 0.99), percentile(theirs.any, 0.99)];
  yield {
    name: `as-of matrix of ${PARTIES.length * ISSUES.length} cells, random gates, p99`,
    ...{ against, ratio: sql99 / p99, goal: { least: 100 }, detail: `${duration(p99)} / ${duration(sql99)}` },
  };
  const [p50, sql50] = [median(ours.now), median(theirs.now)];
  yield {
    name: 'as-of matrix, gates at now, p50',
    ...{ against, ratio: sql50 / p50, goal: { least: 5 }, detail: `${duration(p50)} / ${duration(sql50)}` },
  };
  say('the same at 10,000, and with late corrections on one cell');
  const { index: small } = indexed(developments(10_000));
  const corrected = indexed(developments(size));
  const spoilt = corrected.index;
  corrected.add(lateCorrections(Math.min(100_000, size), targetsIn(spoilt, size), 0));
  corrected.forget();
  const samples = { large: [] as number[], small: [] as number[], spoilt: [] as number[], spoiltBase: [] as number[] };
  for (let sample = -WARM; sample < SAMPLES; sample += 1) {
    const gates = anything();
    const late = {
      ...gates,
      asOf: gates.asOf + LATE,
      knownOn: gates.knownOn && gates.knownOn + LATE,
      recordedBy: null,
    };
    const times = [
      worked(() => matrix(index, gates)),
      worked(() => matrix(small, gates)),
      worked(() => matrix(spoilt, late)),
      worked(() => matrix(index, late)),
    ] as const;
    if (sample < 0) continue;
    samples.large.push(times[0]);
    samples.small.push(times[1]);
    samples.spoilt.push(times[2]);
    samples.spoiltBase.push(times[3]);
  }
  const compared = (a: readonly number[], b: readonly number[]) => {
    const [one, other] = [percentile(a, 0.99), percentile(b, 0.99)];
    return { ratio: one / other, detail: `${duration(one)} / ${duration(other)}` };
  };
  yield {
    name: 'as-of matrix, random gates, p99, as the log grows',
    against: 'itself at 10,000 developments',
    ...{ goal: { most: 6 }, ...compared(samples.large, samples.small) },
  };
  yield {
    name: `as-of matrix, p99, after ${Math.min(100_000, size)} late corrections on one cell`,
    against: 'itself without them',
    ...{ goal: { most: 4 }, ...compared(samples.spoilt, samples.spoiltBase) },
  };
};

const LATE = 180 * 86_400_000;

/** What is timed: every cell, with its points, what they rest on, and what is beside. */
function matrix(index: TimeIndex, gates: Gates): number {
  return index.resolve(index.cells, index.sightOf(gates), 'stated').length;
}

function anyGates(): () => Gates {
  const random = randomOf(7);
  const moment = () => START + Math.floor(random() * (END - START));
  return () => ({
    asOf: moment(),
    knownOn: random() < 0.5 ? moment() : null,
    recordedBy: random() < 0.5 ? moment() : null,
  });
}

/** Ids of what was said on one issue by one party, and of which nothing was said. */
function targetsIn(index: TimeIndex, size: number): readonly string[] {
  const revisions = new Set(index.historyOf(PARTIES[0] as string, ISSUES[0] as string));
  const setUp = 1 + PARTIES.length + ISSUES.length;
  const spokenOf = (revision: number) => index.rows.isDead(revision);
  return [...revisions].filter((one) => one >= setUp && one < size && !spokenOf(one)).map((one) => `d-${one}`);
}

/** The rows that set points, in a table with an index that holds all a query needs; and the query for what set each point last. */
function tableOf(index: TimeIndex): (index: TimeIndex, gates: Gates) => number {
  const db = new DatabaseSync(':memory:');
  db.exec(`
    CREATE TABLE point (id INTEGER PRIMARY KEY);
    CREATE TABLE setting (seq INTEGER PRIMARY KEY, point INTEGER, effective INTEGER, known INTEGER, revision INTEGER);
    BEGIN`);
  const addPoint = db.prepare('INSERT INTO point VALUES (?)');
  const add = db.prepare('INSERT INTO setting VALUES (?, ?, ?, ?, ?)');
  let seq = 0;
  for (const [point, settings] of index.cells.flatMap((cell) => pointsOf(index, cell)).entries()) {
    addPoint.run(point);
    for (const row of settings) {
      seq += 1;
      add.run(seq, point, index.rows.effective(row), index.rows.knownFrom(row), index.rows.since(row));
    }
  }
  db.exec(`
    COMMIT;
    CREATE INDEX as_of ON setting (point, effective DESC, seq DESC, known, revision);
    ANALYZE`);
  const query = db.prepare(
    `SELECT (SELECT seq FROM setting s WHERE s.point = p.id AND s.effective <= ? AND s.known <= ? AND s.revision <= ?
       ORDER BY s.effective DESC, s.seq DESC LIMIT 1) FROM point p`,
    { returnArrays: true },
  );
  return (of, gates) => {
    const { asOf, upTo } = of.sightOf(gates);
    return query.all(asOf, gates.knownOn ?? Number.MAX_SAFE_INTEGER, upTo).length;
  };
}

/** The rows of each named point of a cell. */
function pointsOf({ parts: { timelines } }: TimeIndex, cell: IndexedCell): readonly (readonly number[])[] {
  const points: number[][] = cell.names.map(() => []);
  for (const row of timelines.all(cell)) points[timelines.slotAt(timelines.find(cell, row))]?.push(row);
  return points;
}
