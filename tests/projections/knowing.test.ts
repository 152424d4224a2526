/** When what is known of some events can change. */
import { expect, it } from 'vitest';
import { momentsOfKnowing } from '../../projections/knowing.ts';
import { logWith, type Sketch } from '../support/entries.ts';

const demand: Sketch = {
  ...{ id: 'd', type: 'DemandStated', party: 'north', issue: 'river', stance: 'Open it.', recorded: '2026-02-20' },
  ...{ occurred: '2026-02-10', source: { publisher: 'The Gazette', title: '2026-02-15', published: '2026-02-12' } },
};
const corrected = (changes: object): Sketch => ({
  ...{ type: 'DevelopmentCorrected', corrects: 'd', changes, recorded: '2026-02-20' },
});
const daysOf = (...sketches: readonly Sketch[]) =>
  momentsOfKnowing(logWith(...sketches).entries.slice(1), 'UTC').map((at) => new Date(at).toISOString().slice(0, 10));

it('is at the end of each of their dates and when they were recorded, in order, and by no other text', () => {
  expect(daysOf(demand)).toEqual(['2026-02-10', '2026-02-12', '2026-02-20']);
});

it('is by the dates in what a correction changes, at any depth', () => {
  const published = { source: { published: '2026-02-14' } };
  expect(daysOf(demand, corrected({ changes: { ...published, occurred: '2026-02-11' } }))).toEqual([
    ...['2026-02-10', '2026-02-11', '2026-02-12', '2026-02-14', '2026-02-20'],
  ]);
});

it('is at no moment for a date that has no end, was taken away or cannot be read', () => {
  for (const occurred of ['2026-02-11/..', null, 'some day', 20260211])
    expect(daysOf(demand, corrected({ occurred })), `${occurred}`).toEqual(daysOf(demand));
});
