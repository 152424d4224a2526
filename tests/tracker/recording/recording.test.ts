/** What recording promises: the same thing is recorded once, all of a batch or none, in the order given, at the store's moment. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DevelopmentInput, openTracker } from '../../../src/tracker/index.ts';
import { eventId } from '../../../src/tracker/log/identity.ts';
import { EVERY_TYPE, EXAMPLES, GROUND } from '../../support/examples.ts';
import { expectRefused } from '../../support/refusals.ts';
import { logOf, NEGOTIATION as negotiation, openTestTracker, type TestTracker } from '../../support/tracker.ts';

const NOW = '2026-02-15T12:00:00.000Z';
const demand = EXAMPLES.DemandStated.minimal;
let tracked: TestTracker;

beforeEach(async () => {
  tracked = openTestTracker(NOW);
  await tracked.tracker.record(GROUND);
});
afterEach(() => tracked.tracker.close());

const ids = async () => (await tracked.log()).map(({ development }) => development.id);

describe('every type of the catalogue', () => {
  it.each(EVERY_TYPE)('%s is recorded and read back word for word', async (type) => {
    for (const example of [EXAMPLES[type].minimal, EXAMPLES[type].full]) {
      const opened = openTestTracker(NOW);
      if (type !== 'NegotiationOpened') await opened.tracker.record(GROUND);
      const { developments } = await opened.tracker.record(example);
      const recorded = (await opened.tracker.developments(negotiation)).at(-1);
      expect(recorded).toMatchObject(example);
      expect(developments).toEqual([
        { id: recorded?.id, revision: String((await opened.log()).length - 1), added: true },
      ]);
      // answers of every kind can be given with it on record
      await opened.tracker.state(negotiation);
      await opened.tracker.chronicle(negotiation);
      await opened.tracker.close();
    }
  });
});

describe('the answer', () => {
  it('says where it lies also to who records, in the same moment, what another adds just then', async () => {
    const calls = [{ ...demand, stance: 'Another.' }, demand, demand, demand];
    const answers = await Promise.all(calls.map((one) => tracked.tracker.record(one)));
    expect(answers.map(({ developments }) => developments[0]?.added)).toEqual([true, true, false, false]);
    const [, ...positions] = answers.map(({ position }) => position);
    const last = (await tracked.log()).at(-1)?.position;
    expect(positions).toEqual([last, last, last]);
  });
});

describe('an id', () => {
  it('is what the development came with', async () => {
    const { developments } = await tracked.tracker.record({ ...demand, id: 'R-41' });
    expect(developments).toEqual([{ id: 'R-41', revision: String(GROUND.length), added: true }]);
  });

  it('is derived from the content where there is none, whatever order it was written in and whether defaults were said', async () => {
    const { developments: first } = await tracked.tracker.record(demand);
    const reversed = Object.fromEntries(
      Object.entries({ ...demand, attribution: 'narrative', replaces: 'point', schemaVersion: 2 }).toReversed(),
    );
    const { developments: second } = await tracked.tracker.record(reversed as DevelopmentInput);
    expect(first[0]?.id).toMatch(/^d-[0-9a-f]{20}$/);
    expect(second).toEqual([{ ...first[0], added: false }]);
    const { developments: other } = await tracked.tracker.record({ ...demand, stance: 'Open it!' });
    expect(other[0]?.id).not.toBe(first[0]?.id);
  });

  it('makes the name of the event, the same on any store: a UUID of version 8', () => {
    const name = eventId('talks', 'R-41');
    expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(
      [eventId('talks', 'R-41'), eventId('talks', 'R-42'), eventId('other', 'R-41')].map((one) => one === name),
    ).toEqual([true, false, false]);
  });

  it('used again with the same content adds nothing, and answers where it is', async () => {
    const first = await tracked.tracker.record({ ...demand, id: 'R-41' });
    await tracked.tracker.record({ ...demand, id: 'R-42' });
    const head = await tracked.store.head();
    const again = await tracked.tracker.record({ ...demand, id: 'R-41' });
    expect(again).toEqual({ ...first, developments: [{ ...first.developments[0], added: false }] });
    expect(await tracked.store.head()).toBe(head);
  });

  it('used again with other content is refused', async () => {
    await tracked.tracker.record({ ...demand, id: 'R-41' });
    await expectRefused(tracked, { ...demand, id: 'R-41', stance: 'Open it!' }, 'ID_CONFLICT', {
      field: 'id',
      value: 'R-41',
      message: /already used with different content/,
    });
  });

  it('is unique in its negotiation, and free in another', async () => {
    await tracked.tracker.record({ ...demand, id: 'R-41' });
    const { developments } = await tracked.tracker.record({
      id: 'R-41',
      negotiation: 'other',
      type: 'NegotiationOpened',
      title: 'Other',
    });
    expect(developments).toMatchObject([{ id: 'R-41', added: true }]);
  });

  it('of an event recorded under an older version of the catalogue is known by the same content in this one', async () => {
    const older = {
      id: 'old',
      negotiation,
      type: 'StatementIssued',
      date: '2026-02-10',
      source: 'The Gazette',
      summary: 'Old.',
      schemaVersion: 1,
    };
    await append(older);
    const { date: occurred, source: publisher, schemaVersion: _, ...rest } = older;
    const { developments } = await tracked.tracker.record({
      ...rest,
      occurred,
      source: { publisher },
    } as DevelopmentInput);
    expect(developments).toMatchObject([{ id: 'old', added: false }]);
  });
});

/** Writes an event to the log behind the tracker's back. */
async function append(data: { readonly id: string; readonly type: string } & Record<string, unknown>): Promise<void> {
  const revision = BigInt((await tracked.log()).length - 1);
  await tracked.store.append(`negotiation-${negotiation}`, revision, [
    { id: eventId(negotiation, data.id), type: data.type, data, metadata: {} },
  ]);
}

