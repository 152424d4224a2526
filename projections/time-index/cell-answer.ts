/** From rows to words: the cell that the fold would have given. */
import { type Development, isPosition } from '../../events/index.ts';
import { besideOf, type Cell, type CellDevelopment, type HeldPoint, statedByOf } from '../positions.ts';
import type { ResolvedCell, ResolvedPoint } from './cell.ts';

/** Reads a row: the development as it stands there. */
export type Read = (row: number) => Development;

/** The rows of which an answer needs the words, some twice. */
export function rowsOf({ points, beside, withdrawnBy }: ResolvedCell): readonly number[] {
  const rows: number[] = [];
  for (const { restsOn } of points) rows.push(...restsOn);
  rows.push(...beside);
  if (withdrawnBy >= 0) rows.push(withdrawnBy);
  return rows;
}

/** A resolved cell with its words. */
export const cellFrom = ({ points, beside, withdrawnBy }: ResolvedCell, read: Read): Cell => ({
  points: points.map((point) => heldPoint(point, read)),
  beside: beside.map((row) => besideOf(read(row) as CellDevelopment)),
  withdrawnBy: withdrawnBy < 0 ? null : read(withdrawnBy).id,
});

function heldPoint(
  { point, setBy, since, lastAffirmed, timesReiterated, restsOn }: ResolvedPoint,
  read: Read,
): HeldPoint {
  const development = read(setBy);
  if (!isPosition(development)) throw new TypeError(`${development.id} sets no position`);
  return {
    point: point ?? development.id,
    stance: development.stance ?? null,
    act: development.type,
    setBy: development.id,
    since,
    lastAffirmed,
    timesReiterated,
    attribution: development.attribution,
    statedBy: statedByOf(development),
    shift: ('shift' in development ? development.shift : undefined) ?? null,
    restsOn: restsOn.map((row) => read(row).id),
  };
}
