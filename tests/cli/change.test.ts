/** A change in a line is told by the words that it is about, not by those that it left alone. */
import { expect, it } from 'vitest';
import type { Change, Standard } from '../../projections/index.ts';
import { changeLine } from '../../src/cli/view/change.ts';
import { namesOf } from '../../src/cli/view/words.ts';
import type { DevelopmentInput } from '../../src/tracker/index.ts';
import { GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker, type TestTracker } from '../support/tracker.ts';

const source = { publisher: 'The Herald', published: '2026-02-10' };
const said = (id: string, type: string, own: object = {}): DevelopmentInput =>
  ({
    id,
    negotiation: NEGOTIATION,
    type,
    occurred: '2026-02-10',
    party: 'north',
    issue: 'river',
    source,
    ...own,
  }) as never;
const about = (id: string, type: string, own: object): DevelopmentInput =>
  ({ id, negotiation: NEGOTIATION, type, source, ...own }) as never;

it.each<[string, readonly DevelopmentInput[], string]>([
  ['a headline', [], 'new: Ten boats. (first)'],
  ['other words', [said('next', 'DemandStated', { stance: 'Five boats.' })], 'changed: Five boats. (next)'],
  [
    'a side point',
    [said('next', 'ProposalMade', { point: 'ferries', stance: 'Ferries too.' })],
    'changed: side point: Ferries too. (next)',
  ],
  ['a condition', [said('next', 'ConditionAttached', { stance: 'By day only.' })], 'conditioned: By day only. (next)'],
  [
    'a condition that is dropped',
    [
      said('term', 'ConditionAttached', { point: 'term', stance: 'By day only.' }),
      said('next', 'DemandDropped', { point: 'term' }),
    ],
    'withdrawn: condition: By day only. (next)',
  ],
  [
    'a leak, which is not the headline',
    [said('next', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' })],
    'beside: Would take three. [anonymous source] (next)',
  ],
  [
    'a withdrawal, and no leak beside it',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      said('next', 'PositionWithdrawn'),
    ],
    'withdrawn: Ten boats. (next)',
  ],
  [
    'what everything else gave way to',
    [
      said('term', 'ConditionAttached', { point: 'term', stance: 'By day only.' }),
      said('next', 'DemandStated', { stance: 'Five boats.', replaces: 'position' }),
    ],
    'changed: Five boats.; no longer: condition: By day only. (next)',
  ],
  [
    'a retraction, and what is back in force',
    [
      said('wrong', 'DemandStated', { stance: 'Five boats.' }),
      about('next', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'Misheard' }),
    ],
    'retracted: Five boats.; now: Ten boats. (next)',
  ],
  [
    'a retraction that leaves nothing',
    [about('next', 'DevelopmentRetracted', { retracts: 'first', reason: 'Misheard' })],
    'retracted: Ten boats. (since 10 Feb 2026); now: no stated position on record (next)',
  ],
  [
    'a retraction that is retracted',
    [
      about('wrong', 'DevelopmentRetracted', { retracts: 'first', reason: 'Misheard' }),
      about('next', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'It was right' }),
    ],
    'corrected: now: Ten boats. (since 10 Feb 2026) (next)',
  ],
  [
    'a correction',
    [about('next', 'DevelopmentCorrected', { corrects: 'first', changes: { stance: 'Twelve boats.' } })],
    'corrected: Ten boats.; now: Twelve boats. (next)',
  ],
  [
    'a correction of a date alone',
    [about('next', 'DevelopmentCorrected', { corrects: 'first', changes: { occurred: '2026-02-08' } })],
    'corrected: Ten boats. (since 8 Feb 2026; before: since 10 Feb 2026) (next)',
  ],
  [
    'a correction of a date and of words',
    [
      about('next', 'DevelopmentCorrected', {
        corrects: 'first',
        changes: { occurred: '2026-02-08', stance: 'Twelve boats.' },
      }),
    ],
    'corrected: Ten boats. (since 10 Feb 2026); now: Twelve boats. (since 8 Feb 2026) (next)',
  ],
  [
    'a correction of the date of a condition',
    [
      said('term', 'ConditionAttached', { stance: 'By day only.' }),
      about('next', 'DevelopmentCorrected', { corrects: 'term', changes: { occurred: '2026-02-09' } }),
    ],
    'corrected: condition: By day only. (since 9 Feb 2026; before: since 10 Feb 2026) (next)',
  ],
  [
    'a correction of when words were affirmed',
    [
      said('again', 'DemandReiterated', { occurred: '2026-02-12', source: { publisher: 'The Herald' } }),
      about('next', 'DevelopmentCorrected', { corrects: 'again', changes: { occurred: '2026-02-11' } }),
    ],
    'corrected: Ten boats. (since 10 Feb 2026, last affirmed 11 Feb 2026 (1×); before: since 10 Feb 2026, last affirmed 12 Feb 2026 (1×)) (next)',
  ],
  [
    'an affirmation that was none',
    [
      said('again', 'DemandReiterated', { occurred: '2026-02-12', source: { publisher: 'The Herald' } }),
      about('next', 'DevelopmentRetracted', { retracts: 'again', reason: 'Misheard' }),
    ],
    'retracted: Ten boats. (since 10 Feb 2026; before: since 10 Feb 2026, last affirmed 12 Feb 2026 (1×)) (next)',
  ],
  [
    'a correction of how words are known',
    [about('next', 'DevelopmentCorrected', { corrects: 'first', changes: { attribution: 'on-record' } })],
    'corrected: Ten boats. (on record; before: as reported) (next)',
  ],
  [
    'a correction of the date of a leak',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('next', 'DevelopmentCorrected', { corrects: 'leak', changes: { occurred: '2026-02-11' } }),
    ],
    'corrected: beside: Would take three. [anonymous source, 10 Feb 2026]; now beside: Would take three. [anonymous source, 11 Feb 2026] (next)',
  ],
  [
    'a leak that was none',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('next', 'DevelopmentRetracted', { retracts: 'leak', reason: 'Made up' }),
    ],
    'retracted: beside: Would take three. [anonymous source, 10 Feb 2026] (next)',
  ],
  [
    'a leak that was one after all',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('wrong', 'DevelopmentRetracted', { retracts: 'leak', reason: 'Made up' }),
      about('next', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'On tape' }),
    ],
    'corrected: now beside: Would take three. [anonymous source, 10 Feb 2026] (next)',
  ],
  [
    'a leak in other words',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('next', 'DevelopmentCorrected', { corrects: 'leak', changes: { stance: 'Would take four.' } }),
    ],
    'corrected: beside: Would take three. [anonymous source, 10 Feb 2026]; now beside: Would take four. [anonymous source, 10 Feb 2026] (next)',
  ],
  [
    'a leak that is overtaken by what was said before all was withdrawn',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      said('all', 'PositionWithdrawn', { occurred: '2026-02-12' }),
      said('next', 'DemandStated', { stance: 'Five boats.', occurred: '2026-02-11' }),
    ],
    'beside: no longer beside: Would take three. [anonymous source] (next)',
  ],
  [
    'the same told twice, which moves nobody',
    [
      said('again', 'DemandStated', { stance: '10 boats.' }),
      about('next', 'DevelopmentMerged', { duplicate: 'again', into: 'first' }),
    ],
    'corrected: 10 boats.; now: Ten boats. (next)',
  ],
])('tells %s', async (_, developments, line) => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record([...GROUND, said('first', 'DemandStated', { stance: 'Ten boats.' }), ...developments]);
  expect(await lastLine(opened)).toBe(`2026-02-15 12:00Z  north, river  ${line}`);
});

