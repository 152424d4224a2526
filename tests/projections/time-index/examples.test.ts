/** Small logs on which an index may go astray, and stories seldom do: at every moment, it tells what the fold tells. */
import { describe, expect, it } from 'vitest';
import { type Clocks, clocksOf, type Entry } from '../../../events/index.ts';
import { replay, STANDARDS } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';
import { logWith, type Sketch } from '../../support/entries.ts';

const said = (id: string, occurred: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'DemandStated', occurred, party: 'north', issue: 'river', stance: 'Open it.', ...fields },
});
const from = (published: string) => ({ source: { publisher: 'The Herald', published } });

const late = (recorded: string, sketch: Sketch): Sketch => ({ recorded, ...sketch });
const remark = (id: string, type: Sketch['type'], fields: object): Sketch => ({ id, type, ...fields });
const corrected = (id: string, corrects: string, changes: object, known = '2026-03-05'): Sketch =>
  remark(id, 'DevelopmentCorrected', { corrects, changes, ...from(known) });
const retracted = (id: string, retracts: string, known = '2026-03-05'): Sketch =>
  remark(id, 'DevelopmentRetracted', { retracts, reason: 'Never said.', ...from(known) });
const confirmed = (id: string, corroborates: string, known: string): Sketch =>
  remark(id, 'DevelopmentCorroborated', { corroborates, ...from(known) });
const denied = (id: string, denies: string, occurred: string): Sketch =>
  remark(id, 'DevelopmentDenied', { denies, party: 'north', occurred });
const again = (id: string, occurred: string, fields: object = {}): Sketch =>
  said(id, occurred, { type: 'DemandReiterated', stance: undefined, ...fields });
const dropped = (id: string, occurred: string, fields: object = {}): Sketch =>
  said(id, occurred, { type: 'DemandDropped', stance: undefined, ...fields });
const condition = (id: string, occurred: string, fields: object = {}): Sketch =>
  said(id, occurred, { type: 'ConditionAttached', stance: `Only ${id}.`, ...fields });
const narrative = { attribution: 'narrative' };
const official = { attribution: 'on-record' };
const leak = { attribution: 'anonymous' };
const side = { point: 'side' };

/** The moments of some kinds of these entries, in order. */
function momentsOf(entries: readonly Entry[], kinds: readonly (keyof Clocks)[]): readonly number[] {
  const clocks = entries.map(({ development, recorded }) => clocksOf(development, recorded, 'UTC'));
  const moments = clocks.flatMap((one) => kinds.map((kind) => one[kind]));
  return [...new Set(moments.filter(Number.isFinite))].sort((a, b) => a - b);
}

/** At every moment at which an answer may change, and between them: a day begins where another has ended. */
function expectAlike(sketches: readonly Sketch[]): void {
  const { entries } = logWith(...sketches);
  const views = [
    ...momentsOf(entries, ['reported', 'recorded']).map((knownOn) => ({ knownOn, recordedBy: null })),
    ...[null, ...momentsOf(entries, ['recorded'])].map((recordedBy) => ({ knownOn: null, recordedBy })),
  ];
  const indexes = [2, 128].map((block) => indexOf(entries, 'UTC', block));
  for (const view of views)
    for (const asOf of momentsOf(entries, ['start', 'effective', 'reported', 'recorded']))
      for (const standard of STANDARDS) {
        const gates = { asOf, ...view };
        const told = JSON.stringify({ gates, standard, ...replay(entries, gates, standard) });
        for (const index of indexes)
          expect(JSON.stringify({ gates, standard, ...stateOf(index, entries, gates, standard) })).toBe(told);
      }
}

