import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
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

const importer = (path: string) =>
  spawn(process.execPath, [fileURLToPath(new URL('importer.ts', import.meta.url)), path, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Imports until some time after recording has begun; whether it said it was done. */
async function killedAfter(path: string, delay: number): Promise<boolean> {
  const child = importer(path);
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  let done = false;
  const recording = new Promise<void>((resolve) => {
    lines.on('line', (phase) => {
      done ||= phase === 'done';
      resolve();
    });
  });
  await Promise.race([recording, exit]);
  await setTimeout(delay);
  child.kill('SIGKILL');
  await exit;
  return done;
}

async function held(path: string): Promise<number> {
  const store = openSqliteStore({ path });
  let count = 0;
  for await (const _ of store.readAll()) count += 1;
  await store.close();
  return count;
}

test('kill -9 in the middle of an import leaves all of it or nothing, and importing again makes it whole', async () => {
  // How long recording takes here, so that the kills fall into it.
  const child = importer(join(folder, 'whole.db'));
  const exit = once(child, 'exit');
  let began = 0;
  let took = 0;
  for await (const phase of createInterface({ input: child.stdout })) {
    if (phase === 'recording') began = performance.now();
    else took = performance.now() - began;
  }
  expect(await exit).toEqual([0, null]);
  expect(await held(join(folder, 'whole.db'))).toBe(WHOLE);

  const rounds = 8;
  const counts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const path = join(folder, `${round}.db`);
    const done = await killedAfter(path, (took * round) / (rounds - 2));
    const count = await held(path);
    expect([0, WHOLE], `round ${round}`).toContain(count);
    if (done) expect(count).toBe(WHOLE);
    counts.push(count);
  }
  // Else no kill fell into an import.
  expect(counts).toContain(0);

  const [path] = counts.flatMap((count, round) => (count === 0 ? [join(folder, `${round}.db`)] : []));
  const again = importer(path ?? '');
  again.stdout.resume();
  expect(await once(again, 'exit')).toEqual([0, null]);
  const tracker = openTracker({ store: openSqliteStore({ path: path ?? '' }) });
  const whole = openTracker({ store: openSqliteStore({ path: join(folder, 'whole.db') }) });
  expect(await textOf('jsonl', await tracker.developments('strait'))).toBe(
    await textOf('jsonl', await whole.developments('strait')),
  );
  await tracker.close();
  await whole.close();
}, 300_000);
