import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEventStoreDb } from '../../../src/store/eventstoredb.ts';
import { collect, newStream, next, numbered } from '../contract/support.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'demarche-tls-'));
const file = (name: string): string => join(folder, name);

/** A certificate that vouches for itself, as an authority of one's own does. */
function makeCertificate(name: string): boolean {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)];
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    console.warn('NOT TESTED with certificates: there is no openssl to make them');
    return false;
  }
}

describe.skipIf(!makeCertificate('node') || !makeCertificate('stranger'))('EventStoreDB with certificates', () => {
  let server: FakeServer;
  beforeAll(async () => {
    const certificate = readFileSync(file('node.crt'));
    server = await startFakeServer(Date.now, { key: readFileSync(file('node.key')), certificate });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const timeouts = { append: 2_000, unavailable: 300, outcome: 300 };
  const open = (query: string) =>
    openEventStoreDb(`esdb://desk:w%40rd@localhost:${server.port}?${query}`, { timeouts });

  test('the credentials go with every call to a server the authority vouches for', async () => {
    const store = await open(`tlsCAFile=${encodeURIComponent(file('node.crt'))}`);
    const stream = newStream();
    expect((await store.append(stream, 'none', numbered(2))).written).toBe(true);
    expect(await collect(store.readAll())).toHaveLength(2);
    await next(store.subscribe()[Symbol.asyncIterator](), 'caught-up');
    expect([...server.seen.authorizations]).toEqual([`Basic ${Buffer.from('desk:w@rd').toString('base64')}`]);
    await store.close();
  });

  test.each(['tls=true', `tlsCAFile=${encodeURIComponent(file('stranger.crt'))}`, 'tls=false'])(
    'a server that cannot be trusted, or speaks otherwise, gets nothing (%s)',
    async (query) => {
      const appends = server.seen.appends.length;
      const store = await open(query);
      await expect(store.append(newStream(), 'none', numbered(1))).rejects.toMatchObject({ retryable: true });
      expect(server.seen.appends).toHaveLength(appends);
      expect(store.status()).toMatchObject({ state: 'down', lastError: expect.not.stringContaining('w@rd') });
      await store.close();
    },
  );
});
