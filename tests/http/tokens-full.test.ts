/** A disk that takes no more, beneath the file of tokens. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createToken, revokeToken } from '../../src/http/index.ts';
import { readTokens } from '../../src/http/tokens/file.ts';

const disk = vi.hoisted(() => ({ refuses: undefined as { readonly code: string; readonly at: RegExp } | undefined }));
vi.mock(import('node:fs/promises'), async (original) => {
  const actual = await original();
  const open: typeof actual.open = (path, ...how) => {
    if (!disk.refuses?.at.test(String(path))) return actual.open(path, ...how);
    return Promise.reject(Object.assign(new Error(`${disk.refuses.code}: refused`), { code: disk.refuses.code }));
  };
  return { ...actual, open };
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'tokens.json');
});
afterEach(async () => {
  disk.refuses = undefined;
  await rm(folder, { recursive: true });
});

const desk = { name: 'desk', role: 'reader' } as const;

describe('a token that cannot be written', () => {
  test.each([
    ['ENOSPC', 'STORE_FULL', /lock$/],
    ['ENOSPC', 'STORE_FULL', /tokens\.json\.[0-9a-f-]{36}$/],
    ['EROFS', 'STORE_READ_ONLY', /lock$/],
    ['EIO', 'STORE_UNAVAILABLE', /lock$/],
  ])('is not made and not taken back: %s is %s, at %s', async (code, told, at) => {
    const { token } = await createToken(file, desk, 0);
    const written = await readFile(file, 'utf8');
    disk.refuses = { code, at };
    await expect(createToken(file, desk, 0)).rejects.toMatchObject({ code: told });
    await expect(revokeToken(file, token.id, 0)).rejects.toMatchObject({ code: told });
    disk.refuses = undefined;
    expect(await readFile(file, 'utf8')).toBe(written);
    await createToken(file, desk, 0);
    expect(await readTokens(file)).toHaveLength(2);
  });

  test('since its folder is not there is a mistake in its name', () =>
    expect(createToken(join(folder, 'nowhere', 'tokens.json'), desk, 0)).rejects.toMatchObject({ code: 'ENOENT' }));
});
