/** Recording one development durably, the whole path, beside a bare INSERT; and many writers beside one. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { type DevelopmentInput, openTracker, type Tracker } from '../../../src/tracker/index.ts';
import { developments, type Made } from '../data.ts';
import { asOften, duration, inTurn, type Measure, median, ratioOf } from '../row.ts';

const ONE = 300;
const WRITERS = 64;
const EACH = 40;
const ROUNDS = 7;
/** Recorded before it counts, so that each write-ahead log has its size: to make it longer takes a disk several times as long. */
const WARM = 1_500;

export const measure: Measure = async function* ({ folder }) {
  const tracker = openTracker({ store: openSqliteStore({ path: join(folder, 'recording.db') }) });
  const made = plain();
  await tracker.record(made.setUp);
  const db = new DatabaseSync(join(folder, 'bare.db'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (seq INTEGER PRIMARY KEY, data TEXT NOT NULL)',
  );
  const insert = db.prepare('INSERT INTO event (data) VALUES (?)');
  const bare = (count: number): void => {
    for (const development of made.next(count)) insert.run(JSON.stringify(development));
  };
  const processor = { alone: [] as number[], together: [] as number[] };
  const alone = (): Promise<void> =>
    using(processor.alone, ONE, async () => {
      for (const development of made.next(ONE)) await tracker.record(development);
    });
  const many = (): Promise<void> => using(processor.together, WRITERS * EACH, () => together(tracker, made.next));
  for (const development of made.next(WARM)) await tracker.record(development);
  bare(WARM);
  const one = await inTurn(ROUNDS, alone, () => bare(ONE));
  yield {
    name: 'durable recording, the whole path, one writer',
    against: 'a bare INSERT a transaction, same pragmas',
    ...{ ratio: 1 / ratioOf(one), goal: { least: 0.5 } },
    detail: [
      `${asOften(ONE, median(one.ours))} / ${asOften(ONE, median(one.theirs))}`,
      `ours takes ${duration(median(processor.alone))} of processor time each`,
      `the disk ${duration(syncTime(join(folder, 'sync')))} to keep 4 KiB`,
    ].join('; '),
  };
  const both = await inTurn(ROUNDS, many, alone);
  const perRecording = {
    ours: both.ours.map((time) => time / (WRITERS * EACH)),
    theirs: both.theirs.map((time) => time / ONE),
  };
  yield {
    name: `the same, ${WRITERS} writers at once`,
    against: 'itself with one',
    ...{ ratio: 1 / ratioOf(perRecording), goal: { least: 6 } },
    detail: [
      `${asOften(WRITERS * EACH, median(both.ours))} / ${asOften(ONE, median(both.theirs))}`,
      `${duration(median(processor.together))} of processor time each`,
    ].join('; '),
  };
  await tracker.close();
  db.close();
};

/** Notes the processor time, all threads of it, that each of so many things takes. */
async function using(notes: number[], count: number, run: () => Promise<void>): Promise<void> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  notes.push((user + system) / 1000 / count);
}

/**
 * What no recording can be quicker than: a write that is on the disk when it returns, over what was there before, as a write-ahead log is
 * written. The median of some, in milliseconds.
 */
function syncTime(path: string): number {
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 'x');
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    writeSync(file, page, 0, page.length, 0);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return median(times);
}

/** Each writer waits for its own recording before it begins the next. */
async function together(tracker: Tracker, next: (count: number) => readonly DevelopmentInput[]): Promise<void> {
  const all = next(WRITERS * EACH);
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (const development of all.slice(writer * EACH, (writer + 1) * EACH)) await tracker.record(development);
    }),
  );
}

/** Developments that nothing else is needed for, without end. */
function plain() {
  const source = developments(1_000_000, 11);
  const setUp: DevelopmentInput[] = [];
  const ready: DevelopmentInput[] = [];
  const take = ({ development }: Made): void => {
    if (/^(NegotiationOpened|PartyJoined|IssueRaised)$/.test(development.type)) setUp.push(development);
    else if (!/^Development/.test(development.type)) ready.push(development);
  };
  while (ready.length === 0) take(source.next().value as Made);
  return {
    setUp,
    next(count: number): readonly DevelopmentInput[] {
      while (ready.length < count) take(source.next().value as Made);
      return ready.splice(0, count);
    },
  };
}
