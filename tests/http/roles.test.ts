import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  checkAddress,
  createToken,
  doorkeeper,
  revokeToken,
  TOKEN_ROLES,
  type TokenRole,
} from '../../src/http/index.ts';
import { readTokens } from '../../src/http/tokens/file.ts';
import { codeOf, openTestServer, type TestServer } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const NEGOTIATION = `/api/negotiations/${TALKS}`;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

let folder: string;
let file: string;
let server: TestServer;
/** the clock of the door, which looks at its file once a second */
let seconds = 0;
const secrets = {} as Record<TokenRole, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  file = join(folder, 'tokens.json');
  for (const role of TOKEN_ROLES)
    secrets[role] = (await createToken(file, { name: `the ${role}`, role }, Date.UTC(2026, 0, 1))).secret;
  server = await openTestServer({ records: STORY, door: doorkeeper(file, () => seconds * 1000) });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const webhook = { negotiation: TALKS, url: 'https://hooks.example.org/harbour' };
const correction = {
  type: 'DevelopmentCorrected',
  corrects: 'first',
  changes: { stance: 'None at all' },
  source: { publisher: 'Gazette' },
};
const retraction = { type: 'DevelopmentRetracted', retracts: 'leak', reason: 'misread' };
const merge = { type: 'DevelopmentMerged', duplicate: 'leak', into: 'first' };
const corroboration = { type: 'DevelopmentCorroborated', corroborates: 'first', source: { publisher: 'Herald' } };

/** Each route, and the least role that may call it. `inject` would wait for the end of a stream: those are asked something wrong. */
type Asked = readonly [method: 'GET' | 'POST' | 'DELETE', url: string, role: TokenRole | 'anyone', body?: object];
const ROUTES: readonly Asked[] = [
  ['GET', '/health/live', 'anyone'],
  ['GET', '/health/ready', 'anyone'],
  ['GET', '/api/openapi.json', 'anyone'],
  ['GET', '/docs/', 'anyone'],
  ['GET', '/', 'anyone'],
  ['GET', '/metrics', 'reader'],
  ['GET', '/api/negotiations', 'reader'],
  ['GET', `${NEGOTIATION}/state`, 'reader'],
  ['GET', `${NEGOTIATION}/rounds`, 'reader'],
  ['GET', `${NEGOTIATION}/timelines`, 'reader'],
  ['GET', `${NEGOTIATION}/developments`, 'reader'],
  ['GET', `${NEGOTIATION}/diff?from=2026-02-01&to=2026-03-01`, 'reader'],
  ['GET', `${NEGOTIATION}/positions/north/tolls/history`, 'reader'],
  ['GET', `${NEGOTIATION}/changes`, 'reader'],
  ['GET', `${NEGOTIATION}/changes/stream?party=nobody`, 'reader'],
  ['GET', `${NEGOTIATION}/replay?from=2026-02-01&to=2026-03-01`, 'reader'],
  ['GET', `${NEGOTIATION}/changes.atom`, 'reader'],
  ['GET', `${NEGOTIATION}/rounds.ics`, 'reader'],
  ['GET', `${NEGOTIATION}/export.csv`, 'reader'],
  ['GET', `${NEGOTIATION}/export.jsonl`, 'reader'],
  ['POST', `${NEGOTIATION}/developments`, 'recorder', said('from-role')],
  ['POST', `${NEGOTIATION}/developments?dryRun`, 'recorder', said('from-role')],
  ['POST', `${NEGOTIATION}/developments`, 'recorder', corroboration],
  ['POST', `${NEGOTIATION}/developments`, 'editor', correction],
  ['POST', `${NEGOTIATION}/developments`, 'editor', [said('with-a-correction'), correction]],
  ['POST', `${NEGOTIATION}/developments`, 'editor', retraction],
  ['POST', `${NEGOTIATION}/developments`, 'editor', merge],
  ['GET', '/api/webhooks', 'editor'],
  ['POST', '/api/webhooks', 'editor', webhook],
  ['GET', '/api/webhooks/wh_0', 'editor'],
  ['DELETE', '/api/webhooks/wh_0', 'editor'],
  ['GET', '/api/webhooks/wh_0/dead-letters', 'editor'],
  ['POST', '/api/webhooks/wh_0/dead-letters/msg/resend', 'editor'],
];

const ask = ([method, url, , payload]: Asked, headers: Record<string, string>) =>
  server.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });

