/** The record as it stands: what corrections, merges and retractions leave, seen without the positions that follow. */
import { describe, expect, it } from 'vitest';
import { standingRecord } from '../../projections/record.ts';
import { replayLog } from '../../projections/replay.ts';
import { logWith, type Sketch } from '../support/entries.ts';

const HINDSIGHT = { knownOn: null, recordedBy: null };
const recordOf = (...sketches: readonly Sketch[]) => standingRecord(logWith(...sketches).entries, 'UTC', HINDSIGHT);

const demand = (id: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'DemandStated', occurred: '2026-02-10', party: 'north', issue: 'river', stance: `Said ${id}.` },
  ...{ source: { publisher: `The ${id} Gazette` }, ...fields },
});
const merge = (id: string, duplicate: string, into: string, occurred = '2026-03-01'): Sketch => ({
  ...{ id, type: 'DevelopmentMerged', duplicate, into, occurred },
});
const retract = (id: string, retracts: string): Sketch => ({
  id,
  type: 'DevelopmentRetracted',
  retracts,
  reason: 'No.',
});
const correct = (id: string, corrects: string, changes: object): Sketch => ({
  ...{ id, type: 'DevelopmentCorrected', corrects, changes, occurred: '2026-03-01' },
});

/** Which developments are out of the record, and by what. */
const removed = ({ standing }: ReturnType<typeof recordOf>) =>
  standing.flatMap(({ development, removedBy }) => (removedBy ? [[development.id, removedBy.development.id]] : []));
const reportedBy = ({ standing }: ReturnType<typeof recordOf>, id: string) =>
  standing
    .find(({ development }) => development.id === id)
    ?.corroboratedBy.map(({ publisher }) => publisher)
    .toSorted();

describe('merges', () => {
  it('hand the sources of a duplicate to what it went into, through what that went into in turn', () => {
    const record = recordOf(
      ...['a', 'b', 'c'].map((id) => demand(id)),
      { id: 'more', type: 'DevelopmentCorroborated', corroborates: 'a', source: { publisher: 'The Herald' } },
      merge('m1', 'a', 'b'),
      merge('m2', 'b', 'c', '2026-03-02'),
    );
    expect(removed(record)).toEqual([
      ['a', 'm1'],
      ['b', 'm2'],
    ]);
    expect(reportedBy(record, 'c')).toEqual(['The Herald', 'The a Gazette', 'The b Gazette']);
    expect(reportedBy(record, 'b')).toEqual([]);
  });

  it('hand the sources on in the order of the log', () => {
    const { standing } = recordOf(
      ...['a', 'b', 'c'].map((id) => demand(id)),
      merge('m1', 'b', 'c'),
      merge('m2', 'a', 'c'),
    );
    const [into] = standing.filter(({ development }) => development.id === 'c');
    expect(into?.corroboratedBy.map(({ publisher }) => publisher)).toEqual(['The a Gazette', 'The b Gazette']);
  });

  it('of one development into two: the first counts', () => {
    const sketches = ['a', 'b', 'c'].map((id) => demand(id));
    const record = recordOf(...sketches, merge('m1', 'a', 'b'), merge('m2', 'a', 'c', '2026-03-02'));
    expect(removed(record)).toEqual([['a', 'm1']]);
    expect(reportedBy(record, 'b')).toEqual(['The a Gazette']);
    expect(reportedBy(record, 'c')).toEqual([]);
  });

  it('that would close a circle have no effect', () => {
    const sketches = ['a', 'b', 'c'].map((id) => demand(id));
    const record = recordOf(
      ...sketches,
      merge('m1', 'a', 'b'),
      merge('m2', 'b', 'c', '2026-03-02'),
      merge('m3', 'c', 'a', '2026-03-03'),
    );
    expect(removed(record)).toEqual([
      ['a', 'm1'],
      ['b', 'm2'],
    ]);
    expect(reportedBy(record, 'c')).toEqual(['The a Gazette', 'The b Gazette']);
  });

  it('of what was retracted hand nothing on: it is out of the record by its retraction', () => {
    const record = recordOf(demand('a'), demand('b'), retract('r', 'a'), merge('m', 'a', 'b'));
    expect(removed(record)).toEqual([['a', 'r']]);
    expect(reportedBy(record, 'b')).toEqual([]);
  });

  it('hand on what was denied of a duplicate, through what it went into in turn', () => {
    const record = recordOf(
      ...['a', 'b', 'c'].map((id) => demand(id)),
      { id: 'no', type: 'DevelopmentDenied', denies: 'a', party: 'north', occurred: '2026-02-12' },
      merge('m1', 'a', 'b'),
      merge('m2', 'b', 'c', '2026-03-02'),
    );
    expect(record.standing.map(({ development }) => development)).toContainEqual(
      expect.objectContaining({ id: 'no', denies: 'c' }),
    );
  });

  it('of set-up, which needs no source, hand on none', () => {
    const joined = (id: string): Sketch => ({ id, type: 'PartyJoined', party: id, name: id, role: 'principal' });
    const record = recordOf(joined('one'), joined('two'), merge('m', 'one', 'two'));
    expect(removed(record)).toEqual([['one', 'm']]);
    expect(reportedBy(record, 'two')).toEqual([]);
  });
});

