/**
 * Changes as they are recorded, read by many at once: `demarche serve` beside a server that writes each change for each reader. Both are
 * told of the same changes at the same pace; ours has to record them besides. What counts is processor time, until every reader has all.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Change } from '../../../projections/index.ts';
import { developments, ISSUES, NEGOTIATION, PARTIES } from '../data.ts';
import { PROCESSOR, type Program, start } from '../http/program.ts';
import type { Seen, Wait } from '../http/readers.ts';
import { serve } from '../http/serve.ts';
import { duration, type Measure, median, percentile, ratioOf } from '../row.ts';

const SIZES = [1_000, 5_000] as const;
const ROUNDS = 5;
/** Changes a round, and a second. */
const CHANGES = 300;
const PACE = 100;
/** What is published goes on while so many answers are awaited. */
const UNDER_WAY = 50;
const PATIENCE = 60;
/** Descriptors a process needs beside those of its readers. */
const SPARE = 200;

const PLAIN = fileURLToPath(new URL('../http/plain-fan-out.ts', import.meta.url));
const READERS = fileURLToPath(new URL('../http/readers.ts', import.meta.url));
const NAME = (readers: number) => `record → change seen by ${readers} readers at ${PACE}/s`;

export const measure: Measure = async function* ({ folder, say }) {
  for (const readers of SIZES) {
    const allowed = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout);
    if (allowed < readers + SPARE) {
      yield { name: NAME(readers), skipped: `it takes "ulimit -n ${readers + SPARE}", and this shell has ${allowed}` };
      continue;
    }
    say(`${readers} readers`);
    const { used, latencies } = await compared(readers, join(folder, `fan-out-${readers}.db`));
    const last = latencies.map((round) => percentile(round, 0.99));
    yield {
      name: NAME(readers),
      against: 'one JSON.stringify and write a reader, nothing recorded; processor time',
      ...{ ratio: ratioOf(used), goal: { most: 0.5 } },
      detail: `${duration(median(used.ours))} / ${duration(median(used.theirs))} for ${CHANGES} changes, all delivered`,
    };
    yield {
      name: `${NAME(readers)}: p99`,
      against: 'milliseconds from asking to record until read, the median of the rounds',
      ...{ ratio: median(last), goal: { most: 150 } },
      detail: `p50 ${Math.round(median(latencies.flat()))} ms; p99 by round ${last.map(Math.round).join(', ')}`,
    };
  }
};

/** Milliseconds of processor time a round, and how long changes were under way on ours, by round. */
async function compared(readers: number, file: string) {
  const used = { ours: [] as number[], theirs: [] as number[] };
  const latencies: (readonly number[])[] = [];
  const ours = await serve(file, ['--streams', String(readers + 1)]);
  const theirs = start(PLAIN, [], PROCESSOR.server);
  const programs = [ours.program, theirs];
  try {
    const api = `${ours.url}/api/negotiations/${NEGOTIATION}`;
    const plain = await theirs.line();
    await record(ours.url, setUp());
    const readersOf = async (url: string): Promise<Program> => {
      const program = start(READERS, [JSON.stringify({ url, readers })], PROCESSOR.client);
      programs.push(program);
      if ((await program.line()) !== 'ready') throw new Error(`not all readers of ${url} are there`);
      return program;
    };
    const [reading, readingPlain] = [await readersOf(`${api}/changes/stream`), await readersOf(`${plain}/stream`)];
    let cursor = '0';
    // The first one is for both to come up to speed in.
    for (let round = 1; round <= 1 + ROUNDS; round += 1) {
      const first = await roundOf({ server: ours.program, reading, readers, round }, (number) =>
        record(ours.url, [saidNow(number)]),
      );
      const changes = await changesAfter(api, cursor);
      cursor = changes.at(-1)?.cursor ?? cursor;
      const second = await roundOf({ server: theirs, reading: readingPlain, readers, round }, (number) =>
        post(plain, changes[number % CHANGES] ?? {}),
      );
      if (round === 1) continue;
      used.ours.push(first.used);
      used.theirs.push(second.used);
      latencies.push(first.latencies);
    }
  } finally {
    for (const program of programs.toReversed()) await program.stop();
  }
  return { used, latencies };
}

interface Round {
  readonly server: Program;
  readonly reading: Program;
  readonly readers: number;
  /** from 1 */
  readonly round: number;
}

/** Publishes at the pace, and waits until all readers have everything. */
async function roundOf({ server, reading, readers, round }: Round, publish: (number: number) => Promise<void>) {
  const before = await server.used();
  const under = new Set<Promise<void>>();
  const began = performance.now();
  for (let number = 0; number < CHANGES; number += 1) {
    await setTimeout(Math.max(0, began + (number * 1000) / PACE - performance.now()));
    while (under.size >= UNDER_WAY) await Promise.race(under);
    const one = publish((round - 1) * CHANGES + number).finally(() => under.delete(one));
    under.add(one);
  }
  await Promise.all(under);
  const wait: Wait = { changes: round * CHANGES, seconds: PATIENCE };
  reading.child.send(wait);
  const seen: Seen = JSON.parse(await reading.line());
  const used = (await server.used()) - before;
  if (seen.complete < readers)
    throw new Error(`${seen.complete} of ${readers} readers have all changes after ${PATIENCE} s`);
  return { used, ...seen };
}

async function changesAfter(api: string, cursor: string): Promise<readonly Change[]> {
  const answer = await fetch(`${api}/changes?after=${cursor}&limit=1000`);
  return (await answer.json()) as readonly Change[];
}

const record = (url: string, body: readonly object[]): Promise<void> =>
  post(`${url}/api/negotiations/${NEGOTIATION}/developments`, body);

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
}

/** What is said at this moment, which its name tells. */
function saidNow(number: number): object {
  return {
    ...{ id: `sent-${Date.now()}-${number}`, negotiation: NEGOTIATION, type: 'PositionStated' },
    ...{ party: PARTIES[number % PARTIES.length], issue: ISSUES[number % ISSUES.length], occurred: '2020-01-01' },
    stance: `As was said for the ${number}th time, nothing is agreed on until everything is agreed on.`,
    source: { publisher: 'The Gazette', title: 'What was said at the talks that day', published: '2020-01-02' },
  };
}

const setUp = (): readonly object[] =>
  [...developments(1 + PARTIES.length + ISSUES.length)].map(({ development }) => development);