it('tells from when to when, where a corrected date alters the past only', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record([
    ...GROUND,
    said('first', 'DemandStated', { stance: 'Ten boats.', occurred: '2026-02-08' }),
    said('then', 'DemandStated', { stance: 'Five boats.' }),
    about('next', 'DevelopmentCorrected', { corrects: 'first', changes: { occurred: '2026-02-07' } }),
  ]);
  expect(await lastLine(opened)).toMatch(
    /corrected, in the past only: now: Ten boats\. \(since 7 Feb 2026\) \(next\)$/,
  );
});

it('tells a leak that sets a position as one, where the standard lets it', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record(GROUND);
  await opened.tracker.record(said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }));
  expect(await lastLine(opened, 'all')).toContain('new: Would take three. [anonymous source] (leak)');
});

it('names parties and issues as they were declared, also who denies and who tells of another', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  const named = (id: string, name: string) => ({ party: id, name, role: 'principal' });
  await opened.tracker.record([
    about('open', 'NegotiationOpened', { title: 'Talks' }),
    about('p1', 'PartyJoined', named('north', 'The North')),
    about('p2', 'PartyJoined', named('south', 'The South')),
    about('i1', 'IssueRaised', { issue: 'river', title: 'The river' }),
    said('first', 'DemandStated', { stance: 'Ten boats.', attribution: 'counterpart', statedBy: 'south' }),
  ]);
  expect(await lastLine(opened)).toMatch(
    / {2}The North, The river {2}beside: Ten boats\. \[another party’s account: The South\] \(first\)$/,
  );
  await opened.tracker.record(
    about('no', 'DevelopmentDenied', { denies: 'first', party: 'north', occurred: '2026-02-11' }),
  );
  expect(await lastLine(opened)).toContain('beside: The North denies first [as reported] (no)');
});

async function lastLine({ tracker }: TestTracker, standard: Standard = 'stated'): Promise<string> {
  const last = (await tracker.changes(NEGOTIATION, { standard })).at(-1) as Change;
  return changeLine(last, namesOf(await tracker.state(NEGOTIATION)));
}
