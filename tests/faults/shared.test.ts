import { existsSync, renameSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { batchOf, NEGOTIATION, OPENING, recordedSize } from './batches.ts';
import { eventually, expectProblem, serve } from './service.ts';
import { changesSeen } from './stream-reader.ts';
import { expectFreshAnswers, expectWhole, inFolder, start } from './support.ts';

const folder = inFolder();
afterAll(folder.remove);

test('a server and other processes write one log: every change reaches every reader once and in order', async () => {
  const path = folder.path('shared.db');
  await using service = await serve({ path, patience: 60_000 });
  expect(await service.post(OPENING)).toMatchObject({ status: 201 });
  const address = await service.app.listen({ host: '127.0.0.1', port: 0 });
  const stop = new AbortController();
  const readers = [0, 1].map(() =>
    changesSeen(`${address}/api/negotiations/${NEGOTIATION}/changes/stream`, stop.signal),
  );
  await Promise.all(readers.map(({ ready }) => ready));

  const TURNS = 25;
  const others = ['x', 'y'].map((name) => start('writer.ts', 'record', path, name, String(TURNS)));
  const own = Array.from({ length: 60 }, (_, number) => batchOf('own', number, recordedSize(number)));
  for (const batch of own) {
    const answer = await service.post(batch);
    expect(answer.status).toBe(201);
    // Read your own writes, whoever wrote in between.
    const state = await service.get(`/state?minPosition=${answer.body.position}`);
    expect(BigInt(String(state.body.revision))).toBeGreaterThanOrEqual(BigInt(String(answer.body.revision)));
  }
  for (const other of others) expect(await other.ended).toEqual([0, null]);

  const developments = await expectFreshAnswers(() => openSqliteStore({ path }), false);
  const recorded = new Set(developments.map(({ id }) => id));
  const batches = ['xa', 'xb', 'xc', 'ya', 'yb', 'yc'].flatMap((writer) =>
    Array.from({ length: TURNS }, (_, number) => batchOf(writer, number, recordedSize(number))),
  );
  for (const batch of [...own, ...batches]) expect(expectWhole(batch, recorded)).toBe(true);
  expect(recorded.size).toBe([OPENING, ...own, ...batches].flat().length);

  const fresh = openTracker({ store: openSqliteStore({ path }) });
  const truth = (await fresh.changes(NEGOTIATION)).map(({ cursor }) => cursor);
  await fresh.close();
  for (const reader of readers) {
    await eventually(
      async () => reader.cursors.length,
      (count) => count >= truth.length,
    );
    expect(reader.cursors).toEqual(truth);
  }
  stop.abort();
  await Promise.all(readers.map(({ ended }) => ended));
}, 300_000);

test.each([
  ['deleted', () => undefined],
  ['replaced by another', (path: string) => openSqliteStore({ path }).close()],
])('a file %s under a running server: nothing is acknowledged that went nowhere', async (how, then) => {
  const path = folder.path(`${how}.db`);
  await using service = await serve({ path });
  expect(await service.post(OPENING)).toMatchObject({ status: 201 });
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${path}-aside${suffix}`);
  await then(path);
  const health = async () => {
    const { statusCode, body } = await service.app.inject('/health/ready');
    return [statusCode, JSON.parse(body).store];
  };
  await eventually(health, ([status]) => status === 503);
  expect(await health()).toEqual([503, 'down']);
  const refused = await service.post(batchOf('lost', 0, 2));
  expectProblem(refused, 'STORE_UNAVAILABLE', 503);
  expect(await service.get('/state')).toMatchObject({ status: 200, body: { revision: '5' } });
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${path}-aside${suffix}`)) renameSync(`${path}-aside${suffix}`, `${path}${suffix}`);
  // Put back, it is the same file again.
  await eventually(health, ([status]) => status === 200);
  expect(await service.post(batchOf('lost', 0, 2))).toMatchObject({ status: 201 });
  expect(await expectFreshAnswers(() => openSqliteStore({ path }), false)).toHaveLength(OPENING.length + 2);
});
