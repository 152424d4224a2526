/** What moved between two states, party by party and issue by issue. */
import type { Difference, Effect, Position } from './answers.ts';
import { type Cell, type CellKey, EMPTY_CELL, type HeldPoint, MAIN, nameOfCell, positionOf } from './positions.ts';

/** A cell of a state, with its key. */
export interface KeyedCell extends CellKey {
  readonly cell: Cell;
}

/** The differences, in the order of the later state; cells that did not move are left out. */
export function differencesOf(
  before: readonly KeyedCell[],
  after: readonly KeyedCell[],
  timeZone: string,
): readonly Difference[] {
  const earlier = new Map(before.map((keyed) => [nameOfCell(keyed), keyed.cell]));
  const later = new Set(after.map(nameOfCell));
  const gone = before.filter((keyed) => !later.has(nameOfCell(keyed))).map((keyed) => ({ ...keyed, cell: EMPTY_CELL }));
  return [...after, ...gone].flatMap((keyed) => {
    const difference = differenceOf(keyed, earlier.get(nameOfCell(keyed)) ?? EMPTY_CELL, keyed.cell, timeZone);
    return difference ? [difference] : [];
  });
}

/** How a cell moved, or undefined where it reads as before. */
export function differenceOf(key: CellKey, before: Cell, after: Cell, timeZone: string): Difference | undefined {
  const { party, issue } = key;
  const answer = (cell: Cell) => (isEmpty(cell) ? null : positionOf(party, issue, cell, timeZone));
  const [earlier, later] = [answer(before), answer(after)];
  if (JSON.stringify(earlier) === JSON.stringify(later)) return undefined;
  const change = changeOf(before, after);
  const known = new Set(shownBy(earlier));
  return {
    party,
    issue,
    change,
    shift: change === 'changed' ? shiftOf(before, after, known) : null,
    before: earlier,
    after: later,
    developments: shownBy(later).filter((id) => !known.has(id)),
  };
}

/** The shift of a headline that was in force before already is no news of this interval, nor is one that led back to the same words. */
function shiftOf(before: Cell, after: Cell, known: ReadonlySet<string>): Difference['shift'] {
  const headline = ({ points }: Cell) => points.find(({ point }) => point === MAIN);
  const [earlier, later] = [headline(before), headline(after)];
  return later && !known.has(later.setBy) && later.stance !== earlier?.stance ? later.shift : null;
}

/** The strongest thing that happened to a cell that does not read as it did. */
function changeOf(before: Cell, after: Cell): Effect {
  const acts = ({ points }: Cell) => JSON.stringify(points.flatMap(({ restsOn }) => restsOn).sort());
  const isHeld = (cell: Cell) => cell.points.length > 0;
  if (isHeld(before) !== isHeld(after))
    return isHeld(after) ? 'new' : after.withdrawnBy === null ? 'retracted' : 'withdrawn';
  if (before.withdrawnBy !== after.withdrawnBy && !isHeld(after))
    return after.withdrawnBy === null ? 'retracted' : 'withdrawn';
  if (JSON.stringify(before.points) === JSON.stringify(after.points)) return 'beside';
  // The same acts read differently: the world did not move, the record was wrong.
  if (acts(before) === acts(after)) return 'corrected';
  const anew = after.points.filter((later) => !before.points.some((earlier) => isUpheld(earlier, later)));
  const ended = before.points.filter((earlier) => !after.points.some((later) => isUpheld(earlier, later)));
  if (anew.length + ended.length === 0) return 'reiterated';
  // Nothing was said anew, and something is gone.
  const held = new Set(before.points.map((point) => JSON.stringify(point)));
  if (after.points.every((point) => held.has(JSON.stringify(point)))) return 'withdrawn';
  return [...anew, ...ended].every(({ act }) => act === 'ConditionAttached') ? 'conditioned' : 'changed';
}

/** The same words, and not given up in between: then they would be in force since later. */
const isUpheld = (earlier: HeldPoint, later: HeldPoint): boolean =>
  earlier.point === later.point && earlier.stance === later.stance && earlier.since >= later.since;

const isEmpty = ({ points, beside, withdrawnBy }: Cell): boolean =>
  points.length === 0 && beside.length === 0 && withdrawnBy === null;

/** What a position rests on, and what is beside it. */
export const shownBy = (position: Position | null): readonly string[] =>
  position ? [...position.developments, ...position.beside.map(({ id }) => id)] : [];
