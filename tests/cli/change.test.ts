/** A change in a line is told by the words that it is about, not by those that it left alone. */
import { expect, it } from 'vitest';
import { changeLine } from '../../src/cli/view/change.ts';
import type { DevelopmentInput } from '../../src/tracker/index.ts';
import { GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

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
    'retracted: Ten boats.; now: no stated position on record (next)',
  ],
  [
    'a retraction that is retracted',
    [
      about('wrong', 'DevelopmentRetracted', { retracts: 'first', reason: 'Misheard' }),
      about('next', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'It was right' }),
    ],
    'corrected: now: Ten boats. (next)',
  ],
  [
    'a correction',
    [about('next', 'DevelopmentCorrected', { corrects: 'first', changes: { stance: 'Twelve boats.' } })],
    'corrected: Ten boats.; now: Twelve boats. (next)',
  ],
  [
    'a leak that was none',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('next', 'DevelopmentRetracted', { retracts: 'leak', reason: 'Made up' }),
    ],
    'retracted: beside: Would take three. [anonymous source] (next)',
  ],
  [
    'a leak that was one after all',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('wrong', 'DevelopmentRetracted', { retracts: 'leak', reason: 'Made up' }),
      about('next', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'On tape' }),
    ],
    'corrected: now beside: Would take three. [anonymous source] (next)',
  ],
  [
    'a leak in other words',
    [
      said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }),
      about('next', 'DevelopmentCorrected', { corrects: 'leak', changes: { stance: 'Would take four.' } }),
    ],
    'corrected: beside: Would take three. [anonymous source]; now beside: Would take four. [anonymous source] (next)',
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
  const last = (await opened.tracker.changes(NEGOTIATION)).at(-1);
  expect(last && changeLine(last)).toBe(`2026-02-15 12:00Z  north, river  ${line}`);
});

it('tells a leak that sets a position as one, where the standard lets it', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record(GROUND);
  await opened.tracker.record(said('leak', 'DemandStated', { stance: 'Would take three.', attribution: 'anonymous' }));
  const [change] = await opened.tracker.changes(NEGOTIATION, { standard: 'all' });
  expect(change && changeLine(change)).toContain('new: Would take three. [anonymous source] (leak)');
});
