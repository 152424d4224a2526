/**
 * One process of this machine at a time: a lock beside a file, which says who has it. What a killed process left is taken over: where its
 * process is gone, or, where that cannot be told (a container has processes of its own), once it is old.
 */
import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { mkdir, open, readFile, rmdir, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import { isRunning } from '../../tracker/log/processes.ts';

export interface Lock {
  /** Says that it is still needed. @returns whether it is still ours: one that looked forgotten may have been taken over */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Who has a lock; undefined where it does not say, as in the moment in which it is taken. */
export type Holder = z.output<typeof holder> | undefined;

const holder = z.object({ pid: z.int(), machine: z.string(), id: z.string() });

/** Where a process id means the same process. */
const MACHINE = [hostname(), processes()].filter((part) => part !== '').join(' ');
/** Those of this process: an id of ours that is not among them was left by one that had the same number. */
const held = new Set<string>();

const lockOf = (path: string): string => join(dirname(path), `.${basename(path)}.lock`);

/**
 * Takes the lock of a file, if nobody has it.
 * @param oldMs after so many milliseconds without `renew` it counts as forgotten
 * @throws what the file system says where a lock cannot be written
 */
export async function tryLock(path: string, oldMs: number): Promise<{ readonly lock: Lock } | { readonly by: Holder }> {
  const file = lockOf(path);
  const id = randomUUID();
  if (!(await create(file, id))) {
    if (await isForgotten(file, oldMs)) await clear(file, oldMs);
    if (!(await create(file, id))) return { by: await holderOf(file) };
  }
  const isOurs = async () => (await holderOf(file))?.id === id;
  return {
    lock: {
      async renew() {
        if (!(await isOurs())) return false;
        const now = new Date();
        await utimes(file, now, now).catch(unlessGone);
        return true;
      },
      async release() {
        if (await isOurs()) await unlink(file).catch(unlessGone);
        held.delete(id);
      },
    },
  };
}

const BRIEFLY = { oldMs: 10_000, waitMs: 5000, againMs: 20 } as const;

/**
 * Does something with a file that takes no longer than reading and writing it, while no other process does.
 * @throws DemarcheError `HELD_ELSEWHERE` where another one had it all the time, and what the work throws
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitMs: number = BRIEFLY.waitMs): Promise<T> {
  const until = performance.now() + waitMs;
  for (;;) {
    const taken = await tryLock(path, BRIEFLY.oldMs);
    if ('lock' in taken) {
      try {
        return await work();
      } finally {
        await taken.lock.release();
      }
    }
    if (performance.now() > until) {
      const message = `${path} is being changed by ${nameOf(taken.by)}; try again in a moment`;
      throw new DemarcheError('HELD_ELSEWHERE', message);
    }
    // Not all at the same moment.
    await pause(BRIEFLY.againMs * (0.5 + Math.random()));
  }
}

export const nameOf = (who: Holder): string =>
  who === undefined
    ? 'another process'
    : who.machine === MACHINE
      ? `process ${who.pid}`
      : `process ${who.pid} of ${who.machine}`;

async function create(file: string, id: string): Promise<boolean> {
  try {
    const made = await open(file, 'wx', 0o600);
    // Before it says whose it is, so that nobody in this process takes it for one that was left.
    held.add(id);
    try {
      await made.writeFile(JSON.stringify({ pid: process.pid, machine: MACHINE, id }));
    } finally {
      await made.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    if (held.delete(id)) await unlink(file).catch(unlessGone);
    throw error;
  }
}

async function holderOf(file: string): Promise<Holder> {
  try {
    return holder.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function isForgotten(file: string, oldMs: number): Promise<boolean> {
  const age = await ageOf(file);
  if (age === undefined || age > oldMs) return age !== undefined;
  const who = await holderOf(file);
  if (who?.machine !== MACHINE) return false;
  return who.pid === process.pid ? !held.has(who.id) : !isRunning(who.pid);
}

/** Takes away what was forgotten. One process at a time, so that none takes away what another one has just made. */
async function clear(file: string, oldMs: number): Promise<void> {
  const clearing = `${file}.clearing`;
  try {
    await mkdir(clearing);
  } catch {
    if (((await ageOf(clearing)) ?? 0) > oldMs) await rmdir(clearing).catch(unlessGone);
    return;
  }
  try {
    if (await isForgotten(file, oldMs)) await unlink(file).catch(unlessGone);
  } finally {
    await rmdir(clearing).catch(unlessGone);
  }
}

/** Milliseconds since it was made or renewed; undefined where there is none. */
async function ageOf(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(unlessGone);
  return stats === undefined ? undefined : Date.now() - stats.mtimeMs;
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Linux: the set of processes that ids count in, which containers have of their own. */
function processes(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
