/** Does memory go on growing? A line through what is held from moment to moment, each time after garbage was collected. */
import type { Sample } from './server.ts';

/**
 * Bytes a minute that a server may grow by: what is recorded meanwhile justifies some, and what is left is noise of the measurement.
 * `held` is the heap and what it holds outside; `resident` is what the system counts, which settles last.
 */
export const NOISE = { held: 500_000, resident: 5_000_000 } as const;
/**
 * Bytes that a recorded development may add: two hundred in the index, and some two thousand for the change itself while the list of
 * those at hand grows from 4,096 to 8,192.
 */
export const A_DEVELOPMENT = 2_500;

export interface Moment extends Sample {
  /** recorded so far */
  readonly developments: number;
}

export interface Slopes {
  /** whether there was time enough to tell */
  readonly judged: boolean;
  /** bytes a minute */
  readonly held: number;
  readonly resident: number;
  /** developments recorded a minute, and what may be held more for it */
  readonly developments: number;
  readonly allowed: number;
  readonly trouble: readonly string[];
}

/** The first part of the time is not counted: code is compiled, caches fill. */
const WARM_UP = 0.3;
/** Seconds below which nothing can be said, of what is held and of what the system counts. */
const LEAST = { held: 300, resident: 480 } as const;

export function slopes(samples: readonly Moment[]): Slopes {
  const end = samples.at(-1)?.at ?? 0;
  const warm = samples.filter(({ at }) => at >= end * WARM_UP);
  const held = slope(warm, ({ heap, external }) => heap + external);
  const resident = slope(warm, (sample) => sample.resident);
  const developments = slope(warm, (sample) => sample.developments);
  const justified = developments * A_DEVELOPMENT;
  const allowed = NOISE.held + justified;
  const grows = (what: string, by: number) =>
    `${what} grows by ${Math.round(by)} bytes a minute, for ${Math.round(developments)} developments`;
  return {
    judged: end >= LEAST.held,
    ...{ held, resident, developments, allowed },
    trouble: [
      ...(end >= LEAST.held && held > allowed ? [grows('what is held in memory', held)] : []),
      ...(end >= LEAST.resident && resident > NOISE.resident + justified ? [grows('resident memory', resident)] : []),
    ],
  };
}

/** Least squares, in units a minute. */
function slope(samples: readonly Moment[], value: (sample: Moment) => number): number {
  const points = samples.map((sample) => ({ x: sample.at / 60, y: value(sample) }));
  const [x, y] = [mean(points.map((one) => one.x)), mean(points.map((one) => one.y))];
  const spread = points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) / spread;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
