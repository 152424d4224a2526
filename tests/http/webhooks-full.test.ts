/** A disk that takes no more, beneath the file of webhooks. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openReceiver } from './support/receiver.ts';
import { codeOf, openTestServer, until } from './support/server.ts';
import { said, TALKS } from './support/talks.ts';

const disk = vi.hoisted(() => ({ refuses: undefined as string | undefined }));
vi.mock(import('node:fs/promises'), async (original) => {
  const actual = await original();
  const open: typeof actual.open = (path, ...how) => {
    if (disk.refuses === undefined || !String(path).includes('webhooks.json')) return actual.open(path, ...how);
    return Promise.reject(Object.assign(new Error(`${disk.refuses}: refused`), { code: disk.refuses }));
  };
  return { ...actual, open };
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'webhooks.json');
});
afterEach(async () => {
  disk.refuses = undefined;
  await rm(folder, { recursive: true });
});

describe('a webhook that cannot be written', () => {
  test.each([
    ['ENOSPC', 507, 'STORE_FULL'],
    ['EDQUOT', 507, 'STORE_FULL'],
    ['EROFS', 503, 'STORE_READ_ONLY'],
    ['EIO', 503, 'STORE_UNAVAILABLE'],
  ])('is not made and not taken away, and the answer says so: %s', async (errno, status, code) => {
    await using receiver = await openReceiver();
    await using server = await openTestServer({ webhooks: { file, allowPrivate: true } });
    const body = { negotiation: TALKS, url: receiver.url };
    const { id } = (await server.post('/api/webhooks', body)).json();
    const written = await readFile(file, 'utf8');

    disk.refuses = errno;
    const refused = await server.post('/api/webhooks', body);
    expect([refused.statusCode, codeOf(refused)]).toEqual([status, code]);
    const kept = await server.app.inject({ method: 'DELETE', url: `/api/webhooks/${id}` });
    expect([kept.statusCode, codeOf(kept)]).toEqual([status, code]);
    expect((await server.get('/api/webhooks')).json()).toMatchObject([{ id }]);
    expect(await readFile(file, 'utf8')).toBe(written);

    // What is there goes on, and how far it got is written once there is room.
    await server.tracker.record(said('one'));
    await until(() => receiver.deliveries.length === 1);
    disk.refuses = undefined;
    expect((await server.post('/api/webhooks', body)).statusCode).toBe(201);
    const all = async () => JSON.parse(await readFile(file, 'utf8')).webhooks;
    expect(await all()).toMatchObject([{ id }, {}]);
    expect(await all()).toHaveLength(2);
  });
});
