/** A snapshot saves reading the log, and changes no answer: not a whole one, not a damaged one, not one of another log. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemarcheError } from '../../../events/index.ts';
import { timeZoneOf } from '../../../projections/index.ts';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import { exportIndex, importIndex } from '../../../projections/time-index/portable.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { type DevelopmentInput, openTracker } from '../../../src/tracker/index.ts';
import { streamOf } from '../../../src/tracker/log/identity.ts';
import { checkRebuild } from '../../../src/tracker/log/rebuild.ts';
import { snapshotsIn } from '../../../src/tracker/log/snapshot.ts';
import { recordSteps } from '../../support/recording.ts';
import { setUp, story, told } from '../../support/stories.ts';
import { NEGOTIATION, settableClock } from '../../support/tracker.ts';

const clock = settableClock('2026-03-01T12:00:00Z');
let folder: string;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-snapshot-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const demand = (number: number): DevelopmentInput => ({
  id: `d-${number}`,
  negotiation: NEGOTIATION,
  type: 'DemandStated',
  occurred: '2026-02-10',
  party: 'ada',
  issue: 'border',
  stance: `Demand ${number}.`,
  source: { publisher: 'The Gazette' },
});

/** Opens the log in a file of the folder, tells how many events were read of it, and closes it again. */
async function opened<T>(run: (tracker: ReturnType<typeof openTracker>) => Promise<T>, file = 'log.db') {
  const store = openSqliteStore({ path: join(folder, file), clock: clock.now });
  let read = 0;
  const counting: EventStore = {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) {
        read += 1;
        yield event;
      }
    },
    async *readDigests(stream, from) {
      for await (const page of store.readDigests?.(stream, from) ?? []) {
        read += page.count;
        yield page;
      }
    },
  };
  const snapshots = snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message), { atClose: 1 });
  const tracker = openTracker({ store: counting, now: clock.now, snapshots });
  try {
    return { answer: await run(tracker), read };
  } finally {
    await tracker.close();
  }
}

const recorded = (count: number, file?: string) =>
  opened((tracker) => tracker.record([...setUp('UTC'), ...Array.from({ length: count }, (_, at) => demand(at))]), file);
const state = () => opened((tracker) => tracker.state(NEGOTIATION));
const snapshotFile = async () => join(folder, 'snapshots', String((await readdir(join(folder, 'snapshots')))[0]));

/** Makes the snapshot one that another version wrote. */
async function markVersion(version: number): Promise<void> {
  const file = await snapshotFile();
  const bytes = await readFile(file);
  const [line = '', length = ''] = /^demarche snapshot\n(\d+) \d+\n/.exec(bytes.toString('latin1')) ?? [];
  const head = bytes.subarray(line.length, line.length + Number(length)).toString();
  const other = Buffer.from(head.replace(/"version":\d+/, `"version":${version}`));
  const rest = bytes.subarray(line.length + Number(length));
  await writeFile(
    file,
    Buffer.concat([Buffer.from(`demarche snapshot\n${other.length} ${crc32(other)}\n`), other, rest]),
  );
}

