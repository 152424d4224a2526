/**
 * What is in force in a cell, found by going backwards from `asOf`: the fold of `positions.ts` read from its end. Each walk stops where
 * nothing earlier can matter any more. Nothing is allocated but the answer: the state asks this of every cell at once.
 */
import type { Standard } from '../answers.ts';
import type { IndexedCell, ResolvedCell, ResolvedPoint } from './cell.ts';
import { ACT, WORTH } from './facts.ts';
import { actOfCode, EVER, type Rows, type Sight } from './rows.ts';
import type { TimeList, TimeLists } from './time-lists.ts';
import { createWalk, ENDED } from './walk.ts';

/** A cell, or undefined where nothing counts in it. */
export type Resolve = (cell: IndexedCell, sight: Sight, standard: Standard) => ResolvedCell | undefined;

/** The worst worth that sets a position. */
const worstOf = (standard: Standard): number =>
  standard === 'strict' ? WORTH.onRecord : standard === 'stated' ? WORTH.narrative : WORTH.lower;

const NOTHING: readonly number[] = [];

export function createResolver(rows: Rows, lists: TimeLists): Resolve {
  const walk = createWalk(rows, lists);
  const cursor = lists.cursor();
  /** what set and affirmed a point since its words last changed, from the last to the first; used again for every point */
  const run: number[] = [];
  const found: number[] = [];
  const points: ResolvedPoint[] = [];

  function pointOf(point: string, list: TimeList): ResolvedPoint | undefined {
    walk.open(list);
    let length = 0;
    let setBy = -1;
    let kept = 0;
    for (;;) {
      const row = walk.next();
      const act = row < 0 ? ACT.withdraw : actOfCode(rows.code(row));
      if (act === ACT.withdraw) {
        // What is reiterated with nothing before it sets the point.
        if (length > kept) {
          const earliest = run[length - 1] as number;
          if (setBy < 0) setBy = earliest;
          if (rows.sameWords(earliest, setBy)) kept = length;
        }
        break;
      }
      if (act === ACT.set) {
        if (setBy < 0) setBy = row;
        else if (!rows.sameWords(row, setBy)) break;
        kept = length + 1;
      }
      run[length] = row;
      length += 1;
    }
    return setBy < 0 ? undefined : summarise(point, kept, setBy);
  }

  /** @param length of the run */
  function summarise(point: string, length: number, setBy: number): ResolvedPoint {
    const lastAffirmed = rows.effective(run[0] as number);
    if (length === 1) return { point, setBy, since: lastAffirmed, lastAffirmed, timesReiterated: 0, restsOn: [setBy] };
    const restsOn = run.slice(0, length).reverse();
    let settings = 1;
    for (let index = 1; index < length; index += 1)
      if (actOfCode(rows.code(restsOn[index] as number)) === ACT.set) settings += 1;
    const since = rows.effective(restsOn[0] as number);
    return { point, setBy, since, lastAffirmed, timesReiterated: length - settings, restsOn };
  }

  /** Conditions of their own, as far back as the last thing that ended all points. */
  function addSingles(singles: TimeList): void {
    const reset = walk.lastReset();
    walk.openRaw(singles);
    for (let row = walk.nextGood(); row >= 0; row = walk.nextGood()) {
      if (reset >= 0 && rows.compare(row, reset) < 0) return;
      const since = rows.effective(row);
      points.push({ point: null, setBy: row, since, lastAffirmed: since, timesReiterated: 0, restsOn: [row] });
    }
  }

  const comesBefore = (a: ResolvedPoint, b: ResolvedPoint): boolean =>
    a.since !== b.since ? a.since < b.since : rows.compare(a.restsOn[0] as number, b.restsOn[0] as number) < 0;

  /** The points in the order in which their words were set. They are few, and mostly in order: each is moved to its place. */
  function inOrder(): readonly ResolvedPoint[] {
    for (let index = 1; index < points.length; index += 1) {
      const point = points[index] as ResolvedPoint;
      let place = index;
      for (; place > 0 && comesBefore(point, points[place - 1] as ResolvedPoint); place -= 1)
        points[place] = points[place - 1] as ResolvedPoint;
      points[place] = point;
    }
    return points.slice();
  }

  /** The row that last set `main`, which is not in force; -1: none. */
  function lastSettingOf(main: TimeList): number {
    walk.open(main);
    let pending = -1;
    for (;;) {
      const row = walk.next();
      const act = row < 0 ? ACT.withdraw : actOfCode(rows.code(row));
      if (act === ACT.set) return row;
      if (act === ACT.reiterate) pending = row;
      else if (pending >= 0 || (row < 0 && row !== ENDED)) return pending;
    }
  }

  /** What is seen, does not meet the standard, and came after the last setting of `main`. */
  function besideOf({ narrative, lower, denials }: IndexedCell, worst: number, sight: Sight, after: number) {
    found.length = 0;
    if (narrative && worst < WORTH.narrative) collectAfter(narrative, sight, after);
    if (lower && worst < WORTH.lower) collectAfter(lower, sight, after);
    if (denials) collectAfter(denials, sight, after);
    return found.length === 0 ? NOTHING : found.slice().sort(rows.compare);
  }

  function collectAfter(list: TimeList, sight: Sight, after: number): void {
    cursor.open(list, sight);
    for (let row = cursor.next(); row >= 0; row = cursor.next()) {
      if (after >= 0 && rows.compare(row, after) <= 0) return;
      found.push(row);
    }
  }

  /** The last word on a cell in which nothing is in force. */
  function withdrawalOf(cell: IndexedCell): number {
    let latest = walk.lastReset();
    for (const list of cell.points.values()) {
      walk.openRaw(list);
      const row = walk.nextGood();
      if (row >= 0 && (latest < 0 || rows.compare(row, latest) > 0)) latest = row;
    }
    return latest;
  }

  function resolve(cell: IndexedCell, sight: Sight, worst: number): ResolvedCell | undefined {
    walk.begin(cell, sight, worst);
    points.length = 0;
    const main = cell.main && pointOf(cell.main.point, cell.main);
    if (main) points.push(main);
    for (const list of cell.others) {
      const point = pointOf(list.point, list);
      if (point) points.push(point);
    }
    if (cell.singles) addSingles(cell.singles);
    const withdrawnBy = points.length > 0 ? -1 : withdrawalOf(cell);
    const after = main ? main.setBy : cell.main ? lastSettingOf(cell.main) : -1;
    const beside = besideOf(cell, worst, sight, after);
    if (points.length === 0 && beside.length === 0 && withdrawnBy < 0) return undefined;
    return { cell, points: inOrder(), beside, withdrawnBy };
  }

  return (cell, sight, standard) => {
    const worst = worstOf(standard);
    if (sight.asOf < cell.lastEffective || sight.upTo < cell.lastChanged || sight.knownOn !== EVER)
      return resolve(cell, sight, worst);
    // What everybody asks for, the current state, changes with an event only: it is kept.
    const known = cell.current[worst];
    if (known !== undefined) return known ?? undefined;
    const resolved = resolve(cell, sight, worst);
    cell.current[worst] = resolved ?? null;
    return resolved;
  };
}
