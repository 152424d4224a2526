/** Lengths of time in 32 bits: milliseconds, or whole seconds but for the last millisecond; the rest is kept elsewhere. */

const SECONDS = 0x80000000;
const ENDLESS = 0xffffffff;
const ELSEWHERE = 0xfffffffe;

/** @param kept lengths that do not fit, by a number of their owner's */
export function createSpans(kept = new Map<number, number>()) {
  return {
    kept,
    /** The bits of a length of time, which is kept elsewhere under that number if it has to be. */
    pack(span: number, number: number): number {
      if (span === Number.POSITIVE_INFINITY) return ENDLESS;
      if (span >= 0 && span < SECONDS && Number.isInteger(span)) return span;
      const seconds = (span - 999) / 1000;
      if (Number.isInteger(seconds) && seconds > 0 && seconds < ELSEWHERE - SECONDS) return SECONDS + seconds;
      kept.set(number, span);
      return ELSEWHERE;
    },
    unpack(bits: number, number: number): number {
      if (bits < SECONDS) return bits;
      if (bits === ENDLESS) return Number.POSITIVE_INFINITY;
      return bits === ELSEWHERE ? (kept.get(number) as number) : (bits - SECONDS) * 1000 + 999;
    },
  };
}
