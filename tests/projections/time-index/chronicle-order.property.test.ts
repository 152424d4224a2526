/** The order of the chronicle is found in the index as the fold finds it, and of each development from which moment on it counts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clocksOf, type Entry } from '../../../events/index.ts';
import { type Gates, replayChronicle, timeZoneOf } from '../../../projections/index.ts';
import { standingRecord } from '../../../projections/record.ts';
import { chronicleOrder, countedBy, spokenOf } from '../../../projections/time-index/chronicle-order.ts';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { logWith } from '../../support/entries.ts';
import { recordSteps } from '../../support/recording.ts';
import { story, told } from '../../support/stories.ts';
import { gatesOf, questions, RUNS } from '../judge.ts';
import { LOGS } from './small-logs.ts';

function expectSameOrder(index: TimeIndex, entries: readonly Entry[], gates: Gates): void {
  const sight = index.sightOf(gates);
  const spoken = spokenOf(index, sight);
  const family = entries.filter(({ revision }) => spoken.includes(revision));
  const { standing } = standingRecord(family, index.timeZone, { knownOn: gates.knownOn, recordedBy: null });
  const order = chronicleOrder(index, sight, spoken, standing);
  const chronicle = replayChronicle(entries, { ...gates, asOf: Number.POSITIVE_INFINITY });
  expect([...order.revisions].map(String)).toEqual(chronicle.map(({ revision }) => revision));
  const moments = [...order.effective].map((moment) =>
    Number.isFinite(moment) ? new Date(moment).toISOString() : null,
  );
  expect(moments).toEqual(chronicle.map(({ effective }) => effective));
  expect(countedBy(order, gates.asOf)).toBe(replayChronicle(entries, gates).length);
}

it('The chronicle has the same order in the index as in the fold, through any gates', async () => {
  await fc.assert(
    fc.asyncProperty(story(30), questions, async (one, asked) => {
      await using recorded = await recordSteps(told(one));
      const { entries } = recorded;
      const index = indexOf(entries, timeZoneOf(entries));
      for (const { gates } of gatesOf(recorded, one, asked)) expectSameOrder(index, entries, gates);
    }),
    { numRuns: Math.ceil(RUNS / 2) },
  );
});

it.each(LOGS)('The chronicle has it at every moment at which something becomes known: %s', (_, sketches) => {
  const { entries } = logWith(...sketches);
  const index = indexOf(entries, 'UTC');
  for (const { development, recorded } of entries) {
    const { reported } = clocksOf(development, recorded, 'UTC');
    for (const knownOn of [reported - 1, reported].filter(Number.isFinite))
      expectSameOrder(index, entries, { asOf: knownOn, knownOn, recordedBy: null });
  }
});
