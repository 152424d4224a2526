/** Records stories through the real tracker. */
import { type Entry, isDemarcheError } from '../../events/index.ts';
import type { Step } from './stories.ts';
import { NEGOTIATION, openTestTracker, type TestTracker } from './tracker.ts';

export interface Recorded extends TestTracker {
  readonly negotiation: string;
  readonly entries: readonly Entry[];
  /** ids of what was refused: remarks that would leave no whole development, dates in the future */
  readonly refused: readonly string[];
}

/** Offers each step to a tracker at its moment; what it refuses is left out, as a desk would. */
export async function recordSteps(steps: readonly Step[]): Promise<Recorded> {
  const opened = openTestTracker(steps[0]?.at ?? 0);
  const refused: string[] = [];
  const refusing = async ({ at, development }: Step): Promise<void> => {
    try {
      await opened.at(at, development);
    } catch (error) {
      if (!isDemarcheError(error)) throw error;
      refused.push(development.id);
    }
  };
  for (const step of steps) await refusing(step);
  return { ...opened, negotiation: NEGOTIATION, entries: await opened.log(), refused };
}
