/** The history of one cell: what each development did there, and what became of it. */
import { describe, expect, it } from 'vitest';
import { logWith, type Sketch, type View } from '../support/entries.ts';

const on = (occurred: string, type: Sketch['type'], fields: object = {}): Sketch => ({
  ...{ id: occurred, type, occurred, party: 'north', issue: 'river' },
  ...(type.endsWith('Reiterated') || type === 'PositionWithdrawn' || type === 'DemandDropped'
    ? {}
    : { stance: 'Open it.' }),
  ...fields,
});
const about = (id: string, type: Sketch['type'], fields: object): Sketch => ({ id, type, ...fields });
const historyOf = (sketches: readonly Sketch[], view?: View) => logWith(...sketches).history('north', 'river', view);
const fatesOf = (sketches: readonly Sketch[], view?: View) =>
  historyOf(sketches, view).map(({ id, effect, status }) => `${id} ${effect} ${status}`);

const demand = on('2026-02-10', 'DemandStated');
const other = on('2026-02-12', 'ProposalMade', { stance: 'Open half.' });

describe('what a development did', () => {
  it('is new where there was nothing, and changed where it replaces words', () => {
    expect(fatesOf([demand, other])).toEqual(['2026-02-10 new superseded', '2026-02-12 changed in-force']);
  });

  it('is reiterated for a reiteration, and for the same words again', () => {
    expect(fatesOf([demand, on('2026-02-11', 'DemandReiterated'), on('2026-02-12', 'RedLineDeclared')])).toEqual([
      '2026-02-10 new in-force',
      '2026-02-11 reiterated in-force',
      '2026-02-12 reiterated in-force',
    ]);
  });

  it('is new for a reiteration of nothing', () => {
    expect(fatesOf([on('2026-02-11', 'DemandReiterated')])).toEqual(['2026-02-11 new in-force']);
  });

  it('is conditioned for a condition, whether it is the first of its point or not', () => {
    const term = { point: 'term' };
    expect(
      fatesOf([
        demand,
        on('2026-02-11', 'ConditionAttached', term),
        on('2026-02-12', 'ConditionAttached', { ...term, stance: 'By day.' }),
      ]),
    ).toEqual(['2026-02-10 new in-force', '2026-02-11 conditioned superseded', '2026-02-12 conditioned in-force']);
    expect(fatesOf([on('2026-02-11', 'ConditionAttached', term), on('2026-02-12', 'ConditionAttached', term)])[1]).toBe(
      '2026-02-12 reiterated in-force',
    );
  });

  it('is changed where it replaces the whole position, and all of that is superseded', () => {
    const held = [demand, on('2026-02-11', 'ConditionAttached', { point: 'term' })];
    expect(
      fatesOf([...held, on('2026-02-12', 'PositionStated', { stance: 'Close it.', replaces: 'position' })]),
    ).toEqual(['2026-02-10 new superseded', '2026-02-11 conditioned superseded', '2026-02-12 changed in-force']);
    expect(fatesOf([...held, on('2026-02-12', 'PositionStated', { point: 'side', replaces: 'position' })])[2]).toBe(
      '2026-02-12 changed in-force',
    );
    expect(fatesOf([on('2026-02-12', 'PositionStated', { replaces: 'position' })])).toEqual([
      '2026-02-12 new in-force',
    ]);
  });

  it('with the whole position replaced and the headline in the same words, keeps what the headline rests on', () => {
    const held = [demand, on('2026-02-11', 'ConditionAttached', { point: 'term' })];
    expect(fatesOf([...held, on('2026-02-12', 'DemandStated', { replaces: 'position' })])).toEqual([
      '2026-02-10 new in-force',
      '2026-02-11 conditioned superseded',
      '2026-02-12 changed in-force',
    ]);
    expect(fatesOf([demand, on('2026-02-12', 'DemandStated', { replaces: 'position' })])[1]).toBe(
      '2026-02-12 reiterated in-force',
    );
  });

  it('is withdrawn for a withdrawal, and so is what it ends', () => {
    expect(fatesOf([demand, on('2026-02-11', 'DemandReiterated'), on('2026-02-12', 'DemandDropped')])).toEqual([
      '2026-02-10 new withdrawn',
      '2026-02-11 reiterated withdrawn',
      '2026-02-12 withdrawn in-force',
    ]);
  });

  it('of one point ends nothing of the others', () => {
    expect(
      fatesOf([
        demand,
        on('2026-02-11', 'ConditionAttached', { point: 'term' }),
        on('2026-02-12', 'PositionWithdrawn', { point: 'term' }),
      ]),
    ).toEqual(['2026-02-10 new in-force', '2026-02-11 conditioned withdrawn', '2026-02-12 withdrawn in-force']);
  });

  it('is superseded for a withdrawal that a later word overtook', () => {
    expect(fatesOf([demand, on('2026-02-11', 'DemandDropped'), other])).toEqual([
      '2026-02-10 new withdrawn',
      '2026-02-11 withdrawn superseded',
      '2026-02-12 new in-force',
    ]);
    expect(fatesOf([on('2026-02-11', 'DemandDropped'), on('2026-02-12', 'ConditionAttached')])[0]).toBe(
      '2026-02-11 withdrawn superseded',
    );
    const dropped = on('2026-02-11', 'DemandDropped', { point: 'term' });
    expect(fatesOf([dropped, other])[0]).toBe('2026-02-11 withdrawn in-force');
    expect(fatesOf([dropped, on('2026-02-12', 'ConditionAttached', { point: 'term' })])[0]).toBe(
      '2026-02-11 withdrawn superseded',
    );
  });

  it('is beside for what does not meet the standard, for good, also once the headline was set again', () => {
    const leak = on('2026-02-11', 'ConcessionSignalled', { attribution: 'anonymous', stance: 'Might share it.' });
    expect(fatesOf([demand, leak, other])).toEqual([
      '2026-02-10 new superseded',
      '2026-02-11 beside beside',
      '2026-02-12 changed in-force',
    ]);
    expect(fatesOf([demand, leak], { standard: 'all' })[1]).toBe('2026-02-11 changed in-force');
    expect(fatesOf([demand, leak], { standard: 'strict' })).toEqual([
      '2026-02-10 beside beside',
      '2026-02-11 beside beside',
    ]);
  });

  it('is beside for a denial', () => {
    expect(
      fatesOf([
        demand,
        about('no', 'DevelopmentDenied', { denies: demand.id, party: 'south', occurred: '2026-02-11' }),
      ]),
    ).toEqual(['2026-02-10 new in-force', 'no beside beside']);
  });

  it('names who denies, and what; and who gives an account of another', () => {
    const account = on('2026-02-11', 'PositionStated', { attribution: 'counterpart', statedBy: 'south' });
    const denial = about('no', 'DevelopmentDenied', { denies: account.id, party: 'east', occurred: '2026-02-12' });
    expect(historyOf([demand, account, denial]).map(({ id, statedBy, denies }) => [id, statedBy, denies])).toEqual([
      ['2026-02-10', null, null],
      ['2026-02-11', 'south', null],
      ['no', 'east', '2026-02-11'],
    ]);
  });

  it('is beside for a denial whatever became of what it denies: retracted, or corrected into another cell', () => {
    const denial = about('no', 'DevelopmentDenied', { denies: demand.id, party: 'south', occurred: '2026-02-11' });
    const retraction = about('gone', 'DevelopmentRetracted', { retracts: demand.id, reason: 'x' });
    expect(fatesOf([demand, denial, retraction])).toEqual([
      '2026-02-10 retracted retracted',
      'gone retracted in-force',
      'no beside beside',
    ]);
    const moved = about('moved', 'DevelopmentCorrected', { corrects: demand.id, changes: { issue: 'bridges' } });
    const log = logWith(demand, denial, moved);
    for (const issue of ['river', 'bridges'])
      expect(log.history('north', issue).at(-1)).toMatchObject({ id: 'no', effect: 'beside', status: 'beside' });
  });

  it('is retracted for a denial that was taken back, also where what it denies was retracted', () => {
    const denial = about('no', 'DevelopmentDenied', { denies: demand.id, party: 'south', occurred: '2026-02-11' });
    const back = about('back', 'DevelopmentRetracted', { retracts: 'no', reason: 'Not by them.' });
    const retraction = about('gone', 'DevelopmentRetracted', { retracts: demand.id, reason: 'x' });
    expect(fatesOf([demand, denial, back, retraction]).slice(-2)).toEqual([
      'no retracted retracted',
      'back retracted in-force',
    ]);
  });

  it('is superseded for a withdrawal that another one repeats, and in force for one that a leak follows', () => {
    const dropped = on('2026-02-11', 'DemandDropped');
    expect(fatesOf([demand, dropped, on('2026-02-12', 'PositionWithdrawn')])).toEqual([
      '2026-02-10 new withdrawn',
      '2026-02-11 withdrawn superseded',
      '2026-02-12 withdrawn in-force',
    ]);
    const leak = on('2026-02-12', 'ConcessionSignalled', { attribution: 'anonymous' });
    expect(fatesOf([demand, dropped, leak])[1]).toBe('2026-02-11 withdrawn in-force');
  });

  it('has the shift that the coder gave it', () => {
    const shifts = historyOf([demand, { ...other, shift: 'softened' }]).map(({ shift }) => shift);
    expect(shifts).toEqual([null, 'softened']);
  });
});

