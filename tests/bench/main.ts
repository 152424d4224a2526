/** `npm run bench`: every claim about speed beside what it is measured against, in one run. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { arch, cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { openTerminal } from '../../src/cli/terminal.ts';
import { paragraph } from '../../src/cli/text/lines.ts';
import { wrap } from '../../src/cli/text/width.ts';
import { tableLines } from '../../src/cli/view/table.ts';
import { misused, optionsOf } from '../support/options.ts';
import { isMet, type Measure, type Row, type Skipped } from './row.ts';

const USAGE = `Usage: npm run bench -- [options]

  --size <developments>  how many there are (default: 100000)
  --full                 a million of them
  --only <part>          only the files of tests/bench/rows with this in their name
  --json                 rows as JSON; progress goes to standard error`;

const values = optionsOf(USAGE, {
  size: { type: 'string', default: '100000' },
  full: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
});
/** Columns of the ratio, the goal, and whether it is met. */
const NUMBERS = [7, 8, 3] as const;
const size = values.full ? 1_000_000 : Number(values.size);
if (!(Number.isInteger(size) && size > 0)) misused(USAGE, `--size is a whole number above 0, not "${values.size}"`);
const files = (await readdir(new URL('rows/', import.meta.url)))
  .filter((file) => file.endsWith('.ts') && file.includes(values.only))
  .sort();
if (files.length === 0) misused(USAGE, `no file of tests/bench/rows has "${values.only}" in its name`);
const rows: Row[] = [];
const skipped: Skipped[] = [];
const started = performance.now();

function say(message: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(`${seconds.padStart(4)} s  ${message}\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'demarche-bench-'));
try {
  for (const file of files) {
    say(file.replace('.ts', ''));
    const { measure }: { readonly measure: Measure } = await import(new URL(`rows/${file}`, import.meta.url).href);
    for await (const row of measure({ size, folder, say: (message) => say(`  ${message}`) }))
      if ('skipped' in row) skipped.push(row);
      else {
        rows.push(row);
        say(`  ${row.name}: ${shown(row.ratio)} (${row.detail})`);
      }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

if (values.json) {
  const lines = rows.map((row) => ({ ...row, met: isMet(row) }));
  process.stdout.write(`${JSON.stringify([...lines, ...skipped], null, 2)}\n`);
} else print();
process.exitCode = rows.every(isMet) ? 0 : 1;

/** As wide as the terminal: what was measured, beside what, and how that went. */
function print(): void {
  const terminal = openTerminal(process);
  const words = terminal.width - NUMBERS.reduce((sum, width) => sum + width + 1, 1);
  const [work, detail] = [Math.ceil(words / 2), Math.floor(words / 2)];
  const cells = rows.map((row) => [
    [...wrap(row.name, work), ...wrap(`(${row.against})`, work)],
    ...[shown(row.ratio), goalText(row), isMet(row) ? 'yes' : 'no'].map((text, at) => wrap(text, NUMBERS[at] ?? 1)),
    wrap(row.detail, detail),
  ]);
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${arch()}, ${release()}`;
  terminal.print([
    { text: `${size} developments; Node ${process.version}; ${machine}` },
    ...tableLines(['work (against)', 'ratio', 'goal', 'met', 'ours / theirs'], cells, [work, ...NUMBERS, detail], true),
    ...skipped.flatMap(({ name, skipped: why }) => paragraph(`not measured: ${name}: ${why}`, terminal)),
  ]);
}

function goalText({ goal }: Row): string {
  return 'most' in goal ? `at most ${goal.most}` : `at least ${goal.least}`;
}

function shown(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3);
}
