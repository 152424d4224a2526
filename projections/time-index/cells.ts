/** Cells and their lists: where a row is filed, so that an answer reads only what decides it. */
import { MAIN } from '../positions.ts';
import type { IndexedCell, PointList } from './cell.ts';
import { type Place, WORTH } from './facts.ts';
import { NONE, type Rows, resetsByCode, VERSIONS, worthOfCode } from './rows.ts';
import { newList, type TimeList, type TimeLists } from './time-lists.ts';

/** What a row needs to be filed. */
export interface Filing {
  readonly row: number;
  readonly point: Place['point'];
  /** a condition named after itself */
  readonly ownPoint: boolean;
}

const SINGLES = NONE - 1;

export type Cells = ReturnType<typeof createCells>;

/**
 * @param rowsNamed of some rows, those that belong to the development with this id
 */
export function createCells(
  rows: Rows,
  lists: TimeLists,
  rowsNamed: (id: string, among: () => readonly number[]) => readonly number[],
) {
  const all: IndexedCell[] = [];
  const byName = new Map<string, IndexedCell>();
  const points: PointList[] = [];

  function open(party: string, issue: string): IndexedCell {
    const name = `${party} ${issue}`;
    let cell = byName.get(name);
    if (!cell) {
      const nothing = { main: undefined, singles: undefined, resets: undefined };
      const fresh = { lastEffective: Number.NEGATIVE_INFINITY, lastChanged: -1, current: [] };
      const beside = { narrative: undefined, lower: undefined, denials: undefined };
      cell = { number: all.length, party, issue, points: new Map(), others: [], ...nothing, ...beside, ...fresh };
      byName.set(name, cell);
      all.push(cell);
    }
    return cell;
  }

  function openPoint(cell: IndexedCell, point: string): PointList {
    let list = cell.points.get(point);
    if (!list) {
      list = { ...newList(), number: points.length, point };
      points.push(list);
      cell.points.set(point, list);
      if (point === MAIN) cell.main = list;
      else {
        cell.others.push(list);
        adopt(cell, list);
      }
    }
    return list;
  }

  /** A condition that somebody speaks of again is a point like others from then on. */
  function adopt(cell: IndexedCell, list: PointList): void {
    const { singles } = cell;
    if (!singles) return;
    for (const row of rowsNamed(list.point, () => lists.all(singles))) {
      lists.remove(singles, row);
      lists.insert(list, row);
      if (row >= VERSIONS) rows.versions.point[row - VERSIONS] = list.number;
    }
    if (singles.blocks.length === 0) cell.singles = undefined;
  }

  function changed(cell: IndexedCell, row: number): void {
    cell.lastEffective = Math.max(cell.lastEffective, rows.effective(row), rows.after(row));
    cell.lastChanged = rows.size - 1;
    cell.current.length = 0;
  }

  /** Files a row in its cell; answers in which list of a point, `NONE` for none. */
  function file(cell: IndexedCell, { row, point, ownPoint }: Filing): number {
    changed(cell, row);
    const code = rows.code(row);
    const worth = worthOfCode(code);
    if (worth === WORTH.denial) {
      cell.denials ??= newList();
      lists.insert(cell.denials, row);
      return NONE;
    }
    if (resetsByCode(code)) {
      cell.resets ??= newList();
      lists.insert(cell.resets, row);
    }
    if (worth === WORTH.narrative) {
      cell.narrative ??= newList();
      lists.insert(cell.narrative, row);
    } else if (worth === WORTH.lower) {
      cell.lower ??= newList();
      lists.insert(cell.lower, row);
    }
    return point === null ? NONE : fileAtPoint(cell, row, point, ownPoint);
  }

  function fileAtPoint(cell: IndexedCell, row: number, point: string, ownPoint: boolean): number {
    if (ownPoint && !cell.points.has(point)) {
      cell.singles ??= newList();
      lists.insert(cell.singles, row);
      return SINGLES;
    }
    const list = openPoint(cell, point);
    lists.insert(list, row);
    return list.number;
  }

  /** The lists of a cell in which a row is filed, but for that of its point. */
  function sharedLists(cell: IndexedCell, row: number): readonly (TimeList | undefined)[] {
    const code = rows.code(row);
    const worth = worthOfCode(code);
    return [
      resetsByCode(code) ? cell.resets : undefined,
      worth === WORTH.denial ? cell.denials : worth === WORTH.lower ? cell.lower : undefined,
      worth === WORTH.narrative ? cell.narrative : undefined,
    ];
  }

  /** The lists a version is filed in, which is about to change there. */
  function listsOf(version: number): readonly (TimeList | undefined)[] {
    const cell = all[rows.versions.cell[version - VERSIONS] as number];
    if (!cell) return [];
    changed(cell, version);
    const point = rows.versions.point[version - VERSIONS] as number;
    return [point === SINGLES ? cell.singles : points[point], ...sharedLists(cell, version)];
  }

  /** The lists the row of a development is filed in that nothing spoke of until now. */
  function listsOfSimple(row: number, { parties, issue, point }: Place): readonly (TimeList | undefined)[] {
    return parties.flatMap((party) => {
      const cell = byName.get(`${party} ${issue}`);
      if (!cell) return [];
      changed(cell, row);
      return [point === null ? undefined : (cell.points.get(point) ?? cell.singles), ...sharedLists(cell, row)];
    });
  }

  /** Every row of a cell, seen or not; some twice. */
  function rowsOf(cell: IndexedCell): readonly number[] {
    const { singles, resets, denials } = cell;
    return [singles, resets, denials, ...cell.points.values()].flatMap((list) => (list ? lists.all(list) : []));
  }

  return {
    all: all as readonly IndexedCell[],
    /** the lists of points, by their numbers */
    points,
    find: (party: string, issue: string): IndexedCell | undefined => byName.get(`${party} ${issue}`),
    open,
    file,
    listsOf,
    listsOfSimple,
    rowsOf,
    /** Puts the list of a point back where it was. */
    restorePoint(cell: IndexedCell, list: PointList): void {
      points[list.number] = list;
      cell.points.set(list.point, list);
      if (list.point === MAIN) cell.main = list;
      else cell.others.push(list);
    },
  };
}
