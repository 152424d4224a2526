import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker, snapshotsIn } from '../../src/tracker/index.ts';
import { random, rounds } from '../support/worker.ts';
import { batchOf, OPENING } from './batches.ts';
import { type Answer, eventually, expectProblem, type Service, serve } from './service.ts';
import { inFolder } from './support.ts';

const folder = inFolder();
afterAll(folder.remove);

const sound = folder.path('sound.db');
const BATCHES = 1_500;
/** What the server must answer, if it answers at all. */
const truth = new Map<string, unknown>();
const QUESTIONS = [
  '/state?asOf=2026-01-01T00:00:00Z',
  '/state?asOf=2023-09-01&recordedBy=2100-01-01',
  '/positions/northland/fishing/history?asOf=2026-01-01T00:00:00Z',
  '/developments?limit=50&asOf=2026-01-01T00:00:00Z',
] as const;

beforeAll(async () => {
  const tracker = openTracker({ store: openSqliteStore({ path: sound }) });
  await tracker.record(OPENING);
  await tracker.record(Array.from({ length: BATCHES }, (_, number) => batchOf('a', number, 1)).flat());
  await tracker.close();
  await using service = await serve({ path: sound });
  for (const question of QUESTIONS) truth.set(question, (await service.get(question)).body);
});

/** The same log as if no store had ever kept digests of it. */
async function withoutDigests(path: string): Promise<void> {
  const [from, to] = [openSqliteStore({ path: sound }), openSqliteStore({ path })];
  const events = await Array.fromAsync(from.readStream('negotiation-strait'), ({ digest: _, ...event }) => event);
  await to.append('negotiation-strait', 'none', events);
  await Promise.all([from.close(), to.close()]);
}

/** Changes one letter in the words of a development, wherever copies of them lie; the file stays a database. */
function spoil(path: string, id: string): void {
  const bytes = readFileSync(path);
  const words = `Statement ${id}.`;
  let found = 0;
  for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) {
    bytes.write('s', at);
    found += 1;
  }
  expect(found).toBeGreaterThan(0);
  writeFileSync(path, bytes);
}

/** An answer from a damaged log is the truth, or an error, which tells a stranger nothing of where the log lies. */
function expectTruthOrError(answer: Answer, question: string, path: string): void {
  if (answer.status === 200) expect(answer.body, question).toEqual(truth.get(question));
  else expectRefused(answer, path);
}

function expectRefused(answer: Answer, path: string): void {
  expectProblem(answer, 'STORE_CORRUPT', 500);
  expect(JSON.stringify(answer.body)).not.toContain(basename(path));
}

const snapshotsOf = (path: string, said: string[] = []) =>
  snapshotsIn(`${path}-snapshots`, (what) => said.push(what), { atClose: 1 });

/** The ways in which a server may begin that has not read all words of its log. */
const BEGINNINGS = ['from digests', 'from a snapshot'] as const;

/** A copy of the sound log, with a snapshot where one is to be begun from. */
async function copied(name: string, beginning: (typeof BEGINNINGS)[number]): Promise<string> {
  const path = folder.path(`${name} ${beginning}.db`.replaceAll(' ', '-'));
  copyFileSync(sound, path);
  if (beginning === 'from digests') return path;
  const tracker = openTracker({ store: openSqliteStore({ path }), snapshots: snapshotsOf(path) });
  await tracker.negotiations();
  await tracker.close();
  expect(readdirSync(`${path}-snapshots`)).toHaveLength(1);
  return path;
}

/** Which negotiations can be read, as their list tells. */
const readable = async ({ app }: Service): Promise<Readonly<Record<string, boolean>>> => {
  const { body } = await app.inject('/api/negotiations');
  const all: readonly Record<string, unknown>[] = JSON.parse(body);
  return Object.fromEntries(all.map(({ negotiation, failure }) => [negotiation, failure === null]));
};

const PLACES = [
  ['near its start', 'a.2.0'],
  ['in its middle', 'a.700.0'],
  ['near its end', `a.${BATCHES - 2}.0`],
] as const;

