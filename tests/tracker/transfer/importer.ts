/** A process that imports a file into a log and says when it begins to record: what the test of killing kills. */
import { createReadStream } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { importInto } from '../../../src/tracker/transfer/index.ts';

const [path = '', file = ''] = process.argv.slice(2);
const tracker = openTracker({ store: openSqliteStore({ path }) });
await importInto(tracker, createReadStream(file), {
  fileName: file,
  onProgress: ({ phase }) => {
    if (phase !== 'reading') process.stdout.write(`${phase}\n`);
  },
});
await tracker.close();
