import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import type { AppendResult } from './port.ts';
import { isBusy, isInputOutput, translate } from './sqlite-errors.ts';
import type { Append, Outcome } from './sqlite-write.ts';

interface Job extends Append {
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

const RETRY_MS = 5;

/**
 * @param transact runs appends in one transaction, and throws what SQLite throws
 * @param patience milliseconds to wait for another process that holds the lock; the event loop runs on meanwhile
 * @param onCommit called after a transaction, before its appends are answered
 */
export function createGroup(options: {
  readonly transact: (appends: readonly Append[]) => readonly Outcome[];
  readonly file: string;
  readonly patience: number;
  readonly onCommit: () => void;
}): Group {
  const { transact, file, patience, onCommit } = options;
  let queue: readonly Job[] = [];
  const arriving: Job[] = [];
  let scheduled = false;
  let lockedSince: number | undefined;

  function flush(): void {
    scheduled = false;
    const jobs = [...queue, ...arriving.splice(0)];
    queue = [];
    try {
      run(jobs);
      lockedSince = undefined;
    } catch (error) {
      // Only "locked" comes up to here, before anything was begun.
      lockedSince ??= performance.now();
      if (performance.now() - lockedSince < patience) {
        queue = jobs;
        schedule(() => setTimeout(flush, RETRY_MS));
      } else {
        lockedSince = undefined;
        for (const job of jobs) job.reject(translate(error, file));
      }
    }
  }

  function run(jobs: readonly Job[]): void {
    let outcomes: readonly Outcome[];
    try {
      outcomes = transact(jobs);
    } catch (error) {
      if (isBusy(error)) throw error;
      // One of them may be what did not fit on the disk; the others have a right to be written.
      if (jobs.length > 1 && !isInputOutput(error)) for (const job of jobs) run([job]);
      else
        for (const job of jobs) job.reject(isInputOutput(error) ? outcomeUnknown(file, error) : translate(error, file));
      return;
    }
    onCommit();
    jobs.forEach((job, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined || isDemarcheError(outcome)) job.reject(outcome);
      else job.resolve(outcome);
    });
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
      await Promise.allSettled([...queue, ...arriving].map((job) => job.settled));
    },
  };
}

const outcomeUnknown = (file: string, cause: unknown): DemarcheError =>
  new DemarcheError('STORE_OUTCOME_UNKNOWN', `${file}: the disk failed while writing; whether it wrote is not known`, {
    cause,
  });