describe('a row', () => {
  it('says what, when by three clocks, on whose word, and from which report', () => {
    const source = { publisher: 'The Gazette', url: 'https://gazette.example/1', published: '2026-02-11' };
    const [row] = historyOf([
      { ...demand, recorded: '2026-02-13', source, speaker: { name: 'A. Delegate' }, attribution: 'on-record' },
    ]);
    expect(row).toEqual({
      ...{ id: '2026-02-10', type: 'DemandStated', effect: 'new', shift: null, point: 'main', stance: 'Open it.' },
      ...{ occurred: '2026-02-10', effective: '2026-02-10T23:59:59.999Z', reported: '2026-02-11T23:59:59.999Z' },
      ...{ recorded: '2026-02-13T23:59:59.999Z', attribution: 'on-record', speaker: { name: 'A. Delegate' } },
      source: { ...source, reliability: 'F', credibility: 6 },
      ...{ statedBy: null, denies: null, speaksOf: null, corroboratedBy: [], reason: null, status: 'in-force' },
    });
  });

  it('carries the reports that corroborate it', () => {
    const herald = { publisher: 'The Herald', published: '2026-02-09' };
    const [row] = historyOf([
      demand,
      about('more', 'DevelopmentCorroborated', { corroborates: demand.id, source: herald }),
    ]);
    expect(row).toMatchObject({ reported: '2026-02-09T23:59:59.999Z', corroboratedBy: [herald] });
  });

  it('names what it corrects or takes back, be that a correction or a retraction itself', () => {
    const gazette = { publisher: 'The Gazette', published: '2026-02-20' };
    const corrected = (id: string, corrects: unknown, changes: object) =>
      about(id, 'DevelopmentCorrected', { corrects, changes, source: gazette });
    const retracted = (id: string, retracts: unknown) =>
      about(id, 'DevelopmentRetracted', { retracts, reason: 'Misheard.', source: gazette });
    const rows = historyOf([
      demand,
      corrected('fix', demand.id, { occurred: '2026-02-08' }),
      corrected('refix', 'fix', { changes: { occurred: '2026-02-09' } }),
      retracted('gone', demand.id),
      retracted('back', 'gone'),
    ]);
    expect(rows.map(({ id, speaksOf }) => [id, speaksOf])).toEqual([
      [demand.id, null],
      ['fix', demand.id],
      ['refix', 'fix'],
      ['gone', demand.id],
      ['back', 'gone'],
    ]);
  });

  it('is there for this party and this issue alone', () => {
    expect(
      historyOf([
        { ...demand, party: 'south' },
        { ...demand, id: 'b', issue: 'bridges' },
      ]),
    ).toEqual([]);
    expect(fatesOf([{ ...demand, party: undefined, parties: ['south', 'north'] }])).toEqual([
      '2026-02-10 new in-force',
    ]);
  });

  it('is not there before its time, through any gate', () => {
    const late = { ...other, recorded: '2026-03-01', source: { publisher: 'G', published: '2026-02-20' } };
    const log = [{ ...demand, recorded: '2026-02-10' }, late];
    expect(fatesOf(log, { asOf: '2026-02-11' })).toEqual(['2026-02-10 new in-force']);
    expect(fatesOf(log, { knownOn: '2026-02-19' })).toEqual(['2026-02-10 new in-force']);
    expect(fatesOf(log, { recordedBy: '2026-02-28' })).toEqual(['2026-02-10 new in-force']);
    expect(fatesOf(log)).toHaveLength(2);
  });
});

