/** Time of this thread for work that nobody waits for, shared by all who have such work, so that it takes no more where they are many. */
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/**
 * Does a piece of work, some milliseconds' at the most, when it is its turn: one piece at a time, with pauses between them. Where the
 * signal aborted before that, nothing is done.
 * @throws what the piece throws
 */
export type SpareTime = (piece: () => Promise<void>, signal: AbortSignal) => Promise<void>;

/** All pieces together take a tenth of the time at the most, and there are so many milliseconds at least between two. */
const SHARE = 0.1;
const PAUSE_MS = 5;
/** They stand back where others take more than a quarter of the time: then a hundredth is enough. */
const BUSY = 0.25;
const SHARE_WHILE_BUSY = 0.01;

export function spareTime(): SpareTime {
  let load = performance.eventLoopUtilization();
  let before: Promise<void> = Promise.resolve();

  /** Does a piece, and tells how long to pause after it. */
  async function timed(piece: () => Promise<void>, onPause: (milliseconds: number) => void): Promise<void> {
    const share = performance.eventLoopUtilization(load).utilization > BUSY ? SHARE_WHILE_BUSY : SHARE;
    const start = performance.now();
    try {
      await piece();
    } finally {
      load = performance.eventLoopUtilization();
      onPause(Math.max(PAUSE_MS, (performance.now() - start) * (1 / share - 1)));
    }
  }

  return (piece, signal) => {
    let pause = 0;
    const done = before.then(async () => {
      if (!signal.aborted) await timed(piece, (milliseconds) => (pause = milliseconds));
    });
    // A process that has nothing else to do does not wait for this.
    const paused = () => (pause > 0 ? setTimeout(pause, undefined, { ref: false }) : undefined);
    before = done.catch(() => undefined).then(paused);
    return done;
  };
}
