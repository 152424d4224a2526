/** What a process holds for each development: one that answers from a large log, beside one that answers the same from a small one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { logFile } from '../log.ts';
import type { Measure } from '../row.ts';

/** As many cells, and answers as long. */
const SMALL = 10_000;

export const measure: Measure = async function* (setting) {
  const { size, folder } = setting;
  const file = await logFile(setting, size);
  const small = await logFile(setting, SMALL);
  const held = memoryOf(file, join(folder, 'memory')) - memoryOf(small, join(folder, 'small'));
  const bytes = held / (size - SMALL);
  yield {
    name: `memory at ${size} developments, resident bytes each`,
    against: `the process that answers from ${SMALL}`,
    ...{ ratio: bytes, goal: { most: 100 } },
    detail: `${(held / 2 ** 20).toFixed(1)} MiB more`,
  };
};

/** Bytes resident after some answers, in a process of its own that was started from a snapshot. */
function memoryOf(file: string, snapshots: string): number {
  const run = () =>
    spawnSync(process.execPath, ['--expose-gc', new URL('../resident.ts', import.meta.url).pathname, file, snapshots], {
      encoding: 'utf8',
    });
  // The first run writes the snapshot that the second one starts from.
  run();
  const { stdout, stderr } = run();
  const bytes = Number(stdout.trim());
  if (!(bytes > 0)) throw new Error(`no figure came back: ${stderr}`);
  return bytes;
}
