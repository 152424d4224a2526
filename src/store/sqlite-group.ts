import { type DemarcheError, isDemarcheError } from '../../events/errors.ts';
import type { AppendResult } from './port.ts';
import { isBusy, isInputOutput, outcomeUnknown, translate } from './sqlite-errors.ts';
import { RETRY_MS } from './sqlite-file.ts';
import type { Append, Outcome } from './sqlite-write.ts';

interface Job extends Append {
  /** when it first met the lock */
  readonly lockedSince?: number;
  readonly settled: Promise<AppendResult>;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Group commit: all appends of one turn of the event loop share one durable transaction. */
export interface Group {
  append(append: Append): Promise<AppendResult>;
  /** resolves when nothing is under way any more */
  drained(): Promise<void>;
}

/**
 * @param transact runs appends in one transaction, and throws what SQLite throws
 * @param held why nothing can be written right now, where this process holds the lock itself; undefined where it does not
 * @param patience milliseconds each append waits for whoever holds the lock; the event loop runs on meanwhile
 * @param onCommit called after a transaction, before its appends are answered
 */
export function createGroup(options: {
  readonly transact: (appends: readonly Append[]) => readonly Outcome[];
  readonly held: () => DemarcheError | undefined;
  readonly file: string;
  readonly patience: number;
  readonly onCommit: () => void;
}): Group {
  const { transact, held, file, patience, onCommit } = options;
  let waiting: readonly Job[] = [];
  const arriving: Job[] = [];
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const all = [...waiting, ...arriving.splice(0)];
    waiting = [];
    const reason = held();
    if (reason) {
      wait(all, reason);
      return;
    }
    const groups: (readonly Job[])[] = [all];
    for (let jobs = groups.shift(); jobs !== undefined; jobs = groups.shift()) {
      try {
        answer(jobs, transact(jobs));
      } catch (error) {
        if (isBusy(error)) {
          wait([jobs, ...groups].flat(), error);
          return;
        }
        // One of them may be what did not fit on the disk; the others have a right to be written.
        if (jobs.length > 1 && !isInputOutput(error)) groups.unshift(...jobs.map((job) => [job]));
        else fail(jobs, isInputOutput(error) ? outcomeUnknown(file, error) : translate(error, file));
      }
    }
  }

  function answer(jobs: readonly Job[], outcomes: readonly Outcome[]): void {
    onCommit();
    for (const [index, job] of jobs.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || isDemarcheError(outcome)) job.reject(outcome);
      else job.resolve(outcome);
    }
  }

  /** Nothing was begun: somebody else holds the lock. They are tried again, with whatever arrives meanwhile. */
  function wait(jobs: readonly Job[], error: unknown): void {
    const now = performance.now();
    const locked = jobs.map((job): Job => (job.lockedSince === undefined ? { ...job, lockedSince: now } : job));
    const isPatient = ({ lockedSince = now }: Job): boolean => now - lockedSince < patience;
    waiting = locked.filter(isPatient);
    if (waiting.length > 0) schedule(() => setTimeout(flush, RETRY_MS));
    const over = locked.filter((job) => !isPatient(job));
    if (over.length > 0) fail(over, translate(error, file));
  }

  function fail(jobs: readonly Job[], error: unknown): void {
    for (const job of jobs) job.reject(error);
  }

  function schedule(start: () => void): void {
    if (scheduled) return;
    scheduled = true;
    start();
  }

  return {
    append(append) {
      const { promise, resolve, reject } = Promise.withResolvers<AppendResult>();
      arriving.push({ ...append, settled: promise, resolve, reject });
      schedule(() => setImmediate(flush));
      return promise;
    },
    async drained() {
      await Promise.allSettled([...waiting, ...arriving].map((job) => job.settled));
    },
  };
}
