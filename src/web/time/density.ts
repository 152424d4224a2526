/** How dense developments are along the axis, as one outline. */
import type { Scale } from './scale.ts';
import type { Stop } from './stops.ts';

const BIN_PX = 3;
const LEAST_PX = 3;

/**
 * The outline of a density: bars on a base line. Heights grow with the square root, so that a quiet week can be seen beside a busy one.
 * @param most the count that reaches the full height
 */
export function densityPath(bins: readonly number[], most: number, base: number, height: number): string {
  return bins
    .map((count, index) => {
      if (count === 0) return '';
      const tall = Math.max(LEAST_PX, Math.sqrt(count / most) * height);
      return `M${index * BIN_PX} ${base}v${-tall.toFixed(1)}h${BIN_PX - 1}v${tall.toFixed(1)}Z`;
    })
    .join('');
}

export function binsOf(stops: readonly Stop[], scale: Scale, weigh: (stop: Stop) => number): readonly number[] {
  const bins = new Array<number>(Math.max(1, Math.ceil(scale.width / BIN_PX))).fill(0);
  for (const stop of stops) {
    const bin = Math.min(bins.length - 1, Math.max(0, Math.floor(scale.x(stop.at) / BIN_PX)));
    bins[bin] = (bins[bin] ?? 0) + weigh(stop);
  }
  return bins;
}
