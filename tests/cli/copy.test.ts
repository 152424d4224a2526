/** `demarche copy`: a log from one store to another, as a person moves it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MAIN, recordAt, run, runJson, tempFolder } from './run.ts';
import { STEPS, TALKS } from './talks.ts';

async function twoStores(): Promise<{ readonly from: string; readonly to: string }> {
  const folder = await tempFolder();
  const from = `sqlite:${join(folder, 'from.db')}`;
  await recordAt(from, STEPS);
  return { from, to: `sqlite:${join(folder, 'to.db')}` };
}

const EVENTS = STEPS.reduce((sum, { developments }) => sum + developments.length, 0);

it('copies a whole log, which then answers the same, also by the moments of recording', async () => {
  const { from, to } = await twoStores();
  const { code, stdout } = await run(['copy', '--from', from, '--to', to]);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${EVENTS} events written, 0 there already`);
  const view = ['state', TALKS, '--as-of', '2025-04-20', '--recorded-by', '2025-04-30'];
  expect(await runJson(view, { store: to })).toEqual(await runJson(view, { store: from }));
  expect((await run(['verify'], { store: to })).code).toBe(0);
});

it('copied again, finds everything there and writes nothing', async () => {
  const { from, to } = await twoStores();
  await run(['copy', '--from', from, '--to', to]);
  expect(await runJson(['copy', '--from', from, '--to', to])).toEqual({ from, to, written: 0, found: EVENTS });
});

it('stopped by Ctrl-C, can be called again', async () => {
  const { from, to } = await twoStores();
  const child = spawn(process.execPath, [MAIN, 'copy', '--from', from, '--to', to], { stdio: 'ignore' });
  setTimeout(() => child.kill('SIGINT'), 400);
  await once(child, 'exit');
  const { written, found } = await runJson<{ written: number; found: number }>(['copy', '--from', from, '--to', to]);
  expect(written + found).toBe(EVENTS);
});

it('is refused where the target holds something else, which stays as it was', async () => {
  const { from, to } = await twoStores();
  await recordAt(to, [
    { at: '2025-01-01T00:00:00Z', developments: [{ negotiation: TALKS, type: 'NegotiationOpened', title: 'Another' }] },
  ]);
  const { code, stderr } = await run(['copy', '--from', from, '--to', to, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'LOGS_DIFFER' });
  expect(await runJson(['log', TALKS], { store: to })).toHaveLength(1);
});

it('is refused from a store to itself, however it is named', async () => {
  const { from } = await twoStores();
  const again = from.replace('from.db', './from.db');
  const { code, stderr } = await run(['copy', '--from', from, '--to', again]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('name one store') });
});

it('shows no password where it refuses an address', async () => {
  const address = 'esdb://user:s3cr%40et@127.0.0.1:1?tls=false';
  const one = await run(['copy', '--from', address, '--to', address]);
  expect(one).toMatchObject({ code: 2, stderr: expect.stringContaining('esdb://***@127.0.0.1:1') });
  const unknown = await run(['copy', '--from', 'esbd://user:s3c/r@et@127.0.0.1', '--to', 'sqlite::memory:']);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('esbd://***@127.0.0.1') });
  expect(one.stderr + unknown.stderr).not.toMatch(/s3c|user/);
});

it('needs to be told both stores, and the first must be there', async () => {
  const { from, to } = await twoStores();
  expect(await run(['copy', '--from', from])).toMatchObject({ code: 2, stderr: expect.stringContaining('--to') });
  const missing = await run(['copy', '--from', to, '--to', from]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no log at') });
});
