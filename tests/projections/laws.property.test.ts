/** What holds of replay whatever was recorded, said without an oracle. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference, Gates, HistoryEntry, Position } from '../../projections/index.ts';
import { replay, replayDifference, replayHistory } from '../../projections/index.ts';
import { type Recorded, recordSteps } from '../support/recording.ts';
import { type Step, setUp, story, told } from '../support/stories.ts';
import { type Answer, CELLS, comparable, gatesOf, momentsOf, questions, RUNS } from './judge.ts';
import { oracleRecord, type Standing } from './oracle.ts';

const FAR = '9999-12-31';
const text = (moment: number) => new Date(moment).toISOString();
const nameOf = ({ party, issue }: { party: string; issue: string }) => `${party} on ${issue}`;

describe('replay, whatever was recorded', () => {
  it('gives as of now what it gives as of any later day, and leaves nothing open', async () => {
    await fc.assert(
      fc.asyncProperty(story(), async (one) => {
        await using recorded = await recordSteps(told(one));
        const { tracker, negotiation } = recorded;
        const current = await tracker.state(negotiation);
        expect(current.possiblyByThen).toEqual([]);
        const last = recorded.entries.at(-1)?.recorded ?? 0;
        for (const asOf of [FAR, text(Math.max(last, recorded.clock.now()))]) {
          const { positions } = await tracker.state(negotiation, { asOf });
          expect(positions).toEqual(current.positions);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives by what was recorded until a moment what a log that ends there gives', async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, fc.nat(), async (one, asked, at) => {
        await using recorded = await recordSteps(told(one));
        const { entries } = recorded;
        const ends = entries.flatMap(({ recorded }, index) =>
          recorded < (entries[index + 1]?.recorded ?? Infinity) ? [index] : [],
        );
        const end = ends[at % ends.length] ?? 0;
        const prefix = entries.slice(0, end + 1);
        const recordedBy = prefix.at(-1)?.recorded ?? 0;
        for (const { gates, standard } of gatesOf(recorded, one, asked)) {
          const whole = replay(prefix, { ...gates, recordedBy: null }, standard);
          expect(replay(entries, { ...gates, recordedBy }, standard)).toEqual(whole);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives the same, in whatever order the developments were imported, where their dates differ', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        story(10),
        questions,
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        async (one, asked, order) => {
          const steps = imported(told(one));
          await using first = await recordSteps(steps);
          await using second = await recordSteps(inOtherOrder(steps, order));
          if (first.refused.toSorted().join() !== second.refused.toSorted().join()) return;
          for (const { gates, standard } of gatesOf(first, one, asked)) {
            const hindsight = { ...gates, recordedBy: null };
            if (hasTies(first, hindsight)) continue;
            compared += 1;
            expect(unordered(replay(second.entries, hindsight, standard))).toEqual(
              unordered(replay(first.entries, hindsight, standard)),
            );
          }
        },
      ),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS);
  });

  it('says of two dates exactly the cells that read differently, and each as the two states have it', async () => {
    await fc.assert(
      fc.asyncProperty(story(), fc.nat(), fc.nat(), fc.boolean(), async (one, from, to, then) => {
        await using recorded = await recordSteps(told(one));
        const { tracker, negotiation } = recorded;
        const moments = momentsOf(recorded, one.setting.timeZone);
        const [a = 0, b = 0] = [from, to].map((at) => moments[at % moments.length] ?? 0).sort((x, y) => x - y);
        const [before, after] = await Promise.all(
          [a, b].map((asOf) => tracker.state(negotiation, { asOf: text(asOf), then })),
        );
        const differences = await tracker.diff(negotiation, { from: text(a), to: text(b), then });
        const seenAt = (asOf: number) => ({ asOf, knownOn: then ? asOf : null, recordedBy: null });
        expect(differences).toEqual(replayDifference(recorded.entries, seenAt(a), seenAt(b), 'stated'));
        const cellsOf = (positions: readonly Position[] = []) =>
          new Map(positions.map((position) => [nameOf(position), position]));
        const [earlier, later] = [cellsOf(before?.positions), cellsOf(after?.positions)];
        const moved = CELLS.map(nameOf).filter(
          (name) => JSON.stringify(earlier.get(name)) !== JSON.stringify(later.get(name)),
        );
        expect(differences.map(nameOf).toSorted()).toEqual(moved.toSorted());
        for (const difference of differences) {
          const name = nameOf(difference);
          expect(difference.before).toEqual(earlier.get(name) ?? null);
          expect(difference.after).toEqual(later.get(name) ?? null);
          // In hindsight, both dates see the same record: then nothing but the world has moved.
          const record = then ? (['corrected', 'retracted'] as const) : [];
          expect([...allowed(difference), ...record]).toContain(difference.change);
          const known = new Set(recorded.entries.map(({ development }) => development.id));
          expect(difference.developments.filter((id) => !known.has(id))).toEqual([]);
          if (difference.change === 'withdrawn') expect(difference.developments).not.toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('has in force in a history exactly what the position rests on', async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const corrects = new Map(
          recorded.entries.flatMap(({ development }) =>
            development.type === 'DevelopmentCorrected' ? [[development.id, development.corrects] as const] : [],
          ),
        );
        const correctedBy = (id: string): string => {
          const corrected = corrects.get(id);
          return corrected === undefined ? id : correctedBy(corrected);
        };
        const about = ({ id }: HistoryEntry): string => correctedBy(id);
        for (const { gates, standard } of gatesOf(recorded, one, asked.slice(0, 3))) {
          const { positions } = replay(recorded.entries, gates, standard);
          const withdrawals = new Set(
            oracleRecord(recorded.entries, gates).world.flatMap(({ development: { id, type } }) =>
              type === 'PositionWithdrawn' || type === 'DemandDropped' ? [id] : [],
            ),
          );
          for (const cell of CELLS) {
            const history = replayHistory(recorded.entries, cell, gates, standard);
            const position = positions.find((one) => nameOf(one) === nameOf(cell));
            const inForce = history.filter(({ status, effect }) => status === 'in-force' && effect !== 'retracted');
            const restsOn = position?.developments ?? [];
            if (position?.status === 'withdrawn')
              expect(inForce.map(about)).toEqual(expect.arrayContaining([...restsOn]));
            else
              expect(
                inForce
                  .map(about)
                  .filter((id) => !withdrawals.has(id))
                  .toSorted(),
              ).toEqual(restsOn.toSorted());
            const beside = history.filter(({ status }) => status === 'beside').map(about);
            expect(beside).toEqual(expect.arrayContaining(position?.beside.map(({ id }) => id) ?? []));
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** Which words may be used of a difference: `new` and `withdrawn` are of positions that come and go, and so on. */
function allowed({ before, after }: Difference): readonly Difference['change'][] {
  const held = (position: Position | null) => position?.status === 'held';
  if (!held(before) && held(after)) return ['new'];
  if (held(before) && !held(after)) return after?.status === 'withdrawn' ? ['withdrawn'] : ['retracted'];
  if (!held(after)) {
    if (after?.status === 'withdrawn' && before?.developments.join() !== after.developments.join())
      return ['withdrawn'];
    return before?.status === 'withdrawn' && after?.status !== 'withdrawn' ? ['retracted'] : ['beside'];
  }
  const points = (position: Position | null) => JSON.stringify(position?.points);
  const restsOn = (position: Position | null) => position?.developments.toSorted().join();
  const isSameActs = restsOn(before) === restsOn(after);
  // Said again on the day on which it was said before, it reads the same and rests on more.
  if (points(before) === points(after)) return isSameActs ? ['beside', 'corrected'] : ['beside', 'reiterated'];
  if (isSameActs) return ['corrected'];
  const words = (position: Position | null) =>
    position?.points
      .map(({ point, stance }) => `${point}: ${stance}`)
      .toSorted()
      .join();
  if (words(before) === words(after)) {
    const pairs = (after?.points ?? []).map((later) => ({
      ...{ later, earlier: before?.points.find(({ point }) => point === later.point) },
    }));
    // The same words hold since later where they were given up in between; within one day, only who set them tells.
    if (pairs.some(({ earlier, later }) => earlier && earlier.since < later.since)) return ['changed', 'conditioned'];
    const isSetAnew = pairs.some(
      ({ earlier, later }) => earlier?.since === later.since && earlier.setBy !== later.setBy,
    );
    return isSetAnew ? ['reiterated', 'changed', 'conditioned'] : ['reiterated'];
  }
  const told = new Set(before?.points.map(({ point, stance }) => JSON.stringify([point, stance])));
  const isSaidAnew = after?.points.some(({ point, stance }) => !told.has(JSON.stringify([point, stance])));
  return isSaidAnew ? ['changed', 'conditioned'] : ['changed', 'conditioned', 'withdrawn'];
}

