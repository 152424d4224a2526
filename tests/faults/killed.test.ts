import { copyFileSync, existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { compareLogs, copyLog } from '../../src/store/copy.ts';
import type { RecordedEvent } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { collect } from '../store/contract/support.ts';
import { inRounds, killedWhenSaid, random, type Said, uncounted } from '../support/worker.ts';
import { batchOf, IMPORTED, OPENING, recordedSize } from './batches.ts';
import { openWithSnapshots } from './snapshots.ts';
import { expectFreshAnswers, expectWhole, inFolder, start } from './support.ts';

const folder = inFolder();
afterAll(folder.remove);

/** A log with the set-up on record, at a path. */
async function opened(path: string): Promise<string> {
  const tracker = openTracker({ store: openSqliteStore({ path }) });
  await tracker.record(OPENING);
  await tracker.close();
  return path;
}

describe.each([
  { kind: 'record', size: recordedSize, most: 800 },
  { kind: 'import', size: () => IMPORTED, most: 16 },
])('a process killed while it does nothing but $kind', ({ kind, size, most }) => {
  /** What it said it began and did, as batches. */
  const batches = (said: readonly Said[], what: string) =>
    said.filter(({ word }) => word === what).map(({ writer, number }) => batchOf(writer, number, size(number)));

  test('loses nothing acknowledged, doubles nothing, halves nothing; what it was at can be done again', async () => {
    const counts = { acknowledged: 0, interrupted: 0, snapshots: 0 };
    let path = '';
    const missing = () => uncounted(counts);
    await inRounds(7, missing, async (round) => {
      // Some rounds go on with what earlier ones left.
      if (round % 4 === 0) path = await opened(folder.path(`${kind}-${round}.db`));
      const said = await killedWhenSaid(start('writer.ts', kind, path, `r${round}`), 1 + random(most));
      // The oracle takes its time: it judges now and then, and where the log is short.
      const judged = kind === 'record' && round % 4 === 1;
      const thrownAway: string[] = [];
      const developments = await expectFreshAnswers(
        () => openSqliteStore({ path }),
        judged,
        (store) => openWithSnapshots(store, path, (what) => thrownAway.push(what)),
      );
      // A snapshot is there whole or not at all, whenever its writer was killed.
      expect(thrownAway).toEqual([]);
      counts.snapshots += existsSync(`${path}-snapshots`) ? 1 : 0;
      const recorded = new Set(developments.map(({ id }) => id));
      const done = batches(said, 'done');
      for (const batch of done) expect(expectWhole(batch, recorded), `${batch[0]?.id} was acknowledged`).toBe(true);
      const begun = batches(said, 'begin').filter((batch) => !done.some(([first]) => first?.id === batch[0]?.id));
      const tracker = openTracker({ store: openSqliteStore({ path }) });
      for (const batch of begun) {
        const there = expectWhole(batch, recorded);
        const again = await tracker.record(batch);
        expect(again.developments.map(({ added }) => added)).toEqual(batch.map(() => !there));
      }
      await tracker.close();
      counts.acknowledged += done.length;
      counts.interrupted += begun.length;
    });
  }, 1_800_000);
});

describe('a process killed while it copies a log', () => {
  test('leaves a part of it as it was, and copying again completes it', async () => {
    const source = await opened(folder.path('source.db'));
    for (const [kind, name, last] of [
      ['record', 'x', '100'],
      ['import', 'y', '8'],
      ['record', 'z', '40'],
    ] as const)
      expect(await start('writer.ts', kind, source, name, last).ended).toEqual([0, null]);
    const from = openSqliteStore({ path: source });
    const whole = (await collect(from.readAll())).map(fingerprint);
    /** What a copy says: that it begins, and each batch of so many events. */
    const batches = Math.ceil(whole.length / 500);
    const counts = { 'copies that were killed half-way': 0 };
    let target = '';
    const missing = () => uncounted(counts);
    await inRounds(6, missing, async (round) => {
      // Every second round goes on with what the one before left.
      if (round % 2 === 0) target = folder.path(`target-${round}.db`);
      const copier = start('copier.ts', `sqlite:${source}`, `sqlite:${target}`);
      const said = await killedWhenSaid(copier, 1 + random(batches));
      const part = openSqliteStore({ path: target });
      const copied = (await collect(part.readAll())).map(fingerprint);
      expect(copied).toEqual(whole.slice(0, copied.length));
      expect(copied.length).toBeGreaterThanOrEqual(said.findLast(({ word }) => word === 'copying')?.number ?? 0);
      if (copied.length > 0 && copied.length < whole.length) counts['copies that were killed half-way'] += 1;
      await part.close();
    });
    const to = openSqliteStore({ path: target });
    const before = (await collect(to.readAll())).length;
    expect(await copyLog({ from, to })).toEqual({ written: whole.length - before, found: before });
    await compareLogs(from, to);
    await Promise.all([from.close(), to.close()]);
    copyFileSync(target, folder.path('copied.db'));
    const answers = await expectFreshAnswers(() => openSqliteStore({ path: folder.path('copied.db') }), false);
    expect(answers).toHaveLength(whole.length);
  }, 1_800_000);
});

const fingerprint = ({ id, stream, revision, position, recorded, data }: RecordedEvent): string =>
  JSON.stringify([id, stream, String(revision), position, recorded, data]);
