/** Making the index anew from a log in SQLite, beside reading and parsing every row of it for the same; and starting from a snapshot. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Development, Entry } from '../../../events/index.ts';
import { namedBy } from '../../../projections/related.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import { createTimeIndex } from '../../../projections/time-index/time-index.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker, snapshotsIn } from '../../../src/tracker/index.ts';
import { developments, NEGOTIATION, START } from '../data.ts';
import { append, logFile } from '../log.ts';
import { duration, inTurn, type Measure, median, ratioOf, timed } from '../row.ts';

const TAIL = 1000;

export const measure: Measure = async function* (setting) {
  const { size, folder, say } = setting;
  const file = await logFile(setting, size);
  say('making the index anew, and the same from parsed rows');
  const rebuilt = await inTurn(
    3,
    () => fromLog(file),
    () => fromParsedRows(file),
  );
  yield {
    name: `rebuild of positions, ${size} in SQLite`,
    against: 'iterating the rows, JSON.parse, the same index',
    ...{ ratio: ratioOf(rebuilt), goal: { most: 0.4 } },
    detail: `${duration(median(rebuilt.ours))} / ${duration(median(rebuilt.theirs))}`,
  };
  say('starting from a snapshot');
  const snapshots = join(folder, 'snapshots');
  await fromLog(file, snapshots);
  await append(file, tail(size), size);
  const started: number[] = [];
  for (let round = 0; round < 5; round += 1) started.push(await timed(() => fromLog(file, snapshots)));
  yield {
    name: `start from a snapshot, ${TAIL} more to read`,
    against: 'that rebuild',
    ...{ ratio: median(started) / median(rebuilt.ours), goal: { most: 0.05 } },
    detail: `${duration(median(started))} / ${duration(median(rebuilt.ours))}`,
  };
};

function* tail(size: number) {
  let number = 0;
  for (const { development } of developments(2 * TAIL, 3)) {
    number += 1;
    if (number <= TAIL) continue;
    yield { development: { ...development, id: `tail-${size}-${number}` } as Development, recorded: Date.now() };
  }
}

/** Opens a tracker on the log and asks how many developments it holds: by then all are indexed. */
async function fromLog(file: string, snapshots?: string): Promise<void> {
  const store = openSqliteStore({ path: file });
  const say = (message: string) => process.stderr.write(`${message}\n`);
  const tracker = openTracker({
    store,
    ...(snapshots === undefined ? {} : { snapshots: snapshotsIn(snapshots, say) }),
  });
  try {
    const [summary] = await tracker.negotiations();
    if (summary?.negotiation !== NEGOTIATION) throw new Error('the log was not read');
  } finally {
    await tracker.close();
  }
}

/** The straightforward way: every row as an object, its payload parsed. */
function fromParsedRows(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const index = createTimeIndex('UTC');
  const one = db.prepare('SELECT data, revision, recorded FROM event WHERE stream = 1 AND revision = ?');
  const entryOf = ({ data, revision, recorded }: Record<string, unknown>): Entry => ({
    development: JSON.parse(String(data)) as Development,
    ...{ revision: Number(revision), recorded: Number(recorded ?? START), position: '', recorder: null },
  });
  const at = (revision: number): Entry => entryOf(one.get(revision) ?? {});
  for (const row of db.prepare('SELECT * FROM event WHERE stream = 1 ORDER BY revision').iterate()) {
    const entry = entryOf(row);
    index.add(factsOf(entry.development, 'UTC'), namedBy(entry.development), entry.recorded, at);
  }
  db.close();
}
