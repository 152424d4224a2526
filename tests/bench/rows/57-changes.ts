/** Finding what recordings changed, anywhere in the log: how that grows with it. */
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker, type Tracker } from '../../../src/tracker/index.ts';
import { NEGOTIATION, type Random, randomOf } from '../data.ts';
import { logFile } from '../log.ts';
import { duration, inTurn, type Measure, median, ratioOf } from '../row.ts';

const SMALL = 10_000;
const PAGE = 100;
const ROUNDS = 40;

export const measure: Measure = async function* (setting) {
  const [large, small] = [await opened(setting, setting.size), await opened(setting, SMALL)];
  const read = await inTurn(ROUNDS, large.readPage, small.readPage);
  yield {
    name: `${PAGE} changes from anywhere in the log, as it grows`,
    against: `itself at ${SMALL.toLocaleString('en')} developments`,
    ...{ ratio: ratioOf(read), goal: { most: 6 } },
    detail: `${duration(median(read.ours))} / ${duration(median(read.theirs))}`,
  };
  await Promise.all([large.tracker.close(), small.tracker.close()]);
};

async function opened(setting: Parameters<Measure>[0], size: number) {
  const tracker = openTracker({ store: openSqliteStore({ path: await logFile(setting, size) }) });
  const random = randomOf(5);
  await readPage(tracker, size, random);
  return { tracker, readPage: () => readPage(tracker, size, random) };
}

/** Positions of a log in SQLite are 1, 2, 3, … */
async function readPage(tracker: Tracker, size: number, random: Random): Promise<void> {
  const after = String(Math.floor(random() * (size - 2 * PAGE)));
  const changes = await tracker.changes(NEGOTIATION, { after, limit: PAGE });
  if (changes.length !== PAGE) throw new Error(`${changes.length} changes after ${after}`);
}
