/** Rounds of talks: what is scheduled, what became of it, and who is sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logWith, type Sketch, type View } from '../support/entries.ts';
import { RUNS } from './judge.ts';

const on = (occurred: string, type: Sketch['type'], fields: object = {}): Sketch => ({
  ...{ id: occurred, type, occurred, round: 'third', parties: ['north', 'south'] },
  ...fields,
});
const delegation = (occurred: string, party: string, fields: object): Sketch => ({
  id: occurred,
  type: 'DelegationNamed',
  occurred,
  round: 'third',
  party,
  ...fields,
});
const roundOf = (sketches: readonly Sketch[], view?: View) =>
  logWith(...sketches)
    .state(view)
    .rounds.find(({ round }) => round === 'third');
const scheduled = on('2026-02-10', 'RoundScheduled', {
  scheduledFor: '2026-02-17/2026-02-18',
  mediators: ['host'],
  venue: 'Harbour House',
});

describe('a round', () => {
  it('that is scheduled is never hidden, though its day is to come', () => {
    expect(roundOf([scheduled], { asOf: '2026-02-10' })).toEqual({
      ...{
        round: 'third',
        status: 'scheduled',
        scheduledFor: '2026-02-17/2026-02-18',
        held: [],
        outcome: null,
        parties: ['north', 'south'],
      },
      ...{
        mediators: ['host'],
        format: null,
        venue: 'Harbour House',
        summary: null,
        delegations: [],
        beside: [],
        developments: ['2026-02-10'],
      },
    });
  });

  it('is not there before anyone spoke of it', () => {
    expect(roundOf([scheduled], { asOf: '2026-02-09' })).toBeUndefined();
  });

  it.each([
    ['RoundPostponed', 'postponed'],
    ['RoundCancelled', 'cancelled'],
    ['RoundOpened', 'under-way'],
    ['RoundConcluded', 'concluded'],
  ] as const)('after %s is %s', (type, status) => {
    expect(roundOf([scheduled, on('2026-02-17', type)])).toMatchObject({
      status,
      developments: ['2026-02-10', '2026-02-17'],
    });
  });

  it('keeps what was said of it before: venue, mediators, format; and takes what is said anew', () => {
    const opened = on('2026-02-17', 'RoundOpened', { format: 'proximity talks' });
    const concluded = on('2026-02-18', 'RoundConcluded', {
      outcome: 'partial',
      summary: 'Half a page.',
      parties: ['north', 'south', 'league'],
    });
    expect(roundOf([scheduled, opened, concluded])).toMatchObject({
      ...{
        status: 'concluded',
        outcome: 'partial',
        summary: 'Half a page.',
        venue: 'Harbour House',
        mediators: ['host'],
      },
      ...{ format: 'proximity talks', parties: ['north', 'south', 'league'], scheduledFor: '2026-02-17/2026-02-18' },
    });
  });

  it('is as it was as of a day between', () => {
    const log = [scheduled, on('2026-02-17', 'RoundOpened'), on('2026-02-18', 'RoundConcluded')];
    expect(['2026-02-16', '2026-02-17', '2026-02-18'].map((asOf) => roundOf(log, { asOf })?.status)).toEqual([
      'scheduled',
      'under-way',
      'concluded',
    ]);
  });

  it('may be spoken of without having been scheduled', () => {
    expect(roundOf([on('2026-02-17', 'RoundOpened')])).toMatchObject({ status: 'under-way', scheduledFor: null });
  });

  it('is not made of what was said there', () => {
    const said = on('2026-02-17', 'DemandStated', {
      party: 'north',
      issue: 'river',
      stance: 'Open it.',
      parties: undefined,
    });
    expect(roundOf([said])).toBeUndefined();
    expect(roundOf([scheduled, said])).toEqual(roundOf([scheduled]));
  });

  it('that was reported as planned in a correction is as corrected', () => {
    const moved: Sketch = {
      id: 'c',
      type: 'DevelopmentCorrected',
      corrects: '2026-02-10',
      changes: { scheduledFor: '2026-02-20' },
    };
    expect(roundOf([scheduled, moved])?.scheduledFor).toBe('2026-02-20');
  });
});

describe('a round whose day has passed, and nobody said what became of it', () => {
  it('is overdue from the first millisecond after', () => {
    const status = (asOf: string) => roundOf([scheduled], { asOf })?.status;
    expect(status('2026-02-18')).toBe('scheduled');
    expect(status('2026-02-18T23:59:59.999Z')).toBe('scheduled');
    expect(status('2026-02-19T00:00:00.000Z')).toBe('overdue');
  });

  it('is so in the zone of the talks', () => {
    const log = [
      { id: 'open', type: 'NegotiationOpened', title: 'Talks', timeZone: 'Pacific/Midway' } as const,
      scheduled,
    ];
    expect(roundOf(log, { asOf: '2026-02-19T10:59:59Z' })?.status).toBe('scheduled');
    expect(roundOf(log, { asOf: '2026-02-19T11:00:00Z' })?.status).toBe('overdue');
  });

  it('is not, once it was opened, concluded or cancelled', () => {
    for (const type of ['RoundOpened', 'RoundConcluded', 'RoundCancelled'] as const)
      expect(roundOf([scheduled, on('2026-02-17', type)], { asOf: '2026-06-01' })?.status).not.toBe('overdue');
  });

  it('is not, where no day was named, or none that ends', () => {
    for (const scheduledFor of [undefined, '2026-02-17/..'])
      expect(roundOf([on('2026-02-10', 'RoundScheduled', { scheduledFor })], { asOf: '2026-06-01' })?.status).toBe(
        'scheduled',
      );
  });
});

describe('a round that was postponed', () => {
  const postponed = (fields = {}) => on('2026-02-15', 'RoundPostponed', fields);

  it('has its new day, or none: the old one holds no longer', () => {
    expect(roundOf([scheduled, postponed({ scheduledFor: '2026-03' })])).toMatchObject({ scheduledFor: '2026-03' });
    expect(roundOf([scheduled, postponed()], { asOf: '2026-06-01' })).toMatchObject({
      status: 'postponed',
      scheduledFor: null,
    });
  });

  it('is overdue when its new day has passed too', () => {
    const log = [scheduled, postponed({ scheduledFor: '2026-03' })];
    expect(roundOf(log, { asOf: '2026-03-31' })?.status).toBe('postponed');
    expect(roundOf(log, { asOf: '2026-04-01' })?.status).toBe('overdue');
  });

  it('may be scheduled again', () => {
    const again = on('2026-02-20', 'RoundScheduled', { scheduledFor: '2026-03-05' });
    expect(roundOf([scheduled, postponed(), again], { asOf: '2026-02-20' })).toMatchObject({
      status: 'scheduled',
      scheduledFor: '2026-03-05',
    });
  });
});

describe('a report that counts late only because its day is not known', () => {
  const opened = on('2026-02-17', 'RoundOpened');
  const concluded = on('2026-02-18', 'RoundConcluded', { outcome: 'agreement', summary: 'A page.' });
  const vague = (type: Sketch['type'], fields: object = {}) => on('2026-02', type, fields);
  const planned = { scheduledFor: '2026-02-17', venue: 'Harbour House', mediators: ['host'], format: 'shuttle' };
  const bare = { id: 'plan', venue: undefined, mediators: undefined };

  it('of a plan for when it sat undoes neither status nor outcome, and adds what was not known', () => {
    for (const type of ['RoundScheduled', 'RoundPostponed'] as const)
      expect(roundOf([vague(type, planned), opened, concluded]), type).toMatchObject({
        ...{ status: 'concluded', outcome: 'agreement', summary: 'A page.', held: ['2026-02-17', '2026-02-18'] },
        ...{ ...planned, developments: ['2026-02-17', '2026-02-18', '2026-02'] },
      });
    expect(roundOf([vague('RoundScheduled', planned), opened])).toMatchObject({ ...planned, status: 'under-way' });
  });

  it('of a plan puts nothing in the place of what is known', () => {
    const known = { venue: 'The Mill', mediators: ['league'], format: 'plenary', scheduledFor: '2026-02-16' };
    const first = on('2026-02-10', 'RoundScheduled', known);
    const late = vague('RoundScheduled', { ...planned, summary: 'Tuesday.', parties: ['host'] });
    expect(roundOf([first, late, opened, concluded])).toMatchObject({
      ...{ ...known, summary: 'A page.', parties: ['north', 'south'] },
    });
  });

  it('gives no date to a round that was adjourned without one', () => {
    const adjourned = on('2026-02-18', 'RoundPostponed');
    expect(roundOf([vague('RoundScheduled', planned), opened, adjourned])).toMatchObject({
      ...{ status: 'postponed', scheduledFor: null, venue: 'Harbour House' },
    });
    const called = on('2026-02-18', 'RoundCancelled');
    expect(roundOf([vague('RoundScheduled', planned), opened, called])).toMatchObject({
      ...{ status: 'cancelled', scheduledFor: '2026-02-17' },
    });
  });

  it('of a plan is told from one for a later day, and from one made after the round sat', () => {
    const status = (...steps: readonly Sketch[]) => roundOf(steps, { asOf: '2026-02-28' })?.status;
    const sat = [opened, concluded];
    expect(status(...sat, vague('RoundScheduled', { scheduledFor: '2026-02-19/2026-03-02' }))).toBe('scheduled');
    expect(status(...sat, vague('RoundScheduled', { scheduledFor: '2026-02' }))).toBe('concluded');
    expect(status(...sat, on('2026-02-18', 'RoundScheduled', { ...bare, scheduledFor: '2026-02' }))).toBe('scheduled');
    expect(status(...sat, on('2026-02-20', 'RoundScheduled', { scheduledFor: '2026-02' }))).toBe('scheduled');
    expect(status(...sat, on('2026-02-20', 'RoundScheduled', { scheduledFor: '2026-02-17/..' }))).toBe('scheduled');
    expect(status(...sat, on('2026-02-20', 'RoundScheduled', { scheduledFor: '2026-02-18' }))).toBe('concluded');
    expect(status(opened, on('2026-02-17', 'RoundPostponed', { ...bare, scheduledFor: '2026-02' }))).toBe('postponed');
  });

  it('of a plan for the day of a sitting that was seen the same morning is one for that day', () => {
    const seen = on('2026-02-17T09:00:00Z', 'RoundOpened');
    const status = (scheduledFor: string) =>
      roundOf([seen, on('2026-02-17', 'RoundScheduled', { scheduledFor })], { asOf: '2026-02-17' })?.status;
    expect(status('2026-02-17')).toBe('under-way');
    expect(status('2026-02-17/2026-02-18')).toBe('under-way');
    expect(status('2026-02-17T15:00:00Z')).toBe('overdue');
    const since = on('2026-02-17T10:00:00Z', 'RoundScheduled', { scheduledFor: '2026-02-17' });
    expect(roundOf([seen, since], { asOf: '2026-02-17' })?.status).toBe('under-way');
  });

  it('of a plan for the very moment of a sitting is one for that sitting, and so is an opening at its end', () => {
    const noon = '2026-02-17T12:00:00Z';
    const status = (...steps: readonly Sketch[]) => roundOf(steps, { asOf: '2026-02-17' })?.status;
    const plan = on(noon, 'RoundScheduled', { id: 'plan', scheduledFor: noon });
    expect(status(on(noon, 'RoundOpened'), plan)).toBe('under-way');
    expect(status(on(noon, 'RoundConcluded'), on(noon, 'RoundOpened', { id: 'opened' }))).toBe('concluded');
  });

  it('of a plan for a day before the last one of a sitting is older news, made since or not', () => {
    const since = on('2026-02-20', 'RoundScheduled', { scheduledFor: '2026-02-17' });
    expect(roundOf([opened, concluded, since])?.status).toBe('concluded');
  });

  it('is judged by the last sitting where a round sat twice, and where it is planned for a third time', () => {
    const again = on('2026-02-24', 'RoundConcluded', { outcome: 'none' });
    const between = on('2026-02-25', 'RoundScheduled', {
      ...{ occurred: '2026-02-23/2026-02-25', scheduledFor: '2026-02-24/2026-02-27' },
    });
    expect(roundOf([opened, concluded, again, between])).toMatchObject({ status: 'concluded', outcome: 'none' });
    const next = on('2026-02-20', 'RoundScheduled', { scheduledFor: '2027-03-05' });
    expect(roundOf([opened, concluded, next, vague('RoundScheduled', planned)])?.scheduledFor).toBe('2027-03-05');
  });

  it('of a plan without a day is older where it may be, and of an adjournment is not', () => {
    expect(roundOf([vague('RoundScheduled'), opened, concluded])).toMatchObject({ status: 'concluded', mediators: [] });
    expect(roundOf([vague('RoundPostponed'), opened, concluded])?.status).toBe('postponed');
    expect(roundOf([on('2026-02-20', 'RoundScheduled'), opened, concluded])?.status).toBe('scheduled');
  });

  it('of an opening is that of what was concluded, and of a later day is another', () => {
    expect(roundOf([vague('RoundOpened'), concluded])).toMatchObject({
      ...{ status: 'concluded', outcome: 'agreement', held: ['2026-02', '2026-02-18'] },
    });
    expect(roundOf([concluded, on('2026-02-20', 'RoundOpened', { occurred: '2026-02-19/2026-02-20' })])?.status).toBe(
      'under-way',
    );
    expect(roundOf([vague('RoundOpened'), opened, on('2026-02-18', 'RoundPostponed')])?.status).toBe('under-way');
  });

  it('is judged by the sitting, not by its first day, and by the last one', () => {
    const adjourned = on('2026-02-20', 'RoundPostponed', { scheduledFor: '2026-03-10' });
    const first = vague('RoundScheduled', { scheduledFor: '2026-02-18/2026-02-20' });
    expect(roundOf([first, opened, adjourned])?.scheduledFor).toBe('2026-03-10');
    const resumed = on('2026-02-24', 'RoundOpened');
    expect(roundOf([first, opened, adjourned, resumed])).toMatchObject({ status: 'under-way', held: ['2026-02-24'] });
  });

  it('says nothing of a round that never sat', () => {
    const postponed = on('2026-02-20', 'RoundPostponed', { scheduledFor: '2026-03-10' });
    expect(roundOf([vague('RoundScheduled', planned), postponed])?.scheduledFor).toBe('2026-02-17');
  });
});

describe('when a round was held', () => {
  const held = (...steps: readonly Sketch[]) => roundOf(steps)?.held;
  const opened = on('2026-02-17', 'RoundOpened');
  const concluded = on('2026-02-18', 'RoundConcluded');

  it('is when it was opened and concluded', () => {
    expect(held(scheduled)).toEqual([]);
    expect(held(scheduled, opened, concluded)).toEqual(['2026-02-17', '2026-02-18']);
    const more = on('2026-02-19', 'RoundConcluded');
    expect(held(scheduled, opened, concluded, more)).toEqual(['2026-02-17', '2026-02-18', '2026-02-19']);
  });

  it('stays where it was broken off or adjourned without a new day, until it sits again', () => {
    for (const type of ['RoundPostponed', 'RoundCancelled'] as const) {
      const off = on('2026-02-18', type);
      expect(held(opened, off), type).toEqual(['2026-02-17']);
      expect(held(opened, off, on('2026-02-24', 'RoundOpened')), type).toEqual(['2026-02-24']);
    }
  });

  it('is of the past once it is planned for another day', () => {
    expect(held(opened, on('2026-02-18', 'RoundPostponed', { scheduledFor: '2026-03' }))).toEqual([]);
    expect(held(opened, concluded, on('2026-02-20', 'RoundScheduled'))).toEqual([]);
  });
});

describe('what was said of a round', () => {
  const told = (...steps: readonly Sketch[]) => {
    const { status, scheduledFor, outcome, summary } = roundOf(steps) ?? {};
    return { status, scheduledFor, outcome, summary };
  };
  const ill = { summary: 'The South fell ill.' };
  const cancelled = on('2026-02-12', 'RoundCancelled', ill);
  const concluded = on('2026-02-18', 'RoundConcluded', { outcome: 'partial', summary: 'Half a page.' });
  const again = (fields: object = {}) => on('2026-02-20', 'RoundScheduled', { scheduledFor: '2027-03-05', ...fields });

  it('of its conclusion, ends when it is scheduled anew: outcome and summary', () => {
    expect(told(scheduled, concluded, again())).toEqual({
      ...{ status: 'scheduled', scheduledFor: '2027-03-05', outcome: null, summary: null },
    });
  });

  it('of its cancellation or postponement, ends when it is scheduled anew, opened or concluded', () => {
    for (const before of [cancelled, on('2026-02-12', 'RoundPostponed', ill)])
      for (const next of [again(), on('2026-02-20', 'RoundOpened'), on('2026-02-20', 'RoundConcluded')])
        expect(told(scheduled, before, next).summary, `${before.type}, ${next.type}`).toBeNull();
  });

  it('of a conclusion stays with it, where the conclusion is told again or a delegation named', () => {
    const more = on('2026-02-19', 'RoundConcluded', { venue: 'Harbour House' });
    expect(told(concluded, more, delegation('2026-02-19', 'north', { id: 'd' }))).toMatchObject({
      ...{ status: 'concluded', outcome: 'partial', summary: 'Half a page.' },
    });
  });

  it('of a conclusion is not said of the next one', () => {
    expect(told(concluded, on('2026-03-05', 'RoundOpened'), on('2026-03-06', 'RoundConcluded'))).toMatchObject({
      ...{ status: 'concluded', outcome: null, summary: null },
    });
  });

  it('of a plan holds until it is planned for another date', () => {
    const first = on('2026-02-10', 'RoundScheduled', { scheduledFor: '2027-03-02', summary: 'Next Tuesday.' });
    expect(told(first, on('2026-02-11', 'RoundScheduled', { venue: 'Harbour House' })).summary).toBe('Next Tuesday.');
    expect(told(first, again()).summary).toBeNull();
    const open = on('2026-02-11', 'RoundPostponed', ill);
    expect(told(open, on('2026-02-12', 'RoundPostponed', { scheduledFor: '2027-03' })).summary).toBe(ill.summary);
  });

  it('of an outcome is heard of a conclusion alone', () => {
    for (const type of ['RoundScheduled', 'RoundPostponed', 'RoundCancelled', 'RoundOpened'] as const)
      expect(told(on('2026-02-10', type, { outcome: 'partial' })).outcome, type).toBeNull();
  });

  it('of its date ends with a cancellation or a sitting, where it is scheduled anew without one', () => {
    const undated = again({ scheduledFor: undefined });
    for (const before of [cancelled, on('2026-02-17', 'RoundOpened'), concluded])
      expect(told(scheduled, before, undated), before.type).toMatchObject({ status: 'scheduled', scheduledFor: null });
    expect(told(scheduled, undated).scheduledFor).toBe('2026-02-17/2026-02-18');
  });

  it('is as corrected, and gone with what is retracted', () => {
    const correction: Sketch = { type: 'DevelopmentCorrected', corrects: '2026-02-18', changes: { outcome: 'none' } };
    expect(told(concluded, correction)).toMatchObject({ outcome: 'none', summary: 'Half a page.' });
    expect(told(concluded, correction, again())).toMatchObject({ outcome: null, summary: null });
    const retraction: Sketch = { type: 'DevelopmentRetracted', retracts: '2026-02-20', reason: 'Misread.' };
    expect(told(concluded, again(), retraction)).toMatchObject({ outcome: 'partial', summary: 'Half a page.' });
  });

  it('is what a reader finds who goes back from the newest report, in whatever order a round goes', () => {
    const dated = fc.option(fc.constantFrom('2027-03-02', '2027-04-01'), { nil: undefined });
    const step = fc.record({
      type: fc.constantFrom(...STEPS),
      scheduledFor: dated,
      outcome: fc.constantFrom('partial', 'none', undefined),
      summary: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const reports = steps.map(({ summary, ...own }, place) => ({
          ...own,
          summary: summary ? `${place}` : undefined,
        }));
        const log = reports.map((own, place) => on(`2026-02-${10 + place}`, own.type, own));
        expect(roundOf(log)).toMatchObject({ ...readBack(reports), scheduledFor: dateAt(reports, reports.length - 1) });
      }),
      { numRuns: RUNS },
    );
  });
});

const STEPS = ['RoundScheduled', 'RoundPostponed', 'RoundCancelled', 'RoundOpened', 'RoundConcluded'] as const;
interface Told {
  readonly type: (typeof STEPS)[number];
  readonly scheduledFor: string | undefined;
  readonly outcome: string | undefined;
  readonly summary: string | undefined;
}

/** The newest words that were said of what the round is at: reports of the same are read back until one is of something else. */
function readBack(told: readonly Told[]) {
  const last = told.at(-1)?.type;
  const plan = last === 'RoundScheduled' || last === 'RoundPostponed';
  const same: Told[] = [];
  for (let place = told.length - 1; told[place]?.type === last; place -= 1) {
    same.push(told[place] as Told);
    const [date, before] = [dateAt(told, place), dateAt(told, place - 1)];
    if (plan && before !== null && before !== date) break;
  }
  const outcome = last === 'RoundConcluded' ? same.find((one) => one.outcome)?.outcome : undefined;
  return { outcome: outcome ?? null, summary: same.find((one) => one.summary)?.summary ?? null };
}

