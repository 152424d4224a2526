/** Every refusal of section 2 of the design, through the tracker; each leaves the log as it was. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventStore, openStore } from '../../src/store/open.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { expectRefused, refusalOf } from '../support/refusals.ts';
import { NEGOTIATION as negotiation, openTestTracker, type TestTracker } from '../support/tracker.ts';

const NOW = '2026-02-15T12:00:00Z';
const demand = EXAMPLES.DemandStated.minimal;
let tracked: TestTracker;

beforeEach(async () => {
  tracked = openTestTracker(NOW);
  await tracked.tracker.record(GROUND);
});
afterEach(() => tracked.tracker.close());

const refused = (
  input: unknown,
  ...expected: Parameters<typeof expectRefused> extends [unknown, unknown, ...infer R] ? R : never
) => expectRefused(tracked, input, ...expected);

describe('what is no open store is refused', () => {
  it.each([
    ['its address', 'sqlite:./demarche.db'],
    ['a store that nobody waited for', openStore('sqlite::memory:')],
    ['nothing', undefined],
  ])('%s', (_, store) => {
    expect(() => openTracker({ store: store as unknown as EventStore })).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        faults: [{ field: 'store', message: expect.stringContaining('await openStore(') }],
      }),
    );
  });
});

describe('what does not follow the catalogue is refused', () => {
  it('an unknown type, with the nearest one', () =>
    refused({ ...demand, type: 'DemandStatd' }, 'DEVELOPMENT_INVALID', {
      field: 'type',
      value: 'DemandStatd',
      suggestion: 'DemandStated',
    }));

  it('an unknown field', () =>
    refused({ ...demand, colour: 'blue' }, 'DEVELOPMENT_INVALID', {
      field: 'colour',
      value: 'blue',
      message: /no such field/,
    }));

  it('a field that is missing', () => {
    const { stance: _, ...rest } = demand;
    return refused(rest, 'DEVELOPMENT_INVALID', { field: 'stance', message: /required/ });
  });

  it.each(['soon', '15/02/1990', '2026-02-30', '2026-02-29', '02/2026'])('the date %s', async (date) => {
    await refused({ ...demand, occurred: date }, 'DEVELOPMENT_INVALID', { field: 'occurred', value: date });
    await refused({ ...demand, source: { publisher: 'G', published: date } }, 'DEVELOPMENT_INVALID', {
      field: 'source.published',
      value: date,
    });
    await refused({ ...EXAMPLES.RoundScheduled.minimal, scheduledFor: date }, 'DEVELOPMENT_INVALID', {
      field: 'scheduledFor',
      value: date,
    });
  });

  it('what is off the record', () =>
    refused({ ...demand, attribution: 'off-record' }, 'OFF_RECORD', {
      field: 'attribution',
      value: 'off-record',
      message: /endangers a source/,
    }));

  it('a version of the catalogue that is not known', () =>
    refused({ ...demand, schemaVersion: 3 }, 'SCHEMA_VERSION_UNKNOWN', { field: 'schemaVersion', value: 3 }));

  it('what is no object', async () => {
    for (const input of ['DemandStated', 7, null]) await refused(input, 'DEVELOPMENT_INVALID', { field: '' });
  });

  it('several things wrong, all of them named', async () => {
    const { faults } = await refusalOf(tracked, { ...demand, occurred: 'soon', issue: 'The River' });
    expect(faults.map(({ field }) => field).sort()).toEqual(['issue', 'occurred']);
  });
});

describe('a name that was never declared is refused, with the nearest that was', () => {
  it.each([
    ['party', { ...demand, party: 'nort' }, 'north'],
    ['parties.1', { ...EXAMPLES.PositionReiterated.minimal, parties: ['north', 'sooth'] }, 'south'],
    ['statedBy', { ...demand, attribution: 'counterpart', statedBy: 'leage' }, 'league'],
    ['mediators.0', { ...EXAMPLES.RoundScheduled.minimal, mediators: ['hots'] }, 'host'],
    ['to', { ...EXAMPLES.DocumentExchanged.minimal, to: 'sowth' }, 'south'],
    ['to.1', { ...EXAMPLES.DocumentExchanged.minimal, to: ['north', 'sowth'] }, 'south'],
    ['counts.nroth', { ...EXAMPLES.PrisonerExchangeAgreed.minimal, counts: { nroth: 3 } }, 'north'],
    ['memberOf', { ...EXAMPLES.PartyJoined.minimal, memberOf: 'leagues' }, 'league'],
    ['party', { ...EXAMPLES.PartyLeft.minimal, party: 'norht' }, 'north'],
    ['party', { ...EXAMPLES.DelegationNamed.minimal, party: 'norht' }, 'north'],
    ['party', { ...EXAMPLES.StatementIssued.full, party: 'norht', statedBy: 'north' }, 'north'],
    ['party', { ...EXAMPLES.DevelopmentDenied.minimal, party: 'norht' }, 'north'],
    ['parties.0', { ...EXAMPLES.PlanPublished.minimal, parties: ['hosts'] }, 'host'],
    ['parties.0', { ...EXAMPLES.AgreementReached.minimal, parties: ['nort'] }, 'north'],
  ])('a party in %s', async (field, input, suggestion) => {
    await refused(input, 'PARTY_UNKNOWN', {
      field,
      suggestion,
      message: new RegExp(`did you mean ${suggestion}\\?.*PartyJoined`),
    });
  });

  it.each([
    ['issue', { ...demand, issue: 'rivver' }, 'river'],
    ['issue', { ...EXAMPLES.PositionWithdrawn.minimal, issue: 'bridge' }, 'bridges'],
    ['issues.1', { ...EXAMPLES.AgreementReached.full, issues: ['river', 'brigdes'] }, 'bridges'],
    ['parent', { ...EXAMPLES.IssueRaised.minimal, parent: 'rivers' }, 'river'],
  ])('an issue in %s', async (field, input, suggestion) => {
    await refused(input, 'ISSUE_UNKNOWN', {
      field,
      suggestion,
      message: new RegExp(`did you mean ${suggestion}\\?.*IssueRaised`),
    });
  });

  it('that nothing is near to, without a guess', async () => {
    const { faults } = await refusalOf(tracked, { ...demand, party: 'zanzibar' });
    expect(faults).toEqual([
      {
        code: 'PARTY_UNKNOWN',
        field: 'party',
        value: 'zanzibar',
        message: 'no party of this name was declared (declare it with PartyJoined)',
      },
    ]);
  });

  it('both at once, under one code that fits both', async () => {
    const error = await refusalOf(tracked, { ...demand, party: 'nort', issue: 'rivver' });
    expect(error.code).toBe('DEVELOPMENT_INVALID');
    expect(error.faults.map(({ code }) => code)).toEqual(['PARTY_UNKNOWN', 'ISSUE_UNKNOWN']);
  });

  it('in another negotiation, though it was declared in this one', async () => {
    await tracked.tracker.record({ negotiation: 'other', type: 'NegotiationOpened', title: 'Other' });
    await refused(
      { ...demand, negotiation: 'other' },
      'DEVELOPMENT_INVALID',
      { code: 'PARTY_UNKNOWN' },
      { code: 'ISSUE_UNKNOWN' },
    );
  });
});

describe('what is said about something that does not exist is refused', () => {
  it.each([
    ['corrects', { ...EXAMPLES.DevelopmentCorrected.minimal, corrects: 'nothing' }],
    ['retracts', { ...EXAMPLES.DevelopmentRetracted.minimal, retracts: 'nothing' }],
    ['corroborates', { ...EXAMPLES.DevelopmentCorroborated.minimal, corroborates: 'nothing' }],
    ['denies', { ...EXAMPLES.DevelopmentDenied.minimal, denies: 'nothing' }],
    ['duplicate', { ...EXAMPLES.DevelopmentMerged.minimal, duplicate: 'nothing' }],
    ['into', { ...EXAMPLES.DevelopmentMerged.minimal, into: 'nothing' }],
  ])('%s', async (field, input) => {
    await refused(input, 'DEVELOPMENT_UNKNOWN', { field, value: 'nothing', message: /no development with this id/ });
  });

  it('itself, too', () =>
    refused({ ...EXAMPLES.DevelopmentRetracted.minimal, id: 'self', retracts: 'self' }, 'DEVELOPMENT_UNKNOWN', {
      field: 'retracts',
    }));

  it('what is in another negotiation, too', async () => {
    await tracked.tracker.record({ id: 'there', negotiation: 'other', type: 'NegotiationOpened', title: 'Other' });
    await refused({ ...EXAMPLES.DevelopmentRetracted.minimal, retracts: 'there' }, 'DEVELOPMENT_UNKNOWN', {
      field: 'retracts',
    });
  });
});

describe('what makes no sense to say of its target is refused', () => {
  beforeEach(() => tracked.tracker.record({ ...EXAMPLES.DevelopmentRetracted.minimal, id: 'gone' }));

  it.each([
    ['corroborates', { ...EXAMPLES.DevelopmentCorroborated.minimal, corroborates: 'gone' }],
    ['denies', { ...EXAMPLES.DevelopmentDenied.minimal, denies: 'gone' }],
    ['duplicate', { ...EXAMPLES.DevelopmentMerged.minimal, duplicate: 'gone' }],
    ['into', { ...EXAMPLES.DevelopmentMerged.minimal, into: 'gone' }],
    ['duplicate', { ...EXAMPLES.DevelopmentMerged.minimal, duplicate: 'open' }],
  ])('%s something about the record', (field, input) =>
    refused(input, 'DEVELOPMENT_INVALID', { field, message: /of the world/ }),
  );

  it('a denial of a denial', async () => {
    await tracked.tracker.record({ ...EXAMPLES.DevelopmentDenied.minimal, id: 'untrue' });
    const again = { ...EXAMPLES.DevelopmentDenied.minimal, denies: 'untrue' };
    await refused(again, 'DEVELOPMENT_INVALID', { field: 'denies', message: /as a statement/ });
  });

  it('a merge of a denial into what is none', async () => {
    await tracked.tracker.record({ ...EXAMPLES.DevelopmentDenied.minimal, id: 'untrue' });
    const merge = { ...EXAMPLES.DevelopmentMerged.minimal, duplicate: 'untrue' };
    await refused(merge, 'DEVELOPMENT_INVALID', { field: 'into', message: /another denial/ });
  });

  it.each([
    ['another party', 'party-north', 'party-south'],
    ['what happened', 'party-north', 'told-again'],
  ])('a merge of what declares a party into %s', (_, duplicate, into) =>
    refused({ ...EXAMPLES.DevelopmentMerged.minimal, duplicate, into }, 'DEVELOPMENT_INVALID', {
      field: 'into',
      message: /declares the same/,
    }),
  );

  it('a merge into itself', () =>
    refused({ ...EXAMPLES.DevelopmentMerged.minimal, into: 'told-again' }, 'DEVELOPMENT_INVALID', {
      field: 'into',
      message: /two different/,
    }));

  it('a retraction of what opened the negotiation', () =>
    refused({ ...EXAMPLES.DevelopmentRetracted.minimal, retracts: 'open' }, 'DEVELOPMENT_INVALID', {
      field: 'retracts',
      message: /opening/,
    }));
});

describe('a date in the future is refused, for what is said to have happened or been published', () => {
  it.each(['2026-02-16', '2026-03', '2027', '2026-02-15T12:00:01Z', '2026-02-16/2026-02-20', '2026-02-16/..'])(
    '%s',
    async (date) => {
      await refused({ ...demand, occurred: date }, 'DATE_IN_FUTURE', {
        field: 'occurred',
        value: date,
        message: /up to 2026-02-15T12:00:00\.000Z/,
      });
      await refused({ ...demand, source: { publisher: 'G', published: date } }, 'DATE_IN_FUTURE', {
        field: 'source.published',
        value: date,
      });
    },
  );

  it.each([
    '2026-02-15',
    '2026-02',
    '2026',
    '2026-02-15T12:00:00Z',
    '2026-02-14/2026-02-20',
    '../2026-03-01',
    '2026-02-01/..',
  ])('%s is not: it may have begun', async (date) => {
    const { developments } = await tracked.tracker.record({
      ...demand,
      occurred: date,
      source: { publisher: 'G', published: date },
    });
    expect(developments).toMatchObject([{ added: true }]);
  });

  it('what is scheduled may lie there', async () => {
    await tracked.tracker.record({ ...EXAMPLES.RoundScheduled.minimal, scheduledFor: '2027-01-01' });
    await refused({ ...EXAMPLES.RoundScheduled.minimal, occurred: '2027-01-01' }, 'DATE_IN_FUTURE', {
      field: 'occurred',
    });
  });

  it('is a day that has not begun in the zone of the talks', async () => {
    const open = { negotiation: 'far', type: 'NegotiationOpened', title: 'Far', timeZone: 'Pacific/Midway' } as const;
    const joins = {
      negotiation: 'far',
      type: 'PartyJoined',
      party: 'north',
      name: 'North',
      role: 'principal',
      occurred: '2026-02-15',
    } as const;
    tracked.clock.set('2026-02-15T10:59:59Z');
    await tracked.tracker.record(open);
    await refused(joins, 'DATE_IN_FUTURE', { field: 'occurred', value: '2026-02-15' });
    tracked.clock.set('2026-02-15T11:00:00Z');
    await tracked.tracker.record(joins);
  });

  it('also of what opens a negotiation, and of a correction', async () => {
    const open = { negotiation: 'other', type: 'NegotiationOpened', title: 'Other' } as const;
    await refused({ ...open, occurred: '2027' }, 'DATE_IN_FUTURE', { field: 'occurred' });
    await refused({ ...EXAMPLES.DevelopmentCorrected.minimal, changes: { occurred: '2027' } }, 'DATE_IN_FUTURE', {
      field: 'changes.occurred',
      value: '2027',
    });
    await refused(
      { ...EXAMPLES.DevelopmentCorrected.minimal, source: { publisher: 'G', published: '2027' } },
      'DATE_IN_FUTURE',
      { field: 'source.published' },
    );
  });
});

describe('a negotiation', () => {
  it('is opened before anything is recorded in it', () =>
    refused({ ...demand, negotiation: 'unopened' }, 'NEGOTIATION_NOT_OPEN', {
      field: 'negotiation',
      value: 'unopened',
      message: /open it first/,
    }));

  it('is opened once', () =>
    refused({ negotiation, type: 'NegotiationOpened', title: 'Again' }, 'DEVELOPMENT_INVALID', {
      field: 'type',
      message: /open already/,
    }));

  it('names nobody in its opening who was not declared', () =>
    refused({ negotiation: 'other', type: 'NegotiationOpened', title: 'Other', statedBy: 'north' }, 'PARTY_UNKNOWN', {
      field: 'statedBy',
    }));

  it('is one for all that is recorded together', () =>
    refused([demand, { ...demand, negotiation: 'other' }], 'DEVELOPMENT_INVALID', {
      field: 'negotiation',
      value: 'other',
      index: 1,
    }));

  it('is named by something: nothing is no development', async () => {
    const before = await tracked.log();
    await expect(tracked.tracker.record([])).rejects.toMatchObject({ code: 'DEVELOPMENT_INVALID' });
    expect(await tracked.log()).toEqual(before);
  });
});
