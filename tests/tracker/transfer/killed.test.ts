import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { inRounds, type Said, startWorker, type Worker } from '../../support/worker.ts';
import { DECLARED, demand, jsonl, textOf } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'demarche-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DEMANDS = 15_000;
const file = join(folder, 'talks.jsonl');
writeFileSync(
  file,
  jsonl(
    ...DECLARED.map((one) => JSON.stringify(one)),
    ...Array.from({ length: DEMANDS }, (_, index) => demand({ id: `D-${index}`, stance: `Statement ${index}.` })),
  ),
);
const WHOLE = DECLARED.length + DEMANDS;

const importer = (path: string): Worker => startWorker(new URL('importer.ts', import.meta.url), path, file);
const says = (word: string) => (said: readonly Said[]) => said.some((one) => one.word === word);

/** Imports until some milliseconds after recording has begun; whether it said it was done. */
async function killedAfter(path: string, delay: number): Promise<boolean> {
  const worker = importer(path);
  await worker.until(says('recording'));
  await setTimeout(delay);
  worker.process.kill('SIGKILL');
  await worker.ended;
  return says('done')(worker.said);
}

async function held(path: string): Promise<number> {
  const store = openSqliteStore({ path });
  let count = 0;
  for await (const _ of store.readAll()) count += 1;
  await store.close();
  return count;
}

test('kill -9 in the middle of an import leaves all of it or nothing, and importing again makes it whole', async () => {
  // How long recording takes here, so that the kills fall into it and behind it.
  const first = importer(join(folder, 'whole.db'));
  await first.until(says('recording'));
  const began = performance.now();
  expect(await first.ended).toEqual([0, null]);
  const took = performance.now() - began;
  expect(await held(join(folder, 'whole.db'))).toBe(WHOLE);

  const PARTS = 6;
  const counts: number[] = [];
  const missing = () => (counts.includes(0) ? [] : ['an import that was killed']);
  await inRounds(8, missing, async (round) => {
    const path = join(folder, `${round}.db`);
    const done = await killedAfter(path, (took * (round % (PARTS + 2))) / PARTS);
    const count = await held(path);
    expect([0, WHOLE], `round ${round}`).toContain(count);
    if (done) expect(count).toBe(WHOLE);
    counts.push(count);
  });

  const [path] = counts.flatMap((count, round) => (count === 0 ? [join(folder, `${round}.db`)] : []));
  expect(await importer(path ?? '').ended).toEqual([0, null]);
  const tracker = openTracker({ store: openSqliteStore({ path: path ?? '' }) });
  const whole = openTracker({ store: openSqliteStore({ path: join(folder, 'whole.db') }) });
  expect(await textOf('jsonl', await tracker.developments('strait'))).toBe(
    await textOf('jsonl', await whole.developments('strait')),
  );
  await tracker.close();
  await whole.close();
}, 300_000);
