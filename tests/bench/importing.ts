/** Imports a file into a new log, then says how many bytes of this process were resident at most, and how long it took. For `rows/45-import.ts`. */
import { createReadStream } from 'node:fs';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { importInto } from '../../src/tracker/transfer/index.ts';

const [file = '', path = ''] = process.argv.slice(2);
const tracker = openTracker({ store: openSqliteStore({ path }) });
const start = performance.now();
await importInto(tracker, () => createReadStream(file), { fileName: 'bench.jsonl' });
const milliseconds = performance.now() - start;
process.stdout.write(JSON.stringify({ bytes: process.resourceUsage().maxRSS * 1024, milliseconds }));
await tracker.close();
