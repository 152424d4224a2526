/** Lengths of time in 32 bits: nearly all fit, and the rest is kept elsewhere. */
import { describe, expect, it } from 'vitest';
import { createSpans } from '../../../projections/time-index/spans.ts';

/** So many milliseconds do not fit as such; so many seconds do not fit any more. */
const LONG = 0x80000000;
const LONGEST = 0x7ffffffe;
const secondsAnd999 = (seconds: number): number => seconds * 1000 + 999;

function packed(span: number) {
  const spans = createSpans();
  const bits = spans.pack(span, 7);
  expect(bits).toBe(bits >>> 0);
  expect(spans.unpack(bits, 7)).toBe(span);
  return { bits, kept: [...spans.kept] };
}

describe('a length of time', () => {
  it.each([0, 1, 998, 999, 1000, LONG - 1])('of %d milliseconds fits as it is', (span) => {
    expect(packed(span)).toEqual({ bits: span, kept: [] });
  });

  it.each([secondsAnd999(2_147_483), secondsAnd999(86_486_399), secondsAnd999(LONGEST - 1), Number.POSITIVE_INFINITY])(
    'of %d milliseconds fits, in whole seconds but for the last, or without end',
    (span) => {
      const { bits, kept } = packed(span);
      expect(kept).toEqual([]);
      expect(bits).toBeGreaterThanOrEqual(LONG);
    },
  );

  it.each([-1, 0.5, -999, LONG, LONG + 1, 2 ** 43, 2 ** 43 + 999, secondsAnd999(LONGEST), secondsAnd999(LONGEST + 1)])(
    'of %d milliseconds is kept elsewhere, under its number',
    (span) => {
      expect(packed(span).kept).toEqual([[7, span]]);
    },
  );
});
