/** A file that one process of this machine has for as long as it runs, since it keeps in memory what the file says. */
import { type DemarcheError, isDemarcheError, refusal } from '../../../events/errors.ts';
import { type Lock, nameOf, tryLock } from './lock.ts';
import { notWritten } from './not-written.ts';

export interface Owner {
  /** The file is this process's, from now on. Where this fails, it is given back. */
  taken(): Promise<void>;
  /** Another process has it now: this one was still for so long that it looked gone. */
  lost(): void;
  /** Told why it is not this process's, once for each reason. */
  refused(why: DemarcheError): void;
}

export interface Ownership {
  readonly owned: boolean;
  /** @throws DemarcheError where the file is not this process's: `HELD_ELSEWHERE` for another one's, else as `notWritten` */
  check(): Promise<void>;
  /** Does the last that is to be done with it, and lets the next process have it. */
  release(last: () => Promise<void>): Promise<void>;
}

/** How often it is renewed, or asked for again where another process has it; and from when on it looks forgotten. In milliseconds. */
const LOOK_EVERY_MS = 5000;
const OLD_MS = 30_000;

/**
 * Takes a file, or waits for it, looking again now and then.
 * @param what the file holds, for those who are told that they cannot have it
 * @throws what `taken` throws the first time
 */
export async function own(path: string, what: string, owner: Owner, lookMs = LOOK_EVERY_MS): Promise<Ownership> {
  let lock: Lock | undefined;
  let refusal: DemarcheError | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let released = false;

  function refuse(why: DemarcheError): DemarcheError {
    if (refusal?.message !== why.message) owner.refused(why);
    refusal = why;
    return why;
  }

  async function take(): Promise<void> {
    const taken = await tryLock(path, OLD_MS).catch((error: unknown) => notWritten(what, error));
    if (isDemarcheError(taken)) return void refuse(taken);
    if ('by' in taken) return void refuse(anothers(what, nameOf(taken.by)));
    try {
      // Not written to by this process before it knows all that is in it.
      await owner.taken();
      lock = taken.lock;
      refusal = undefined;
    } catch (error) {
      await taken.lock.release();
      throw error;
    }
  }

  /** @returns whether it is this process's still */
  async function keep(): Promise<boolean> {
    if (!lock) return false;
    if (await lock.renew()) return true;
    if (lock) {
      lock = undefined;
      refuse(anothers(what, 'another process'));
      owner.lost();
    }
    return false;
  }

  async function look(): Promise<void> {
    try {
      await (lock ? keep() : take());
    } catch (error) {
      refuse(isDemarcheError(error) ? error : notWritten(what, error));
    }
    if (!released) again();
  }

  function again(): void {
    timer = setTimeout(() => {
      looking = look();
    }, lookMs).unref();
  }

  await take();
  again();
  return {
    get owned() {
      return lock !== undefined;
    },
    async check() {
      if (!(await keep())) throw refusal ?? anothers(what, 'another process');
    },
    async release(last) {
      released = true;
      clearTimeout(timer);
      await looking;
      await last();
      await lock?.release();
      lock = undefined;
    },
  };
}

function anothers(what: string, who: string): DemarcheError {
  const message = `another server on this machine (${who}) has ${what} of this store; ask that one, or stop it and try again`;
  return refusal('HELD_ELSEWHERE', { field: '', message });
}
