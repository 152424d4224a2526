/** A linear scale of time in pixels, with ticks on the calendar. */
import { MS_PER_DAY } from '../moments.ts';

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  x(at: number): number;
  at(x: number): number;
}

export function timeScale(from: number, to: number, width: number, margin = 0): Scale {
  const span = Math.max(to - from, 1);
  const inner = Math.max(width - 2 * margin, 1);
  return {
    from,
    to,
    width,
    x: (at) => margin + ((at - from) / span) * inner,
    at: (x) => from + ((x - margin) / inner) * span,
  };
}

/** A span that holds all these moments with some air around them. */
export function spanOf(moments: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of moments) {
    if (at < low) low = at;
    if (at > high) high = at;
  }
  if (low > high) return [0, MS_PER_DAY];
  const air = Math.max((high - low) * 0.03, MS_PER_DAY);
  return [low - air, high + air];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** the first of a year, or the first tick of all, which names its year */
  readonly major: boolean;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** months between ticks, then days between ticks */
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240];
const DAY_STEPS = [1, 2, 7, 14];

/** Ticks at least `room` pixels apart, on the first of months, or on days where months are too far apart. */
export function ticksOf(scale: Scale, room = 56): readonly Tick[] {
  const perDay = scale.x(MS_PER_DAY) - scale.x(0);
  const days = DAY_STEPS.find((step) => step * perDay >= room);
  if (days !== undefined && perDay * 30 > room * 2.5) return dayTicks(scale, days);
  const months = MONTH_STEPS.find((step) => step * 30.4 * perDay >= room) ?? 600;
  return monthTicks(scale, months);
}

function dayTicks(scale: Scale, step: number): readonly Tick[] {
  const first = Math.ceil(scale.from / (step * MS_PER_DAY)) * step * MS_PER_DAY;
  const ticks: Tick[] = [];
  let year = -1;
  for (let at = first; at <= scale.to; at += step * MS_PER_DAY) {
    const date = new Date(at);
    const major = date.getUTCFullYear() !== year;
    year = date.getUTCFullYear();
    ticks.push({ at, major, label: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${major ? ` ${year}` : ''}` });
  }
  return ticks;
}

function monthTicks(scale: Scale, step: number): readonly Tick[] {
  const start = new Date(scale.from);
  const from = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const ticks: Tick[] = [];
  for (let month = Math.ceil(from / step) * step; ; month += step) {
    const [year, inYear] = [Math.floor(month / 12), month % 12];
    const at = Date.UTC(year, inYear, 1);
    if (at > scale.to) return ticks;
    if (at < scale.from) continue;
    const major = ticks.length === 0 || inYear === 0;
    ticks.push({ at, major, label: step >= 12 ? String(year) : `${MONTHS[inYear]}${major ? ` ${year}` : ''}` });
  }
}
