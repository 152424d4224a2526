/**
 * Answers some states from the log in a file, if it holds anything, then says how many bytes of this process are resident. For
 * `rows/30-memory.ts`.
 */
import { setTimeout } from 'node:timers/promises';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker, snapshotsIn } from '../../src/tracker/index.ts';
import { END, NEGOTIATION, START } from './data.ts';

const [file = '', folder = ''] = process.argv.slice(2);
const snapshots = snapshotsIn(folder, (message) => process.stderr.write(`${message}\n`), { atClose: 1 });
const tracker = openTracker({ store: openSqliteStore({ path: file }), snapshots });
const held = await tracker.negotiations();
for (let asked = 1; asked <= 5 && held.length > 0; asked += 1)
  await tracker.state(NEGOTIATION, { asOf: new Date(START + ((END - START) * asked) / 5).toISOString() });
for (let pass = 0; pass < 3; pass += 1) {
  globalThis.gc?.();
  await setTimeout(50);
}
process.stdout.write(`${process.memoryUsage.rss()}\n`);
await tracker.close();
