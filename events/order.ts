/** The three clocks of a development, and the order in which developments count. */
import { type Development, isRecord } from './catalogue.ts';
import { spanOf } from './edtf.ts';
import type { Source } from './fields.ts';

/** Milliseconds since 1970; -Infinity is "always", which is how set-up without a date counts. */
export interface Clocks {
  /** first moment at which it may have happened */
  readonly start: number;
  /** first moment at which it had certainly happened: the end of `occurred`, of `reported`, or `recorded`, whichever comes first */
  readonly effective: number;
  /** from when on the public could know it; never later than it was recorded here */
  readonly reported: number;
  /** when it was appended here */
  readonly recorded: number;
}

/**
 * The clocks of a development recorded at a moment. Set-up without a date is always true and known always, whatever it was read in.
 * @param further sources that corroborate it: the earliest publication of all counts
 */
export function clocksOf(
  development: Development,
  recorded: number,
  timeZone: string,
  further: readonly Source[] = [],
): Clocks {
  const { occurred, source } = development;
  if (occurred === undefined && !isRecord(development)) {
    const always = Number.NEGATIVE_INFINITY;
    return { start: always, effective: always, reported: always, recorded };
  }
  const span = occurred === undefined ? undefined : spanOf(occurred, timeZone);
  const published = [source, ...further].flatMap((one) =>
    one?.published ? [spanOf(one.published, timeZone).end] : [],
  );
  const reported = Math.min(recorded, published.length > 0 ? Math.min(...published) : (span?.end ?? recorded));
  return {
    start: span?.start ?? reported,
    effective: Math.min(span?.end ?? recorded, reported),
    reported,
    recorded,
  };
}

/** What is put in order. */
export interface Ordered {
  readonly clocks: Clocks;
  readonly revision: number;
}

/** The order in which developments count: effective, then start of `occurred` (an open start first), then the log. */
export const byOrder = (a: Ordered, b: Ordered): number =>
  compare(a.clocks.effective, b.clocks.effective) || compare(a.clocks.start, b.clocks.start) || a.revision - b.revision;

/** Two numbers in order; equal infinities are equal. */
export const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
