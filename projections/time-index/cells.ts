/** Cells and their timelines: where a row is filed. */
import { MAIN, nameOfCell } from '../positions.ts';
import { newList } from './block.ts';
import type { IndexedCell } from './cell.ts';
import { type Place, WORTH } from './facts.ts';
import { type Rows, VERSIONS, worthOfCode } from './rows.ts';
import { SLOT, type Timelines } from './timelines.ts';

export type Cells = ReturnType<typeof createCells>;

/** @param placesOf the places in the log that may hold the development with this id */
export function createCells(rows: Rows, timelines: Timelines, placesOf: (id: string) => readonly number[]) {
  const all: IndexedCell[] = [];
  const byName = new Map<string, IndexedCell>();

  const find = (party: string, issue: string): IndexedCell | undefined => byName.get(nameOfCell({ party, issue }));

  function open(party: string, issue: string): IndexedCell {
    let cell = find(party, issue);
    if (!cell) {
      const empty = { ...newList(), slots: new Map(), names: [], main: -1, singles: false, worst: WORTH.onRecord };
      const fresh = { lastEffective: Number.NEGATIVE_INFINITY, lastChanged: -1, current: [] };
      cell = { number: all.length, party, issue, ...empty, ...fresh };
      byName.set(nameOfCell(cell), cell);
      all.push(cell);
    }
    return cell;
  }

  /** The number of a point, which is there from now on. */
  function openPoint(cell: IndexedCell, point: string): number {
    let slot = cell.slots.get(point);
    if (slot === undefined) {
      slot = cell.names.push(point) - 1;
      cell.slots.set(point, slot);
      if (point === MAIN) cell.main = slot;
      else if (cell.singles) adopt(cell, point, slot);
    }
    return slot;
  }

  /** A condition that somebody speaks of again is a point like others from then on. */
  function adopt(cell: IndexedCell, id: string, slot: number): void {
    const places = placesOf(id);
    for (const place of places) for (const at of entriesOf(cell, place)) if (isSingle(at)) timelines.setSlot(at, slot);
  }

  const isSingle = (at: number): boolean => timelines.slotAt(at) === SLOT.single;

  /** Where the rows of a development lie in a cell. */
  function entriesOf(cell: IndexedCell, revision: number): readonly number[] {
    if (!rows.isDead(revision)) return [timelines.find(cell, revision)].filter((at) => at >= 0);
    const versions = timelines.all(cell).filter((row) => rows.revision(row) === revision);
    return versions.map((row) => timelines.find(cell, row));
  }

  function changed(cell: IndexedCell, row: number): void {
    cell.lastEffective = Math.max(cell.lastEffective, rows.effective(row));
    cell.lastChanged = rows.size - 1;
    if (cell.current.length > 0) cell.current.length = 0;
  }

  /** What in a cell something is about that is no denial. */
  function slotOf(cell: IndexedCell, { point, ownPoint }: Pick<Place, 'point' | 'ownPoint'>): number {
    if (point === null) return SLOT.none;
    if (!ownPoint || cell.slots.has(point)) return openPoint(cell, point);
    cell.singles = true;
    return SLOT.single;
  }

  function insert(cell: IndexedCell, row: number, slot: number): void {
    changed(cell, row);
    cell.worst = Math.max(cell.worst, worthOfCode(rows.code(row)));
    timelines.insert(cell, row, slot);
  }

  const ofVersion = (version: number): IndexedCell | undefined => all[rows.versions.cell[version - VERSIONS] as number];

  return {
    all: all as readonly IndexedCell[],
    find,
    open,
    openPoint,
    slotOf,
    /** Files a row in a cell. */
    insert,

    /** What a version shows has changed. */
    touch(version: number): void {
      const cell = ofVersion(version);
      if (!cell) return;
      changed(cell, version);
      timelines.refresh(cell, version);
    },
    /** Files a version where another of the same development is. */
    fileBeside(version: number, other: number): void {
      const cell = ofVersion(other);
      if (cell) insert(cell, version, timelines.slotAt(timelines.find(cell, other)));
    },
    /** Takes the row of a development out of its cells, for its versions to be filed there. */
    remove(row: number, { parties, issue, ownPoint }: Place): void {
      for (const party of parties) {
        const cell = find(party, issue);
        if (cell) timelines.remove(cell, row, ownPoint ? SLOT.single : SLOT.none);
      }
    },
    /** Every row of a cell, seen or not. */
    rowsOf: (cell: IndexedCell): readonly number[] => timelines.all(cell),
  };
}
