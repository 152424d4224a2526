/** One process at a time changes a file, also where an earlier one was killed in the middle of it. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameOf, tryLock, withLock } from '../../src/http/files/lock.ts';
import { createToken, readTokens, revokeToken } from '../../src/http/tokens/file.ts';
import { lockHolder, run } from './support/lock-holder.ts';

const TOKENS = fileURLToPath(new URL('../../src/http/tokens/file.ts', import.meta.url));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'tokens.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('tokens', () => {
  test('that six processes make at once are all on file', async () => {
    const made = Array.from({ length: 6 }, (_, index) =>
      run(
        `import { createToken } from ${JSON.stringify(TOKENS)};
         for (let n = 0; n < 5; n += 1)
           await createToken(${JSON.stringify(file)}, { name: 'p${index} ' + n, role: 'reader' }, 0);`,
      ),
    );
    for (const { ended } of made) expect(await ended).toEqual([0, null]);
    expect(new Set((await readTokens(file)).map(({ name }) => name)).size).toBe(30);
    expect(await readdir(folder)).toEqual(['tokens.json']);
  });

  test('that are taken back while others are made stay taken back', async () => {
    const { token } = await createToken(file, { name: 'leaver', role: 'editor' }, 0);
    const make = (name: number) => createToken(file, { name: `n${name}`, role: 'reader' }, 0);
    await Promise.all([make(1), make(2), revokeToken(file, token.id, 0), make(3), make(4)]);
    const tokens = await readTokens(file);
    expect(tokens).toHaveLength(5);
    expect(tokens.find(({ id }) => id === token.id)?.revoked).toBe('1970-01-01T00:00:00.000Z');
  });

  test('that are not there are not taken back, and the file is as it was', async () => {
    const { token } = await createToken(file, { name: 'one', role: 'editor' }, 0);
    await expect(revokeToken(file, 'ffffffffffff', 0)).rejects.toMatchObject({ code: 'TOKEN_UNKNOWN' });
    expect(await readTokens(file)).toEqual([token]);
    expect(await readdir(folder)).toEqual(['tokens.json']);
  });
});

describe('a lock', () => {
  test('that another process has is waited for, not for ever, and the refusal says who has it', async () => {
    const other = await lockHolder(file);
    await expect(withLock(file, async () => 'done', 50)).rejects.toMatchObject({
      code: 'HELD_ELSEWHERE',
      message: expect.stringContaining(`process ${other.pid}`),
    });
    await other.kill();
    expect(await withLock(file, async () => 'done', 50)).toBe('done');
  });

  test('that was left is taken by one process alone', async () => {
    const other = await lockHolder(file);
    await other.kill();
    const taken = await Promise.all(Array.from({ length: 20 }, () => tryLock(file, 60_000)));
    expect(taken.filter((one) => 'lock' in one).length).toBeLessThanOrEqual(1);
    const again = await tryLock(file, 60_000);
    expect([...taken, again].filter((one) => 'lock' in one)).toHaveLength(1);
  });

  test('of a process that cannot be asked counts until it is old', async () => {
    const left = join(folder, '.tokens.json.lock');
    await writeFile(left, JSON.stringify({ pid: process.pid, machine: 'elsewhere', id: 'x' }));
    const refused = await tryLock(file, 60_000);
    expect('by' in refused && nameOf(refused.by)).toBe(`process ${process.pid} of elsewhere`);
    const longAgo = new Date(Date.now() - 61_000);
    await utimes(left, longAgo, longAgo);
    expect(await tryLock(file, 60_000)).toHaveProperty('lock');
  });

  test('that was taken over is not renewed, nor released for the one who has it now', async () => {
    const [first, longAgo] = [await tryLock(file, 60_000), new Date(Date.now() - 61_000)];
    if (!('lock' in first)) throw new Error('nobody else is here');
    expect(await first.lock.renew()).toBe(true);
    await utimes(join(folder, '.tokens.json.lock'), longAgo, longAgo);
    const second = await tryLock(file, 60_000);
    if (!('lock' in second)) throw new Error('it was old');
    expect(await first.lock.renew()).toBe(false);
    await first.lock.release();
    expect(await second.lock.renew()).toBe(true);
    await second.lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('is given back where the work fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });
});
