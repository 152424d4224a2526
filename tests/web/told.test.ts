/** What the page tells of a change: the words that it is about. */
import { expect, it } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { sayChange, tell } from '../../src/web/live/told.ts';
import { namesOf } from '../../src/web/names.ts';
import { GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const source = { publisher: 'The Gazette' };
const about = { negotiation: NEGOTIATION, occurred: '2026-02-10', source } as const;
const said = { ...about, type: 'DemandStated', party: 'north', issue: 'river' } as const;
const STEPS: readonly (DevelopmentInput & { readonly id: string })[] = [
  { ...said, id: 'demand', stance: 'Ten boats' },
  { ...said, id: 'leak', stance: 'Would take two', attribution: 'anonymous' },
  { ...said, id: 'condition', type: 'ConditionAttached', stance: 'Only by day' },
  { ...said, id: 'again', type: 'DemandReiterated' },
  { ...said, id: 'more', stance: 'Twelve boats' },
  { negotiation: NEGOTIATION, id: 'wrong', type: 'DevelopmentRetracted', retracts: 'more', reason: 'Misheard', source },
  {
    negotiation: NEGOTIATION,
    id: 'fixed',
    type: 'DevelopmentCorrected',
    corrects: 'demand',
    changes: { stance: 'Nine boats' },
    source,
  },
  { ...about, id: 'denial', type: 'DevelopmentDenied', denies: 'demand', party: 'south' },
  { ...said, id: 'dropped', type: 'DemandDropped', point: 'main' },
  { ...said, id: 'leak-2', stance: 'Would take one', attribution: 'anonymous' },
  { ...said, id: 'all', type: 'PositionWithdrawn' },
];

it('tells the words that were set, put beside, ended or were wrong, not those that were left alone', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record(GROUND);
  for (const step of STEPS) await opened.tracker.record(step);
  const names = namesOf(await opened.tracker.state(NEGOTIATION));
  const changes = await opened.tracker.changes(NEGOTIATION, { standard: 'stated' });
  const told = changes.map((change) => [
    change.development,
    change.change,
    ...tell(change, names).map(({ label, words, wrong }) => `${label ?? '-'}: ${words}${wrong ? ' (wrong)' : ''}`),
  ]);
  expect(told).toEqual([
    ['demand', 'new', '-: Ten boats'],
    ['leak', 'beside', 'anonymous source: Would take two'],
    ['condition', 'conditioned', '-: Only by day'],
    ['again', 'reiterated', '-: Ten boats'],
    ['more', 'changed', '-: Twelve boats'],
    ['wrong', 'retracted', '-: Twelve boats (wrong)', 'now: Ten boats'],
    ['fixed', 'corrected', '-: Ten boats (wrong)', 'now: Nine boats'],
    ['denial', 'beside', 'denial of demand by south · as reported: denies it'],
    ['dropped', 'withdrawn', '-: Nine boats'],
    ['leak-2', 'beside', 'anonymous source: Would take one'],
    ['all', 'withdrawn', 'condition: Only by day'],
  ]);
  const retracted = changes.find(({ development }) => development === 'wrong');
  expect(retracted && sayChange(retracted, names)).toBe('north on river: retracted: Twelve boats; now: Ten boats');
});

it('tells a leak that sets a position as one, where the standard lets it', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record(GROUND);
  for (const step of STEPS.slice(0, 2)) await opened.tracker.record(step);
  const names = namesOf(await opened.tracker.state(NEGOTIATION));
  const [, leak] = await opened.tracker.changes(NEGOTIATION, { standard: 'all' });
  expect(leak && tell(leak, names)).toEqual([{ label: 'anonymous source', words: 'Would take two', wrong: false }]);
});

it('tells what is put beside a position from what is taken from there', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  const retracted = (id: string, retracts: string): DevelopmentInput => ({
    ...{ negotiation: NEGOTIATION, id, type: 'DevelopmentRetracted', retracts, reason: 'Looked into', source },
  });
  await opened.tracker.record([
    ...GROUND,
    { ...said, id: 'leak', stance: 'Would take two', attribution: 'anonymous' },
    { ...said, id: 'gone', type: 'PositionWithdrawn', occurred: '2026-02-12' },
    retracted('wrong', 'leak'),
    retracted('right', 'wrong'),
    { ...said, id: 'late', stance: 'Ten boats', occurred: '2026-02-11' },
  ]);
  const names = namesOf(await opened.tracker.state(NEGOTIATION));
  const changes = await opened.tracker.changes(NEGOTIATION);
  const told = changes.map((change) => [
    change.development,
    change.change,
    ...tell(change, names).map(({ label, words, wrong }) => `${label ?? '-'}: ${words}${wrong ? ' (wrong)' : ''}`),
  ]);
  expect(told).toEqual([
    ['leak', 'beside', 'anonymous source: Would take two'],
    ['gone', 'withdrawn', '-: withdrawn'],
    ['wrong', 'retracted', 'beside · anonymous source: Would take two (wrong)', 'now: withdrawn'],
    ['right', 'corrected', 'now · beside · anonymous source: Would take two', 'now: withdrawn'],
    ['late', 'beside', 'no longer · beside · anonymous source: Would take two'],
  ]);
});
