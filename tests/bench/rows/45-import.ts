/** Importing a file, in a process of its own: its memory when the file is ten times as long. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { developments } from '../data.ts';
import { asOften, type Measure, median, ratioOf } from '../row.ts';

const ROUNDS = 3;
/** Megabytes of heap: enough for a page, and for a hundredth of a million developments. */
const HEAP = 64;
const importer = fileURLToPath(new URL('../importing.ts', import.meta.url));
const run = promisify(execFile);

export const measure: Measure = async function* ({ size, folder, say }) {
  const [small, large] = [await written(folder, size / 10), await written(folder, size)];
  const bytes = { ours: [] as number[], theirs: [] as number[] };
  const speed = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    say(`importing ${large.lines} lines`);
    const [ours, theirs] = [await imported(large.file), await imported(small.file)];
    bytes.ours.push(ours.bytes);
    bytes.theirs.push(theirs.bytes);
    speed.ours.push(ours.milliseconds / large.lines);
    speed.theirs.push(theirs.milliseconds / small.lines);
  }
  const megabytes = (all: readonly number[]) => `${(median(all) / 1e6).toFixed(0)} MB`;
  const lines = `${asOften(1, median(speed.ours))} / ${asOften(1, median(speed.theirs))}`;
  yield {
    name: `import of ${large.lines} lines: resident bytes at most`,
    against: `itself with ${small.lines} lines`,
    ...{ ratio: ratioOf(bytes), goal: { most: 1.2 } },
    detail: `${megabytes(bytes.ours)} / ${megabytes(bytes.theirs)}, both with a heap of ${HEAP} MB; lines: ${lines}`,
  };
  async function imported(file: string): Promise<{ readonly bytes: number; readonly milliseconds: number }> {
    const path = join(folder, 'imported.db');
    const { stdout } = await run(process.execPath, [`--max-old-space-size=${HEAP}`, importer, file, path]);
    await rm(path);
    return JSON.parse(stdout);
  }
};

/** Made-up developments as a file. Those about others are left out: they are refused where these cannot be so. */
async function written(folder: string, size: number): Promise<{ readonly file: string; readonly lines: number }> {
  const file = join(folder, `${size}.jsonl`);
  let lines = 0;
  function* text(): Generator<string> {
    for (const { development } of developments(size)) {
      if (development.type.startsWith('Development')) continue;
      lines += 1;
      yield `${JSON.stringify(development)}\n`;
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
  return { file, lines };
}
