/**
 * What is in force in a cell, found by going backwards from `asOf`: the fold of `positions.ts` read from its end. Each walk stops where
 * nothing earlier can matter any more.
 */
import type { Standard } from '../answers.ts';
import type { IndexedCell, PointList } from './cells.ts';
import { ACT, WORTH } from './facts.ts';
import { actOfCode, type Rows, type Sight, worthOfCode } from './rows.ts';
import type { TimeList, TimeLists } from './time-lists.ts';

/** A point in force, in rows. */
export interface ResolvedPoint {
  /** null: named after the condition that set it */
  readonly point: string | null;
  readonly setBy: number;
  readonly since: number;
  readonly lastAffirmed: number;
  readonly timesReiterated: number;
  /** what set and affirmed it since its words last changed, `setBy` among them, in the order in which it counts */
  readonly restsOn: readonly number[];
}

export interface ResolvedCell {
  readonly cell: IndexedCell;
  readonly points: readonly ResolvedPoint[];
  readonly beside: readonly number[];
  /** -1: nothing did */
  readonly withdrawnBy: number;
}

/** The worst worth that sets a position. */
export const worstOf = (standard: Standard): number =>
  standard === 'strict' ? WORTH.onRecord : standard === 'stated' ? WORTH.narrative : WORTH.lower;

const NO_ROWS: readonly number[] = [];

/** Resolves cells through one view. */
export function createResolver(rows: Rows, lists: TimeLists, sight: Sight, standard: Standard) {
  const worst = worstOf(standard);
  const isGood = (row: number): boolean => worthOfCode(rows.code(row)) <= worst;

  function goodBackwards(list: TimeList | undefined): () => number {
    const next = lists.backwards(list, sight);
    return () => {
      for (;;) {
        const row = next();
        if (row < 0 || isGood(row)) return row;
      }
    };
  }

  /** What ends all other points, from the last to the first; looked up as far as it is asked for. */
  function resetsOf({ resets }: IndexedCell) {
    const next = goodBackwards(resets);
    const found: number[] = [];
    let ended = resets === undefined;
    return (index: number): number => {
      while (!ended && found.length <= index) {
        const row = next();
        if (row < 0) ended = true;
        else found.push(row);
      }
      return found[index] ?? -1;
    };
  }
  type Resets = ReturnType<typeof resetsOf>;

  /** The rows of one point, from the last to the first; -1 wherever everything before has ended. */
  function segments(list: TimeList | undefined, resets: Resets) {
    const next = goodBackwards(list);
    let passed = 0;
    let held = -2;
    return (): number => {
      const row = held === -2 ? next() : held;
      held = -2;
      const reset = resets(passed);
      if (reset < 0) return row;
      if (row === reset) {
        passed += 1;
        return row;
      }
      if (row >= 0 && rows.compare(row, reset) > 0) return row;
      if (row < 0) return -1;
      passed += 1;
      held = row;
      return ENDED;
    };
  }

  function pointOf(point: string, list: TimeList, resets: Resets): ResolvedPoint | undefined {
    const next = segments(list, resets);
    const run: number[] = [];
    let setBy = -1;
    let kept = 0;
    for (;;) {
      const row = next();
      const act = row < 0 ? ACT.withdraw : actOfCode(rows.code(row));
      if (act === ACT.withdraw) {
        // What is reiterated with nothing before it sets the point.
        const last = run[run.length - 1];
        if (last !== undefined && run.length > kept) {
          if (setBy < 0) setBy = last;
          if (rows.sameWords(last, setBy)) kept = run.length;
        }
        break;
      }
      run.push(row);
      if (act === ACT.reiterate) continue;
      if (setBy < 0) setBy = row;
      else if (!rows.sameWords(row, setBy)) break;
      kept = run.length;
    }
    if (setBy < 0) return undefined;
    run.length = kept;
    return summarise(point, run, setBy);
  }

  /** @param run what set and affirmed a point since its words last changed, from the last to the first */
  function summarise(point: string, run: readonly number[], setBy: number): ResolvedPoint {
    const lastAffirmed = rows.effective(run[0] as number);
    if (run.length === 1) return { point, setBy, since: lastAffirmed, lastAffirmed, timesReiterated: 0, restsOn: run };
    const restsOn = run.toReversed();
    let settings = 1;
    for (let index = 1; index < restsOn.length; index += 1)
      if (actOfCode(rows.code(restsOn[index] as number)) === ACT.set) settings += 1;
    const since = rows.effective(restsOn[0] as number);
    return { point, setBy, since, lastAffirmed, timesReiterated: restsOn.length - settings, restsOn };
  }

  function singlesOf(singles: TimeList | undefined, resets: Resets): readonly ResolvedPoint[] {
    if (!singles) return [];
    const found: ResolvedPoint[] = [];
    const next = goodBackwards(singles);
    const reset = resets(0);
    for (let row = next(); row >= 0; row = next()) {
      if (reset >= 0 && rows.compare(row, reset) < 0) break;
      const since = rows.effective(row);
      found.push({ point: null, setBy: row, since, lastAffirmed: since, timesReiterated: 0, restsOn: [row] });
    }
    return found.reverse();
  }

  /** The row that last set `main`, in force or not. */
  function lastSettingOf(main: TimeList | undefined, resets: Resets): number {
    const next = segments(main, resets);
    let pending = -1;
    for (;;) {
      const row = next();
      const act = row < 0 ? ACT.withdraw : actOfCode(rows.code(row));
      if (act === ACT.set) return row;
      if (act === ACT.reiterate) pending = row;
      else if (pending >= 0 || row === -1) return pending;
    }
  }

  /** What is seen, does not meet the standard, and came after a row. */
  function besideOf({ narrative, lower, denials }: IndexedCell, after: number): readonly number[] {
    let found: number[] | undefined;
    const collect = (list: TimeList | undefined): void => {
      if (!list) return;
      const next = lists.backwards(list, sight);
      for (let row = next(); row >= 0 && (after < 0 || rows.compare(row, after) > 0); row = next()) {
        found ??= [];
        found.push(row);
      }
    };
    if (worst < WORTH.narrative) collect(narrative);
    if (worst < WORTH.lower) collect(lower);
    collect(denials);
    return found?.sort(rows.compare) ?? NO_ROWS;
  }

  function withdrawalOf(cell: IndexedCell, resets: Resets): number {
    let latest = resets(0);
    for (const list of cell.points.values()) {
      const row = goodBackwards(list)();
      if (row >= 0 && (latest < 0 || rows.compare(row, latest) > 0)) latest = row;
    }
    return latest;
  }

  /** A cell, or undefined where nothing counts in it. */
  return (cell: IndexedCell): ResolvedCell | undefined => {
    const resets = resetsOf(cell);
    const points: ResolvedPoint[] = [];
    for (const list of cell.points.values() as Iterable<PointList>) {
      const point = pointOf(list.point, list, resets);
      if (point) points.push(point);
    }
    points.push(...singlesOf(cell.singles, resets));
    const withdrawnBy = points.length > 0 ? -1 : withdrawalOf(cell, resets);
    const beside = besideOf(cell, lastSettingOf(cell.main, resets));
    return points.length === 0 && beside.length === 0 && withdrawnBy < 0
      ? undefined
      : { cell, points, beside, withdrawnBy };
  };
}

/** A segment has ended, and there may be more before it. */
const ENDED = -3;
