/** Digests say all of the facts of a development, and are read back as they were written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Development } from '../../../events/index.ts';
import { digestOf, digestPageReader, digestReader, isDigest } from '../../../projections/time-index/digest.ts';
import { type Facts, factsOf, KIND } from '../../../projections/time-index/facts.ts';
import { EVERY_TYPE, EXAMPLES } from '../../support/examples.ts';

const factsFor = (input: object): Facts =>
  factsOf({ id: 'd', attribution: 'narrative', ...input } as Development, 'UTC');
const EXAMPLE_FACTS = EVERY_TYPE.flatMap((type) => [factsFor(EXAMPLES[type].minimal), factsFor(EXAMPLES[type].full)]);
const [demand, condition] = [factsFor(EXAMPLES.DemandStated.full), factsFor(EXAMPLES.ConditionAttached.minimal)];

describe('a digest', () => {
  it.each(EVERY_TYPE)('of %s is read back as the facts it was made of', (type) => {
    const read = digestReader();
    for (const example of [EXAMPLES[type].minimal, EXAMPLES[type].full]) {
      const digest = digestOf(factsFor(example));
      expect(digest).not.toMatch(/\n/);
      expect(isDigest(digest)).toBe(true);
      expect(read(digest)).toStrictEqual(factsFor(example));
    }
  });

  it('keeps any dates, hashes and places', () => {
    const word = fc.constantFrom(0, 1, 63, 64, 2 ** 24 - 1, 2 ** 24, 2 ** 31, 0xffffffff);
    const hash = fc.tuple(word, word).map(([high, low]) => ({ high, low }));
    // The years -9999 to 9999 lie within.
    const moment = fc.oneof(
      fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -1, 0),
      fc.integer({ min: -4e14, max: 4e14 }),
    );
    const own = fc.boolean().map((ownPoint) => ({ ...(condition.place as NonNullable<Facts['place']>), ownPoint }));
    const changed = fc.record({
      id: hash,
      stance: hash,
      start: moment,
      end: moment,
      published: moment,
      place: own,
      resets: fc.boolean(),
    });
    fc.assert(
      fc.property(changed, (some) => {
        const facts: Facts = { ...condition, ...some };
        expect(digestReader()(digestOf(facts))).toStrictEqual(facts);
      }),
      { numRuns: 300 },
    );
  });

  it('of another version says nothing', () => {
    for (const digest of ['', '2 0 0', '99 0 0', digestOf(demand).slice(2), ` ${digestOf(demand)}`]) {
      expect(isDigest(digest)).toBe(false);
      expect(digestReader()(digest)).toBeUndefined();
    }
  });

  /** A store keeps them: what this version wrote once, it reads so for ever. */
  it.each([
    [demand, '3 n9dfd 3_\\OWU 1 I`o\\Z`0 :C;Oo 1I@i1 @ 2V<fb` X8N8V river side-offer north'],
    [condition, '3 28bf>Y 38U`:N 1 Ia4f@P0 59U_o . T 2Xa[G> 1cc;XL river d north'],
    [factsFor(EXAMPLES.PartyJoined.minimal), '3 28bf>Y 38U`:N 2 . . . party islands'],
    [factsFor({ ...EXAMPLES.DevelopmentRetracted.minimal, occurred: '1969/..' }), '3 28bf>Y 38U`:N 4 -MG\\B`0 + .'],
  ])('is written as ever', (facts, digest) => {
    expect(digestOf(facts)).toBe(digest);
    expect(digestReader()(digest)).toStrictEqual(facts);
  });
});

describe('a page of digests', () => {
  const pageOf = (facts: readonly Facts[], steps: readonly number[]): string =>
    facts.map((one, line) => `${steps[line]} ${digestOf(one)}\n`).join('');

  it('is read line by line, with the moment at which each was recorded', () => {
    const steps = EXAMPLE_FACTS.map((_, line) => (line === 0 ? 1_770_000_000_000 : line % 3));
    let moment = 0;
    const recorded = steps.map((step) => {
      moment += step;
      return moment;
    });
    expect(digestPageReader()(pageOf(EXAMPLE_FACTS, steps))).toStrictEqual({ facts: EXAMPLE_FACTS, recorded });
    expect(digestPageReader()('')).toEqual({ facts: [], recorded: [] });
  });

  it('is read as far as this version wrote it', () => {
    const lines = pageOf([demand, condition, demand], [10, 5, 5]).split('\n');
    const page = [lines[0], `5 99 ${lines[1]}`, lines[2], ''].join('\n');
    expect(digestPageReader()(page)).toStrictEqual({ facts: [demand], recorded: [10] });
  });

  it('holds until the next is read, which is written over it', () => {
    const read = digestPageReader();
    const first = read(pageOf([demand, condition], [1, 1]));
    const kept = structuredClone(first.facts);
    const second = read(pageOf([condition, demand, demand], [1, 1, 1]));
    expect(kept).toEqual([demand, condition]);
    expect(second.facts).toEqual([condition, demand, demand]);
    expect(second.facts[0]).toBe(first.facts[0]);
  });

  it('says the same place by the same object, but for conditions of their own', () => {
    const { facts } = digestPageReader()(pageOf([demand, demand, condition, condition], [1, 1, 1, 1]));
    expect(facts[1]?.place).toBe(facts[0]?.place);
    expect(facts[3]?.place).not.toBe(facts[2]?.place);
  });

  it('reads more places than are kept', () => {
    const many = Array.from({ length: 10_050 }, (_, at): Facts => {
      const place = { parties: ['north'], issue: `issue-${at % 10_020}`, point: null, ownPoint: false };
      return { ...demand, kind: KIND.position, place };
    });
    expect(
      digestPageReader()(
        pageOf(
          many,
          many.map(() => 1),
        ),
      ).facts.map(({ place }) => place),
    ).toEqual(many.map(({ place }) => place));
  });
});
