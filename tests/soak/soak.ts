/**
 * The soak: a real server under writes, reads and streams that come and go, for ten minutes or as long as is said.
 *   node tests/soak/soak.ts [--minutes 10] [--json]
 * It fails where memory goes on growing, a handle stays open, a change is lost or doubled, or anything is answered with an error.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { NEGOTIATION, OPENING } from '../faults/batches.ts';
import { misused, optionsOf } from '../support/options.ts';
import { type Counts, type Load, startLoad } from './load.ts';
import { type Sample, type Server, startServer } from './server.ts';
import { type Moment, slopes } from './slopes.ts';

const USAGE = `Usage: npm run soak -- [options]

  --minutes <minutes>  how long, after a minute or two of filling (default: 10)
  --json               what was seen, as JSON`;

const values = optionsOf(USAGE, {
  minutes: { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
});
/** Handles that a server may have more than it began with: connections kept alive, a file of its log. */
const SPARE = 8;
/** Milliseconds between two looks at the server: each stops it for as long as collecting garbage takes. */
const EVERY = 5_000;
const seconds = Number(values.minutes) * 60;
if (!(seconds > 0)) misused(USAGE, `--minutes is a number above 0, not "${values.minutes}"`);

const folder = mkdtempSync(join(tmpdir(), 'demarche-soak-'));
const path = join(folder, 'soak.db');
try {
  const server = await startServer(path);
  const idle = await server.sample();
  const load = await startLoad(server.url);
  const samples = await watch(server, load);
  await load.stop();
  const left = await settled(server, idle);
  const [code] = await server.stop();
  const trouble = [
    ...load.failures.slice(0, 5),
    ...(load.failures.length > 5 ? [`and ${load.failures.length - 5} more failures`] : []),
    ...(server.errors() === '' ? [] : [`the server logged: ${server.errors().slice(0, 3_000)}`]),
    ...(code === 0 ? [] : [`the server ended with ${code}`]),
    ...(left.descriptors > idle.descriptors + SPARE
      ? [`${left.descriptors} descriptors open, ${idle.descriptors} at first`]
      : []),
    ...(left.resources > idle.resources + SPARE
      ? [`${left.resources} resources active, ${idle.resources} at first`]
      : []),
    ...(left.streams > 0 ? [`${left.streams} streams open when no reader was left`] : []),
    ...(await lostIn(load)),
  ];
  const memory = slopes(samples);
  trouble.push(...memory.trouble);
  const report = { seconds, ...load.counts, idle, left, memory, trouble };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${lines(report).join('\n')}\n`);
  process.exitCode = trouble.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function watch(server: Server, load: Load): Promise<readonly Moment[]> {
  const samples: Moment[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    await setTimeout(Math.min(EVERY, seconds * 50));
    const sample = { ...(await server.sample()), developments: load.counts.developments };
    samples.push(sample);
    if (!values.json && samples.length % 6 === 0) {
      const { at, heap, external, resident, descriptors, streams } = sample;
      const text = `${Math.round(at)} s: heap ${megabytes(heap)}, outside ${megabytes(external)}, resident ${megabytes(resident)}, ${descriptors} descriptors, ${streams} streams, ${sample.developments} developments`;
      process.stderr.write(`${text}\n`);
    }
  }
  return samples;
}

/** Connections that are kept alive go when nobody has used them for 72 seconds. */
async function settled(server: Server, idle: Sample): Promise<Sample> {
  for (let turn = 0; ; turn += 1) {
    const now = await server.sample();
    const back =
      now.streams === 0 && now.descriptors <= idle.descriptors + SPARE && now.resources <= idle.resources + SPARE;
    if (back || turn === 100) return now;
    await setTimeout(1_000);
  }
}

/** What the log holds, read afresh, against what was acknowledged and what readers saw. */
async function lostIn({ acknowledged, seen }: Load): Promise<readonly string[]> {
  const tracker = openTracker({ store: openSqliteStore({ path }) });
  try {
    const recorded = (await tracker.developments(NEGOTIATION)).map(({ id }) => id);
    const there = new Set(recorded);
    const promised = [OPENING, ...acknowledged].flat().map(({ id }) => id);
    const changes = (await tracker.changes(NEGOTIATION)).map(({ cursor }) => cursor);
    return [
      ...(there.size === recorded.length ? [] : ['a development is in the log twice']),
      ...(promised.every((id) => there.has(id)) ? [] : ['an acknowledged development is lost']),
      ...(recorded.length === promised.length ? [] : [`${recorded.length} recorded, ${promised.length} acknowledged`]),
      ...seen.flatMap((cursors, reader) =>
        cursors.join() === changes.join()
          ? []
          : [`reader ${reader} saw ${cursors.length} of ${changes.length} changes, or not in order`],
      ),
    ];
  } finally {
    await tracker.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

interface Report extends Counts {
  readonly idle: Sample;
  readonly left: Sample;
  readonly memory: ReturnType<typeof slopes>;
  readonly trouble: readonly string[];
}

function lines({ idle, left, memory, trouble, ...counts }: Report): readonly string[] {
  const { developments, written, retried, read, notModified, streams, resumed } = counts;
  const growth = (bytes: number) => `${bytes >= 0 ? '+' : ''}${(bytes / 1e6).toFixed(2)} MB a minute`;
  const justified = `${growth(memory.allowed)} may be, for ${Math.round(memory.developments)} developments a minute`;
  return [
    `${seconds} seconds: ${developments} developments in ${written} batches, ${retried} retried, ${read} reads (${notModified} not modified), ${streams} streams passed by, ${resumed} resumed`,
    `held in memory ${growth(memory.held)} (${justified}), resident ${growth(memory.resident)}${memory.judged ? '' : '; too short a time to judge'}`,
    `descriptors ${idle.descriptors} at first, ${left.descriptors} at the end; active resources ${idle.resources} and ${left.resources}`,
    ...(trouble.length === 0
      ? ['no change lost, none doubled, nothing left open']
      : trouble.map((one) => `WRONG: ${one}`)),
  ];
}
