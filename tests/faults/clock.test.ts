import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { replay } from '../../projections/index.ts';
import { logOf, NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

/** Steps of a clock that is set back and forth, by a leap, by an hour, by days. */
const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 5_000 }),
    fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
    fc.constantFrom(-1, -1_000, -HOUR, HOUR, -72 * HOUR, 0),
  ),
  { minLength: 2, maxLength: 25 },
);

const OPENING = [
  { id: 'open', negotiation: NEGOTIATION, type: 'NegotiationOpened', title: 'Talks' },
  { id: 'p', negotiation: NEGOTIATION, type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' },
  { id: 'i', negotiation: NEGOTIATION, type: 'IssueRaised', issue: 'fish', title: 'Fish' },
] as const;

const demand = (number: number): DevelopmentInput => ({
  id: `d${number}`,
  negotiation: NEGOTIATION,
  type: 'DemandStated',
  party: 'north',
  issue: 'fish',
  occurred: `2025-0${1 + (number % 9)}-11`,
  stance: `Demand ${number}.`,
  source: { publisher: 'The Gazette' },
});

test('whatever the clock does, what was recorded by a moment is a beginning of the log, and that of the log is its state', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (turns) => {
      await using opened = openTestTracker(START);
      await opened.at(START, OPENING);
      let now = START;
      for (const [number, turn] of turns.entries()) {
        now += turn;
        await opened.at(now, demand(number));
      }
      const log = await logOf(opened.store);
      const moments = [...new Set([...log.map(({ recorded }) => recorded), now, START - 1])];
      for (const moment of moments.flatMap((at) => [at - 1, at])) {
        const prefix = log.filter(({ recorded }) => recorded <= moment);
        // A filter finds a prefix only where no moment steps back.
        expect(log.slice(0, prefix.length)).toEqual(prefix);
        if (prefix.length === 0) continue;
        const asOf = START + 100 * 24 * HOUR;
        const state = await opened.tracker.state(NEGOTIATION, {
          asOf: new Date(asOf).toISOString(),
          recordedBy: new Date(moment).toISOString(),
        });
        const alone = replay(prefix, { asOf, knownOn: null, recordedBy: null }, 'stated');
        expect(state.positions).toEqual(alone.positions);
      }
      // What is recorded is there at once, also where the clock says that it is still to come.
      const current = await opened.tracker.state(NEGOTIATION);
      expect(current.positions).toEqual(
        replay(log, { asOf: Number.MAX_SAFE_INTEGER, knownOn: null, recordedBy: null }, 'stated').positions,
      );
    }),
    { numRuns: Number(process.env.DEMARCHE_PROPERTY_RUNS ?? 60) },
  );
});

test('a log written by a clock that was ahead goes on where that stood', async () => {
  await using opened = openTestTracker(START);
  await opened.at(START + 24 * HOUR, OPENING);
  await opened.at(START, demand(0));
  const [entry] = (await opened.tracker.chronicle(NEGOTIATION)).filter(({ id }) => id === 'd0');
  expect(entry?.recorded).toBe(new Date(START + 24 * HOUR).toISOString());
  await opened.at(START + 25 * HOUR, demand(1));
  expect((await logOf(opened.store)).map(({ recorded }) => (recorded - START) / HOUR)).toEqual([24, 24, 24, 24, 25]);
});
