import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, STANDARDS } from '../../projections/index.ts';
import { passes } from '../../src/tracker/feed.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';
import { recordSteps } from '../support/recording.ts';
import { ISSUES, PARTIES, type Step, story, told } from '../support/stories.ts';
import { NEGOTIATION } from '../support/tracker.ts';

const RUNS = Number(process.env.DEMARCHE_PROPERTY_RUNS ?? 60);

const filters = fc.record(
  {
    party: fc.constantFrom(...PARTIES),
    issue: fc.constantFrom(...ISSUES),
    effect: fc.constantFrom('new', 'reiterated', 'beside', 'corrected'),
  },
  { requiredKeys: [] },
);

/** What a change says, but for where in the log it lies. */
const saidBy = ({ position: _, cursor: __, ...said }: Change) => said;

async function outcome<T>(attempt: Promise<T>): Promise<T | 'refused'> {
  return attempt.catch(() => 'refused' as const);
}

describe('changes', () => {
  test('are the same for who was there and for who comes later, after any cursor, through any filter, and back from the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        story(14),
        fc.constantFrom(...STANDARDS),
        filters,
        fc.nat(),
        async (drafts, standard, filter, at) => {
          const steps = told(drafts);
          await using there = await recordSteps(steps.slice(0, -5));
          const { tracker, store, clock } = there;
          await tracker.changes(NEGOTIATION, { standard, limit: 0 });
          for (const step of steps.slice(-5)) await outcome(there.at(step.at, step.development));
          const late = openTracker({ store, now: clock.now });
          const all = await late.changes(NEGOTIATION, { standard });
          const after = all[at % (all.length + 1)]?.cursor;
          const wanted = all.filter((change) => passes(change, filter));
          const rest = wanted.filter((change) => after === undefined || all.indexOf(change) > at % (all.length + 1));
          for (const one of [tracker, late]) {
            expect(await one.changes(NEGOTIATION, { standard, after, ...filter })).toEqual(rest);
            expect(await one.newestChanges(NEGOTIATION, { standard, limit: 4, ...filter })).toEqual(
              wanted.toReversed().slice(0, 4),
            );
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('that are rehearsed are those that recording makes then', async () => {
    const inOneGo = (steps: readonly Step[]) => [steps];
    const oneByOne = (steps: readonly Step[]) => steps.map((step) => [step]);
    await fc.assert(
      fc.asyncProperty(
        story(14),
        fc.constantFrom(...STANDARDS),
        fc.constantFrom(inOneGo, oneByOne),
        async (drafts, standard, split) => {
          const steps = told(drafts);
          await using opened = await recordSteps(steps.slice(0, -4));
          for (const together of split(steps.slice(-4))) {
            opened.clock.set(together[0]?.at ?? 0);
            const developments = together.map(({ development }) => development);
            const rehearsed = await outcome(opened.tracker.rehearse(developments, standard));
            const [last] = await opened.tracker.newestChanges(NEGOTIATION, { standard, limit: 1 });
            const recorded = await outcome(opened.tracker.record(developments));
            expect(rehearsed === 'refused').toBe(recorded === 'refused');
            const made = await madeSince(opened.tracker, standard, last);
            expect(rehearsed === 'refused' ? [] : rehearsed.changes.map(saidBy)).toEqual(made.map(saidBy));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

const madeSince = (tracker: Tracker, standard: Change['standard'], last: Change | undefined) =>
  tracker.changes(NEGOTIATION, { standard, after: last?.cursor });
