/** What takes long is done in turns: whatever else waits goes first in between. */
import { expect, test } from 'vitest';
import type { DevelopmentInput } from '../../../src/tracker/index.ts';
import { EXAMPLES, GROUND } from '../../support/examples.ts';
import { NEGOTIATION as negotiation, openTestTracker } from '../../support/tracker.ts';

const MOMENTS = 500;
const DAY = 86_400_000;

const reiterations = Array.from({ length: MOMENTS }, (_, number): DevelopmentInput => {
  const occurred = new Date(Date.UTC(2024, 0, 1) + number * DAY).toISOString().slice(0, 10);
  return { ...EXAMPLES.DemandReiterated.minimal, id: `R-${number}`, occurred };
});

test.each([[false], [true]])('the timeline of one cell with hundreds of moments, as then known: %s', async (then) => {
  const { tracker } = openTestTracker('2026-02-15T12:00:00Z');
  await tracker.record([
    ...GROUND,
    ...reiterations,
    { ...EXAMPLES.DevelopmentCorrected.minimal, corrects: 'R-5', changes: { note: 'A slip.' } },
  ]);
  let turns = 0;
  let told = false;
  const count = (): void => {
    turns += 1;
    if (!told) setImmediate(count);
  };
  setImmediate(count);
  const [timeline] = await Array.fromAsync(tracker.timelines(negotiation, { then }));
  told = true;
  expect(timeline?.versions).toHaveLength(MOMENTS);
  expect(turns).toBeGreaterThan(MOMENTS / 100);
  await tracker.close();
});