describe('remarks', () => {
  it('are told as they are corrected themselves', () => {
    const record = recordOf(
      demand('a'),
      correct('k1', 'a', { stance: 'Half of it.' }),
      correct('k2', 'k1', { changes: { stance: 'A third of it.' } }),
    );
    expect(record.remarks.get('k1')?.development).toMatchObject({ changes: { stance: 'A third of it.' } });
    expect(record.remarks.get('k2')?.development).toMatchObject({ corrects: 'k1' });
    expect(record.standing.find(({ development }) => development.id === 'a')?.development).toMatchObject({
      stance: 'A third of it.',
    });
  });

  it('that would leave no whole development behind are left out, and named', () => {
    const record = recordOf(demand('a'), correct('k', 'a', { stance: null }), correct('fine', 'a', { note: 'Seen.' }));
    expect([...record.leftOut]).toEqual(['k']);
    expect(record.standing.find(({ development }) => development.id === 'a')?.development).toMatchObject({
      ...{ stance: 'Said a.', note: 'Seen.' },
    });
    expect([...recordOf(demand('a'), correct('fine', 'a', { note: 'Seen.' })).leftOut]).toEqual([]);
  });

  it('are told with what they are about, merges apart, and of corrections those that it carries', () => {
    const log = [
      demand('a'),
      demand('b'),
      correct('k', 'a', { stance: null }),
      correct('fine', 'a', { note: 'Seen.' }),
    ];
    const { standing } = recordOf(...log, merge('m', 'b', 'a'), retract('r', 'a'));
    const about = standing.find(({ development }) => development.id === 'a');
    const ids = (remarks: readonly { readonly development: { readonly id: string } }[] = []) =>
      remarks.map(({ development }) => development.id);
    expect(ids(about?.remarks)).toEqual(['k', 'fine', 'r']);
    expect(ids(about?.corrections)).toEqual(['fine']);
  });

  it('stand in the log among what they are about, in the order in which all of it counts', () => {
    const early = { source: { publisher: 'The Herald', published: '2026-02-05' }, occurred: undefined };
    const denial: Sketch = { id: 'no', type: 'DevelopmentDenied', denies: 'a', party: 'north', occurred: '2026-02-12' };
    const sketches = [demand('a'), denial, { ...correct('k', 'a', { note: 'Seen.' }), ...early }, retract('r', 'no')];
    const told = replayLog(logWith(...sketches).entries, { ...HINDSIGHT, asOf: Date.parse('2026-12-31') });
    expect(told.map(({ id, status }) => `${id} ${status}`)).toEqual([
      ...['open stands', 'k stands', 'a corrected', 'no retracted', 'r stands'],
    ]);
  });

  it('cover the whole log as far as it was recorded', () => {
    const { entries } = logWith(demand('a', { recorded: '2026-02-11' }), demand('b', { recorded: '2026-04-01' }));
    expect(standingRecord(entries, 'UTC', HINDSIGHT).revision).toBe(2);
    expect(standingRecord(entries, 'UTC', { knownOn: null, recordedBy: Date.parse('2026-03-01') }).revision).toBe(1);
    expect(standingRecord([], 'UTC', HINDSIGHT).revision).toBe(-1);
  });
});
