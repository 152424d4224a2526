/** Imports a file into a new log, then says how many bytes of this process were resident at most, and how long it took. For `rows/45-import.ts`. */
import { createReadStream, readFileSync } from 'node:fs';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { importInto } from '../../src/tracker/transfer/index.ts';

const [file = '', path = ''] = process.argv.slice(2);
const tracker = openTracker({ store: openSqliteStore({ path }) });
const start = performance.now();
await importInto(tracker, () => createReadStream(file), { fileName: 'bench.jsonl' });
const milliseconds = performance.now() - start;
process.stdout.write(JSON.stringify({ bytes: mostResident(), milliseconds }));
await tracker.close();

/** What Linux reports as `maxRSS` begins with what the process had that started this one; the mark of its own memory does not. */
function mostResident(): number {
  const ofSystem = process.resourceUsage().maxRSS;
  if (process.platform !== 'linux') return ofSystem * 1024;
  const [, mark] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(mark ?? ofSystem) * 1024;
}
