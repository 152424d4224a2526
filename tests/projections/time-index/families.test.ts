/** Families: what bears on what, whatever was recorded first, and whatever ids look alike. */
import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import type { Sketch } from '../../support/entries.ts';
import { confirmed, denied, logOf, MEETING, retracted, said } from './small-logs.ts';

const merged = (id: string, duplicate: string, into: string): Sketch => ({
  ...{ id, type: 'DevelopmentMerged', duplicate, into },
});

const indexed = (...sketches: readonly Sketch[]) => indexOf(logOf(sketches).slice(1), 'UTC');

/** The families of a log, by ids, each once; what nothing speaks of has none but itself. */
function familiesOf(...sketches: readonly Sketch[]): readonly string[] {
  const index = indexed(...sketches);
  const families = sketches.map((_, at) => index.familyOf(at).map((member) => sketches[member]?.id));
  return [...new Set(families.map((ids) => ids.join(' ')))];
}

const [a, b, c] = ['a', 'b', 'c'].map((id) => said(id, '2026-02-01')) as [Sketch, Sketch, Sketch];

describe('a family', () => {
  it('is what is spoken of with what speaks of it, in the order of the log', () => {
    expect(familiesOf(a, b, retracted('x', 'a'), c, confirmed('y', 'a', '2026-03-01'))).toEqual(['a x y', 'b', 'c']);
  });

  it('is joined with another by what speaks of both, also when they are one already', () => {
    expect(familiesOf(a, b, c, merged('x', 'a', 'b'))).toEqual(['a b x', 'c']);
    expect(familiesOf(a, b, c, merged('x', 'a', 'b'), merged('y', 'b', 'a'), retracted('z', 'x'))).toEqual([
      ...['a b x y z', 'c'],
    ]);
    expect(familiesOf(a, b, merged('x', 'a', 'a'))).toEqual(['a x', 'b']);
  });

  it('waits for what it names, each for its own', () => {
    const remarks = [denied('x', 'a', '2026-02-03'), denied('y', 'b', '2026-02-03'), denied('z', 'a', '2026-02-04')];
    expect(familiesOf(...remarks)).toEqual(['x', 'y', 'z']);
    expect(familiesOf(...remarks, b, c, a)).toEqual(['x z a', 'y b', 'c']);
    expect(familiesOf(a, merged('x', 'b', 'a'), c, b, retracted('y', 'b'))).toEqual(['a x b y', 'c']);
  });

  it('does not wait for what has come, or is there', () => {
    const { awaited } = indexed(denied('x', 'a', '2026-02-03'), retracted('y', 'b'), a).parts.families;
    expect([...awaited.values()]).toEqual([[1]]);
    expect(indexed(a, retracted('x', 'a')).parts.families.awaited.size).toBe(0);
  });

  it('of what names itself is that alone, and does not wait for itself', () => {
    expect(familiesOf(a, retracted('x', 'x'))).toEqual(['a', 'x']);
    expect(indexed(a, retracted('x', 'x')).parts.families.awaited.size).toBe(0);
  });

  it('has no part in one whose id only looks like the one that is named, whether that is there or not', () => {
    const [one, other] = MEETING.map((id) => said(id, '2026-02-01')) as [Sketch, Sketch];
    const denial = denied('x', MEETING[1], '2026-02-03');
    expect(familiesOf(one, denial)).toEqual([MEETING[0], 'x']);
    expect(familiesOf(one, denial, other)).toEqual([MEETING[0], `x ${MEETING[1]}`]);
    expect(familiesOf(one, other, denial)).toEqual([MEETING[0], `${MEETING[1]} x`]);
  });
});
