/** What a row of the table is, and what it is measured with. A row is a file in `rows/` that exports `measure`. */
export interface Row {
  readonly name: string;
  readonly against: string;
  /** ours by the other's */
  readonly ratio: number;
  readonly goal: Goal;
  /** the two numbers, for people */
  readonly detail: string;
}

export type Goal = { readonly most: number } | { readonly least: number };

export const isMet = ({ ratio, goal }: Row): boolean => ('most' in goal ? ratio <= goal.most : ratio >= goal.least);

/** A row that cannot be measured here, and why. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

export interface Setting {
  /** how many developments the large log holds */
  readonly size: number;
  /** a folder of this run, taken away after it */
  readonly folder: string;
  /** says what is under way */
  say(message: string): void;
}

export type Measure = (setting: Setting) => AsyncIterable<Row | Skipped>;

/** Some share of a list of numbers lies below this. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number => percentile(numbers, 0.5);

export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * Milliseconds that something takes: the least of three runs, since the machine has other things to do, and what these take is not ours.
 */
export function worked(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Runs two things in turn, so that a slow moment of the machine meets both. Milliseconds each, in the order of the runs. */
export async function inTurn(rounds: number, ours: () => unknown, theirs: () => unknown) {
  const measured = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(await timed(ours));
    measured.theirs.push(await timed(theirs));
  }
  return measured;
}

/** The median of the ratios of pairs. */
export const ratioOf = ({ ours, theirs }: { readonly ours: readonly number[]; readonly theirs: readonly number[] }) =>
  median(ours.map((time, index) => time / (theirs[index] ?? Number.NaN)));

/** 0.0012 s, 3.4 ms, 56 µs */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return milliseconds >= 1 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds * 1000).toFixed(1)} µs`;
}

export const asOften = (count: number, milliseconds: number): string =>
  `${Math.round((count * 1000) / milliseconds)} a second`;
