/** Gates as people write them, and what the answer says they mean. */
import { firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevelopmentInput, View } from '../../src/tracker/index.ts';
import { NEGOTIATION as negotiation, openTestTracker, type TestTracker } from '../support/tracker.ts';

let tracked: TestTracker;
const demand = (id: string, occurred: string, published: string) =>
  ({
    ...{ id, negotiation, type: 'DemandStated', party: 'north', issue: id.toLowerCase(), stance: id },
    ...{ occurred, source: { publisher: 'The Gazette', published } },
  }) as DevelopmentInput;

beforeAll(async () => {
  tracked = openTestTracker();
  await tracked.at('2026-01-01T00:00:00Z', [
    { id: 'open', negotiation, type: 'NegotiationOpened', title: 'Talks', timeZone: 'America/New_York' },
    { id: 'north', negotiation, type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' },
    ...['a', 'b', 'c'].map(
      (issue) => ({ id: `i-${issue}`, negotiation, type: 'IssueRaised', issue, title: issue }) as const,
    ),
  ]);
  // a day in New York ends at 05:00 UTC in winter
  await tracked.at('2026-02-12T15:00:00Z', demand('A', '2026-02-10', '2026-02-11'));
  await tracked.at('2026-02-20T15:00:00Z', demand('B', '2026-02-10T20:00:00-05:00', '2026-02-15T09:00:00-05:00'));
  await tracked.at('2026-02-25T15:00:00Z', demand('C', '2026-02', '2026-02-25T08:00:00-05:00'));
  tracked.clock.set('2026-03-10T12:00:00Z');
});
afterAll(() => tracked.tracker.close());

const state = (view: View) => tracked.tracker.state(negotiation, view);
const held = async (view: View) => (await state(view)).positions.map(({ setBy }) => setBy);

describe('a gate that is none, as somebody asks who has no types', () => {
  it.each([
    ['asof', 'did you mean asOf?'],
    ['known_on', 'did you mean knownOn?'],
    ['moment', 'there are asOf, knownOn, recordedBy, then, standard'],
  ])('%s is refused, and not passed over', async (field, right) => {
    const refusal = { code: 'GATE_INVALID', faults: [{ field, message: expect.stringContaining(right) }] };
    await expect(state({ [field]: '2026-02-12' })).rejects.toMatchObject(refusal);
    const span = { from: '2026-02-01', to: '2026-02-12', [field]: '2026-02-12' };
    await expect(tracked.tracker.diff(negotiation, span)).rejects.toMatchObject(refusal);
  });
});

describe('asOf', () => {
  it('is by default now, which holds all that is on record', async () => {
    expect(await held({})).toEqual(['A', 'B', 'C']);
    expect(await state({})).toMatchObject({
      asOf: '2026-03-10T12:00:00.000Z',
      gates: { asOf: '2026-03-10T12:00:00.000Z' },
    });
  });

  it('passes what had happened, to the millisecond', async () => {
    expect(await held({ asOf: '2026-02-11T00:59:59.999Z' })).toEqual([]);
    expect(await held({ asOf: '2026-02-11T01:00:00Z' })).toEqual(['B']);
    expect(await held({ asOf: '2026-02-11T04:59:59.998Z' })).toEqual(['B']);
    expect(await held({ asOf: '2026-02-11T04:59:59.999Z' })).toEqual(['A', 'B']);
  });

  it('as a bare day means its end, in the zone of the talks, and says so', async () => {
    expect(await held({ asOf: '2026-02-10' })).toEqual(['A', 'B']);
    expect(await held({ asOf: '2026-02-09' })).toEqual([]);
    expect(await state({ asOf: '2026-02-10' })).toMatchObject({
      asOf: '2026-02-10',
      gates: { timeZone: 'America/New_York', asOf: '2026-02-11T04:59:59.999Z', knownOn: null, recordedBy: null },
    });
  });

  it('as a month or a year means its end', async () => {
    expect(await state({ asOf: '2026-02' })).toMatchObject({ gates: { asOf: '2026-03-01T04:59:59.999Z' } });
    expect(await state({ asOf: '2026' })).toMatchObject({ gates: { asOf: '2027-01-01T04:59:59.999Z' } });
  });

  it('lists apart what may have happened by then: C was some day in February', async () => {
    const possible = async (view: View) => (await state(view)).possiblyByThen;
    expect(await possible({ asOf: '2026-01-31' })).toEqual([]);
    expect(await possible({ asOf: '2026-02-20' })).toEqual([
      { id: 'C', type: 'DemandStated', occurred: '2026-02', parties: ['north'], issue: 'c', headline: 'C' },
    ]);
    expect(await possible({ asOf: '2026-02-25T13:00:00Z' })).toEqual([]);
    expect(await possible({ asOf: '2026-02-20', then: true })).toEqual([]);
    expect(await possible({ asOf: '2026-02-20', knownOn: '2026-02-24' })).toEqual([]);
    expect(await possible({ asOf: '2026-02-20', recordedBy: '2026-02-24' })).toEqual([]);
  });
});

describe('knownOn', () => {
  it('passes what the public could know, to the millisecond', async () => {
    expect(await held({ knownOn: '2026-02-12T04:59:59.998Z' })).toEqual([]);
    expect(await held({ knownOn: '2026-02-12T04:59:59.999Z' })).toEqual(['A']);
    expect(await held({ knownOn: '2026-02-11' })).toEqual(['A']);
    expect(await held({ knownOn: '2026-02-15T14:00:00Z' })).toEqual(['A', 'B']);
    expect(await held({ knownOn: '2026-02-15T13:59:59.999Z' })).toEqual(['A']);
  });

  it('is the same moment as asOf, said short as "then"', async () => {
    const then = await state({ asOf: '2026-02-11', then: true });
    expect(then).toEqual(await state({ asOf: '2026-02-11', knownOn: '2026-02-11' }));
    expect(then).toMatchObject({ knownOn: '2026-02-11', gates: { knownOn: '2026-02-12T04:59:59.999Z' } });
    expect(then.positions.map(({ setBy }) => setBy)).toEqual(['A']);
    expect(await state({ then: true })).toMatchObject({
      asOf: '2026-03-10T12:00:00.000Z',
      knownOn: '2026-03-10T12:00:00.000Z',
    });
  });
});

describe('recordedBy', () => {
  it('passes what was on record here, to the millisecond', async () => {
    expect(await held({ recordedBy: '2026-02-12T14:59:59.999Z' })).toEqual([]);
    expect(await held({ recordedBy: '2026-02-12T15:00:00Z' })).toEqual(['A']);
    expect(await held({ recordedBy: '2026-02-20' })).toEqual(['A', 'B']);
  });

  it('says how far the log was read', async () => {
    expect((await state({})).revision).toBe('7');
    expect((await state({ recordedBy: '2026-02-20' })).revision).toBe('6');
    expect((await state({ recordedBy: '2024' })).revision).toBe('-1');
  });
});

describe('the three together', () => {
  it('are independent of each other', async () => {
    expect(await held({ asOf: '2026-02-10', knownOn: '2026-02-11', recordedBy: '2026-02-13' })).toEqual(['A']);
    expect(await held({ asOf: '2026-02-11T01:00:00Z', knownOn: '2026-02-20', recordedBy: '2026-02-20' })).toEqual([
      'B',
    ]);
    expect(await held({ asOf: '2026-02-11T01:00:00Z', knownOn: '2026-02-20', recordedBy: '2026-02-19' })).toEqual([]);
  });
});

describe('a gate or standard that cannot be read', () => {
  it.each([
    [{ asOf: 'tomorrow' }, 'asOf', 'tomorrow'],
    [{ knownOn: '2026-02-30' }, 'knownOn', '2026-02-30'],
    [{ recordedBy: '15/02/2026' }, 'recordedBy', '15/02/2026'],
    [{ asOf: '2026-02-01/2026-02-03' }, 'asOf', '2026-02-01/2026-02-03'],
    [{ asOf: '' }, 'asOf', ''],
    [{ standard: 'hearsay' as never }, 'standard', 'hearsay'],
    [{ asOf: new Date(0) as never }, 'asOf', new Date(0)],
    [{ knownOn: 2026 as never }, 'knownOn', 2026],
    [{ asOf: '2026-02-10', knownOn: '2026-02-10', then: true }, 'then', true],
  ])('%j is refused, with the field and what would be right', async (view, field, value) => {
    const promise = state(view);
    await expect(promise).rejects.toMatchObject({ code: 'GATE_INVALID', status: 400, faults: [{ field, value }] });
  });

  it('says of an ambiguous day that it is ambiguous, and of an interval that it is one', async () => {
    await expect(state({ asOf: '15/02/2026' })).rejects.toThrow(
      /which of the two numbers could be the month.*2026-02-15/,
    );
    await expect(state({ asOf: '2026-02-01/2026-02-03' })).rejects.toThrow(/one moment, not an interval/);
  });

  it('is refused of changes as well, however they are asked for', async () => {
    const { tracker } = tracked;
    const standard = 'hearsay' as never;
    const refusal = { code: 'GATE_INVALID', faults: [{ field: 'standard', value: 'hearsay' }] };
    const first = <T>(all: AsyncIterable<T>) => all[Symbol.asyncIterator]().next();
    for (const asked of [
      tracker.changes(negotiation, { standard }),
      tracker.newestChanges(negotiation, { standard, limit: 1 }),
      first(tracker.changesUntilNow(negotiation, { standard })),
      first(tracker.changesFrom(negotiation, { standard })),
      firstValueFrom(tracker.changes$(negotiation, { standard })),
      tracker.live$(negotiation, standard),
      tracker.rehearse(demand('D', '2026-02-10', '2026-02-11'), standard),
    ])
      await expect(asked).rejects.toMatchObject(refusal);
    await expect(tracker.changes(negotiation, { effect: 'loud' as never })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      faults: [{ field: 'effect', value: 'loud', message: expect.stringContaining('write one of new, changed') }],
    });
  });

  it('is refused of a difference where it is left out', async () => {
    const diff = (span: object) => tracked.tracker.diff(negotiation, span as never);
    await expect(diff({})).rejects.toMatchObject({
      code: 'GATE_INVALID',
      faults: [{ field: 'from' }, { field: 'to', message: expect.stringContaining('write a day') }],
    });
    await expect(diff({ from: '2026-02-01' })).rejects.toMatchObject({ faults: [{ field: 'to' }] });
    await expect(diff({ from: '2026-02-01', to: new Date(0) })).rejects.toMatchObject({ faults: [{ field: 'to' }] });
  });

  it('all of them are named at once', async () => {
    await expect(state({ asOf: 'x', knownOn: 'y', standard: 'z' as never })).rejects.toMatchObject({
      faults: [{ field: 'asOf' }, { field: 'knownOn' }, { field: 'standard' }],
    });
  });
});
