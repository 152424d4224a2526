/** Small logs on which an index may go astray, and stories seldom do. */
import type { Entry } from '../../../events/index.ts';
import { logWith, type Sketch } from '../../support/entries.ts';

/** As recorded one a day, in April. */
export const logOf = (sketches: readonly Sketch[]): readonly Entry[] =>
  logWith(...sketches.map((sketch, at) => ({ recorded: `2026-04-${10 + Math.min(at, 20)}`, ...sketch }))).entries;

export const NOW = { asOf: Number.MAX_SAFE_INTEGER, knownOn: null, recordedBy: null };

export const said = (id: string, occurred: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'DemandStated', occurred, party: 'north', issue: 'river', stance: 'Open it.', ...fields },
});
/** In no cell, until it is corrected into a demand. */
export const issued = (id: string, occurred: string): Sketch => ({
  ...{ id, type: 'StatementIssued', occurred, party: 'north', summary: 'Open it.' },
});
/** What makes a demand of that. */
export const AS_DEMAND = { type: 'DemandStated', issue: 'river', stance: 'Open it.', summary: null };
const agreed = (id: string, occurred: string, fields: object = {}): Sketch => ({
  ...{ id, type: 'AgreementReached', occurred, agreement: 'accord', parties: ['north', 'south'], issues: [] },
  ...{ summary: 'Open it.', ...fields },
});
/** What makes a statement of an agreement, and an agreement of a statement. */
const AS_STATEMENT = { type: 'StatementIssued', party: 'north', agreement: null, parties: null, issues: null };
const AS_AGREEMENT = {
  ...{ type: 'AgreementReached', party: null, agreement: 'accord', parties: ['north', 'south'], issues: [] },
};
/** What makes a retraction of a statement. */
export const asRetractionOf = (retracts: string) => ({
  ...{ type: 'DevelopmentRetracted', retracts, reason: 'Never said.', party: null, summary: null },
});
const from = (published: string) => ({ source: { publisher: 'The Herald', published } });

const remark = (id: string, type: Sketch['type'], fields: object): Sketch => ({ id, type, ...fields });
export const corrected = (id: string, corrects: string, changes: object, known = '2026-03-05'): Sketch =>
  remark(id, 'DevelopmentCorrected', { corrects, changes, ...from(known) });
export const retracted = (id: string, retracts: string, known = '2026-03-05'): Sketch =>
  remark(id, 'DevelopmentRetracted', { retracts, reason: 'Never said.', ...from(known) });
export const confirmed = (id: string, corroborates: string, known: string): Sketch =>
  remark(id, 'DevelopmentCorroborated', { corroborates, ...from(known) });
export const denied = (id: string, denies: string, occurred: string): Sketch =>
  remark(id, 'DevelopmentDenied', { denies, party: 'north', occurred });
const merged = (id: string, duplicate: string, into: string, known: string): Sketch =>
  remark(id, 'DevelopmentMerged', { duplicate, into, ...from(known) });
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
const headline = { ...official, point: 'main' };

/** Two ids whose hashes are the same in the half that is kept of them. */
export const MEETING = ['dq0w', 'd22c9'] as const;

type SmallLog = readonly [string, readonly Sketch[]];