describe('a correction', () => {
  const correction = (id: string, changes: object, corrects: unknown = demand.id) =>
    about(id, 'DevelopmentCorrected', {
      corrects,
      changes,
      source: { publisher: 'The Herald', published: `2026-02-${id}` },
    });

  it('shows the first version as corrected, not gone, and then what stands', () => {
    const rows = historyOf([demand, correction('20', { stance: 'Open most of it.' })]);
    expect(rows.map(({ id, effect, status, stance }) => [id, effect, status, stance])).toEqual([
      ['2026-02-10', 'new', 'corrected', 'Open it.'],
      ['20', 'corrected', 'in-force', 'Open most of it.'],
    ]);
    expect(rows[1]).toMatchObject({
      type: 'DevelopmentCorrected',
      reported: '2026-02-20T23:59:59.999Z',
      source: { publisher: 'The Herald' },
    });
  });

  it('of another day shows each version with its own', () => {
    const rows = historyOf([demand, correction('20', { occurred: '2026-02-08' })]);
    expect(rows.map(({ occurred }) => occurred)).toEqual(['2026-02-10', '2026-02-08']);
  });

  it('after another shows both, the last of them in force', () => {
    expect(fatesOf([demand, correction('20', { stance: 'B' }), correction('21', { stance: 'C' })])).toEqual([
      '2026-02-10 new corrected',
      '20 corrected corrected',
      '21 corrected in-force',
    ]);
  });

  it('after another leaves each its own words', () => {
    const rows = historyOf([demand, correction('20', { stance: 'B' }), correction('21', { occurred: '2026-02-08' })]);
    expect(rows.map(({ id, stance, occurred }) => [id, stance, occurred])).toEqual([
      ['2026-02-10', 'Open it.', '2026-02-10'],
      ['20', 'B', '2026-02-10'],
      ['21', 'B', '2026-02-08'],
    ]);
  });

  it('of a correction stands under its own name and source, and so does what it corrects', () => {
    const log = [
      demand,
      correction('20', { stance: 'Open most of it.' }),
      correction('21', { changes: { stance: 'Open some of it.' } }, '20'),
    ];
    const rows = historyOf(log);
    expect(rows.map(({ id, stance, status, reported }) => [id, stance, status, reported?.slice(0, 10)])).toEqual([
      ['2026-02-10', 'Open it.', 'corrected', '2026-02-10'],
      ['20', 'Open most of it.', 'corrected', '2026-02-20'],
      ['21', 'Open some of it.', 'in-force', '2026-02-21'],
    ]);
    expect(fatesOf(log, { knownOn: '2026-02-20' })).toEqual(['2026-02-10 new corrected', '20 corrected in-force']);
    expect(fatesOf([...log, other]).at(-2)).toBe('21 corrected superseded');
  });

  it('after a corrected one goes on from what that came to say', () => {
    const rows = historyOf([
      demand,
      correction('20', { stance: 'B', occurred: '2026-02-09' }),
      correction('21', { changes: { stance: 'C' } }, '20'),
      correction('22', { changes: { changes: { stance: 'D' } } }, '21'),
      correction('23', { occurred: '2026-02-07' }),
    ]);
    expect(rows.map(({ id, stance, occurred, status }) => [id, stance, occurred, status])).toEqual([
      ['2026-02-10', 'Open it.', '2026-02-10', 'corrected'],
      ['20', 'B', '2026-02-09', 'corrected'],
      ['21', 'C', '2026-02-09', 'corrected'],
      ['22', 'D', '2026-02-09', 'corrected'],
      ['23', 'D', '2026-02-07', 'in-force'],
    ]);
  });

  it('has no reports of its own beside its source: those are of what it corrects', () => {
    const more = about('more', 'DevelopmentCorroborated', {
      ...{ corroborates: demand.id, source: { publisher: 'The Crier' } },
    });
    const rows = historyOf([demand, more, correction('20', { stance: 'B' })]);
    expect(rows.map(({ corroboratedBy }) => corroboratedBy.length)).toEqual([1, 0]);
  });

  it('is superseded with what it corrects', () => {
    expect(fatesOf([demand, correction('20', { stance: 'B' }), other])).toEqual([
      '2026-02-10 new corrected',
      '20 corrected superseded',
      '2026-02-12 changed in-force',
    ]);
    expect(fatesOf([demand, correction('20', { stance: 'B' }), on('2026-02-12', 'DemandDropped')])[1]).toBe(
      '20 corrected withdrawn',
    );
  });

  it('before it was known is not there', () => {
    expect(fatesOf([demand, correction('20', { stance: 'B' })], { knownOn: '2026-02-19' })).toEqual([
      '2026-02-10 new in-force',
    ]);
  });

  it('into another cell leaves what was on record here to be seen', () => {
    const log = logWith(demand, correction('20', { issue: 'bridges' }));
    const fates = (issue: string) =>
      log.history('north', issue).map(({ id, effect, status }) => `${id} ${effect} ${status}`);
    expect(fates('river')).toEqual(['2026-02-10 corrected corrected', '20 corrected corrected']);
    expect(fates('bridges')).toEqual(['2026-02-10 new corrected', '20 corrected in-force']);
    // What was told at first was never said there, nor here what is told since.
    const stances = (issue: string) => log.history('north', issue).map(({ stance }) => stance);
    expect([stances('river'), stances('bridges')]).toEqual([
      ['Open it.', null],
      [null, 'Open it.'],
    ]);
  });

  it('of the date leaves each version on its own date', () => {
    const log = logWith(demand, correction('20', { occurred: '2026-02-08' }));
    expect(log.history('north', 'river').map(({ occurred, effective }) => [occurred, effective])).toEqual([
      ['2026-02-10', '2026-02-10T23:59:59.999Z'],
      ['2026-02-08', '2026-02-08T23:59:59.999Z'],
    ]);
  });

  it('that was taken back keeps the words that it left, and says who took it back and why', () => {
    const back = about('back', 'DevelopmentRetracted', { retracts: '20', reason: 'It was right.' });
    const log = [demand, correction('20', { stance: 'B' }), back];
    expect(fatesOf(log)).toEqual(['2026-02-10 new in-force', '20 corrected retracted', 'back retracted in-force']);
    expect(historyOf(log).map(({ stance, reason }) => [stance, reason])).toEqual([
      ['Open it.', null],
      ['B', null],
      [null, 'It was right.'],
    ]);
    expect(fatesOf([...log, other])).toEqual([
      '2026-02-10 new superseded',
      '20 corrected retracted',
      'back retracted in-force',
      '2026-02-12 changed in-force',
    ]);
  });

  it('that was taken back leaves no words to those after it, and stands again once that was taken back too', () => {
    const back = about('back', 'DevelopmentRetracted', { retracts: '20', reason: 'x' });
    const log = [demand, correction('20', { stance: 'B' }), back, correction('21', { occurred: '2026-02-09' })];
    const tell = (sketches: readonly Sketch[]) =>
      historyOf(sketches).map(({ id, status, stance, occurred }) => `${id} ${status} ${stance} ${occurred}`);
    expect(tell(log)).toEqual([
      '2026-02-10 corrected Open it. 2026-02-10',
      '20 retracted B 2026-02-10',
      'back in-force null null',
      '21 in-force Open it. 2026-02-09',
    ]);
    expect(tell([...log, about('again', 'DevelopmentRetracted', { retracts: 'back', reason: 'x' })])).toEqual([
      '2026-02-10 corrected Open it. 2026-02-10',
      '20 corrected B 2026-02-10',
      'back retracted null null',
      'again in-force null null',
      '21 in-force B 2026-02-09',
    ]);
  });

  it('of a correction leaves a trace where it was taken back, and where both were', () => {
    const log = [
      demand,
      correction('20', { stance: 'B' }),
      correction('21', { changes: { stance: 'C' } }, '20'),
      about('back', 'DevelopmentRetracted', { retracts: '21', reason: 'x' }),
    ];
    expect(historyOf(log).map(({ id, stance, status }) => `${id} ${stance} ${status}`)).toEqual([
      '2026-02-10 Open it. corrected',
      '20 B in-force',
      '21 C retracted',
      'back null in-force',
    ]);
    const both = [...log, about('all', 'DevelopmentRetracted', { retracts: '20', reason: 'x' })];
    expect(historyOf(both).map(({ id, stance, status }) => `${id} ${stance} ${status}`)).toEqual([
      '2026-02-10 Open it. in-force',
      '20 B retracted',
      '21 C retracted',
      'back null in-force',
      'all null in-force',
    ]);
  });

  it('into another cell that was taken back leaves a trace in both, with words where they were said', () => {
    const back = about('back', 'DevelopmentRetracted', { retracts: '20', reason: 'x' });
    const log = logWith(demand, correction('20', { issue: 'bridges' }), back);
    const tell = (issue: string) =>
      log.history('north', issue).map(({ id, effect, status, stance }) => `${id} ${effect} ${status} ${stance}`);
    expect(tell('river')).toEqual([
      '2026-02-10 new in-force Open it.',
      '20 corrected retracted null',
      'back retracted in-force null',
    ]);
    expect(tell('bridges')).toEqual([
      '2026-02-10 corrected corrected null',
      '20 corrected retracted Open it.',
      'back retracted in-force null',
    ]);
  });

  it('into a cell and on into another leaves a trace in all three', () => {
    const log = logWith(demand, correction('20', { issue: 'bridges' }), correction('21', { issue: 'tolls' }));
    const stances = (issue: string) => log.history('north', issue).map(({ id, stance }) => `${id} ${stance}`);
    expect(stances('river')).toEqual(['2026-02-10 Open it.', '20 null', '21 null']);
    expect(stances('bridges')).toEqual(['2026-02-10 null', '20 Open it.', '21 null']);
    expect(stances('tolls')).toEqual(['2026-02-10 null', '20 null', '21 Open it.']);
  });

  it('has the reports that corroborate it', () => {
    const more = about('more', 'DevelopmentCorroborated', { corroborates: '20', source: { publisher: 'The Crier' } });
    expect(
      historyOf([demand, correction('20', { stance: 'B' }), more]).map(({ corroboratedBy }) =>
        corroboratedBy.map(({ publisher }) => publisher),
      ),
    ).toEqual([[], ['The Crier']]);
  });

  it('of a denial keeps both its words, and of a denied duplicate names what that went into', () => {
    const log = [
      demand,
      { ...demand, id: 'copy', stance: 'Open it!' },
      about('no', 'DevelopmentDenied', { denies: 'copy', party: 'south', occurred: '2026-02-11', stance: 'Never.' }),
      correction('20', { stance: 'Never, by nobody.' }, 'no'),
      about('m', 'DevelopmentMerged', { duplicate: 'copy', into: demand.id }),
    ];
    expect(historyOf(log).map(({ id, stance, denies, status }) => [id, stance, denies, status])).toEqual([
      [demand.id, 'Open it.', null, 'in-force'],
      ['no', 'Never.', demand.id, 'corrected'],
      ['20', 'Never, by nobody.', demand.id, 'beside'],
    ]);
  });

  it('that a gate leaves without its ground is not shown as if it held', () => {
    const log = [
      demand,
      { ...correction('20', { party: null, parties: ['north', 'south'] }) },
      correction('18', { note: 'x' }),
      correction('19', { parties: ['north'] }),
    ];
    expect(fatesOf(log, { knownOn: '2026-02-19' })).toEqual(['2026-02-10 new corrected', '18 corrected in-force']);
  });

  it('that came to say what a gate leaves without its ground is not told, nor is what it said before', () => {
    const log = [
      demand,
      correction('20', { party: null, parties: ['north', 'south'] }),
      correction('18', { note: 'x' }),
      correction('19', { changes: { parties: ['north'] } }, '18'),
    ];
    expect(fatesOf(log, { knownOn: '2026-02-18' })).toEqual(['2026-02-10 new corrected', '18 corrected in-force']);
    expect(fatesOf(log, { knownOn: '2026-02-19' })).toEqual(['2026-02-10 new in-force']);
  });

  it('that a gate leaves without its ground and that was taken back has no words, only who took it back', () => {
    const log = [
      demand,
      correction('20', { party: null, parties: ['north', 'south'] }),
      correction('18', { parties: ['north'] }),
      about('back', 'DevelopmentRetracted', {
        ...{ retracts: '18', reason: 'x', source: { publisher: 'The Herald', published: '2026-02-19' } },
      }),
    ];
    expect(fatesOf(log, { knownOn: '2026-02-19' })).toEqual(['2026-02-10 new in-force', 'back retracted in-force']);
  });

  it('that was recorded as a further report is told from where it was put right', () => {
    const more = about('more', 'DevelopmentCorroborated', { corroborates: demand.id });
    const changes = { type: 'DevelopmentCorrected', corroborates: null, corrects: demand.id };
    const log = [demand, more, correction('20', { ...changes, changes: { stance: 'B' } }, 'more')];
    expect(historyOf(log).map(({ id, status, stance }) => `${id} ${status} ${stance}`)).toEqual([
      '2026-02-10 corrected Open it.',
      '20 in-force B',
    ]);
  });
});

