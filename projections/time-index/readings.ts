/**
 * Readings: how the members of a family stand, for whoever knows how much. A *family* is a development with everything that speaks of
 * it, directly or through another. The record as it stands is asked at every moment of knowing at which it can change.
 */
import { clocksOf, type Development, type Entry, isPosition } from '../../events/index.ts';
import { momentsOfKnowing } from '../knowing.ts';
import { type CellClocks, type CellKey, cellsOf, clocksInCell } from '../positions.ts';
import { type Standing, standingRecord } from '../record.ts';
import { isContext } from './facts.ts';
import { ALWAYS, clocksOfHead, type Head, headsOf, plainFamily } from './heads.ts';

/** How one development reads in one of its cells (or outside all), for who knows from `knownFrom` up to `knownTo` (outside). */
export interface Reading {
  readonly revision: number;
  readonly development: Development;
  /** in its cell: a denial counts there behind what it denies */
  readonly clocks: CellClocks;
  /** null: it stands in no cell */
  readonly cell: CellKey | null;
  /** the first of its rows: the one that stands for it where cells do not matter */
  readonly first: boolean;
  /** a denial, as it stands alone, of what is context: it is told beside that */
  readonly ofContext: boolean;
  readonly knownFrom: number;
  readonly knownTo: number;
}

/**
 * From when on the last event of a family changes how its members read: who knows less than that does not know of it.
 * @param isAwaited others named it before it was there, and may say that it was known earlier
 */
export function changesFrom({ development, recorded }: Entry, isAwaited: boolean, timeZone: string): number {
  return isAwaited ? ALWAYS : Math.max(ALWAYS, clocksOf(development, recorded, timeZone).reported);
}

/** The readings of a family after its last event, for who knows as much as was known from a moment on, in the order of knowing. */
export function readingsOf(entries: readonly Entry[], timeZone: string, from = ALWAYS): readonly Reading[] {
  const plain = plainFamily(entries, timeZone);
  if (plain && !plain.denied)
    return headsOf(plain, timeZone, from).flatMap((head, index, heads) =>
      readingsOfHead(plain.root.revision, head, heads[index + 1]?.knownFrom ?? Number.POSITIVE_INFINITY, timeZone),
    );
  const moments = [from, ...momentsOfKnowing(entries, timeZone).filter((moment) => moment > from)];
  return moments.flatMap((knownFrom, index) => {
    const knownTo = moments[index + 1] ?? Number.POSITIVE_INFINITY;
    const { standing } = standingRecord(entries, timeZone, { knownOn: knownFrom, recordedBy: null });
    return readingsAt(standing, knownFrom, knownTo);
  });
}

/** The readings of a development about which only plain words were said. @param knownTo from when on more is known */
export function readingsOfHead(revision: number, head: Head, knownTo: number, timeZone: string): readonly Reading[] {
  const clocks = clocksInCell(clocksOfHead(head, timeZone));
  const knownFrom = Math.max(head.knownFrom, clocks.reported);
  if (head.retracted || knownFrom >= knownTo) return [];
  const common = {
    revision,
    development: head.development,
    clocks,
    ofContext: false,
    knownFrom,
    knownTo,
  };
  return placesOf(head.development).map((cell, place) => ({ ...common, cell, first: place === 0 }));
}

/** The readings of a denial, for who knows all that was said before of what it denies. */
export function readingsOfDenial(
  { development, revision, recorded }: Entry,
  head: Head,
  timeZone: string,
): readonly Reading[] {
  const clocks = clocksInCell(clocksOf(development, recorded, timeZone));
  const denied = clocksOfHead(head, timeZone);
  const common = { revision, development, clocks, knownTo: Number.POSITIVE_INFINITY };
  const cells = head.retracted ? [] : cellsOf(head.development, () => undefined);
  const knownFrom = Math.max(clocks.reported, denied.reported);
  return [
    // Who does not know of that yet is told of nothing that the denial could stand beside.
    aloneOf({ ...common, ofContext: !head.retracted && isContext(head.development.type), knownFrom: clocks.reported }),
    ...cells.map((cell) => ({
      ...{ ...common, clocks: clocksInCell(clocks, denied), cell, first: false, ofContext: false, knownFrom },
    })),
  ];
}

/** A denial is seen as a possibility of its own, whatever became of what it denies. */
const aloneOf = (common: Omit<Reading, 'cell' | 'first'>): Reading => ({
  ...common,
  cell: null,
  first: true,
});

function readingsAt(all: readonly Standing[], knownFrom: number, knownTo: number): readonly Reading[] {
  const standing = all.filter(({ removedBy }) => removedBy === null);
  const byId = new Map(standing.map((one) => [one.development.id, one]));
  const find = (id: string) => {
    const development = byId.get(id)?.development;
    return development && isPosition(development) ? development : undefined;
  };
  return standing.flatMap(({ development, clocks, revision }): readonly Reading[] => {
    const cells: readonly CellKey[] = cellsOf(development, find);
    const common = { revision, development, clocks: clocksInCell(clocks), ofContext: false, knownFrom, knownTo };
    const denies = development.type === 'DevelopmentDenied';
    const denied = denies ? byId.get(development.denies) : undefined;
    const inCell = { ...common, clocks: clocksInCell(clocks, denied?.clocks) };
    const inCells = cells.map((cell, index) => ({ ...inCell, cell, first: index === 0 && !denies }));
    const ofContext = denied !== undefined && isContext(denied.development.type);
    return denies || cells.length === 0 ? [aloneOf({ ...common, ofContext }), ...inCells] : inCells;
  });
}

/** The cells in which a development stands that is no denial; one that stands in none still stands for itself. */
export function placesOf(development: Development): readonly (CellKey | null)[] {
  const cells = cellsOf(development, () => undefined);
  return cells.length > 0 ? cells : [null];
}