describe('a snapshot', () => {
  it('is written at the end, and what comes after it is read from the log', async () => {
    await recorded(20);
    const whole = await state();
    // One to see that the snapshot is of this log.
    expect(whole.read).toBe(1);
    await opened((tracker) => tracker.record(demand(20)));
    const { answer, read } = await state();
    expect(read).toBeLessThan(3);
    expect(answer.positions[0]?.stance).toBe('Demand 20.');
    expect(said).toEqual([]);
  });

  it('that is damaged at any place is noticed, said and thrown away', async () => {
    await recorded(20);
    const { answer } = await state();
    const file = await snapshotFile();
    const bytes = await readFile(file);
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
      said = [];
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      await writeFile(file, damaged);
      const again = await state();
      expect(again.answer).toEqual(answer);
      expect(said, `byte ${at}`).toHaveLength(1);
      expect(again.read).toBeGreaterThan(20);
    }
  });

  it('is written also where somebody asked for the negotiation while it was recorded first', async () => {
    const recording = await opened(async (tracker) => {
      const first = tracker.record([...setUp('UTC'), demand(0)]);
      const asked = await Promise.allSettled([tracker.state(NEGOTIATION)]);
      await first;
      return asked[0].status;
    });
    expect(recording.answer).toBe('rejected');
    expect(await snapshotFile()).toContain('.snapshot');
  });

  it('is there for the next attempt where the store was away when it was first looked at', async () => {
    await recorded(20);
    const store = openSqliteStore({ path: join(folder, 'log.db'), clock: clock.now });
    const starts: bigint[] = [];
    const away: EventStore = {
      ...store,
      async *readStream(stream, options) {
        starts.push(options?.from ?? 0n);
        if (starts.length === 1) throw new DemarcheError('STORE_UNAVAILABLE', 'not now');
        yield* store.readStream(stream, options);
      },
    };
    const snapshots = snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message));
    const tracker = openTracker({ store: away, now: clock.now, snapshots });
    await expect(tracker.state(NEGOTIATION)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect((await tracker.state(NEGOTIATION)).positions[0]?.stance).toBe('Demand 19.');
    // Never from the beginning.
    expect(starts.every((from) => from > 0n)).toBe(true);
    await tracker.close();
  });

  it('that a process was writing when it was killed is taken away at the next start, and by a rebuild', async () => {
    await recorded(20);
    const file = await snapshotFile();
    const ended = spawnSync(process.execPath, ['--version']).pid;
    const leave = (...temporaries: readonly string[]) =>
      Promise.all(temporaries.map((one) => writeFile(`${file}.${one}.tmp`, 'half of it')));
    const left = async () => (await readdir(join(folder, 'snapshots'))).filter((name) => name.endsWith('.tmp')).sort();
    // Of a process that is gone, of an earlier one that had our number, and of one that is there.
    await leave(`${ended}.1`, `${process.pid}.99`, `${process.ppid}.1`);
    await writeFile(join(folder, 'snapshots', `another.snapshot.${ended}.1.tmp`), 'of another stream');
    await state();
    const kept = [`another.snapshot.${ended}.1.tmp`, `${basename(file)}.${process.ppid}.1.tmp`].sort();
    expect(await left()).toEqual(kept);

    await leave(`${ended}.2`);
    await snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message)).remove(streamOf(NEGOTIATION));
    expect(await left()).toEqual(kept);
    expect(said).toEqual([]);
  });

  it('that was cut off anywhere is noticed, said and thrown away', async () => {
    await recorded(20);
    const { answer } = await state();
    const file = await snapshotFile();
    const bytes = await readFile(file);
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 20)) {
      said = [];
      await writeFile(file, bytes);
      await truncate(file, length);
      expect((await state()).answer).toEqual(answer);
      expect(said).toHaveLength(1);
    }
  });

  it.each([0, 99])('of another version is thrown away: %s', async (version) => {
    await recorded(20);
    await markVersion(version);
    const { read } = await state();
    expect(read).toBeGreaterThan(20);
    expect(said.join()).toContain('version');
  });

  it('of an older version is used by nobody: the log is read, and who asks waits until all of it is', async () => {
    await recorded(20);
    const { answer } = await state();
    await markVersion(0);
    const gate = Promise.withResolvers<void>();
    const store = openSqliteStore({ path: join(folder, 'log.db'), clock: clock.now });
    const slow: EventStore = {
      ...store,
      async *readDigests(stream, from) {
        await gate.promise;
        yield* store.readDigests?.(stream, from) ?? [];
      },
    };
    const snapshots = snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message), { atClose: 1 });
    const tracker = openTracker({ store: slow, now: clock.now, snapshots });
    tracker.follow();
    let answered = false;
    const asked = tracker.state(NEGOTIATION).finally(() => {
      answered = true;
    });
    await expect.poll(() => said.join()).toContain('thrown away: it has version 0');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect({ ready: tracker.status().ready, answered }).toEqual({ ready: false, answered: false });
    gate.resolve();
    expect(await asked).toEqual(answer);
    await expect.poll(() => tracker.status().ready).toBe(true);
    await tracker.close();
    // The next start is from the one that was made instead.
    expect((await state()).read).toBe(1);
    expect(said).toHaveLength(1);
  });

  it('is written by one after the other, however many are written at once', async () => {
    await recorded(20);
    const snapshots = snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message));
    const snapshot = await snapshots.load(streamOf(NEGOTIATION));
    if (!snapshot) throw new Error('there is no snapshot');
    await Promise.all(Array.from({ length: 10 }, () => snapshots.save(streamOf(NEGOTIATION), snapshot)));
    expect(await readdir(join(folder, 'snapshots'))).toHaveLength(1);
    expect(await snapshots.load(streamOf(NEGOTIATION))).toMatchObject({ last: snapshot.last });
    expect(said).toEqual([]);
  });

  it('of another log of the same name is thrown away', async () => {
    await recorded(20);
    await recorded(5, 'other.db');
    expect(said.join()).toContain('another log');
    expect((await opened((tracker) => tracker.state(NEGOTIATION), 'other.db')).answer.revision).toBe(
      String(setUp('UTC').length + 4),
    );
  });

  it('of a log that another one was put in the place of is thrown away, though both end with the same words', async () => {
    const last = { ...demand(1), point: 'side' };
    await opened((tracker) => tracker.record([...setUp('UTC'), demand(0), last]));
    expect((await state()).answer.positions[0]?.since).toBe('2026-02-10');
    clock.set('2026-03-01T12:00:01Z');
    const store = openSqliteStore({ path: join(folder, 'other.db'), clock: clock.now });
    const tracker = openTracker({ store, now: clock.now });
    await tracker.record([...setUp('UTC'), { ...demand(0), occurred: '2026-02-11' }, last]);
    await tracker.close();
    await rename(join(folder, 'other.db'), join(folder, 'log.db'));
    expect((await state()).answer.positions[0]?.since).toBe('2026-02-11');
    expect(said.join()).toContain('another log');
  });

  it('holds all of an index: put together again, it is the same, and goes on the same', async () => {
    await fc.assert(
      fc.asyncProperty(story(24), fc.nat(40), async (one, place) => {
        await using given = await recordSteps(told(one));
        const { entries } = given;
        const timeZone = timeZoneOf(entries);
        const cut = Math.min(entries.length, place);
        const whole = indexOf(entries, timeZone);
        const copied = structuredClone(exportIndex(indexOf(entries.slice(0, cut), timeZone, 4)));
        const continued = indexOf(entries, timeZone, 4, importIndex(copied, 4));
        expect(exportIndex(continued)).toEqual(exportIndex(indexOf(entries, timeZone, 4)));
        expect(exportIndex(whole).head.lengths.simple).toBe(entries.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is proved to hold what the log says, and one that does not is told', async () => {
    await recorded(20);
    const store = openSqliteStore({ path: join(folder, 'log.db') });
    const snapshots = snapshotsIn(join(folder, 'snapshots'), (message) => said.push(message));
    expect(await checkRebuild(store, NEGOTIATION, snapshots)).toMatchObject({ same: true });
    const snapshot = await snapshots.load(streamOf(NEGOTIATION));
    if (!snapshot) throw new Error('there is no snapshot');
    snapshot.index.rows.kill(snapshot.index.size - 1);
    await snapshots.save(streamOf(NEGOTIATION), snapshot);
    expect(await checkRebuild(store, NEGOTIATION, snapshots)).toMatchObject({ same: false });
    await store.close();
  });

  it('is not missed where none can be written', async () => {
    await writeFile(join(folder, 'snapshots'), 'a file where the folder should be');
    await recorded(3);
    expect(said.join()).toContain('no snapshot was written');
    expect((await state()).answer.positions).toHaveLength(1);
  });
});