function unordered(answer: Answer) {
  const { positions, possiblyByThen } = comparable(answer);
  return { positions, possiblyByThen: possiblyByThen.toSorted() };
}

/** All of a story's developments, recorded long after they were reported. */
function imported(steps: readonly Step[]): readonly Step[] {
  const last = Math.max(...steps.map(({ at }) => at));
  return steps.map(({ development }) => ({ at: last + 86_400_000, development }));
}

/** Another order in which everything still comes after what it speaks of. */
function inOtherOrder(steps: readonly Step[], order: readonly number[]): readonly Step[] {
  const first = setUp('UTC').length;
  const waiting = steps.slice(first).map((step, index) => ({ step, rank: order[index % order.length] ?? 0 }));
  const told: Step[] = steps.slice(0, first);
  while (waiting.length > 0) {
    const ids = new Set(waiting.map(({ step }) => step.development.id));
    const ready = waiting.filter(({ step }) => targets(step).every((id) => !ids.has(id)));
    const next = ready.toSorted((a, b) => a.rank - b.rank)[0];
    if (!next) throw new Error('a story speaks only of what stands before');
    waiting.splice(waiting.indexOf(next), 1);
    told.push(next.step);
  }
  return told;
}

function targets({ development }: Step): readonly string[] {
  const { corrects, retracts, corroborates, denies, duplicate, into } = development as unknown as Record<
    string,
    string | undefined
  >;
  return [corrects, retracts, corroborates, denies, duplicate, into].filter((id) => id !== undefined);
}

