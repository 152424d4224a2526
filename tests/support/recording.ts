/** Records stories through the real tracker, or behind its back. */
import { type Entry, isDemarcheError, parseDevelopment } from '../../events/index.ts';
import { eventId, streamOf } from '../../src/tracker/log/identity.ts';
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

/**
 * Writes each step to the log without asking whether a tracker would have it, as an older or a careless one may have done: corrections
 * that leave nothing whole, remarks about nothing, days to come.
 */
export async function writeSteps(steps: readonly Step[]): Promise<Recorded> {
  const opened = openTestTracker(steps[0]?.at ?? 0);
  let revision = -1n;
  for (const { at, development } of steps) {
    const parsed = parseDevelopment(development);
    if (!parsed.ok) throw new Error(`${development.id}: ${JSON.stringify(parsed.faults)}`);
    opened.clock.set(at);
    const { id } = development;
    const event = {
      id: eventId(NEGOTIATION, id),
      type: parsed.value.type,
      data: { ...parsed.value, id },
      metadata: {},
    };
    await opened.store.append(streamOf(NEGOTIATION), revision < 0n ? 'none' : revision, [event]);
    revision += 1n;
  }
  return { ...opened, negotiation: NEGOTIATION, entries: await opened.log(), refused: [] };
}