describe('the index tells what the fold tells', () => {
  it.each<readonly [string, readonly Sketch[]]>([
    [
      'a set-up without a date that was read in a dated report: it is known always',
      [
        { type: 'PartyJoined', party: 'north', name: 'North', role: 'principal', ...from('2026-02-12') },
        said('a', '2026-02-10'),
      ],
    ],
    [
      'the same words again, by others who say more, and what is reiterated with nothing before it',
      [
        again('a', '2026-02-01'),
        said('b', '2026-02-02'),
        again('c', '2026-02-03'),
        said('d', '2026-02-04'),
        again('e', '2026-02-05'),
      ],
    ],
    [
      'other words between the same, and reiterations of each',
      [
        ...[said('a', '2026-02-01'), again('b', '2026-02-02'), said('c', '2026-02-03', { stance: 'Close it.' })],
        ...[again('d', '2026-02-04'), said('e', '2026-02-05'), again('f', '2026-02-06', { stance: 'As ever.' })],
      ],
    ],
    [
      'points that are dropped, one by one and all at once, and taken up again',
      [
        ...[said('a', '2026-02-01'), said('b', '2026-02-02', side), dropped('c', '2026-02-03', side)],
        ...[
          again('d', '2026-02-04', side),
          dropped('e', '2026-02-05'),
          again('f', '2026-02-06'),
          dropped('g', '2026-02-07'),
        ],
        ...[dropped('h', '2026-02-08', side), said('i', '2026-02-09', side)],
      ],
    ],
    [
      'what replaces the whole position, its own point going on',
      [
        ...[said('a', '2026-02-01'), said('b', '2026-02-02', side), condition('c', '2026-02-03')],
        ...[said('d', '2026-02-04', { ...side, replaces: 'position' }), again('e', '2026-02-05', side)],
        ...[
          said('f', '2026-02-06', { replaces: 'position' }),
          said('g', '2026-02-07', { stance: 'Close it.', replaces: 'position' }),
        ],
      ],
    ],
    [
      'conditions of their own, one of which others speak of later and one of which is spoken of before',
      [
        ...[condition('a', '2026-02-01'), condition('b', '2026-02-02'), said('c', '2026-02-03', { point: 'a' })],
        ...[
          dropped('d', '2026-02-04', { point: 'b' }),
          again('e', '2026-02-01', { point: 'f' }),
          condition('f', '2026-02-05'),
        ],
        ...[dropped('g', '2026-02-06'), condition('h', '2026-02-07')],
      ],
    ],
    [
      'conditions of their own that were corrected, and are spoken of then',
      [
        ...[condition('a', '2026-02-01'), corrected('b', 'a', { stance: 'Only by day.' }, '2026-02-08')],
        ...[corrected('c', 'a', { occurred: '2026-02-03' }, '2026-02-09'), again('d', '2026-02-05', { point: 'a' })],
      ],
    ],
    [
      'what does not meet the standard, before and after the headline was set, affirmed and dropped',
      [
        ...[said('a', '2026-02-01', leak), said('b', '2026-02-02', narrative), said('c', '2026-02-03', official)],
        ...[said('d', '2026-02-04', leak), again('e', '2026-02-05', official), said('f', '2026-02-06', narrative)],
        ...[dropped('g', '2026-02-07', official), said('h', '2026-02-08', leak), again('i', '2026-02-09', official)],
        ...[
          said('j', '2026-02-10', { ...leak, ...side }),
          said('k', '2026-02-11', { ...official, ...side, replaces: 'position' }),
        ],
      ],
    ],
    [
      'a headline that was reiterated only, and ended by what replaces the position',
      [
        ...[said('a', '2026-02-01', leak), again('b', '2026-02-02'), said('c', '2026-02-03', leak)],
        ...[
          said('d', '2026-02-04', { ...side, replaces: 'position' }),
          said('e', '2026-02-05', leak),
          again('f', '2026-02-06'),
        ],
        ...[dropped('g', '2026-02-07'), said('h', '2026-02-08', leak)],
      ],
    ],
    [
      'denials, older and younger than what they deny, of positions and of leaks',
      [
        ...[
          said('a', '2026-02-01'),
          denied('b', 'a', '2026-02-02'),
          said('c', '2026-02-05', leak),
          denied('d', 'c', '2026-02-03'),
        ],
        ...[
          denied('e', 'c', '2026-02-06'),
          retracted('f', 'e', '2026-02-20'),
          corrected('g', 'c', { occurred: '2026-02-10' }, '2026-02-21'),
        ],
        ...[retracted('h', 'c', '2026-02-22')],
      ],
    ],
    [
      'what happened on the same day, and at the same moment with an earlier beginning',
      [
        ...[
          said('a', '2026-02-10'),
          said('b', '2026-02-10', { stance: 'Close it.' }),
          said('c', '2026-02-09/2026-02-10', side),
        ],
        ...[
          said('d', '../2026-02-10', { ...side, stance: 'Half.' }),
          said('e', '2026-02-10T23:59:59.999Z', { ...side, stance: 'All.' }),
        ],
      ],
    ],
    [
      'corrections of every field that says where and when it counts, each known later than the last',
      [
        said('a', '2026-02-01', { parties: ['north', 'south'], party: undefined }),
        corrected('b', 'a', { stance: 'Close it.' }, '2026-02-10'),
        corrected('c', 'a', { occurred: '2026-02-03' }, '2026-02-11'),
        corrected('d', 'a', { parties: ['south', 'league'] }, '2026-02-12'),
        corrected('e', 'a', { issue: 'bridges', point: 'side' }, '2026-02-13'),
        corrected('f', 'a', { attribution: 'anonymous' }, '2026-02-14'),
        retracted('g', 'a', '2026-02-15'),
        corrected('h', 'a', { issue: 'river' }, '2026-02-16'),
      ],
    ],
    [
      'corrections that are known earlier than those recorded before',
      [
        said('a', '2026-02-01'),
        late('2026-03-01', corrected('b', 'a', { stance: 'Close it.' }, '2026-02-20')),
        late('2026-03-02', corrected('c', 'a', { stance: 'Half.' }, '2026-02-10')),
        late('2026-03-03', corrected('d', 'a', { occurred: '2026-02-02' }, '2026-02-15')),
        late('2026-03-04', retracted('e', 'b', '2026-02-25')),
        late('2026-03-05', retracted('f', 'a', '2026-02-05')),
        late('2026-03-06', retracted('g', 'f', '2026-02-28')),
      ],
    ],
    [
      'corroborations, earlier and later than the report, before and after corrections',
      [
        said('a', '2026-02', from('2026-02-20')),
        late('2026-03-01', confirmed('b', 'a', '2026-02-25')),
        late('2026-03-02', confirmed('c', 'a', '2026-02-10')),
        late(
          '2026-03-03',
          corrected('d', 'a', { source: { publisher: 'The Herald', published: '2026-02-05' } }, '2026-02-26'),
        ),
        late('2026-03-04', retracted('e', 'c', '2026-02-27')),
      ],
    ],
    [
      'two that are one, and are told apart again',
      [
        said('a', '2026-02-10', from('2026-02-20')),
        said('b', '2026-02-12', { ...from('2026-02-14'), stance: 'Close it.' }),
        late('2026-03-01', remark('c', 'DevelopmentMerged', { duplicate: 'b', into: 'a', ...from('2026-02-25') })),
        late('2026-03-02', confirmed('d', 'b', '2026-02-13')),
        late('2026-03-03', retracted('e', 'c', '2026-02-26')),
      ],
    ],
    [
      'a remark about what is not there yet, and one about what never comes',
      [
        late('2026-02-01', retracted('a', 'b', '2026-02-20')),
        late('2026-02-02', corrected('c', 'd', { stance: 'Close it.' }, '2026-02-21')),
        late('2026-02-03', said('b', '2026-02-01')),
        late('2026-02-04', retracted('e', 'nothing', '2026-02-22')),
        late('2026-02-05', said('d', '2026-02-02', side)),
      ],
    ],
    [
      'a correction that makes a correction speak of another',
      [
        ...[said('a', '2026-02-01'), said('b', '2026-02-02', { issue: 'bridges' })],
        late('2026-03-01', corrected('c', 'a', { stance: 'Close it.' }, '2026-02-10')),
        late('2026-03-02', corrected('d', 'c', { corrects: 'b' }, '2026-02-15')),
      ],
    ],
    [
      'more points than a block has bits for',
      Array.from({ length: 70 }, (_, at) => said(`s${at}`, `2026-02-0${1 + (at % 5)}`, { point: `p${at % 35}` })).slice(
        0,
        64,
      ),
    ],
    [
      'what may have happened, for a day, a week, months, years or for ever',
      [
        ...[
          '2026-02-09/2026-02-10',
          '2026-02-03/2026-02-10',
          '2026-01/2026-02',
          '2025',
          '2021/2025',
          '../2026-02-15',
        ].map((occurred, at) => said(`p${at}`, occurred, { point: `p${at}`, ...from('2026-02-20') })),
        retracted('r', 'p3'),
        corrected('c', 'p1', { occurred: '2026-02-08/2026-02-12' }),
      ],
    ],
  ])('of %s', (_, sketches) => expectAlike(sketches));
});