describe('a log with events of other versions', () => {
  it('is read as if they had been written today, and they stay as they were', async () => {
    const older = {
      id: 'old',
      negotiation,
      type: 'DemandStated',
      party: 'north',
      issue: 'river',
      stance: 'Open it.',
      date: '2026-02-10',
      source: 'The Gazette',
      schemaVersion: 1,
    };
    await append(older);
    const { positions } = await tracked.tracker.state(negotiation);
    expect(positions).toMatchObject([{ stance: 'Open it.', since: '2026-02-10', attribution: 'narrative' }]);
    expect((await tracked.log()).at(-1)?.development).toEqual(older);
  });

  it('reads what an older correction changes in the names of its version', async () => {
    const common = { negotiation, source: 'The Gazette', schemaVersion: 1 };
    const said = { party: 'north', issue: 'river', stance: 'Open it.', date: '2026-02-10' };
    await append({ ...common, ...said, id: 'old', type: 'DemandStated' });
    const changes = { date: '2026-02-09', source: 'The Herald' };
    await append({ ...common, id: 'put-right', type: 'DevelopmentCorrected', corrects: 'old', changes });
    const history = await tracked.tracker.history(negotiation, { party: 'north', issue: 'river' });
    expect(history.map(({ id, occurred, status, source }) => [id, occurred, status, source?.publisher])).toEqual([
      ['old', '2026-02-10', 'corrected', 'The Gazette'],
      ['put-right', '2026-02-09', 'in-force', 'The Gazette'],
    ]);
    const { positions } = await tracked.tracker.state(negotiation);
    expect(positions).toMatchObject([{ since: '2026-02-09' }]);
  });

  it.each([
    ['without a field that is required', { date: '2026-02-10' }, 'stance'],
    ['with a date that nobody can read', { date: 'sometime', stance: 'Open it.' }, 'occurred'],
  ])('stops visibly at an older one %s, as at any other damage', async (_, said, field) => {
    const source = 'The Gazette';
    const older = { id: 'old', negotiation, type: 'PositionStated', party: 'north', issue: 'river', source };
    await append({ ...older, ...said, schemaVersion: 1 });
    const damage = { code: 'STORE_CORRUPT', message: expect.stringContaining(field), faults: [{ field }] };
    await expect(tracked.tracker.state(negotiation, { standard: 'strict' })).rejects.toMatchObject(damage);
    await expect(tracked.tracker.record({ ...demand, id: 'R-41' })).rejects.toMatchObject(damage);
    await expect(tracked.tracker.changes(negotiation)).rejects.toMatchObject(damage);
    expect(await ids()).not.toContain('R-41');
  });

  it('tells who listens to one that follows the log', async () => {
    const { tracker } = tracked;
    tracker.follow();
    const listening = Array.fromAsync(tracker.changesFrom(negotiation));
    const failed = expect(listening).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await append({ id: 'old', negotiation, type: 'StatementIssued', date: 'sometime', summary: 'S', schemaVersion: 1 });
    await failed;
  });

  it('stops visibly at one that is newer, and is not answered from in part', async () => {
    await append({ id: 'new', negotiation, type: 'StatementIssued', summary: 'New.', schemaVersion: 3 });
    await expect(tracked.tracker.state(negotiation)).rejects.toMatchObject({ code: 'SCHEMA_VERSION_UNKNOWN' });
    await expect(tracked.tracker.record({ ...demand, id: 'R-41' })).rejects.toMatchObject({
      code: 'SCHEMA_VERSION_UNKNOWN',
    });
    expect(await ids()).not.toContain('R-41');
  });

  it('stops visibly at a type it does not know', async () => {
    await append({ id: 'new', negotiation, type: 'PartyDissolved', party: 'north' });
    await expect(tracked.tracker.state(negotiation)).rejects.toMatchObject({ code: 'SCHEMA_VERSION_UNKNOWN' });
  });
});