const PLAIN: readonly SmallLog[] = [
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
    'statements that were corrected into demands: retracted before, and after',
    [
      ...[issued('a', '2026-02-01'), retracted('b', 'a', '2026-02-10'), corrected('c', 'a', AS_DEMAND, '2026-02-11')],
      ...[issued('d', '2026-02-03'), corrected('e', 'd', AS_DEMAND, '2026-02-12'), retracted('f', 'd', '2026-02-14')],
    ],
  ],
  [
    'statements that were corrected into retractions, of a demand and of what never comes',
    [
      ...[said('a', '2026-02-01'), issued('b', '2026-02-02'), issued('c', '2026-02-03')],
      corrected('d', 'b', asRetractionOf('a'), '2026-02-10'),
      corrected('e', 'c', asRetractionOf('nothing'), '2026-02-11'),
      retracted('f', 'd', '2026-02-12'),
    ],
  ],
  [
    'a further report before the first, and another after that',
    [said('a', '2026-02', from('2026-02-20')), confirmed('b', 'a', '2026-02-10'), confirmed('c', 'a', '2026-02-12')],
  ],
  [
    'a denial of a statement that stood in no cell, until it was corrected into a demand',
    [
      ...[issued('a', '2026-02-01'), denied('b', 'a', '2026-02-03')],
      corrected('c', 'a', { summary: 'Open it now.' }, '2026-02-10'),
      corrected('d', 'a', AS_DEMAND, '2026-02-12'),
    ],
  ],
  [
    'a report that was known earlier by others, of what counts as before',
    [said('a', '2026-02-01', from('2026-02-20')), confirmed('b', 'a', '2026-02-10')],
  ],
  [
    'a denial of what stood elsewhere, as was known before and recorded after',
    [
      ...[said('a', '2026-02-01'), denied('b', 'a', '2026-02-05')],
      ...[corrected('c', 'a', { issue: 'bridges' }, '2026-02-03'), denied('d', 'a', '2026-02-06')],
    ],
  ],
  [
    'a joint statement of some day in a month, retracted, and on record again',
    [
      said('a', '2026-02', { party: undefined, parties: ['north', 'south'], ...from('2026-03-02') }),
      ...[retracted('b', 'a', '2026-03-03'), retracted('c', 'b', '2026-03-04')],
    ],
  ],
  [
    'corrections that are known earlier than those recorded before',
    [
      said('a', '2026-02-01'),
      corrected('b', 'a', { stance: 'Close it.' }, '2026-02-20'),
      corrected('c', 'a', { stance: 'Half.' }, '2026-02-10'),
      corrected('d', 'a', { occurred: '2026-02-02' }, '2026-02-15'),
      retracted('e', 'b', '2026-02-25'),
      retracted('f', 'a', '2026-02-05'),
      retracted('g', 'f', '2026-02-28'),
    ],
  ],
  [
    'corroborations, earlier and later than the report, before and after corrections',
    [
      said('a', '2026-02', from('2026-02-20')),
      confirmed('b', 'a', '2026-02-25'),
      confirmed('c', 'a', '2026-02-10'),
      corrected('d', 'a', { publisher: 'The Herald', published: '2026-02-05' }, '2026-02-26'),
      retracted('e', 'c', '2026-02-27'),
    ],
  ],
  [
    'two that are one, and are told apart again',
    [
      said('a', '2026-02-10', from('2026-02-20')),
      said('b', '2026-02-12', { ...from('2026-02-14'), stance: 'Close it.' }),
      merged('c', 'b', 'a', '2026-02-25'),
      confirmed('d', 'b', '2026-02-13'),
      retracted('e', 'c', '2026-02-26'),
    ],
  ],
  [
    'a remark about what is not there yet, and one about what never comes',
    [
      retracted('a', 'b', '2026-02-20'),
      corrected('c', 'd', { stance: 'Close it.' }, '2026-02-21'),
      said('b', '2026-02-01'),
      retracted('e', 'nothing', '2026-02-22'),
      said('d', '2026-02-02', side),
    ],
  ],
  [
    'a correction that makes a correction speak of another',
    [
      ...[said('a', '2026-02-01'), said('b', '2026-02-02', { issue: 'bridges' })],
      corrected('c', 'a', { stance: 'Close it.' }, '2026-02-10'),
      corrected('d', 'c', { corrects: 'b' }, '2026-02-15'),
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
  [
    'several conditions of their own, dropped together, and others after that',
    [
      ...[
        condition('a', '2026-02-01'),
        condition('b', '2026-02-02'),
        condition('c', '2026-02-02'),
        said('d', '2026-02-03'),
      ],
      ...[dropped('e', '2026-02-04'), condition('f', '2026-02-05'), condition('g', '2026-02-06')],
    ],
  ],
  [
    'a point named after one of several conditions, corrected or not, and after what is no condition',
    [
      ...[
        condition('a', '2026-02-01'),
        condition('b', '2026-02-02'),
        said('c', '2026-02-03'),
        condition('d', '2026-02-04'),
      ],
      ...[corrected('e', 'a', { stance: 'Only by day.' }), corrected('f', 'b', { stance: 'Only by night.' })],
      ...[
        said('g', '2026-02-05', { point: 'a' }),
        said('h', '2026-02-06', { point: 'c' }),
        dropped('i', '2026-02-07', { point: 'd' }),
      ],
    ],
  ],
  [
    'what is reiterated again and again, with nothing before it',
    [
      again('a', '2026-02-01'),
      again('b', '2026-02-02'),
      again('c', '2026-02-03'),
      dropped('d', '2026-02-04'),
      again('e', '2026-02-05'),
    ],
  ],
  [
    'a reiteration in the words of what comes after it',
    [
      ...[
        said('a', '2026-02-01', { stance: 'Close it.' }),
        again('b', '2026-02-02', { stance: 'Open it.' }),
        said('c', '2026-02-03'),
      ],
      ...[dropped('d', '2026-02-04'), again('e', '2026-02-05', { stance: 'Open it.' }), said('f', '2026-02-06')],
    ],
  ],
  [
    'words that look alike to an index, and are others',
    ['Open it.', 'Half.', 'Wait.', 'Wait.', 'Open it.'].map((stance, at) =>
      said(`s${at}`, `2026-02-0${at + 1}`, { stance }),
    ),
  ],
  [
    'the whole position replaced by the same words again and again, around a reiteration of another point',
    [
      ...[
        said('a', '2026-02-01', { ...side, replaces: 'position' }),
        said('b', '2026-02-02', { ...side, replaces: 'position' }),
      ],
      ...[
        said('c', '2026-02-03', { ...side, replaces: 'position' }),
        said('d', '2026-02-04', { replaces: 'position' }),
      ],
      ...[
        again('e', '2026-02-05', { ...side, stance: 'Open it.' }),
        said('f', '2026-02-06', { ...side, replaces: 'position' }),
      ],
    ],
  ],
  [
    'points without a headline, and leaks beside them',
    [
      ...[said('a', '2026-02-01', side), said('b', '2026-02-02', leak), said('c', '2026-02-03', { point: 'term' })],
      ...[
        said('d', '2026-02-04', leak),
        said('e', '2026-02-05', { point: 'third' }),
        dropped('f', '2026-02-06', { point: 'term' }),
      ],
    ],
  ],
  [
    'leaks beside a headline while another point is dropped and reiterated',
    [
      ...[
        said('a', '2026-02-01', official),
        said('b', '2026-02-02', leak),
        dropped('c', '2026-02-03', { ...official, ...side }),
      ],
      ...[again('d', '2026-02-04', { ...official, ...side }), said('e', '2026-02-05', leak)],
    ],
  ],
  [
    'leaks around a headline that was dropped after the whole position was replaced',
    [
      ...[said('a', '2026-02-01', official), said('b', '2026-02-02', leak)],
      ...[said('c', '2026-02-03', { ...official, ...side, replaces: 'position' }), said('d', '2026-02-04', leak)],
      ...[dropped('e', '2026-02-05', headline), said('f', '2026-02-06', leak)],
    ],
  ],
  [
    'leaks around a headline that was only ever reiterated, and dropped before and after',
    [
      ...[dropped('a', '2026-02-01', official), said('b', '2026-02-02', leak), again('c', '2026-02-03', official)],
      ...[said('d', '2026-02-04', leak), again('e', '2026-02-05', official), said('f', '2026-02-06', leak)],
      ...[dropped('g', '2026-02-07', headline), said('h', '2026-02-08', leak)],
    ],
  ],
  [
    'leaks around a headline that was dropped by its name, again and again, and reiterated between or not',
    [
      ...[said('a', '2026-02-01', leak), dropped('b', '2026-02-02', headline), said('c', '2026-02-03', leak)],
      ...[dropped('d', '2026-02-04', headline), said('e', '2026-02-05', leak), again('f', '2026-02-06', official)],
      ...[said('g', '2026-02-07', leak), dropped('h', '2026-02-08', headline), said('i', '2026-02-09', leak)],
    ],
  ],
  [
    'plain remarks on one development, known in another order than recorded',
    [
      said('a', '2026-02', from('2026-02-14')),
      corrected('b', 'a', { stance: 'Close it.' }, '2026-02-20'),
      corrected('c', 'a', { stance: 'Half.', issue: 'bridges' }, '2026-02-10'),
      confirmed('d', 'a', '2026-02-12'),
      corrected('e', 'a', { occurred: '2026-02-09' }, '2026-02-15'),
      retracted('f', 'a', '2026-02-22'),
      corrected('g', 'a', { stance: 'All.' }, '2026-02-11'),
    ],
  ],
  [
    'plain remarks that are known last, and count before others, or say nothing of when',
    [
      said('a', '2026-02-01', from('2026-02-12')),
      corrected('b', 'a', { stance: 'Close it.' }, '2026-02-20'),
      remark('c', 'DevelopmentCorrected', {
        ...{ corrects: 'a', changes: { stance: 'Half.' }, occurred: '2026-02-05' },
        ...from('2026-02-25'),
      }),
      remark('d', 'DevelopmentCorroborated', { corroborates: 'a', occurred: '2026-02-26' }),
      confirmed('e', 'a', '2026-02-08'),
      confirmed('f', 'a', '2026-02-10'),
    ],
  ],
  [
    'denials of what was corrected before they were known, and of what was corrected after',
    [
      said('a', '2026-02-01', { party: undefined, parties: ['north', 'south'] }),
      ...[denied('b', 'a', '2026-02-03'), denied('c', 'a', '2026-02-02')],
      corrected('d', 'a', { issue: 'bridges', occurred: '2026-02-06' }, '2026-02-08'),
      ...[denied('e', 'a', '2026-02-05'), denied('f', 'a', '2026-02-10'), denied('g', 'a', '2026-02-11')],
      confirmed('h', 'a', '2026-02-04'),
      ...[denied('i', 'a', '2026-02-12'), retracted('j', 'a', '2026-02-14'), denied('k', 'a', '2026-02-15')],
      ...[retracted('l', 'j', '2026-02-16'), denied('m', 'a', '2026-02-17')],
    ],
  ],
  [
    'denials known before what they deny, and of one that was taken back at once',
    [
      said('a', '2026-02-01/2026-02-10', from('2026-02-12')),
      ...[denied('b', 'a', '2026-02-03'), denied('c', 'a', '2026-02-20')],
      said('d', '2026-02-05', leak),
      ...[retracted('e', 'd', '2026-02-06'), denied('f', 'd', '2026-02-07'), denied('g', 'd', '2026-02-04')],
      ...[retracted('h', 'f', '2026-02-09'), denied('i', 'd', '2026-02-10')],
    ],
  ],
  [
    'denials of what is no position: known before that, of one that was taken back and put back, of one that was another',
    [
      agreed('a', '2026-02-01/2026-02-10', from('2026-02-12')),
      ...[denied('b', 'a', '2026-02-03'), denied('c', 'a', '2026-02-14')],
      ...[retracted('d', 'a', '2026-02-16'), denied('e', 'a', '2026-02-17'), retracted('f', 'd', '2026-02-18')],
      ...[agreed('g', '2026-02-05', { agreement: 'truce' }), denied('h', 'g', '2026-02-06')],
      ...[merged('i', 'g', 'a', '2026-02-20'), retracted('j', 'h', '2026-02-21')],
      { id: 'k', type: 'DelegationNamed', round: 'first', party: 'south', occurred: '2026-02-07' },
      ...[denied('l', 'k', '2026-02-09'), corrected('m', 'k', { occurred: '2026-02-11' }, '2026-02-13')],
    ],
  ],
  [
    'denials of what was found to be no agreement, and of what was found to be one',
    [
      ...[agreed('a', '2026-02-01'), denied('b', 'a', '2026-02-03')],
      ...[corrected('c', 'a', AS_STATEMENT, '2026-02-05'), denied('d', 'a', '2026-02-06')],
      ...[corrected('e', 'a', AS_AGREEMENT, '2026-02-08'), retracted('f', 'c', '2026-02-10')],
      ...[issued('g', '2026-02-02'), denied('h', 'g', '2026-02-04'), corrected('i', 'g', AS_AGREEMENT, '2026-02-07')],
      ...[corrected('j', 'g', { ...AS_DEMAND, agreement: null, parties: null, issues: null, party: 'north' })],
    ],
  ],
  [
    'further reports of denials, published before and after, of one of which the denial was taken back',
    [
      said('a', '2026-02-01', leak),
      denied('b', 'a', '2026-02-10/2026-02-14'),
      confirmed('c', 'b', '2026-02-12'),
      confirmed('d', 'b', '2026-02-11'),
      said('e', '2026-02-12', { ...leak, point: 'side' }),
      ...[denied('f', 'e', '2026-02-13'), confirmed('g', 'f', '2026-02-20'), retracted('h', 'f', '2026-02-22')],
      ...[corrected('i', 'b', { occurred: '2026-02-11/2026-02-16' }, '2026-02-15'), retracted('j', 'd', '2026-02-18')],
      said('k', '2026-02-13', official),
      ...[confirmed('l', 'a', '2026-02-02'), retracted('m', 'a', '2026-02-24')],
    ],
  ],
  [
    'denials that are one: of the same, of another, of one that was taken back',
    [
      said('a', '2026-02-01'),
      ...[denied('b', 'a', '2026-02-10'), denied('c', 'a', '2026-02-08')],
      merged('d', 'c', 'b', '2026-02-14'),
      ...[said('e', '2026-02-02', side), denied('f', 'e', '2026-02-12'), merged('g', 'f', 'b', '2026-02-16')],
      ...[denied('h', 'a', '2026-02-11'), retracted('i', 'h', '2026-02-15'), denied('j', 'a', '2026-02-13')],
      ...[merged('k', 'j', 'h', '2026-02-17'), confirmed('l', 'j', '2026-02-09'), retracted('m', 'g', '2026-02-19')],
    ],
  ],
  [
    'reports of one thing by many, the first of them last',
    [
      said('a', '2026-02', from('2026-02-20')),
      confirmed('b', 'a', '2026-02-25'),
      confirmed('c', 'a', '2026-02-26'),
      corrected('d', 'a', { occurred: '2026-03' }, '2026-02-26'),
      confirmed('e', 'a', '2026-02-15'),
      corrected('f', 'a', { occurred: '2026-02-10/2026-02-16' }, '2026-02-27'),
    ],
  ],
  [
    'a condition of its own that goes on, long after, as the point that replaces all others',
    [
      condition('a', '2026-02-01'),
      ...['b', 'c', 'd', 'e', 'f'].map((point, at) => said(point, `2026-02-0${at + 2}`, { point })),
      said('g', '2026-02-08', { point: 'a', stance: 'Only a.', replaces: 'position' }),
    ],
  ],
  [
    'one that was corrected, became one with another, and was corrected again',
    [
      said('a', '2026-02-10'),
      corrected('b', 'a', { stance: 'Close it.' }, '2026-02-12'),
      said('c', '2026-02-08', side),
      merged('d', 'a', 'c', '2026-02-14'),
      corrected('e', 'a', { stance: 'Half.' }, '2026-02-16'),
      corrected('f', 'c', { stance: 'All.' }, '2026-02-18'),
    ],
  ],
  [
    'two whose ids an index does not tell apart, each spoken of before and after it came',
    [
      ...[corrected('a', MEETING[1], { stance: 'Half.' }, '2026-02-12'), said(MEETING[0], '2026-02-10')],
      ...[corrected('b', MEETING[0], { stance: 'Close it.' }, '2026-02-13'), confirmed('c', MEETING[1], '2026-02-09')],
      ...[said(MEETING[1], '2026-02-11', side), corrected('d', MEETING[1], { stance: 'All.' }, '2026-02-14')],
      ...[corrected('e', MEETING[0], { occurred: '2026-02-08' }, '2026-02-15'), retracted('f', 'a', '2026-02-16')],
    ],
  ],
  [
    'a denial of what is not there yet, beside one whose id an index does not tell apart',
    [said(MEETING[0], '2026-02-10'), denied('a', MEETING[1], '2026-02-12'), said(MEETING[1], '2026-02-11', side)],
  ],
  [
    'a second point, put right again and again, each time as was known before',
    [
      ...[
        said('a', '2026-02-01'),
        said('b', '2026-02-02', side),
        corrected('c', 'b', { stance: 'Half.' }, '2026-02-20'),
      ],
      ...[
        corrected('d', 'b', { stance: 'All.' }, '2026-02-15'),
        corrected('e', 'b', { stance: 'Wait.' }, '2026-02-10'),
      ],
    ],
  ],
  [
    'what stands in no cell, corrected again and again, known in any order',
    [
      {
        id: 'round',
        type: 'RoundScheduled',
        round: 'third',
        parties: ['north'],
        occurred: '2026-02/2026-03',
        ...from('2026-02-05'),
      },
      corrected('a', 'round', { venue: 'Harbour House' }, '2026-02-20'),
      corrected('b', 'round', { venue: 'Town Hall' }, '2026-02-10'),
      corrected('c', 'round', { occurred: '2026-02-04' }, '2026-02-08'),
      retracted('d', 'a', '2026-02-15'),
      retracted('e', 'round', '2026-02-25'),
    ],
  ],
];

/** Words are read back from the log. Said again afterwards, they tell whether the index knows which they were. */
const ECHOED = PLAIN.filter(([, sketches]) => sketches.some(({ type }) => type === 'DevelopmentCorrected')).flatMap(
  ([name, sketches]) =>
    ['Close it.', 'Half.'].map(
      (stance): SmallLog => [
        `${name}; and "${stance}" said later`,
        [said('echo', '2026-03-01', { stance }), ...sketches],
      ],
    ),
);

export const LOGS: readonly SmallLog[] = [...PLAIN, ...ECHOED];
