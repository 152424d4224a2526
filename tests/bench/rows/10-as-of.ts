/** The state as of any moment, beside the best that SQL does on the same rows; and how that grows. */
import type { Gates } from '../../../projections/index.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { developments, END, ISSUES, lateCorrections, PARTIES, randomOf, START } from '../data.ts';
import { indexed } from '../index.ts';
import { duration, type Measure, median, percentile, worked } from '../row.ts';
import { type SqlAnswers, sqlAnswers, toldBy } from '../sql-as-of.ts';

const SAMPLES = 1500;
const WARM = 300;
/** So many answers are compared before any is timed. */
const COMPARED = 48;

export const measure: Measure = async function* ({ size, say }) {
  say(`indexing ${size} developments`);
  const { index, forget } = indexed(developments(size));
  forget();
  say('copying them into a table of SQL');
  const sql = sqlAnswers(index);
  const anything = anyGates();
  compare(index, sql, anything);
  const ours = { any: [] as number[], now: [] as number[] };
  const theirs = { any: [] as number[], now: [] as number[], anySettings: [] as number[], nowSettings: [] as number[] };
  for (let sample = -WARM; sample < SAMPLES; sample += 1) {
    const gates = anything();
    const now = { asOf: END + sample, knownOn: null, recordedBy: null };
    const times = [
      worked(() => matrix(index, gates)),
      worked(() => sql.whole(gates)),
      worked(() => sql.settings(gates)),
      worked(() => matrix(index, now)),
      worked(() => sql.whole(now)),
      worked(() => sql.settings(now)),
    ] as const;
    if (sample < 0) continue;
    ours.any.push(times[0]);
    theirs.any.push(times[1]);
    theirs.anySettings.push(times[2]);
    ours.now.push(times[3]);
    theirs.now.push(times[4]);
    theirs.nowSettings.push(times[5]);
  }
  const against = 'the same answer from SQL on covering indexes';
  const beside = (own: number, all: number, settings: number) => ({
    ratio: all / own,
    detail: `${duration(own)} / ${duration(all)}; only which row set each point last: ${duration(settings)}`,
  });
  const p99 = (times: readonly number[]) => percentile(times, 0.99);
  yield {
    name: `as-of matrix of ${PARTIES.length * ISSUES.length} cells, random gates, p99`,
    ...{ against, goal: { least: 100 }, ...beside(p99(ours.any), p99(theirs.any), p99(theirs.anySettings)) },
  };
  yield {
    name: 'as-of matrix, gates at now, p50',
    ...{ against, goal: { least: 5 }, ...beside(median(ours.now), median(theirs.now), median(theirs.nowSettings)) },
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

/** @throws Error where the index and SQL do not give the same points, with what they rest on, and the same beside them */
function compare(index: TimeIndex, sql: SqlAnswers, anything: () => Gates): void {
  for (let question = 0; question < COMPARED; question += 1) {
    const gates = anything();
    const [own, other] = [toldBy(index, gates).toSorted(), sql.told(gates).toSorted()];
    if (own.length === 0 || own.join('\n') !== other.join('\n'))
      throw new Error(`SQL answers otherwise through ${JSON.stringify(gates)}`);
  }
}

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