describe('a batch', () => {
  const islands = { ...EXAMPLES.PartyJoined.minimal, id: 'islands' };
  const speaks = { ...demand, id: 'R-41', party: 'islands' };

  it('may declare what it then names, and name what it then speaks of', async () => {
    const retracted = { ...EXAMPLES.DevelopmentRetracted.minimal, id: 'R-42', retracts: 'R-41' };
    const { developments, revision } = await tracked.tracker.record([islands, speaks, retracted]);
    expect(developments.map(({ id, added }) => [id, added])).toEqual([
      ['islands', true],
      ['R-41', true],
      ['R-42', true],
    ]);
    expect(revision).toBe(String(GROUND.length + 2));
    expect((await ids()).slice(GROUND.length)).toEqual(['islands', 'R-41', 'R-42']);
  });

  it('is recorded whole or not at all, and each fault says which of it is meant', async () => {
    const late = { ...demand, id: 'R-43', occurred: '2027' };
    const unknown = { ...demand, id: 'R-44', party: 'nort' };
    await expectRefused(
      tracked,
      [islands, late, speaks, unknown],
      'DEVELOPMENT_INVALID',
      { code: 'DATE_IN_FUTURE', index: 1, field: 'occurred' },
      { code: 'PARTY_UNKNOWN', index: 3, field: 'party' },
    );
    await expectRefused(tracked, [islands, { ...speaks, stance: '' }], 'DEVELOPMENT_INVALID', {
      index: 1,
      field: 'stance',
    });
  });

  it('does not look ahead: what is named must be declared by then', () =>
    expectRefused(tracked, [speaks, islands], 'PARTY_UNKNOWN', { index: 0, field: 'party', value: 'islands' }));

  it('with the same thing twice holds it once, and says so', async () => {
    const twice = [speaksAs('R-41'), speaksAs('R-41'), demand, demand];
    for (const answer of [await tracked.tracker.rehearse(twice), await tracked.tracker.record(twice)])
      expect(answer.developments.map(({ added }) => added)).toEqual([true, false, true, false]);
    expect((await ids()).length).toBe(GROUND.length + 2);
  });

  it('with one id for two things is refused', () =>
    expectRefused(tracked, [speaksAs('R-41'), { ...speaksAs('R-41'), stance: 'Open it!' }], 'ID_CONFLICT', {
      index: 1,
      field: 'id',
    }));

  it('that is on record in part adds the rest', async () => {
    await tracked.tracker.record(speaksAs('R-41'));
    const { developments } = await tracked.tracker.record([speaksAs('R-41'), speaksAs('R-42')]);
    expect(developments.map(({ added }) => added)).toEqual([false, true]);
  });

  it('opens a negotiation and fills it', async () => {
    const filled = [...GROUND, demand].map((one) => ({ ...one, negotiation: 'other' }));
    await tracked.tracker.record(filled as DevelopmentInput[]);
    expect((await logOf(tracked.store, 'other')).length).toBe(GROUND.length + 1);
  });

  const speaksAs = (id: string) => ({ ...demand, id });
});