describe('a server with tokens', () => {
  test('names every route it has in the table below', () => {
    const described = Object.entries(server.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, '*')}`),
    );
    const patterns = ROUTES.map(([method, url]) => {
      const path = url
        .replace(/\?.*/, '')
        .replace(TALKS, '*')
        .replace('positions/north/tolls', 'positions/*/*')
        .replace('wh_0', '*')
        .replace('/msg/', '/*/');
      return `${method} ${path}`;
    });
    expect(described.filter((route) => !patterns.includes(route))).toEqual([]);
  });

  test.each(ROUTES.map((route) => ({ route, name: route.slice(0, 3).join(' ') })))(
    '$name, or more',
    async ({ route }) => {
      const [, , needed] = route;
      const nobody = await ask(route, {});
      const wrong = await ask(route, bearer(secrets.editor.replace(/.{3}$/, 'xyz')));
      for (const response of [nobody, wrong]) {
        if (needed === 'anyone') expect(response.statusCode).toBe(200);
        else {
          expect([response.statusCode, codeOf(response)]).toEqual([401, 'TOKEN_REQUIRED']);
          expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
        }
      }
      for (const role of TOKEN_ROLES) {
        const response = await ask(route, bearer(secrets[role]));
        const reaches = needed === 'anyone' || TOKEN_ROLES.indexOf(role) >= TOKEN_ROLES.indexOf(needed);
        if (!reaches) expect([response.statusCode, codeOf(response)]).toEqual([403, 'ROLE_INSUFFICIENT']);
        else expect(response.statusCode).not.toBeOneOf([401, 403, 500]);
      }
    },
  );

  test('keeps who recorded what beside each event', async () => {
    await server.post(`${NEGOTIATION}/developments`, said('signed'), bearer(secrets.recorder));
    const chronicle = await server.tracker.chronicle(TALKS);
    expect(chronicle.find(({ id }) => id === 'signed')).toMatchObject({ recorder: 'the recorder' });
  });

  test('takes a token as the password of Basic too, for tools that know no other way', async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const url = `${NEGOTIATION}/rounds.ics`;
    expect((await server.get(url, basic(`anyone:${secrets.reader}`))).statusCode).toBe(200);
    expect((await server.get(url, basic(`${secrets.reader}:`))).statusCode).toBe(401);
    expect((await server.get(url, basic(secrets.reader))).statusCode).toBe(200);
  });

  test('keeps no secret, and its file is for its owner alone', async () => {
    const text = await readFile(file, 'utf8');
    for (const secret of Object.values(secrets)) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(-43));
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('answers for the holder of a token alone are not for proxies to keep', async () => {
    const pinned = `${NEGOTIATION}/state?asOf=2026-02-10&knownOn=2026-02-20&recordedBy=2026-02-20`;
    const response = await server.get(pinned, bearer(secrets.reader));
    expect(response.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect((await server.get(pinned)).statusCode).toBe(401);
  });

  test('lets in whoever has a token that was made a moment ago, at once', async () => {
    const asked = async (secret: string) => (await server.get('/api/negotiations', bearer(secret))).statusCode;
    expect(await asked(secrets.reader)).toBe(200);
    const { token, secret } = await createToken(file, { name: 'newcomer', role: 'reader' }, 0);
    expect(await asked(secret)).toBe(200);
    expect(await asked(secret.replace(/.{3}$/, 'xyz'))).toBe(401);
    await revokeToken(file, token.id, 0);
    seconds += 1;
  });

  test('lets nobody in with a token that was taken back, and notices within a second', async () => {
    const { token, secret } = await createToken(file, { name: 'leaver', role: 'editor' }, 0);
    expect((await server.get('/api/negotiations', bearer(secret))).statusCode).toBe(200);
    await revokeToken(file, token.id, 0);
    seconds += 1;
    expect((await server.get('/api/negotiations', bearer(secret))).statusCode).toBe(401);
    expect((await server.get('/api/negotiations', bearer(secrets.reader))).statusCode).toBe(200);
  });

  test.each([
    ['is gone', (path: string) => rm(path), 500, 'TOKENS_INVALID'],
    ['is broken', (path: string) => writeFile(path, '{'), 500, 'TOKENS_INVALID'],
    ['became a folder', (path: string) => rm(path).then(() => mkdir(path)), 500, 'TOKENS_INVALID'],
    ['was emptied', (path: string) => writeFile(path, '{"version":1,"tokens":[]}'), 401, 'TOKEN_REQUIRED'],
  ] as const)(
    'keeps everyone out when its file of tokens %s, and says that it is alive',
    async (_, spoil, ...refusal) => {
      const other = join(await mkdtemp(join(folder, 'spoilt-')), 'tokens.json');
      const { secret } = await createToken(other, { name: 'one', role: 'editor' }, 0);
      let now = 0;
      await using guarded = await openTestServer({ door: doorkeeper(other, () => now), hosts: 'any' });
      expect((await guarded.get('/api/negotiations')).statusCode).toBe(401);
      expect((await guarded.get('/api/negotiations', bearer(secret))).statusCode).toBe(200);
      await spoil(other);
      now += 1000;
      for (const headers of [{}, bearer(secret), { host: 'evil.example' }]) {
        const response = await guarded.get('/api/negotiations', headers);
        expect([response.statusCode, codeOf(response)]).toEqual(refusal);
        expect(response.body).not.toContain(folder);
      }
      expect((await guarded.post(`${NEGOTIATION}/developments`, said('unasked'))).statusCode).toBe(refusal[0]);
      for (const path of ['/health/live', '/health/ready', '/'])
        expect((await guarded.get(path, bearer(secret))).statusCode, path).toBe(200);
    },
  );

  test('lets people in again once its file of tokens is mended', async () => {
    const other = join(folder, 'mended.json');
    const { secret } = await createToken(other, { name: 'one', role: 'reader' }, 0);
    const whole = await readFile(other);
    let now = 0;
    await using guarded = await openTestServer({ door: doorkeeper(other, () => now) });
    for (const [content, status] of [
      ['{', 500],
      [whole, 200],
    ] as const) {
      await writeFile(other, content);
      now += 1000;
      expect((await guarded.get('/api/negotiations', bearer(secret))).statusCode).toBe(status);
    }
  });

  test('stays guarded when it is started again on a file that was emptied, where others reach it not at all', async () => {
    const emptied = join(folder, 'emptied.json');
    await writeFile(emptied, '{"version":1,"tokens":[]}');
    const door = doorkeeper(emptied, () => 0);
    await using guarded = await openTestServer({ door });
    expect((await guarded.get('/api/negotiations')).statusCode).toBe(401);
    expect(() => checkAddress({ host: '0.0.0.0' }, { any: door.tokens().length > 0, file: emptied })).toThrow(
      `no token exists in ${emptied}`,
    );
  });

  test('names the file and what is wrong with it to those who run it', async () => {
    const wrong = join(folder, 'wrong.json');
    for (const [content, what] of [
      ['{', 'JSON'],
      ['{"version":2,"tokens":[]}', 'version: '],
      ['{"version":1,"tokens":[{"id":"1"}]}', 'tokens.0.id: '],
    ] as const) {
      await writeFile(wrong, content);
      const told = { code: 'TOKENS_INVALID', message: expect.stringContaining(what) };
      await expect(readTokens(wrong)).rejects.toMatchObject(told);
      expect(() => doorkeeper(wrong, () => 0).tokens()).toThrowError(expect.objectContaining(told));
      await expect(readTokens(wrong)).rejects.toThrow(wrong);
    }
  });

  test('tells a token that it does not take from none at all', async () => {
    const none = await server.get('/api/negotiations');
    const wrong = await server.get('/api/negotiations', bearer(secrets.reader.replace(/.{3}$/, 'xyz')));
    expect([none.json().detail, wrong.json().detail]).toEqual([
      expect.stringContaining('send a token'),
      expect.stringContaining('the token that was sent is none of this server, or was taken back'),
    ]);
  });

  test('tells programs in a header what to come with, and what was wrong with what they came with', async () => {
    const url = `/api/negotiations/${TALKS}/developments`;
    const told = async (headers: Record<string, string> = {}) => {
      const response = await server.app.inject({ method: 'POST', url, headers });
      return [response.statusCode, response.headers['www-authenticate']];
    };
    const basic = 'Basic realm="demarche", charset="UTF-8"';
    expect(await told()).toEqual([401, `Bearer realm="demarche", ${basic}`]);
    expect(await told(bearer('demarche_none'))).toEqual([
      401,
      `Bearer realm="demarche", error="invalid_token", ${basic}`,
    ]);
    expect(await told(bearer(secrets.reader))).toEqual([403, 'Bearer realm="demarche", error="insufficient_scope"']);
  });
});

describe('a server without tokens', () => {
  test('answers on this machine, and under its own name only', async () => {
    await using open = await openTestServer();
    for (const host of ['localhost:4800', '127.0.0.1:4800', '[::1]:4800', 'LOCALHOST'])
      expect((await open.get('/api/negotiations', { host })).statusCode).toBe(200);
    for (const host of ['rebound.example', 'localhost.rebound.example:4800', '10.0.0.1']) {
      const response = await open.get('/api/negotiations', { host });
      expect([response.statusCode, codeOf(response)]).toEqual([421, 'HOST_REFUSED']);
    }
  });
});