/** Do two things that could bear on the same answer have the same effective moment and start, so that only the log orders them? */
function hasTies({ entries }: Recorded, gates: Gates): boolean {
  const { world, remarks } = oracleRecord(entries, gates);
  const places = new Set<string>();
  return [...world, ...remarks].some((one) => {
    const names = placesOf(one, world).map((place) => `${place} at ${one.effective} from ${one.start}`);
    const tied = names.some((name) => places.has(name));
    for (const name of names) places.add(name);
    return tied;
  });
}

/** Where a development could meet another: the cells it is in, the development it speaks of; merges could meet anywhere. */
function placesOf({ development }: Standing, world: readonly Standing[]): readonly string[] {
  switch (development.type) {
    case 'DevelopmentCorrected':
      return [development.corrects];
    case 'DevelopmentMerged':
      return ['merges'];
    case 'DevelopmentDenied': {
      const denied = world.find(({ development: { id } }) => id === development.denies);
      return denied ? placesOf(denied, world) : [];
    }
    default:
      if (!('issue' in development) || development.issue === undefined) return [];
      return CELLS.filter(({ party, issue }) => {
        const { party: own, parties = [own] } = development as {
          party?: string;
          parties?: readonly (string | undefined)[];
        };
        return issue === development.issue && parties.includes(party);
      }).map(nameOf);
  }
}
