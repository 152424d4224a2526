/**
 * Timelines: what each cell held from each moment at which it changed, so that whoever moves through time need not ask again at every
 * step. At any moment, the last version not later than it is what the state of that moment says.
 */
import type { Entry } from '../events/index.ts';
import type { CellTimeline, Position, Standard } from './answers.ts';
import { familiesAmong } from './families.ts';
import { momentsOfKnowing } from './knowing.ts';
import { moment } from './moments.ts';
import {
  byCell,
  byPlace,
  type Cell,
  type CellDevelopment,
  type CellKey,
  clocksInCell,
  deniedBy,
  EMPTY_CELL,
  type InCell,
  nameOfCell,
  positionOf,
  step,
} from './positions.ts';
import { type RecordGates, type Standing, standingRecord } from './record.ts';

type Version = CellTimeline['versions'][number];

/** The versions of a cell, moment by moment, so that others may go first in between; null: it did not change at that moment. */
export type Versions = Generator<Version | null>;

/**
 * What a cell held, as known and recorded by the gates.
 * @param entries everything that ever touched the cell, with all that bears on it, in the order of the log
 */
export function versionsOf(
  entries: readonly Entry[],
  key: CellKey,
  timeZone: string,
  gates: RecordGates,
  standard: Standard,
): Versions {
  const { standing } = standingRecord(entries, timeZone, gates);
  const arrivals = cellIn(standing, key).map((one) => ({ at: one.clocks.effective, comes: [one], goes: [] }));
  return versionsFrom(key, arrivals.sort(byMoment), timeZone, standard);
}

/** The same as each moment was known then: `knownOn` follows `asOf`. */
export function versionsThen(
  entries: readonly Entry[],
  key: CellKey,
  timeZone: string,
  recordedBy: number | null,
  standard: Standard,
): Versions {
  const recorded = recordedBy === null ? entries : entries.filter((entry) => entry.recorded <= recordedBy);
  return versionsFrom(key, changesThen(recorded, key, timeZone), timeZone, standard);
}

/** A development in a cell, with the clocks it has there. */
type CellStanding = Standing & InCell;

/** What comes to count in a cell at a moment, and what counts no more, or not as it did. */
interface Turn {
  readonly at: number;
  readonly comes: readonly CellStanding[];
  readonly goes: readonly CellStanding[];
}

const byMoment = (a: { readonly at: number }, b: { readonly at: number }): number => a.at - b.at;

/** What is known of a family changes at moments of its own: only then it is looked at anew. */
function* changesThen(recorded: readonly Entry[], key: CellKey, timeZone: string): Generator<Turn> {
  const looks = familiesAmong(recorded).flatMap((entries) => {
    const family = { entries, counted: [] as readonly CellStanding[] };
    return momentsOfKnowing(entries, timeZone).map((at) => ({ at, family }));
  });
  for (const { at, family } of looks.sort(byMoment)) {
    const before = family.counted;
    // Whatever is known counts: nothing is reported before it had happened.
    const { standing } = standingRecord(family.entries, timeZone, { knownOn: at, recordedBy: null });
    family.counted = cellIn(standing, key);
    yield { at, comes: without(family.counted, before), goes: without(before, family.counted) };
  }
}

function without(some: readonly CellStanding[], others: readonly CellStanding[]): readonly CellStanding[] {
  const byRevision = new Map(others.map((one) => [one.revision, one]));
  return some.filter((one) => !isSame(one, byRevision.get(one.revision)));
}

const isSame = (a: CellStanding, b: CellStanding | undefined): boolean =>
  a.development === b?.development && byPlace(a, b) === 0;

function cellIn(standing: readonly Standing[], key: CellKey): readonly CellStanding[] {
  const own = byCell(standing.filter(({ removedBy }) => removedBy === null)).get(nameOfCell(key))?.standing ?? [];
  const byId = new Map(own.map((one) => [one.development.id, one.clocks]));
  return own.map((one) => ({ ...one, clocks: clocksInCell(one.clocks, byId.get(deniedBy(one.development) ?? '')) }));
}

/** @param turns in the order of their moments */
function* versionsFrom(
  { party, issue }: CellKey,
  turns: Iterable<Turn>,
  timeZone: string,
  standard: Standard,
): Versions {
  const fold = runningFold(standard);
  let last = 'null';
  for (const { at, comes, goes } of atOnce(turns)) {
    for (const one of goes) fold.remove(one);
    for (const one of comes) fold.add(one);
    const isAltered = comes.length + goes.length > 0;
    const position = isAltered ? notEmpty(positionOf(party, issue, fold.cell(), timeZone)) : null;
    const written = isAltered ? JSON.stringify(position) : last;
    yield written === last ? null : { from: moment(at), position };
    last = written;
  }
}

/** Those of one moment together. */
function* atOnce(turns: Iterable<Turn>): Generator<Turn> {
  let together: Turn | undefined;
  for (const turn of turns) {
    const isLater = together?.at !== turn.at;
    if (together && isLater) yield together;
    together = together && !isLater ? merged(together, turn) : turn;
  }
  if (together) yield together;
}

const merged = ({ at, comes, goes }: Turn, other: Turn): Turn => ({
  at,
  comes: [...comes, ...other.comes],
  goes: [...goes, ...other.goes],
});

const notEmpty = (position: Position): Position | null =>
  position.status === 'none' && position.beside.length === 0 ? null : position;

/** What counts in a cell, and what it held after each: what comes last is one step more, and what comes in between folds what is behind it. */
function runningFold(standard: Standard) {
  const counted: CellStanding[] = [];
  const cells: Cell[] = [];

  /** Where one lies, or would. */
  const placeOf = (one: CellStanding): number => {
    let [low, high] = [0, counted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byPlace(counted[middle] as CellStanding, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  function put(one: CellStanding, gone: number, come: readonly CellStanding[]): void {
    const place = placeOf(one);
    counted.splice(place, gone, ...come);
    cells.length = Math.min(cells.length, place);
  }

  return {
    add: (one: CellStanding): void => put(one, 0, [one]),
    remove: (one: CellStanding): void => put(one, 1, []),
    cell(): Cell {
      for (const { development, clocks } of counted.slice(cells.length))
        cells.push(step(cells.at(-1) ?? EMPTY_CELL, development as CellDevelopment, clocks.effective, standard).cell);
      return cells.at(-1) ?? EMPTY_CELL;
    },
  };
}
