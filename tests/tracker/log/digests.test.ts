/** An index made from digests is the index made from events: a digest says nothing else than its event, and is not needed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DevelopmentInput } from '../../../events/index.ts';
import { digestOf, digestReader } from '../../../projections/time-index/digest.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import { contentsOf } from '../../../projections/time-index/portable.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { negotiationLog } from '../../../src/tracker/log/log.ts';
import { batchOf, OPENING, recordedSize, NEGOTIATION as STRAIT } from '../../faults/batches.ts';
import { linesOf } from '../../support/digest-lines.ts';
import { recordSteps } from '../../support/recording.ts';
import { story, told } from '../../support/stories.ts';
import { NEGOTIATION, openTestTracker } from '../../support/tracker.ts';

/** A store that shows only some of what it has. */
const without = (store: EventStore, change: (digest: string, revision: number) => string | undefined): EventStore => ({
  ...store,
  async *readDigests(stream, from) {
    for await (const page of store.readDigests?.(stream, from) ?? []) {
      const changed = linesOf(page.lines).map(({ step, digest }, place) => {
        const shown = change(digest, page.from + place);
        return shown === undefined ? undefined : `${step} ${shown}\n`;
      });
      const end = changed.indexOf(undefined);
      const shown = end < 0 ? changed : changed.slice(0, end);
      if (shown.length > 0) yield { ...page, count: shown.length, lines: shown.join('') };
      if (end >= 0) return;
    }
  },
});

async function indexOn(store: EventStore, negotiation = NEGOTIATION) {
  const log = negotiationLog(store, negotiation);
  await log.catchUp();
  return { index: contentsOf(log.index), last: log.last, size: log.size };
}

describe('an index', () => {
  it('is the same from digests, from events, and from digests of which some are missing or of another version', async () => {
    await fc.assert(
      fc.asyncProperty(story(24), fc.nat(30), async (one, place) => {
        await using recorded = await recordSteps(told(one));
        const { store } = recorded;
        const fromEvents = await indexOn({ ...store, readDigests: undefined } as unknown as EventStore);
        expect(await indexOn(store)).toEqual(fromEvents);
        expect(await indexOn(without(store, (digest, at) => (at === place ? undefined : digest)))).toEqual(fromEvents);
        const other = (digest: string, at: number) => (at % 5 === 3 ? digest.replace(/^\d+ /, '99 ') : digest);
        expect(await indexOn(without(store, other))).toEqual(fromEvents);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same where many developments, and what speaks of them, are read in one page', async () => {
    await using opened = openTestTracker();
    const { store, tracker } = opened;
    await tracker.record([
      { negotiation: NEGOTIATION, type: 'NegotiationOpened', title: 'Talks' },
      { negotiation: NEGOTIATION, type: 'PartyJoined', party: 'northland', name: 'Northland', role: 'principal' },
      { negotiation: NEGOTIATION, type: 'IssueRaised', issue: 'fishing', title: 'Fishing' },
    ]);
    const source = { publisher: 'The Gazette' };
    const common = { negotiation: NEGOTIATION, source };
    const pairs = Array.from({ length: 200 }, (_, number): readonly DevelopmentInput[] => [
      {
        ...{ ...common, id: `D-${number}`, type: 'DemandStated', occurred: '2024-03-05' },
        ...{ party: 'northland', issue: 'fishing', stance: `Statement ${number}.` },
      },
      { ...common, type: 'DevelopmentCorrected', corrects: `D-${number}`, changes: { stance: `Corrected ${number}.` } },
    ]);
    await tracker.record(pairs.flat());
    const fromEvents = await indexOn({ ...store, readDigests: undefined } as unknown as EventStore);
    expect(await indexOn(store)).toEqual(fromEvents);
  });

  it('is the same where much was recorded and corrected little by little', async () => {
    const store = openSqliteStore({ path: ':memory:' });
    const tracker = openTracker({ store });
    const batches = Array.from({ length: 40 }, (_, number) => batchOf('a', number, recordedSize(number)));
    await tracker.record(OPENING);
    for (const batch of batches) await tracker.record(batch);
    const [fromDigests, fromEvents] = [
      await indexOn(store, STRAIT),
      await indexOn({ ...store, readDigests: undefined } as unknown as EventStore, STRAIT),
    ];
    expect(fromDigests.size).toBe([OPENING, ...batches].flat().length);
    expect(fromDigests).toEqual(fromEvents);
    await tracker.close();
  });

  it('finds in a digest the facts of the development', async () => {
    await fc.assert(
      fc.asyncProperty(story(24), async (one) => {
        await using recorded = await recordSteps(told(one));
        const factsIn = digestReader();
        for (const { development } of recorded.entries) {
          const facts = factsOf(development, one.setting.timeZone);
          expect(factsIn(digestOf(facts))).toEqual(facts);
        }
      }),
      { numRuns: 60 },
    );
  });
});
