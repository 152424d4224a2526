import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../events/index.ts';
import { changesOf } from '../../projections/changes.ts';
import { type Change, type Position, replay, STANDARDS, type Standard, timeZoneOf } from '../../projections/index.ts';
import { indexedLog } from '../../projections/time-index/from-entries.ts';
import { recordSteps, writeSteps } from '../support/recording.ts';
import { story, told } from '../support/stories.ts';

const RUNS = Number(process.env.DEMARCHE_PROPERTY_RUNS ?? 60);
/** Everything on record counts by then. */
const LATEST = 8.64e15;

/** Into the log through the tracker, or behind its back. */
const WAYS = fc.constantFrom(recordSteps, writeSteps);

const positionsAt = (entries: readonly Entry[], asOf: number, standard: Standard): ReadonlyMap<string, Position> =>
  new Map(
    replay(entries, { asOf, knownOn: null, recordedBy: null }, standard).positions.map((position) => [
      `${position.party} ${position.issue}`,
      position,
    ]),
  );

const keyOf = ({ party, issue }: Change): string => `${party} ${issue}`;

/** @param write how the story comes into the log */
async function changesIn(drafts: Parameters<typeof told>[0], standard: Standard, write = recordSteps) {
  await using recorded = await write(told(drafts));
  const { entries } = recorded;
  // All is indexed first: what an event did is the same whatever came after it.
  const log = indexedLog(entries, timeZoneOf(entries));
  return { entries, changes: await Promise.all(entries.map((entry) => changesOf(log, entry, standard))) };
}

describe('what each event of the log did to positions', () => {
  test('a change carries the current position without and with its event, and no change of one is missed', async () => {
    await fc.assert(
      fc.asyncProperty(story(14), fc.constantFrom(...STANDARDS), WAYS, async (drafts, standard, write) => {
        const { entries, changes } = await changesIn(drafts, standard, write);
        for (const index of entries.keys()) {
          const before = positionsAt(entries.slice(0, index), LATEST, standard);
          const after = positionsAt(entries.slice(0, index + 1), LATEST, standard);
          const present = (changes[index] ?? []).filter(({ past }) => !past);
          const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
            (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
          );
          expect(present.map(keyOf).sort()).toEqual(moved.sort());
          for (const change of present) {
            expect(change.before).toEqual(before.get(keyOf(change)) ?? null);
            expect(change.after).toEqual(after.get(keyOf(change)) ?? null);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('a cell reads differently only within the span that its change says it alters, and does so where that begins', async () => {
    await fc.assert(
      fc.asyncProperty(story(12), fc.constantFrom(...STANDARDS), WAYS, async (drafts, standard, write) => {
        const { entries, changes } = await changesIn(drafts, standard, write);
        const moments = momentsIn(changes.flat());
        for (const index of entries.keys()) {
          for (const asOf of moments) {
            const before = positionsAt(entries.slice(0, index), asOf, standard);
            const after = positionsAt(entries.slice(0, index + 1), asOf, standard);
            for (const key of new Set([...before.keys(), ...after.keys()])) {
              const change = (changes[index] ?? []).find((one) => keyOf(one) === key);
              const differs = JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key));
              const [from, to] = spanOf(change);
              if (differs) expect(from <= asOf && asOf < to, `${key} at ${new Date(asOf).toISOString()}`).toBe(true);
              if (asOf === from) expect(differs).toBe(true);
            }
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });

  test('cursors rise from change to change, and the last of a position is the position itself', async () => {
    await fc.assert(
      fc.asyncProperty(story(14), async (drafts) => {
        const { changes } = await changesIn(drafts, 'stated');
        for (const together of changes) {
          expect(together.at(-1)?.cursor).toBe(together.at(-1)?.position);
          expect(together.slice(0, -1).map(({ cursor }) => cursor)).toEqual(
            together.slice(0, -1).map(({ position }, index) => `${position}.${index}`),
          );
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});

/** The moments at which something may begin or end to read differently, and those just before. */
function momentsIn(changes: readonly Change[]): readonly number[] {
  const moments = changes.flatMap(({ alters: { from, to } }) => [from, to]).filter((text) => text !== null);
  return [...new Set(moments.map((text) => Date.parse(text)))].flatMap((moment) => [moment - 1, moment]);
}

function spanOf(change: Change | undefined): readonly [number, number] {
  if (!change) return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { from, to } = change.alters;
  return [
    from === null ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to === null ? Number.POSITIVE_INFINITY : Date.parse(to),
  ];
}
