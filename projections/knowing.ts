/** When what is known of some events can change. */
import { type Entry, readEdtf } from '../events/index.ts';

/** The end of each date in them, and when each was recorded, in order: whatever way they read, "reported" is one of these. */
export function momentsOfKnowing(entries: readonly Entry[], timeZone: string): readonly number[] {
  const moments = new Set<number>();
  for (const { development, recorded } of entries) {
    moments.add(recorded);
    collectDates(development, timeZone, moments);
  }
  return [...moments].filter(Number.isFinite).sort((a, b) => a - b);
}

const DATES = new Set(['occurred', 'published']);

/** At any depth: in what a correction changes as well. */
function collectDates(value: object, timeZone: string, into: Set<number>): void {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null) collectDates(inner, timeZone, into);
    else if (typeof inner === 'string' && DATES.has(key)) {
      const reading = readEdtf(inner, timeZone);
      if (reading.ok) into.add(reading.span.end);
    }
  }
}