describe('a retraction', () => {
  const retraction = about('gone', 'DevelopmentRetracted', { retracts: demand.id, reason: 'It was never said.' });

  it('says what was on record, that it was wrong, and why', () => {
    const rows = historyOf([demand, retraction]);
    expect(rows.map(({ id, effect, status, reason }) => [id, effect, status, reason])).toEqual([
      ['2026-02-10', 'retracted', 'retracted', null],
      ['gone', 'retracted', 'in-force', 'It was never said.'],
    ]);
  });

  it('that was corrected says at first what it said, and then who corrected it', () => {
    const corrected = about('21', 'DevelopmentCorrected', {
      ...{ corrects: 'gone', changes: { reason: 'Another party said it.' } },
      source: { publisher: 'The Herald' },
    });
    const rows = historyOf([demand, retraction, corrected]);
    expect(rows.map(({ id, effect, status, reason, stance }) => [id, effect, status, reason, stance])).toEqual([
      ['2026-02-10', 'retracted', 'retracted', null, 'Open it.'],
      ['gone', 'retracted', 'corrected', 'It was never said.', null],
      ['21', 'retracted', 'in-force', 'Another party said it.', null],
    ]);
    expect(rows[2]?.source).toMatchObject({ publisher: 'The Herald' });
  });

  it('says who took it back and when, not who had said it', () => {
    const statement = { ...demand, speaker: { name: 'A. Delegate' }, attribution: 'on-record', shift: 'hardened' };
    const editor = { speaker: { name: 'E. Editor' }, occurred: '2026-02-20', attribution: 'narrative' };
    const source = { publisher: 'The Gazette', published: '2026-02-21' };
    const [said, gone] = historyOf([statement, { ...retraction, ...editor, source }]);
    expect(said).toMatchObject({ speaker: { name: 'A. Delegate' }, occurred: '2026-02-10', shift: 'hardened' });
    expect(gone).toMatchObject({ ...editor, effective: '2026-02-20T23:59:59.999Z', point: 'main', shift: null });
    const [, unsaid] = historyOf([statement, { ...retraction, source }]);
    expect(unsaid).toMatchObject({ speaker: null, occurred: null, attribution: null });
    expect(unsaid).toMatchObject({ effective: '2026-02-21T23:59:59.999Z', reported: '2026-02-21T23:59:59.999Z' });
  });

  it('of what had been corrected leaves each version its own words and source', () => {
    const corrected = about('20', 'DevelopmentCorrected', {
      ...{ corrects: demand.id, changes: { stance: 'Open most of it.' }, source: { publisher: 'The Herald' } },
    });
    const rows = historyOf([demand, corrected, retraction]);
    expect(rows.map(({ id, effect, status, stance }) => `${id} ${effect} ${status} ${stance}`)).toEqual([
      '2026-02-10 retracted corrected Open it.',
      '20 corrected retracted Open most of it.',
      'gone retracted in-force null',
    ]);
    expect(rows.map(({ source }) => source?.publisher)).toEqual(['The Gazette', 'The Herald', undefined]);
  });

  it('of another cell is not there', () => {
    const elsewhere = { ...demand, id: 'elsewhere', issue: 'bridges' };
    const gone = about('gone', 'DevelopmentRetracted', { retracts: 'elsewhere', reason: 'x' });
    expect(fatesOf([demand, elsewhere, gone])).toEqual(['2026-02-10 new in-force']);
  });

  it('of what was corrected into another cell is there in both', () => {
    const moved = about('moved', 'DevelopmentCorrected', { corrects: demand.id, changes: { issue: 'bridges' } });
    const log = logWith(demand, moved, retraction);
    for (const issue of ['river', 'bridges'])
      expect(log.history('north', issue).map(({ id, effect }) => `${id} ${effect}`)).toEqual([
        '2026-02-10 retracted',
        'moved corrected',
        'gone retracted',
      ]);
    expect(logWith(demand, retraction, moved).history('north', 'bridges')).toHaveLength(3);
  });

  it('is not undone by a later withdrawal of everything', () => {
    expect(fatesOf([demand, retraction, on('2026-02-12', 'DemandDropped')])[1]).toBe('gone retracted in-force');
  });

  it('leaves what it made changed as new', () => {
    expect(fatesOf([demand, retraction, other])).toEqual([
      '2026-02-10 retracted retracted',
      'gone retracted in-force',
      '2026-02-12 new in-force',
    ]);
  });

  it('that was itself retracted leaves a trace, and so does what took it back', () => {
    const back = about('back', 'DevelopmentRetracted', { retracts: 'gone', reason: 'It was.' });
    expect(fatesOf([demand, retraction, back])).toEqual([
      '2026-02-10 new in-force',
      'gone retracted retracted',
      'back retracted in-force',
    ]);
    expect(historyOf([demand, retraction, back]).map(({ reason }) => reason)).toEqual([
      null,
      'It was never said.',
      'It was.',
    ]);
  });

  it('that was recorded as a further report is told from where it was put right', () => {
    const more = about('more', 'DevelopmentCorroborated', { corroborates: demand.id });
    const changes = { type: 'DevelopmentRetracted', corroborates: null, retracts: demand.id, reason: 'Misheard.' };
    expect(fatesOf([demand, more, about('fix', 'DevelopmentCorrected', { corrects: 'more', changes })])).toEqual([
      '2026-02-10 retracted retracted',
      'fix retracted in-force',
    ]);
  });

  it('of several, is the earliest in effect', () => {
    const earlier = { ...retraction, id: 'earlier', source: { publisher: 'G', published: '2026-02-11' } };
    expect(fatesOf([demand, retraction, earlier])[1]).toBe('earlier retracted in-force');
    expect(fatesOf([demand, earlier, retraction])[1]).toBe('earlier retracted in-force');
    // The other one stands as well: it says the same once more.
    expect(fatesOf([demand, retraction, earlier])[2]).toBe('gone retracted in-force');
  });
});

describe('a merge', () => {
  it('leaves one row, with the reports of both', () => {
    const copy = { ...demand, id: 'copy', stance: 'Open it!', source: { publisher: 'The Herald' } };
    const rows = historyOf([demand, copy, about('m', 'DevelopmentMerged', { duplicate: 'copy', into: demand.id })]);
    expect(rows).toMatchObject([{ id: '2026-02-10', effect: 'new', corroboratedBy: [{ publisher: 'The Herald' }] }]);
  });

  it('leaves no row of a duplicate that had been corrected', () => {
    const copy = { ...demand, id: 'copy' };
    const corrected = about('20', 'DevelopmentCorrected', { corrects: 'copy', changes: { stance: 'B' } });
    expect(
      fatesOf([demand, copy, corrected, about('m', 'DevelopmentMerged', { duplicate: 'copy', into: demand.id })]),
    ).toEqual(['2026-02-10 new in-force']);
  });
});
