/** Corrections leave whole what they bear on, however many deep; and what they do to later answers, and not to earlier ones. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DevelopmentInput } from '../../../src/tracker/index.ts';
import { EXAMPLES, GROUND } from '../../support/examples.ts';
import { expectRefused } from '../../support/refusals.ts';
import { NEGOTIATION as negotiation, openTestTracker, type TestTracker } from '../../support/tracker.ts';

const source = { publisher: 'The Gazette', published: '2026-02-12' };
const correction = (id: string, corrects: string, changes: object, published = '2026-02-20') =>
  ({
    id,
    negotiation,
    type: 'DevelopmentCorrected',
    corrects,
    changes,
    source: { publisher: 'The Herald', published },
  }) as DevelopmentInput;
const retraction = (id: string, retracts: string) =>
  ({ id, negotiation, type: 'DevelopmentRetracted', retracts, reason: 'It was wrong.' }) as const;

let tracked: TestTracker;
beforeEach(async () => {
  tracked = openTestTracker('2026-03-01T12:00:00Z');
  await tracked.tracker.record(GROUND);
  await tracked.tracker.record({ ...EXAMPLES.DemandStated.minimal, id: 'demand', source });
});
afterEach(() => tracked.tracker.close());

const refused = (input: unknown, field: string, message: RegExp) =>
  expectRefused(tracked, input, 'DEVELOPMENT_INVALID', { field, message });
const record = (...inputs: DevelopmentInput[]) => tracked.tracker.record(inputs);
const main = async (view = {}) => {
  const { positions } = await tracked.tracker.state(negotiation, view);
  return positions.map(({ party, stance, setBy }) => ({ party, stance, setBy }));
};

describe('a correction is refused that would leave no whole development behind', () => {
  it('a field that does not exist, or is required', async () => {
    await refused(correction('c', 'demand', { colour: 'blue' }), 'changes.colour', /no such field/);
    await refused(correction('c', 'demand', { stance: null }), 'changes.stance', /required/);
    await refused(correction('c', 'demand', { occurred: 'soon' }), 'changes.occurred', /EDTF/);
    await expectRefused(tracked, correction('c', 'demand', { attribution: 'off-record' }), 'OFF_RECORD', {
      field: 'changes.attribution',
    });
  });

  it('a party beside parties', () =>
    refused(correction('c', 'demand', { parties: ['south'] }), 'changes.party', /either one party/));

  it('what stays from before and has no place any more, with how to take it away', async () => {
    await refused(
      correction('c', 'demand', { type: 'DemandReiterated' }),
      'changes.replaces',
      /of demand, and stays unless null is said here/,
    );
    await record(correction('c', 'demand', { type: 'DemandReiterated', replaces: null }));
    expect(await main()).toMatchObject([{ setBy: 'demand' }]);
  });

  it('with what was corrected before it taken into account', async () => {
    await record(correction('c1', 'demand', { party: null, parties: ['north', 'south'] }));
    await refused(correction('c2', 'demand', { party: 'north' }), 'changes.party', /either one party/);
    await record(correction('c3', 'demand', { parties: ['south', 'league'] }));
    expect((await main()).map(({ party }) => party)).toEqual(['south', 'league']);
  });

  it('names and dates like any other', async () => {
    await expectRefused(tracked, correction('c', 'demand', { issue: 'rivver' }), 'ISSUE_UNKNOWN', {
      field: 'changes.issue',
      suggestion: 'river',
    });
    await expectRefused(tracked, correction('c', 'demand', { party: 'nort' }), 'PARTY_UNKNOWN', {
      field: 'changes.party',
      suggestion: 'north',
    });
  });

  it('what a development is, is not corrected', async () => {
    await refused(
      correction('c', 'demand', { type: 'IssueRaised', title: 'x', party: null, stance: null, replaces: null }),
      'changes.type',
      /retract it/,
    );
    await refused(correction('c', 'party-north', { party: 'nord' }), 'changes.party', /declare nord/);
    await refused(correction('c', 'issue-river', { issue: 'rivers' }), 'changes.issue', /declare rivers/);
    await refused(correction('c', 'open', { timeZone: 'Europe/Kyiv' }), 'changes.timeZone', /stays UTC/);
    await record(
      correction('c', 'open', { title: 'River talks' }),
      correction('d', 'party-north', { name: 'The North' }),
    );
    const { title, parties } = await tracked.tracker.state(negotiation);
    expect([title, parties[0]?.name]).toEqual(['River talks', 'The North']);
  });

  it('a demand may turn out to have been something else', async () => {
    await record(correction('c', 'demand', { type: 'RedLineDeclared' }));
    expect((await tracked.tracker.state(negotiation)).positions[0]).toMatchObject({
      act: 'RedLineDeclared',
      setBy: 'demand',
    });
  });
});

describe('a correction of a correction', () => {
  beforeEach(() => record(correction('c1', 'demand', { party: null, parties: ['north', 'south'] })));

  it('changes what it changes', async () => {
    await record(correction('c2', 'c1', { changes: { parties: ['north', 'host'] } }));
    expect((await main()).map(({ party }) => party)).toEqual(['north', 'host']);
  });

  it('is refused where what they both bear on would no longer be whole', () =>
    refused(
      correction('c2', 'c1', { changes: { party: 'north' } }),
      'changes.changes.party',
      /with this, demand is not whole: name either one party/,
    ));

  it('is refused for a name that was never declared, or a day to come', async () => {
    const issue = correction('c2', 'c1', { changes: { issue: 'rivver' } });
    await expectRefused(tracked, issue, 'ISSUE_UNKNOWN', { field: 'changes.changes.issue', suggestion: 'river' });
    const occurred = correction('c2', 'c1', { changes: { occurred: '2027' } });
    await expectRefused(tracked, occurred, 'DATE_IN_FUTURE', { field: 'changes.changes.occurred', value: '2027' });
  });

  it('is refused three deep as well', async () => {
    await record(correction('c2', 'c1', { changes: { stance: 'Open it now.' } }));
    await refused(
      correction('c3', 'c2', { changes: { changes: { stance: '' } } }),
      'changes',
      /demand is not whole|c1 is not whole/,
    );
    await record(correction('c3', 'c2', { changes: { changes: { stance: 'Open it today.' } } }));
    expect((await main())[0]).toEqual({ party: 'north', stance: 'Open it today.', setBy: 'demand' });
  });

  it('does not make it one of something else, or something else of it', async () => {
    await refused(correction('c2', 'c1', { corrects: 'told' }), 'changes.corrects', /about demand and stays so/);
    const turned = { type: 'DevelopmentRetracted', corrects: null, changes: null, retracts: 'demand', reason: 'x' };
    await refused(correction('c2', 'c1', turned), 'changes.type', /retract it/);
    await record(retraction('r1', 'told'));
    await refused(correction('c2', 'r1', { retracts: 'demand' }), 'changes.retracts', /about told and stays so/);
    await record(correction('c2', 'r1', { reason: 'It was told twice.' }));
  });

  it('does not change the zone of the talks by a detour', async () => {
    await record(correction('t1', 'open', { title: 'River talks' }));
    await refused(
      correction('t2', 't1', { changes: { timeZone: 'Asia/Tokyo' } }),
      'changes.changes.timeZone',
      /stays UTC/,
    );
  });
});

describe('what a later correction was built on', () => {
  beforeEach(() =>
    record(
      correction('c1', 'demand', { party: null, parties: ['north', 'south'] }),
      correction('c2', 'demand', { parties: ['north', 'host'] }, '2026-02-21'),
    ),
  );

  it('is not retracted under it', async () => {
    await refused(retraction('r', 'c1'), 'retracts', /c2 builds on it.*retract c2 first/);
    await record(retraction('r2', 'c2'), retraction('r1', 'c1'));
    expect((await main()).map(({ party }) => party)).toEqual(['north']);
  });

  it('leaves it out where a gate leaves that out', async () => {
    expect(await main({ knownOn: '2026-02-19' })).toEqual([{ party: 'north', stance: 'Open it.', setBy: 'demand' }]);
    expect((await main({ knownOn: '2026-02-20' })).map(({ party }) => party)).toEqual(['north', 'south']);
  });

  it('counts by when it was published: a report of an earlier day does not undo a later one', async () => {
    await record(
      correction('c3', 'demand', { stance: 'Late news.' }, '2026-02-19'),
      correction('c4', 'demand', { stance: 'Later news.' }, '2026-02-21'),
    );
    await record(correction('c5', 'demand', { stance: 'Old news, found late.' }, '2026-02-18'));
    expect((await main())[0]?.stance).toBe('Later news.');
    expect((await main({ knownOn: '2026-02-20' }))[0]?.stance).toBe('Late news.');
    expect((await main({ knownOn: '2026-02-18' }))[0]?.stance).toBe('Old news, found late.');
  });

  it('is refused where it counts before another and cannot stand there', () =>
    refused(
      correction('c3', 'demand', { parties: ['host'] }, '2026-02-19'),
      'changes',
      /where it counts, before a later correction/,
    ));
});

describe('what is about the record changes what is answered for later knowledge, and not for earlier', () => {
  it('a correction', async () => {
    await record(correction('c', 'demand', { stance: 'Open half of it.' }));
    expect(await main({ asOf: '2026-02-15', then: true })).toEqual([
      { party: 'north', stance: 'Open it.', setBy: 'demand' },
    ]);
    expect(await main({ asOf: '2026-02-15' })).toEqual([
      { party: 'north', stance: 'Open half of it.', setBy: 'demand' },
    ]);
    expect(await main({ knownOn: '2026-02-19' })).toMatchObject([{ stance: 'Open it.' }]);
    expect(await main({ knownOn: '2026-02-20' })).toMatchObject([{ stance: 'Open half of it.' }]);
  });

  it('a correction, retracted', async () => {
    await record(correction('c', 'demand', { stance: 'Open half of it.' }));
    tracked.clock.set('2026-03-02T12:00:00Z');
    await record(retraction('r', 'c'));
    expect(await main({ knownOn: '2026-03-01' })).toMatchObject([{ stance: 'Open half of it.' }]);
    expect(await main()).toMatchObject([{ stance: 'Open it.' }]);
    tracked.clock.set('2026-03-03T12:00:00Z');
    await record(retraction('rr', 'r'));
    expect(await main()).toMatchObject([{ stance: 'Open half of it.' }]);
    expect(await main({ recordedBy: '2026-03-02' })).toMatchObject([{ stance: 'Open it.' }]);
    expect(await main({ recordedBy: '2026-03-01' })).toMatchObject([{ stance: 'Open half of it.' }]);
  });

  it('a retraction', async () => {
    tracked.clock.set('2026-03-05T12:00:00Z');
    await record(retraction('r', 'demand'));
    expect(await main()).toEqual([]);
    expect(await main({ asOf: '2026-02-15' })).toEqual([]);
    expect(await main({ knownOn: '2026-03-04' })).toMatchObject([{ setBy: 'demand' }]);
    expect(await main({ recordedBy: '2026-03-04' })).toMatchObject([{ setBy: 'demand' }]);
  });

  it('a corroboration: what was published earlier elsewhere was known earlier', async () => {
    expect(await main({ knownOn: '2026-02-11' })).toEqual([]);
    await record({
      ...EXAMPLES.DevelopmentCorroborated.minimal,
      corroborates: 'demand',
      source: { publisher: 'The Herald', published: '2026-02-11' },
    });
    expect(await main({ knownOn: '2026-02-11' })).toMatchObject([{ setBy: 'demand' }]);
    expect(await main({ knownOn: '2026-02-10' })).toEqual([]);
  });

  it('a merge: the duplicate goes, and its sources stay', async () => {
    const copy = {
      ...EXAMPLES.DemandStated.minimal,
      id: 'copy',
      stance: 'Open it!',
      source: { publisher: 'The Herald', published: '2026-02-11' },
    };
    await record(copy, {
      ...EXAMPLES.DevelopmentMerged.minimal,
      id: 'm',
      duplicate: 'copy',
      into: 'demand',
      source: { publisher: 'G', published: '2026-02-14' },
    });
    expect(await main()).toEqual([{ party: 'north', stance: 'Open it.', setBy: 'demand' }]);
    // before the merge was known, there were two
    expect(await main({ knownOn: '2026-02-11' })).toEqual([{ party: 'north', stance: 'Open it!', setBy: 'copy' }]);
    const [row] = await tracked.tracker.history(negotiation, { party: 'north', issue: 'river' });
    expect(row).toMatchObject({
      id: 'demand',
      reported: '2026-02-11T23:59:59.999Z',
      corroboratedBy: [{ publisher: 'The Herald' }],
    });
    await record(retraction('r', 'm'));
    expect(
      (await tracked.tracker.history(negotiation, { party: 'north', issue: 'river' })).map(({ id }) => id).sort(),
    ).toEqual(['copy', 'demand']);
  });

  it('a further report of a denial, and a denial recorded twice: as of any development of the world', async () => {
    const denial = (id: string, published: string): DevelopmentInput => ({
      ...EXAMPLES.DevelopmentDenied.minimal,
      ...{ id, occurred: '2026-02-14', denies: 'demand', source: { publisher: 'The Crier', published } },
    });
    await record(denial('no', '2026-02-18'), denial('never', '2026-02-19'));
    const beside = async (view = {}) =>
      (await tracked.tracker.state(negotiation, view)).positions.flatMap((one) => one.beside.map(({ id }) => id));
    expect(await beside()).toEqual(['no', 'never']);
    expect(await beside({ knownOn: '2026-02-16' })).toEqual([]);
    await record(
      {
        ...EXAMPLES.DevelopmentCorroborated.minimal,
        ...{ id: 'more', corroborates: 'no', source: { publisher: 'The Herald', published: '2026-02-16' } },
      },
      {
        ...EXAMPLES.DevelopmentMerged.minimal,
        ...{ id: 'm', duplicate: 'never', into: 'no', source: { publisher: 'G', published: '2026-02-20' } },
      },
    );
    expect(await beside()).toEqual(['no']);
    expect(await beside({ knownOn: '2026-02-16' })).toEqual(['no']);
    const history = await tracked.tracker.history(negotiation, { party: 'north', issue: 'river' });
    expect(history.map(({ id, corroboratedBy }) => [id, corroboratedBy.map(({ publisher }) => publisher)])).toEqual([
      ['demand', []],
      ['no', ['The Herald', 'The Crier']],
    ]);
  });

  it('a denial: beside what it denies, from its own day on, and only while that counts', async () => {
    await record({
      ...EXAMPLES.DevelopmentDenied.minimal,
      id: 'no',
      occurred: '2026-02-14',
      denies: 'demand',
      stance: 'We never said so.',
    });
    const beside = async (view: object) =>
      (await tracked.tracker.state(negotiation, view)).positions.map((one) => one.beside.map(({ id }) => id));
    expect(await beside({ asOf: '2026-02-13' })).toEqual([[]]);
    expect(await beside({ asOf: '2026-02-14' })).toEqual([['no']]);
    await record(retraction('r', 'demand'));
    expect(await beside({})).toEqual([]);
  });
});
