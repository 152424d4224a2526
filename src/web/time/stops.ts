/** Where time stops: the moments at which something begins to count, for the scrubber and its keys. */
import type { DevelopmentType } from '../../../events/index.ts';
import type { ChronicleEntry } from '../../../projections/answers.ts';
import { countBy } from '../../../projections/search.ts';
import { spanOf } from './scale.ts';

export interface Stop {
  /** milliseconds since 1970 */
  readonly at: number;
  readonly developments: number;
  /** of these, about positions */
  readonly positions: number;
  /** whether a round opens or ends here */
  readonly round: boolean;
  /** what one of them says */
  readonly headline: string;
}

const ROUND_TYPES: ReadonlySet<DevelopmentType> = new Set(['RoundOpened', 'RoundConcluded']);

/**
 * The stops, earliest first. With hindsight a development counts once it had happened; as then known, once it was reported as well.
 * What is about the record only (a correction, a retraction) moves a view as then known, and no other.
 */
export function stopsOf(chronicle: readonly ChronicleEntry[], asThenKnown: boolean): readonly Stop[] {
  const stops = new Map<number, { -readonly [K in keyof Stop]: Stop[K] }>();
  for (const entry of chronicle) {
    const at = countsFrom(entry, asThenKnown);
    if (at === undefined) continue;
    const about = isAboutPosition(entry) ? 1 : 0;
    const round = ROUND_TYPES.has(entry.type);
    const stop = stops.get(at);
    if (!stop) {
      stops.set(at, { at, developments: 1, positions: about, round, headline: entry.headline });
      continue;
    }
    if (stop.positions === 0 && about === 1) stop.headline = entry.headline;
    stop.developments += 1;
    stop.positions += about;
    stop.round ||= round;
  }
  return [...stops.values()].sort((a, b) => a.at - b.at);
}

/** Beside what is about a position, only what raises an issue names one. */
export const isAboutPosition = ({ type, issue, effective }: ChronicleEntry): boolean =>
  issue !== null && effective !== null && type !== 'IssueRaised';

/** The span of the axis: the same however one looks at it. */
export function domainOf(chronicle: readonly ChronicleEntry[]): readonly [number, number] {
  const moments = chronicle.flatMap((entry) =>
    [countsFrom(entry, false), countsFrom(entry, true)].filter((at) => at !== undefined),
  );
  return spanOf(moments);
}

function countsFrom({ type, effective, reported }: ChronicleEntry, asThenKnown: boolean): number | undefined {
  // A denial is of the world: on some day, somebody denied it.
  const aboutRecord = type.startsWith('Development') && type !== 'DevelopmentDenied';
  if (!asThenKnown) return aboutRecord || effective === null ? undefined : Date.parse(effective);
  const moments = [aboutRecord ? null : effective, reported].flatMap((one) => (one === null ? [] : Date.parse(one)));
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** How many stops are at or before a moment. */
export const countUpTo = (stops: readonly Stop[], at: number): number =>
  countBy((place) => (stops[place] as Stop).at, stops.length, at);

/** The stop before or after a moment; `null` is now, after the last; undefined where there is none. */
export function nextStop(
  stops: readonly Stop[],
  at: number,
  direction: -1 | 1,
  wanted: (stop: Stop) => boolean = () => true,
): Stop | null | undefined {
  if (direction === 1) {
    if (at === Number.POSITIVE_INFINITY) return undefined;
    return stops.slice(countUpTo(stops, at)).find(wanted) ?? null;
  }
  return stops.slice(0, countUpTo(stops, at - 1)).findLast(wanted);
}

/** The stop nearest to a moment. */
export function nearestStop(stops: readonly Stop[], at: number): Stop | undefined {
  const after = countUpTo(stops, at);
  const [earlier, later] = [stops[after - 1], stops[after]];
  if (!earlier || !later) return earlier ?? later;
  return at - earlier.at <= later.at - at ? earlier : later;
}
