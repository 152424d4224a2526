/** The facts of a development, from which the index judges it. */
import { describe, expect, it } from 'vitest';
import { clocksOf, type Development, GROUPS, spanOf } from '../../../events/index.ts';
import { namedBy } from '../../../projections/related.ts';
import { ACT, clocksFrom, factsOf, KIND, WORTH } from '../../../projections/time-index/facts.ts';
import { hashOf, NO_WORDS } from '../../../projections/time-index/hash.ts';
import { EVERY_TYPE, EXAMPLES } from '../../support/examples.ts';

const development = (input: object): Development => ({ id: 'd', attribution: 'narrative', ...input }) as Development;
const factsFor = (input: object) => factsOf(development(input), 'Europe/Kyiv');
const RECORDED = Date.parse('2026-02-10T12:00:00Z');

const CONTEXT: readonly string[] = [
  ...GROUPS['set-up'],
  ...GROUPS.rounds,
  ...GROUPS.outcomes,
  'PlanPublished',
  'PlanAdjusted',
];
const kindOf = (type: string): number => {
  if (type === 'DevelopmentDenied') return KIND.denial;
  if (GROUPS.record.some((one) => one === type)) return KIND.remark;
  if (GROUPS.positions.some((one) => one === type)) return KIND.position;
  return CONTEXT.includes(type) ? KIND.context : KIND.other;
};

describe.each(EVERY_TYPE)('the facts of %s', (type) => {
  const { minimal, full } = EXAMPLES[type];

  it('say what it is, by its id', () => {
    expect(factsFor(full)).toMatchObject({ id: hashOf(full.id), kind: kindOf(type) });
  });

  it('say all of its clocks', () => {
    for (const example of [
      minimal,
      full,
      { ...minimal, occurred: '2026-02-10/..' },
      { ...minimal, source: full.source },
    ])
      for (const recorded of [RECORDED, Number.POSITIVE_INFINITY, 0])
        expect(clocksFrom(factsFor(example), recorded)).toEqual(
          clocksOf(development(example), recorded, 'Europe/Kyiv'),
        );
  });

  it('say its dates as spans, in the zone of the talks', () => {
    const { start, end, published } = factsFor(full);
    expect({ start, end }).toEqual(spanOf('2026-02-09/2026-02-10', 'Europe/Kyiv'));
    expect(published).toBe(Date.parse('2026-02-11T06:30:00Z'));
    const { occurred: _, source: __, ...undated } = full as Readonly<Record<string, unknown>>;
    expect(factsFor(undated)).toMatchObject({ start: Number.NaN, end: Number.NaN, published: Number.NaN });
  });

  it('say a place only where a position is taken, and what is declared', () => {
    const { place, act, worth, stance, resets, declares } = factsFor(full);
    if (kindOf(type) === KIND.position) expect(place).not.toBeNull();
    else
      expect({ place, act, worth, stance, resets }).toEqual({
        place: null,
        act: ACT.none,
        worth: WORTH.denial,
        stance: NO_WORDS,
        resets: false,
      });
    const declared = { PartyJoined: { kind: 'party', name: 'islands' }, IssueRaised: { kind: 'issue', name: 'tolls' } };
    expect(declares).toEqual(declared[type as keyof typeof declared] ?? null);
  });
});

describe('what a development does to a position', () => {
  const { parties: _, ...demand } = { parties: [], ...EXAMPLES.DemandStated.minimal };

  it.each([
    ['a statement sets the headline', { type: 'DemandStated' }, ACT.set, false, 'main', false],
    ['of a point, that point', { type: 'DemandStated', point: 'side' }, ACT.set, false, 'side', false],
    ['a condition sets a point named after it', { type: 'ConditionAttached' }, ACT.set, false, 'd', true],
    ['or as it says', { type: 'ConditionAttached', point: 'term' }, ACT.set, false, 'term', false],
    [
      'what replaces the position ends all others',
      { type: 'DemandStated', replaces: 'position' },
      ACT.set,
      true,
      'main',
      false,
    ],
    ['a reiteration affirms', { type: 'DemandReiterated' }, ACT.reiterate, false, 'main', false],
    ['a withdrawal ends a point', { type: 'DemandDropped', point: 'side' }, ACT.withdraw, false, 'side', false],
    ['or all of them', { type: 'PositionWithdrawn' }, ACT.withdraw, true, null, false],
  ])('%s', (_, fields, act, resets, point, ownPoint) => {
    const place = { parties: ['north'], issue: 'river', point, ownPoint };
    const { replaces: __, ...said } = { replaces: 'point', ...demand };
    expect(factsFor({ ...said, party: 'north', issue: 'river', ...fields })).toMatchObject({ act, resets, place });
  });

  it.each([
    ['on-record', WORTH.onRecord],
    ['narrative', WORTH.narrative],
    ['unnamed-official', WORTH.lower],
    ['anonymous', WORTH.lower],
    ['counterpart', WORTH.lower],
  ])('counts for as much as its attribution: %s', (attribution, worth) => {
    expect(factsFor({ ...demand, attribution }).worth).toBe(worth);
  });

  it('is the same for the same words, and other for none', () => {
    expect(factsFor({ ...demand, stance: 'Open it.' }).stance).toEqual(hashOf('Open it.'));
    expect(factsFor({ ...EXAMPLES.DemandReiterated.minimal }).stance).toEqual(NO_WORDS);
  });
});

describe('the ids that something about the record names', () => {
  const correction = (changes: object) => namedBy(development({ ...EXAMPLES.DevelopmentCorrected.minimal, changes }));

  it('are those it speaks of', () => {
    expect(namedBy(development(EXAMPLES.DevelopmentRetracted.minimal))).toEqual(['told']);
    expect(namedBy(development(EXAMPLES.DevelopmentMerged.minimal))).toEqual(['told-again', 'told']);
    expect(namedBy(development(EXAMPLES.DemandStated.minimal))).toEqual([]);
  });

  it('are also those that it would speak of once it is corrected', () => {
    expect(correction({ summary: 'Said so.' })).toEqual(['told']);
    for (const field of ['corrects', 'retracts', 'corroborates', 'denies', 'duplicate', 'into'])
      expect(correction({ [field]: 'other' })).toEqual(['told', 'other']);
    expect(correction({ corrects: null, into: 7 })).toEqual(['told']);
  });
});
