/** The text of a state is what writing the state would give, to the letter, whatever was told before and was recorded since. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDemarcheError } from '../../../events/index.ts';
import type { Gates, Standard } from '../../../projections/index.ts';
import type { Tracker } from '../../../src/tracker/index.ts';
import { gatesOf, questions, RUNS } from '../../projections/judge.ts';
import { recordSteps } from '../../support/recording.ts';
import { type Step, story, told } from '../../support/stories.ts';
import { NEGOTIATION } from '../../support/tracker.ts';

type Asked = { readonly gates: Gates; readonly standard: Standard };

it('tells a state in the words of its JSON, also from memory, and after more was recorded', async () => {
  await fc.assert(
    fc.asyncProperty(story(30), questions, async (one, asked) => {
      const steps = told(one);
      const half = Math.ceil(steps.length / 2);
      await using recorded = await recordSteps(steps.slice(0, half));
      const questions = gatesOf(recorded, one, asked);
      for (const question of [...questions, ...questions]) await compare(recorded.tracker, question);
      for (const step of steps.slice(half)) await offer(recorded.at, step);
      for (const question of questions) await compare(recorded.tracker, question);
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});

async function compare(tracker: Tracker, { gates: { asOf, knownOn, recordedBy }, standard }: Asked): Promise<void> {
  const view = {
    asOf: moment(asOf),
    ...(knownOn === null ? {} : { knownOn: moment(knownOn) }),
    ...(recordedBy === null ? {} : { recordedBy: moment(recordedBy) }),
    standard,
  };
  const state = await tracker.state(NEGOTIATION, view);
  const { parts, ...rest } = await tracker.stateText(NEGOTIATION, view);
  expect(Buffer.concat(parts).toString()).toBe(JSON.stringify(state));
  expect(rest).toEqual({ gates: state.gates, revision: state.revision, rounds: state.rounds });
}

/** What is refused is left out. */
async function offer(at: (moment: number, input: Step['development']) => Promise<void>, step: Step): Promise<void> {
  try {
    await at(step.at, step.development);
  } catch (error) {
    if (!isDemarcheError(error)) throw error;
  }
}

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();
