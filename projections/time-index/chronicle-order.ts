/** The order in which the developments of a log count, found without reading those that nothing speaks of. */
import { byOrder, type Clocks } from '../../events/index.ts';
import type { Standing } from '../record.ts';
import { countBy } from '../search.ts';
import type { Sight } from './rows.ts';
import type { TimeIndex } from './time-index.ts';

/** Places in the log, earliest first, and from which moment on each counts. */
export interface ChronicleOrder {
  readonly revisions: Uint32Array;
  /** milliseconds since 1970; never decreases */
  readonly effective: Float64Array;
}

/** The developments that others speak of, with those that speak of them: what stands of them takes reading. */
export const spokenOf = ({ rows }: TimeIndex, { upTo }: Sight): readonly number[] =>
  Array.from({ length: upTo + 1 }, (_, row) => row).filter(rows.isDead);

/**
 * Everything that is known through the gates, whatever its date.
 * @param spoken what `spokenOf` names
 * @param standing of these, what stands through the same gates
 */
export function chronicleOrder(
  { rows }: TimeIndex,
  { upTo, knownOn }: Sight,
  spoken: readonly number[],
  standing: readonly Standing[],
): ChronicleOrder {
  const apart = new Set(spoken);
  const counted: { readonly clocks: Clocks; readonly revision: number }[] = [...standing];
  for (let row = 0; row <= upTo; row += 1) {
    const reported = rows.knownFrom(row);
    if (apart.has(row) || reported > knownOn) continue;
    const clocks = { start: rows.start(row), effective: rows.effective(row), reported, recorded: rows.recorded(row) };
    counted.push({ clocks, revision: row });
  }
  counted.sort(byOrder);
  return {
    revisions: Uint32Array.from(counted, ({ revision }) => revision),
    effective: Float64Array.from(counted, ({ clocks }) => clocks.effective),
  };
}

/** How many of them count by a moment. */
export const countedBy = ({ effective }: ChronicleOrder, asOf: number): number =>
  countBy((place) => effective[place] as number, effective.length, asOf);
