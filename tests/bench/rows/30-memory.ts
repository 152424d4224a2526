/** What a process holds that answers from a log, beside one that answers from an empty log. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { logFile } from '../log.ts';
import type { Measure } from '../row.ts';

export const measure: Measure = async function* (setting) {
  const { size, folder } = setting;
  const file = await logFile(setting, size);
  const idle = await logFile(setting, 100);
  const held = memoryOf(file, join(folder, 'memory')) - memoryOf(idle, join(folder, 'idle'));
  const bytes = held / size;
  yield {
    name: `memory at ${size} developments, bytes each`,
    against: 'the idle process',
    ...{ ratio: bytes, goal: { most: 100 } },
    detail: `${(held / 2 ** 20).toFixed(1)} MiB in all`,
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
