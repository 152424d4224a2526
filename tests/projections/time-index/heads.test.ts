/** What is plain about a family: how it reads for who knows how much of it, and what one remark more makes of that. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../events/index.ts';
import { afterRemark, headOfFamily, headsOf, plainFamily } from '../../../projections/time-index/heads.ts';
import type { Sketch } from '../../support/entries.ts';
import { asRetractionOf, confirmed, corrected, denied, issued, logOf, retracted, said } from './small-logs.ts';

const demand = said('a', '2026-02', { source: { publisher: 'The Herald', published: '2026-02-20' } });
const entriesOf = (...sketches: readonly Sketch[]): readonly Entry[] => logOf(sketches).slice(1);
const familyOf = (...sketches: readonly Sketch[]) => plainFamily(entriesOf(...sketches), 'UTC');
const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999Z`);

/** How a family reads, from which day on: the words, who reported it first of all that reported it too, and whether it is retracted. */
function readingsOf(...sketches: readonly Sketch[]) {
  const family = familyOf(...sketches);
  return (family ? headsOf(family, 'UTC') : []).map(({ knownFrom, development, sources, retracted, last }) => [
    knownFrom === -Number.MAX_VALUE ? 'ever' : new Date(knownFrom).toISOString().slice(0, 10),
    'stance' in development && development.stance,
    sources.map(({ published }) => published),
    retracted ? 'retracted' : 'stands',
    last?.revision ?? null,
  ]);
}

/** The head after the last remark, made from the head before it, and made from the whole family. */
function headAfter(...sketches: readonly Sketch[]) {
  const [before, after] = [familyOf(...sketches.slice(0, -1)), familyOf(...sketches)];
  if (!before || !after) throw new RangeError('these are not plain');
  const remark = entriesOf(...sketches).at(-1) as Entry;
  return { stepped: afterRemark(headOfFamily(before, 'UTC'), remark, 'UTC'), whole: headOfFamily(after, 'UTC') };
}

describe('a family', () => {
  it('is plain where corrections, retractions, further reports and denials are about one thing that is of the world', () => {
    const remarks = [corrected('b', 'a', { stance: 'Half.' }), retracted('c', 'a'), confirmed('d', 'a', '2026-02-21')];
    expect(familyOf(demand)).toMatchObject({ remarks: [], denied: false });
    expect(familyOf(demand, ...remarks)).toMatchObject({ remarks: { length: 3 }, denied: false });
    expect(familyOf(demand, ...remarks, denied('e', 'a', '2026-02-03'))).toMatchObject({
      ...{ remarks: { length: 3 }, denied: true },
    });
  });

  it.each<[string, readonly Sketch[]]>([
    ['what it is about is about the record', [retracted('a', 'nobody'), confirmed('b', 'a', '2026-02-21')]],
    ['a remark is about a remark', [demand, retracted('b', 'a'), retracted('c', 'b')]],
    ['it holds two that are of the world', [demand, said('b', '2026-02-01')]],
    ['a remark names two', [demand, { id: 'b', type: 'DevelopmentMerged', duplicate: 'a', into: 'nobody' }]],
    ['a correction makes a remark of it', [issued('a', '2026-02-01'), corrected('b', 'a', asRetractionOf('nobody'))]],
    ['there is nothing', []],
  ])('is not plain where %s', (_, sketches) => {
    expect(familyOf(...sketches)).toBeUndefined();
  });
});

describe('the heads of a family', () => {
  it('are as it reads from each day on at which more is known, whatever was recorded first', () => {
    const remarks = [
      ...[
        corrected('b', 'a', { stance: 'Half.' }, '2026-02-25'),
        corrected('c', 'a', { stance: 'All.' }, '2026-02-22'),
      ],
      ...[confirmed('d', 'a', '2026-02-22'), retracted('e', 'a', '2026-02-27')],
    ];
    expect(readingsOf(demand, ...remarks)).toEqual([
      ['ever', 'Open it.', [], 'stands', null],
      ['2026-02-22', 'All.', ['2026-02-22'], 'stands', 3],
      ['2026-02-25', 'Half.', ['2026-02-22'], 'stands', 2],
      ['2026-02-27', 'Half.', ['2026-02-22'], 'retracted', 2],
    ]);
  });

  it('keep of all further reports the one that was published first, and none without a date', () => {
    const days = ['2026-02-22', '2026-02-21', '2026-02-23'];
    const reports = days.map((day, at) => confirmed(`r${at}`, 'a', day));
    const early = { ...confirmed('e', 'a', '2026-02-25'), occurred: '2026-02-05' };
    const undated: Sketch = { id: 'u', type: 'DevelopmentCorroborated', corroborates: 'a', occurred: '2026-02-05' };
    expect(readingsOf(demand, ...reports).map(([, , sources]) => sources)).toEqual([
      ...[[], ['2026-02-21'], ['2026-02-21'], ['2026-02-21']],
    ]);
    expect(readingsOf(demand, early, ...reports).at(-1)?.[2]).toEqual(['2026-02-21']);
    expect(readingsOf(demand, undated).map(([, , sources]) => sources)).toEqual([[], []]);
    expect(readingsOf(demand, undated, ...reports).at(-1)?.[2]).toEqual(['2026-02-21']);
  });
});

describe('after one remark more', () => {
  it.each<[string, readonly Sketch[]]>([
    ['a correction', [corrected('b', 'a', { stance: 'Half.' })]],
    ['a correction that leaves nothing whole', [corrected('b', 'a', { stance: null })]],
    ['a retraction', [retracted('b', 'a')]],
    ['a further report, earlier than the first', [confirmed('b', 'a', '2026-02-10')]],
    ['a further report, later than another', [confirmed('b', 'a', '2026-02-10'), confirmed('c', 'a', '2026-02-12')]],
    [
      'what is known on the same day as what was said before',
      [corrected('b', 'a', { stance: 'Half.' }), corrected('c', 'a', { stance: 'All.' })],
    ],
    ['a denial', [corrected('b', 'a', { stance: 'Half.' }, '2026-02-01'), denied('c', 'a', '2026-03-03')]],
  ])('the head is that of the whole family: %s', (_, remarks) => {
    const { stepped, whole } = headAfter(demand, ...remarks);
    expect(stepped).toEqual(whole);
  });

  it.each<[string, readonly Sketch[]]>([
    ['is known earlier than one before', [confirmed('b', 'a', '2026-02-25'), confirmed('c', 'a', '2026-02-24')]],
    [
      'counts before a correction that is known',
      [
        corrected('b', 'a', { stance: 'Half.' }, '2026-02-25'),
        { ...corrected('c', 'a', { stance: 'All.' }, '2026-02-26'), occurred: '2026-02-05' },
      ],
    ],
    ['is about what was denied', [denied('b', 'a', '2026-02-21'), retracted('c', 'a')]],
  ])('the family is read anew where it %s', (_, remarks) => {
    expect(headAfter(demand, ...remarks).stepped).toBeUndefined();
  });

  it('nothing is said of a remark about another', () => {
    const [about, , remark] = entriesOf(demand, said('b', '2026-02-01'), retracted('c', 'b')) as [Entry, Entry, Entry];
    const family = plainFamily([about], 'UTC');
    expect(family && afterRemark(headOfFamily(family, 'UTC'), remark, 'UTC')).toBeUndefined();
  });

  it('what is known is known from the day on which the last of it is', () => {
    expect(headAfter(demand, confirmed('b', 'a', '2026-02-25')).stepped?.knownFrom).toBe(endOf('2026-02-25'));
  });
});
