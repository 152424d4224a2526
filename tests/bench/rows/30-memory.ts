/**
 * What a process holds for each development: one that answers from a large log, beside one that is idle, and one that answers the same
 * from a small log.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import NODE_FLAGS from '../../../src/cli/node-flags.json' with { type: 'json' };
import { logFile } from '../log.ts';
import { type Measure, median } from '../row.ts';

/** As many cells, and answers as long. */
const SMALL = 10_000;
/** Below this, what a process keeps whatever the size (the words it read last, its code) weighs more than what it keeps of each. */
const LEAST = 1_000_000;
const PROCESSES = 9;

export const measure: Measure = async function* (setting) {
  const { size, folder } = setting;
  const name = `memory at ${size} developments, resident bytes each`;
  if (size < LEAST) {
    yield { name, skipped: `what is kept of each shows from ${LEAST} on (--full)` };
    return;
  }
  const file = await logFile(setting, size);
  const small = await logFile(setting, SMALL);
  const large = memoryOf(file, join(folder, 'memory'));
  const idle = memoryOf(join(folder, 'empty.db'), join(folder, 'empty'));
  const answering = memoryOf(small, join(folder, 'small'));
  yield {
    name,
    against: 'the idle process: a tracker open on an empty log',
    ...{ ratio: (large - idle) / size, goal: { most: 100 } },
    detail: `${mebibytes(large)} / ${mebibytes(idle)}; answering from ${SMALL}: ${mebibytes(answering)}`,
  };
};

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/**
 * Bytes resident after some answers, in a process of its own that was started as `demarche` is, from a snapshot: the median of some,
 * since the collector of garbage leaves itself more room in one process than in another.
 */
function memoryOf(file: string, snapshots: string): number {
  const program = new URL('../resident.ts', import.meta.url).pathname;
  const run = (): number => {
    const { stdout, stderr } = spawnSync(process.execPath, [...NODE_FLAGS, '--expose-gc', program, file, snapshots], {
      encoding: 'utf8',
    });
    const bytes = Number(stdout.trim());
    if (!(bytes > 0)) throw new Error(`no figure came back: ${stderr}`);
    return bytes;
  };
  // The first run writes the snapshot that the others start from.
  run();
  return median(Array.from({ length: PROCESSES }, run));
}
