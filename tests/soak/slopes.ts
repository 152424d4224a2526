/** Does memory go on growing? A line through what is held from moment to moment, each time after garbage was collected. */
import type { Sample } from './server.ts';

/**
 * Bytes a minute that a server may grow by under the load of the soak: what it records makes about half a megabyte. `held` is the heap and
 * what it holds outside; `resident` is what the system counts, which settles last.
 */
export const LIMITS = { held: 2_000_000, resident: 6_000_000 } as const;

export interface Slopes {
  /** whether there was time enough to tell */
  readonly judged: boolean;
  /** bytes a minute */
  readonly held: number;
  readonly resident: number;
  readonly trouble: readonly string[];
}

/** The first part of the time is not counted: code is compiled, caches fill. */
const WARM_UP = 0.3;
/** Seconds below which nothing can be said, of what is held and of what the system counts. */
const LEAST = { held: 300, resident: 480 } as const;

export function slopes(samples: readonly Sample[]): Slopes {
  const end = samples.at(-1)?.at ?? 0;
  const warm = samples.filter(({ at }) => at >= end * WARM_UP);
  const held = slope(warm, ({ heap, external }) => heap + external);
  const resident = slope(warm, (sample) => sample.resident);
  const grows = (what: string, by: number) => `${what} grows by ${Math.round(by)} bytes a minute`;
  return {
    judged: end >= LEAST.held,
    ...{ held, resident },
    trouble: [
      ...(end >= LEAST.held && held > LIMITS.held ? [grows('what is held in memory', held)] : []),
      ...(end >= LEAST.resident && resident > LIMITS.resident ? [grows('resident memory', resident)] : []),
    ],
  };
}

/** Least squares, in units a minute. */
function slope(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const points = samples.map((sample) => ({ x: sample.at / 60, y: value(sample) }));
  const [x, y] = [mean(points.map((one) => one.x)), mean(points.map((one) => one.y))];
  const spread = points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) / spread;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
