/** `demarche serve`, `watch` and `token`, as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../projections/index.ts';
import { openStore } from '../../src/store/open.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { MAIN, run } from '../cli/run.ts';
import { serverProcess } from './support/process.ts';
import { until } from './support/server.ts';
import { OPENING, STORY, said, TALKS } from './support/talks.ts';

let folder: string;
let store: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  store = `sqlite:${join(folder, 'talks.db')}`;
});
afterEach(() => rm(folder, { recursive: true }));

async function record(...developments: Parameters<typeof said>[]): Promise<void> {
  const tracker = openTracker({ store: await openStore(store) });
  await tracker.record(developments.length === 0 ? STORY : developments.map((one) => said(...one)));
  await tracker.close();
}

/** A watcher, and what it has printed so far. */
function watch(...options: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'watch', TALKS, ...options], {
    env: { ...process.env, DEMARCHE_TOKEN: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  return {
    lines: () => stdout.split('\n').filter(Boolean),
    stderr: () => stderr,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
      return child.exitCode;
    },
  };
}

describe('demarche watch', () => {
  test('prints a line for each change of a store that another process records in', async () => {
    await record();
    const watching = watch('--store', store, '--after', '0', '--issue', 'tolls');
    await until(() => watching.lines().length === 3);
    expect(watching.lines()[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\dZ {2}The North, Tolls {2}new: No tolls at all \(first\)$/,
    );
    expect(watching.lines()[1]).toContain('changed (hardened): No tolls for ships of the North (firm)');
    expect(watching.lines()[2]).toContain('beside: Would pay half [anonymous source] (leak)');
    await record(['late', { occurred: '2026-02-11', stance: 'Half' }]);
    await until(() => watching.lines().length === 4);
    expect(watching.lines()[3]).toContain('in the past only');
    expect(await watching.stop()).toBe(0);
  });

  test('names a party that joins while it is watched, in a store and on a server', async () => {
    await record();
    await using server = await serverProcess(store, ['--log-level', 'silent']);
    await server.start();
    const watching = [watch('--store', store, '--after', '0'), watch('--url', server.url, '--after', '0')];
    const lines = (count: number) => until(() => watching.every((one) => one.lines().length === count));
    await lines(5);
    const tracker = openTracker({ store: await openStore(store) });
    await tracker.record([
      { negotiation: TALKS, type: 'PartyJoined', party: 'islands', name: 'The Islands', role: 'principal' },
      said('newcomer', { party: 'islands' }),
    ]);
    await tracker.close();
    await lines(6);
    for (const one of watching) {
      expect(one.lines()[1]).toContain('  The North, Fishing  new: Words of both (both)');
      expect(one.lines()[5]).toContain('  The Islands, Tolls  new: Words of newcomer (newcomer)');
      expect(await one.stop()).toBe(0);
    }
  });

  test('prints what a server sends, as JSON, and goes on where it was when the server comes back', async () => {
    await record();
    await using server = await serverProcess(store, ['--log-level', 'silent']);
    await server.start();
    const watching = watch('--url', server.url, '--after', '0', '--json');
    await until(() => watching.lines().length === 5);
    await server.kill();
    await record(['away']);
    await server.start();
    await until(() => watching.lines().length === 6);
    const changes = watching.lines().map((line) => JSON.parse(line) as Change);
    expect(changes.map(({ development }) => development)).toEqual(['first', 'both', 'both', 'firm', 'leak', 'away']);
    expect(watching.stderr()).toContain('connection lost');
    expect(await watching.stop()).toBe(0);
  });

  test('says what is wrong where a server refuses, or is not there', async () => {
    await record();
    await using server = await serverProcess(store, ['--log-level', 'silent']);
    await server.start();
    const refused = await run(['watch', TALKS, '--party', 'nort', '--url', server.url]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('did you mean north?')]);
    await server.stop();
    const away = await run(['watch', TALKS, '--url', server.url]);
    expect([away.code, away.stderr]).toEqual([3, expect.stringContaining('does not answer')]);
  });
});

