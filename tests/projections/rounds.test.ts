/** Rounds of talks: what is scheduled, what became of it, and who is sent. */
import { describe, expect, it } from 'vitest';
import { logWith, type Sketch, type View } from '../support/entries.ts';

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
        outcome: null,
        parties: ['north', 'south'],
      },
      ...{
        mediators: ['host'],
        format: null,
        venue: 'Harbour House',
        summary: null,
        delegations: [],
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