describe('a server on a damaged log', () => {
  describe.each(BEGINNINGS)('begun %s', (beginning) => {
    test.each(PLACES)('and damaged %s answers the truth or an error, and soon nothing any more', async (where, id) => {
      const path = await copied(where, beginning);
      spoil(path, id);
      const said: string[] = [];
      await using service = await serve({ path }, snapshotsOf(path, said));
      // Nobody asks for the words that are damaged: they are found all the same.
      await eventually(
        async () => {
          for (const question of QUESTIONS.slice(0, 2)) expectTruthOrError(await service.get(question), question, path);
          return readable(service);
        },
        ({ strait }) => strait === false,
      );
      for (let turn = 0; turn < 3; turn += 1) {
        for (const question of QUESTIONS) expectRefused(await service.get(question), path);
        expectProblem(await service.post(batchOf('b', turn, 1)), 'STORE_CORRUPT', 500);
      }
      expect(await readable(service)).toEqual({ strait: false });
      const readiness = await service.app.inject('/health/ready');
      expect(readiness.statusCode).toBe(503);
      expect(readiness.json()).toMatchObject({ status: 'not-ready', store: 'damaged' });
      expect(service.logged()).toContain(path);
      expect(said).toEqual([]);
    });

    test('is refused from the first answer on that needs what is damaged', async () => {
      const path = await copied('met', beginning);
      // The first words of a cell are told in its history only.
      spoil(path, 'a.0.0');
      await using service = await serve({ path }, snapshotsOf(path));
      expectRefused(await service.get('/positions/northland/fishing/history?asOf=2026-01-01T00:00:00Z'), path);
      for (const question of QUESTIONS) expectRefused(await service.get(question), path);
    });
  });

  test.each(PLACES)('without digests, damaged %s, answers no question at any moment', async (where, id) => {
    const path = folder.path(`${where.replaceAll(' ', '-')}-read-whole.db`);
    await withoutDigests(path);
    spoil(path, id);
    await using service = await serve({ path });
    // From the first moment, while it still reads, to long after.
    for (let turn = 0; turn < 6; turn += 1) {
      for (const question of QUESTIONS) expectRefused(await service.get(question), path);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(service.logged()).toContain(path);
    expectProblem(await service.post(batchOf('b', 0, 1)), 'STORE_CORRUPT', 500);
  });

  test('answers a negotiation that is whole, and says which one is not', async () => {
    const path = folder.path('two.db');
    copyFileSync(sound, path);
    const tracker = openTracker({ store: openSqliteStore({ path }) });
    const other = { negotiation: 'forest', type: 'NegotiationOpened', title: 'The forest' } as const;
    await tracker.record(other);
    await tracker.close();
    spoil(path, 'a.700.0');
    await using service = await serve({ path });
    const forest = () => service.app.inject('/api/negotiations/forest/state');
    expect((await forest()).statusCode).toBe(200);
    const writer = openTracker({ store: openSqliteStore({ path }) });
    await writer.record({ negotiation: 'forest', type: 'PartyJoined', party: 'oak', name: 'Oak', role: 'principal' });
    await writer.close();
    // What lies behind the damage is found all the same.
    await eventually(forest, (answer) => answer.json().revision === '1');
    const all = await eventually(
      () => readable(service),
      ({ strait }) => strait === false,
    );
    expect(all).toEqual({ forest: true, strait: false });
    expect((await forest()).statusCode).toBe(200);
    for (const question of QUESTIONS) expectRefused(await service.get(question), path);
    expect(service.logged()).toContain(path);
  });

  test('that is damaged while it runs never gives a wrong answer', async () => {
    for (let round = 0; round < rounds(12); round += 1) {
      const path = folder.path(`running-${round}.db`);
      copyFileSync(sound, path);
      await using service = await serve({ path });
      if (round % 2 === 0)
        await eventually(
          () => service.app.inject('/health/ready'),
          ({ statusCode }) => statusCode === 200,
        );
      const bytes = readFileSync(path);
      if (round % 3 === 0) truncateSync(path, random(bytes.length));
      else {
        for (let flip = 0; flip < 40; flip += 1) bytes.writeUInt8(random(256), random(bytes.length));
        writeFileSync(path, bytes);
      }
      for (const question of QUESTIONS) expectTruthOrError(await service.get(question), question, path);
    }
  }, 600_000);
});

test('a file that is no log at all is refused by name before the server listens', async () => {
  const path = folder.path('notes.db');
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  for (const [content, code] of [
    ['Geneva, third round.\n'.repeat(500), 'STORE_CORRUPT'],
    [readFileSync(sound).subarray(0, 8_192), 'STORE_CORRUPT'],
  ] as const) {
    writeFileSync(path, content);
    const { exit, stderr } = await new Promise<{ exit: number; stderr: string }>((resolve) => {
      const parameters = [main, 'serve', '--port', '0', '--store', `sqlite:${path}`];
      execFile(process.execPath, parameters, (error, _, stderr) => resolve({ exit: Number(error?.code ?? 0), stderr }));
    });
    expect(exit).toBe(1);
    expect(stderr).toContain(code);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('notes.db');
  }
}, 120_000);
