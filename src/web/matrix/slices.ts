/**
 * The rows of the matrix between one drawing and the next. What says the same stays the same object, so that nothing is drawn again
 * without need; while one moves through time, rows out of sight wait for the movement to rest.
 */
import type { Position } from '../../../projections/answers.ts';

export type Slice = readonly (Position | undefined)[];

export interface Slices {
  /** @param now makes the row as it is now */
  row(issue: string, now: () => Slice, moving: boolean): Slice;
  /** Follows which rows are in sight; a row names its issue in `data-issue`. */
  watch(row: Element | null): (() => void) | undefined;
}

export function createSlices(): Slices {
  const last = new Map<string, Slice>();
  const inSight = new Set<string>();
  const observer = new IntersectionObserver((rows) => {
    for (const { target, isIntersecting } of rows) {
      const issue = (target as HTMLElement).dataset.issue ?? '';
      if (isIntersecting) inSight.add(issue);
      else inSight.delete(issue);
    }
  });
  return {
    row(issue, now, moving) {
      const before = last.get(issue);
      if (before && moving && !inSight.has(issue)) return before;
      const slice = before ? merged(before, now()) : now();
      last.set(issue, slice);
      return slice;
    },
    watch(row) {
      if (!row) return undefined;
      observer.observe(row);
      return () => observer.unobserve(row);
    },
  };
}

/** The earlier slice where the later one says the same, or as much of it as does. */
function merged(before: Slice, after: Slice): Slice {
  if (before.length !== after.length) return after;
  const next = after.map((position, index) => (alike(before[index], position) ? before[index] : position));
  return next.every((position, index) => position === before[index]) ? before : next;
}

const alike = (a: Position | undefined, b: Position | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && print(a) === print(b));

const prints = new WeakMap<Position, string>();

function print(position: Position): string {
  let text = prints.get(position);
  if (text === undefined) {
    text = JSON.stringify(position);
    prints.set(position, text);
  }
  return text;
}