describe('what is recorded', () => {
  it('carries the moment of the store, and who recorded it', async () => {
    tracked.clock.set('2026-02-15T12:00:01.234Z');
    await tracked.tracker.record({ ...demand, id: 'R-41' }, { by: 'desk' });
    const last = (await tracked.tracker.chronicle(negotiation)).find(({ id }) => id === 'R-41');
    expect(last).toMatchObject({ recorded: '2026-02-15T12:00:01.234Z', recorder: 'desk' });
  });

  it('has a moment that never steps back within its log, though the clock did', async () => {
    tracked.clock.set('2026-02-15T11:00:00Z');
    await tracked.tracker.record({ ...demand, id: 'R-41' });
    const recorded = (await tracked.tracker.chronicle(negotiation)).map((one) => one.recorded);
    expect(new Set(recorded)).toEqual(new Set([NOW]));
    expect((await tracked.tracker.state(negotiation)).positions).toHaveLength(1);
    expect((await tracked.tracker.state(negotiation, { recordedBy: '2026-02-15T11:30:00Z' })).positions).toEqual([]);
  });

  it('is seen by another tracker on the same log, and its refusals too', async () => {
    const other = openTracker({ store: tracked.store, now: tracked.clock.now });
    await other.record({ ...demand, id: 'R-41' });
    expect((await tracked.tracker.state(negotiation)).positions).toHaveLength(1);
    await expectRefused(tracked, { ...demand, id: 'R-41', stance: 'Open it!' }, 'ID_CONFLICT', { field: 'id' });
  });

  it('at once by many, on two trackers, is all there, once each', async () => {
    const other = openTracker({ store: tracked.store, now: tracked.clock.now });
    const calls = Array.from({ length: 40 }, (_, index) => {
      const one = { ...demand, id: `R-${Math.floor(index / 2)}`, stance: `Words ${Math.floor(index / 2)}` };
      return (index % 2 === 0 ? tracked.tracker : other).record(one);
    });
    const recordings = await Promise.all(calls);
    expect((await ids()).slice(GROUND.length).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `R-${index}`).sort(),
    );
    expect(recordings.flatMap(({ developments }) => developments).filter(({ added }) => added)).toHaveLength(20);
  });

  it('together with what is refused or too large is recorded nevertheless: each call answers for itself', async () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ id: `p${index}`, text: 'x'.repeat(4000) }));
    const [fine, wrong, large, last] = await Promise.allSettled([
      tracked.tracker.record({ ...demand, id: 'R-41' }),
      tracked.tracker.record({ ...demand, id: 'R-42', party: 'nort' }),
      tracked.tracker.record({ ...EXAMPLES.PlanPublished.minimal, id: 'R-43', points }),
      tracked.tracker.record({ ...demand, id: 'R-44' }),
    ]);
    expect([fine, last]).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'PARTY_UNKNOWN' } });
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'EVENT_TOO_LARGE' } });
    expect((await ids()).slice(GROUND.length)).toEqual(['R-41', 'R-44']);
  });
});
