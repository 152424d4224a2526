/** What is asked of a negotiation but for positions: told from what it needs, however much else is on record. */
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { setUp } from '../support/stories.ts';
import { NEGOTIATION, settableClock } from '../support/tracker.ts';

const source = { publisher: 'The Gazette' };
const common = { negotiation: NEGOTIATION, occurred: '2026-02-10', source };
const demand = (number: number) => ({
  ...common,
  ...{ id: `d-${number}`, type: 'DemandStated' as const, party: 'ada', issue: 'border', point: `p-${number}` },
  stance: `Demand ${number}.`,
});
const swap = (number: number) => ({
  ...common,
  ...{ id: `s-${number}`, type: 'PrisonerExchangeAgreed' as const, exchange: `e-${number}`, parties: ['ada'] },
  summary: `Swap ${number}.`,
});
const round = {
  ...common,
  ...{ id: 'r-1', type: 'RoundScheduled' as const, round: 'first', scheduledFor: '2026-04-01', parties: ['ada'] },
};
const late = {
  ...{ id: 'p-late', negotiation: NEGOTIATION, type: 'PartyJoined' as const },
  party: 'late',
  name: 'Late',
};
const retraction = {
  ...common,
  ...{ id: 'x-1', type: 'DevelopmentRetracted' as const, retracts: 'p-late', reason: 'Not a party.' },
};

/** A tracker that was just opened on a log of these, after its set-up, and how many events were read since. */
async function reopened(...developments: Parameters<ReturnType<typeof openTracker>['record']>[0][]) {
  const { now } = settableClock('2026-03-01T12:00:00Z');
  const store = openSqliteStore({ path: ':memory:', clock: now });
  const writer = openTracker({ store, now });
  await writer.record(setUp('UTC'));
  for (const some of developments) await writer.record(some);
  let read = 0;
  const counting: EventStore = {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) {
        read += 1;
        yield event;
      }
    },
    readRevisions(stream, revisions) {
      read += revisions.length;
      return store.readRevisions?.(stream, revisions) ?? Promise.resolve([]);
    },
  };
  const tracker = openTracker({ store: counting, now });
  const readFor = async <T>(ask: () => Promise<T>) => {
    const before = read;
    return { answer: await ask(), read: read - before };
  };
  return { tracker, readFor };
}

const many = <T>(make: (number: number) => T): T[] => Array.from({ length: 900 }, (_, number) => make(number));

describe('the list of negotiations', () => {
  it('is told from what set each up, and not again before more is recorded', async () => {
    const { tracker, readFor } = await reopened(many(swap), many(demand));
    await tracker.negotiations();
    await tracker.record(demand(1_000));
    const { answer, read } = await readFor(() => tracker.negotiations());
    expect(answer).toMatchObject([{ negotiation: NEGOTIATION, developments: 1_801 + setUp('UTC').length }]);
    expect(read).toBeLessThanOrEqual(setUp('UTC').length);
    expect((await readFor(() => tracker.negotiations())).read).toBe(0);
    await tracker.close();
  });

  it('names a negotiation, its parties and its issues as a state of now does', async () => {
    const retitled = {
      ...common,
      ...{ id: 'c-1', type: 'DevelopmentCorrected' as const, corrects: setUp('UTC')[0]?.id ?? '' },
      changes: { title: 'Another title' },
    };
    const left = { ...common, id: 'l-1', type: 'PartyLeft' as const, party: 'ada' };
    const role = 'observer' as const;
    const { tracker } = await reopened({ ...late, role }, retitled, left);
    const told = async () => {
      const [summary] = await tracker.negotiations();
      const { title, parties, issues } = await tracker.state(NEGOTIATION);
      const expected = { title, parties: parties.map(({ party }) => party), issues: issues.map(({ issue }) => issue) };
      expect(summary).toMatchObject(expected);
      return expected;
    };
    expect(await told()).toMatchObject({ title: 'Another title', parties: expect.arrayContaining(['ada', 'late']) });
    await tracker.record(retraction);
    expect((await told()).parties).not.toContain('late');
    await tracker.close();
  });
});

describe('proceedings', () => {
  it('are those of the state, and nothing is read of positions for them', async () => {
    const { tracker, readFor } = await reopened(many(demand), [round, swap(1)]);
    await tracker.negotiations();
    const { answer, read } = await readFor(() => tracker.proceedings(NEGOTIATION, { asOf: '2026-02-20' }));
    expect(read).toBeLessThanOrEqual(setUp('UTC').length + 4);
    const { positions, possiblyByThen: _, ...others } = await tracker.state(NEGOTIATION, { asOf: '2026-02-20' });
    expect(positions[0]?.points).toHaveLength(900);
    expect(answer).toEqual(others);
    expect(answer.rounds).toMatchObject([{ round: 'first' }]);
    await tracker.close();
  });
});

describe('a batch in a long log', () => {
  it('reads what set the negotiation up, and not the whole log', async () => {
    const { tracker, readFor } = await reopened(many(swap), many(demand));
    const batch = await tracker.batch(NEGOTIATION);
    const { answer, read } = await readFor(() => batch.setUp());
    batch.close();
    expect(answer.map(({ id }) => id)).toEqual(setUp('UTC').map(({ id }) => id));
    expect(read).toBeLessThanOrEqual(setUp('UTC').length);
    await tracker.close();
  });
});

describe('a name that is not there', () => {
  it('is refused with some of those that are, and how many more', async () => {
    const parties = Array.from({ length: 1_500 }, (_, number) => ({
      ...{ id: `j-${number}`, negotiation: NEGOTIATION, type: 'PartyJoined' as const, role: 'observer' as const },
      ...{ party: `delegation-of-the-${number}`, name: `Delegation ${number}` },
    }));
    const { tracker } = await reopened(parties);
    const refused = tracker.state(NEGOTIATION, { party: 'zz' });
    await expect(refused).rejects.toThrow(/^there is no party "zz"; declared: ada, .* and 1,48\d more$/);
    await tracker.close();
  });
});
