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

const LOOK_FOR_TROUBLE_MS = 1000;

/**
 * Says why this process does not follow its store, once for each reason, and when it does again. To those who run it: the reason may name
 * files and addresses.
 * @returns what ends the looking
 */
export function tellTrouble(tracker: Tracker, say: { readonly warn: Say; readonly info: Say }): () => void {
  let told: string | null = null;
  const look = setInterval(() => {
    const { ready, lastError } = tracker.status();
    if (!ready && lastError !== null && lastError !== told) say.warn(`the store: ${lastError}`);
    if (ready && told !== null) say.info('the store: followed again');
    told = ready ? null : (lastError ?? told);
  }, LOOK_FOR_TROUBLE_MS);
  look.unref();
  return () => clearInterval(look);
}

type Say = (message: string) => void;

/** Read your own writes: waits for the position a question names, if it names one. @throws DemarcheError `POSITION_NOT_REACHED` */
export const reachedBy =
  (tracker: Tracker, milliseconds: number) =>
  async (position: string | undefined): Promise<void> => {
    if (position !== undefined) await tracker.reached(position, milliseconds);
  };