describe('demarche token', () => {
  test('makes a token that a server knows, lists it without its secret, and takes it back', async () => {
    await record();
    const made = await run(['token', 'create', '--role', 'reader', '--name', 'night desk', '--store', store]);
    expect(made.code).toBe(0);
    expect(made.stderr).toBe('token for night desk, reader; it is not shown again:\n');
    const secret = made.stdout.trim();
    expect(secret).toMatch(/^demarche_[0-9a-f]{12}_[\w-]{43}$/);
    await using server = await serverProcess(store, ['--log-level', 'silent']);
    await server.start();
    const ask = async (headers: Record<string, string> = {}) =>
      (await fetch(`${server.url}/api/negotiations/${TALKS}/state`, { headers })).status;
    expect(await ask()).toBe(401);
    expect(await ask({ authorization: `Bearer ${secret}` })).toBe(200);
    for (const [sent, told] of [
      ['', 'put one of its tokens into the environment variable DEMARCHE_TOKEN'],
      [secret.replace(/.{3}$/, 'xyz'), 'does not take the token in DEMARCHE_TOKEN'],
    ] as const) {
      const watched = await run(['watch', TALKS, '--url', server.url], {
        env: { DEMARCHE_TOKEN: sent, COLUMNS: '1000' },
      });
      expect([watched.code, watched.stderr]).toEqual([1, expect.stringContaining(told)]);
    }
    const list = await run(['token', 'list', '--json', '--store', store]);
    const [token] = JSON.parse(list.stdout);
    expect(token).toMatchObject({ role: 'reader', name: 'night desk', revoked: null });
    expect(list.stdout).not.toMatch(/hash|demarche_/);
    expect((await run(['token', 'revoke', token.id, '--store', store])).code).toBe(0);
    await until(async () => (await ask({ authorization: `Bearer ${secret}` })) === 401);
    expect((await run(['token', 'list', '--store', store])).stdout).toContain('taken back');
    expect((await run(['token', 'revoke', '0'.repeat(12), '--store', store])).stderr).toContain('TOKEN_UNKNOWN');
  });

  test('is not made without a role that exists and a name', async () => {
    expect((await run(['token', 'create', '--name', 'x', '--store', store])).code).toBe(2);
    expect((await run(['token', 'create', '--role', 'king', '--name', 'x', '--store', store])).code).toBe(2);
    expect((await run(['token', 'create', '--role', 'reader', '--name', ' ', '--store', store])).code).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('demarche serve', () => {
  test('refuses to listen where others can reach it, while there is no token', async () => {
    for (const where of [
      ['--host', '0.0.0.0'],
      ['--url', 'https://talks.example.org'],
    ]) {
      const elsewhere = ['--tokens', 'desk.json'];
      const { code, stderr } = await run(['serve', ...where, ...elsewhere, '--port', '0', '--store', store]);
      // With the command it names, the server finds the token.
      const said = stderr.replace(/\s+/g, ' ');
      const make = '"demarche token create --role editor --name <name> --tokens desk.json"';
      expect([code, said]).toEqual([1, expect.stringContaining(make)]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['{"version":1,"webhooks":[]', 'JSON'],
    ['{"version":2,"webhooks":[]}', 'version: '],
    ['a folder', 'EISDIR'],
  ])('ends where the file of webhooks holds %s, and says which file and why', async (content, why) => {
    const file = join(folder, 'talks.webhooks.json');
    if (content === 'a folder') await mkdir(file);
    else await writeFile(file, content);
    const { code, stderr } = await run(['serve', '--port', '0', '--store', store], { env: { COLUMNS: '1000' } });
    expect([code, stderr]).toEqual([1, expect.stringContaining('(WEBHOOKS_INVALID)')]);
    expect(stderr).toContain(file);
    expect(stderr).toContain(why);
  });

  test('serves a new log, which is recorded in from nothing', async () => {
    await using server = await serverProcess(store, ['--log-level', 'silent']);
    await server.start();
    const address = `${server.url}/api/negotiations`;
    expect(await (await fetch(address)).json()).toEqual([]);
    const body = JSON.stringify(OPENING);
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${address}/${TALKS}/developments`, { method: 'POST', headers, body })).status).toBe(201);
    expect(await (await fetch(address)).json()).toMatchObject([{ negotiation: TALKS, developments: 5 }]);
    expect(await server.stop()).toBe(0);
  });
});
