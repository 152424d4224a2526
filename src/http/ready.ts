/** Waiting until this process has read what the store holds. */
import { DemarcheError } from '../../events/errors.ts';
import type { Tracker } from '../tracker/index.ts';

const LOOK_EVERY_MS = 10;

/**
 * The position up to which everything is applied here, once this process has caught up; while its store is away, where it was then.
 * @throws DemarcheError `POSITION_NOT_REACHED` where nothing was read after `milliseconds`
 */
export async function appliedPosition(tracker: Tracker, milliseconds: number): Promise<string> {
  for (let waited = 0; !tracker.status().ready && waited < milliseconds; waited += LOOK_EVERY_MS)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  const { ready, applied } = tracker.status();
  if (applied === null && !ready)
    throw new DemarcheError(
      'POSITION_NOT_REACHED',
      'this server has only just started and is still reading; ask again shortly',
    );
  return applied ?? '0';
}

/** Calls back once this process has caught up for the first time. @returns what ends the waiting */
export function onceReady(tracker: Tracker, then: () => void): () => void {
  const look = setInterval(() => {
    if (!tracker.status().ready) return;
    clearInterval(look);
    then();
  }, LOOK_EVERY_MS);
  look.unref();
  return () => clearInterval(look);
}

/** Read your own writes: waits for the position a question names, if it names one. @throws DemarcheError `POSITION_NOT_REACHED` */
export const reachedBy =
  (tracker: Tracker, milliseconds: number) =>
  async (position: string | undefined): Promise<void> => {
    if (position !== undefined) await tracker.reached(position, milliseconds);
  };
