import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { importInto } from '../../src/tracker/transfer/index.ts';
import { batchOf, OPENING } from './batches.ts';
import { expectProblem, type Service, serve } from './service.ts';
import { expectFreshAnswers, expectWhole, inFolder } from './support.ts';

const folder = inFolder();
afterAll(folder.remove);

const WORDS = 'x'.repeat(2_000);
/** Batches of a few kilobytes. */
const wordy = (writer: string, number: number) => batchOf(writer, number, 3).map((one) => ({ ...one, note: WORDS }));

/** Posts until there is no room; the numbers of the batches that were acknowledged. */
async function fill(service: Service, writer: string): Promise<readonly number[]> {
  for (let number = 0; ; number += 1) {
    const answer = await service.post(wordy(writer, number));
    if (answer.status === 201) continue;
    expectProblem(answer, 'STORE_FULL', 507);
    expect(answer.body.retryable).toBe(true);
    expect(answer.headers['retry-after']).toBe('1');
    return Array.from({ length: number }, (_, index) => index);
  }
}

/** Every batch that was acknowledged is there, and the one that was refused is not. */
async function expectKept(path: string, writer: string, numbers: readonly number[]): Promise<void> {
  const developments = await expectFreshAnswers(() => openSqliteStore({ path }), false);
  const recorded = new Set(developments.map(({ id }) => id));
  expect(numbers.every((number) => expectWhole(wordy(writer, number), recorded))).toBe(true);
  expect(expectWhole(wordy(writer, numbers.length), recorded)).toBe(false);
}

describe('no room left behind a server', () => {
  test('is a problem of its own; nothing acknowledged is lost, nothing refused is kept, and reading goes on', async () => {
    const path = folder.path('full.db');
    await using service = await serve({ path, maxPages: 80 });
    expect(await service.post(OPENING)).toMatchObject({ status: 201 });
    const kept = await fill(service, 'full');
    expect(kept.length).toBeGreaterThan(10);
    expect(await service.get('/state')).toMatchObject({ status: 200, body: { revision: String(5 + kept.length * 3) } });
    expect(service.logged()).toContain(path);
    await expectKept(path, 'full', kept);
  });

  test('refuses an import whole, through the library too', async () => {
    const path = folder.path('import.db');
    const tracker = openTracker({ store: openSqliteStore({ path, maxPages: 80 }) });
    await tracker.record(OPENING);
    const lines = [...Array(60).keys()].flatMap((number) => wordy('file', number).map((one) => JSON.stringify(one)));
    const file = [Buffer.from(lines.join('\n'))];
    await expect(importInto(tracker, file, { fileName: 'strait.jsonl' })).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(await tracker.developments('strait')).toHaveLength(OPENING.length);
    await tracker.record(wordy('small', 0));
    await tracker.close();
    await expectKept(path, 'small', [0]);
    const roomier = openTracker({ store: openSqliteStore({ path }) });
    expect(await importInto(roomier, file, { fileName: 'strait.jsonl' })).toMatchObject({ added: 180, known: 0 });
    await roomier.close();
  });
});

/** A small file system of its own; undefined where nobody here may make one. */
function smallDisk(): string | undefined {
  const disk = folder.path('disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'demarche', disk], { stdio: 'ignore' });
    return disk;
  } catch {
    console.warn('SKIPPED: a full disk needs the right to mount a small one (the same with a quota is tested)');
    return undefined;
  }
}

const disk = smallDisk();
afterAll(() => {
  if (disk !== undefined) execFileSync('umount', [disk]);
});

test.skipIf(disk === undefined)('a full disk: the running server goes on by itself when room is made', async () => {
  const path = join(disk ?? '', 'log.db');
  const ballast = join(disk ?? '', 'ballast');
  writeFileSync(ballast, Buffer.alloc(2_000_000));
  await using service = await serve({ path });
  expect(await service.post(OPENING)).toMatchObject({ status: 201 });
  const kept = await fill(service, 'disk');
  expect(await service.get('/state')).toMatchObject({ status: 200, body: { revision: String(5 + kept.length * 3) } });
  rmSync(ballast);
  for (const number of [kept.length, kept.length + 1])
    expect(await service.post(wordy('disk', number))).toMatchObject({ status: 201 });
  await expectKept(path, 'disk', [...kept, kept.length, kept.length + 1]);
  expect((await service.app.inject('/health/ready')).statusCode).toBe(200);
});

test.skipIf(disk === undefined)('a log on a file system mounted to be read says that it must be copied', async () => {
  const path = join(disk ?? '', 'backup.db');
  const tracker = openTracker({ store: openSqliteStore({ path }) });
  await tracker.record(OPENING);
  await tracker.close();
  execFileSync('mount', ['-o', 'remount,ro', disk ?? '']);
  try {
    expect(() => openSqliteStore({ path })).toThrow(
      expect.objectContaining({ code: 'STORE_READ_ONLY', message: expect.stringContaining('copy it') }),
    );
  } finally {
    execFileSync('mount', ['-o', 'remount,rw', disk ?? '']);
  }
});

/** The superuser may write anywhere; nobody may not. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const superuser = process.geteuid?.() === 0;
  if (superuser) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (superuser) process.seteuid?.(0);
  }
}

test.skipIf(process.platform === 'win32')(
  'a log that cannot be written to is served, and recording says why not',
  async () => {
    mkdirSync(folder.path('sealed'));
    const path = folder.path('sealed/log.db');
    const writer = openTracker({ store: openSqliteStore({ path }) });
    await writer.record([...OPENING, ...wordy('before', 0)]);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, 0o444);
    chmodSync(folder.path('.'), 0o755);
    chmodSync(folder.path('sealed'), 0o555);
    await asNobody(async () => {
      await using service = await serve({ path });
      expect(await service.get('/state')).toMatchObject({ status: 200, body: { revision: '8' } });
      const refused = await service.post(wordy('after', 0));
      expectProblem(refused, 'STORE_READ_ONLY', 503);
      expect(refused.headers['retry-after']).toBeUndefined();
      expect(await service.get('/state')).toMatchObject({ status: 200, body: { revision: '8' } });
    });
    chmodSync(folder.path('sealed'), 0o755);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, 0o644);
    await using service = await serve({ path });
    expect(await service.post(wordy('after', 0))).toMatchObject({ status: 201 });
    await writer.close();
  },
);