/** The date a round is, or was, planned for after so many reports. */
function dateAt(told: readonly Told[], place: number): string | null {
  const [one, before] = [told[place], told[place - 1]];
  if (!one || one.scheduledFor) return one?.scheduledFor ?? null;
  if (one.type === 'RoundPostponed') return null;
  const anew = one.type === 'RoundScheduled' && before?.type !== 'RoundScheduled' && before?.type !== 'RoundPostponed';
  return anew ? null : dateAt(told, place - 1);
}

describe('a delegation', () => {
  const named = delegation('2026-02-11', 'north', { head: 'A. First', members: ['B. Adviser'] });

  it('is named for a round, one a party', () => {
    expect(roundOf([scheduled, named, delegation('2026-02-12', 'south', { head: 'C. Other' })])?.delegations).toEqual([
      { party: 'north', head: 'A. First', members: ['B. Adviser'] },
      { party: 'south', head: 'C. Other', members: [] },
    ]);
  });

  it('named anew takes the place of the earlier', () => {
    const anew = delegation('2026-02-13', 'north', { head: 'D. Second', members: [] });
    expect(roundOf([scheduled, named, anew])?.delegations).toEqual([
      { party: 'north', head: 'D. Second', members: [] },
    ]);
  });

  it('named anew keeps of the same party what is not said again', () => {
    const other = delegation('2026-02-12', 'south', { head: 'C. Other', members: ['E. Aide'] });
    const head = delegation('2026-02-13', 'north', { head: 'D. Second' });
    const members = delegation('2026-02-14', 'north', { members: ['F. Expert'] });
    expect(roundOf([scheduled, named, other, head])?.delegations).toEqual([
      { party: 'south', head: 'C. Other', members: ['E. Aide'] },
      { party: 'north', head: 'D. Second', members: ['B. Adviser'] },
    ]);
    expect(roundOf([scheduled, named, head, members])?.delegations).toEqual([
      { party: 'north', head: 'D. Second', members: ['F. Expert'] },
    ]);
  });

  it('keeps the venue, and says another one', () => {
    expect(roundOf([scheduled, named])?.venue).toBe('Harbour House');
    expect(roundOf([scheduled, { ...named, venue: 'The Mill' }])?.venue).toBe('The Mill');
  });

  it('does not change what the round is', () => {
    expect(
      roundOf([
        scheduled,
        on('2026-02-17', 'RoundOpened'),
        delegation('2026-02-17', 'north', { id: 'late', head: 'D. Second' }),
      ]),
    ).toMatchObject({
      ...{ status: 'under-way', parties: ['north', 'south'], developments: ['2026-02-10', '2026-02-17', 'late'] },
    });
  });

  it('named for a round nobody spoke of yet makes it known', () => {
    expect(roundOf([named])).toMatchObject({
      status: 'scheduled',
      scheduledFor: null,
      parties: [],
      mediators: [],
      held: [],
      delegations: [{ party: 'north' }],
    });
  });

  it('without a round is in no round', () => {
    expect(logWith({ ...named, round: undefined }).state().rounds).toEqual([]);
  });
});

describe('rounds', () => {
  it('are in the order in which they were first spoken of', () => {
    const second = on('2026-02-01', 'RoundConcluded', { round: 'second' });
    expect(
      logWith(scheduled, second, on('2026-02-20', 'RoundScheduled', { round: 'second' }))
        .state()
        .rounds.map(({ round }) => round),
    ).toEqual(['second', 'third']);
  });
});
