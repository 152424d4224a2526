/** Where a reader of changes stopped: a log position, or one with the number of a change within it: "42", "42.0", "42/40.1". */
import type { Change } from '../../projections/answers.ts';
import { comparePositions, type Position } from '../store/port.ts';

export const isCursor = (text: string): boolean => /^\d{1,30}(\/\d{1,30})?(\.\d{1,6})?$/.test(text);

function read(cursor: string): { readonly position: Position; readonly index: number } {
  const [position = '', index] = cursor.split('.');
  return { position, index: index === undefined ? Number.POSITIVE_INFINITY : Number(index) };
}

function compare(a: string, b: string): number {
  const [one, other] = [read(a), read(b)];
  const order = comparePositions(one.position, other.position);
  if (order !== 0) return order;
  return one.index === other.index ? 0 : one.index - other.index;
}

/** Does this change come after the cursor? */
export const isAfter = (change: Pick<Change, 'cursor'>, cursor: string | undefined): boolean =>
  cursor === undefined || compare(change.cursor, cursor) > 0;

/** Does a cursor lie behind everything that the event at a position changed? */
export const isPast = (cursor: string, position: Position): boolean => compare(cursor, position) >= 0;

/** Does a cursor name a position behind this one? */
export const isBeyond = (cursor: string, position: Position): boolean =>
  comparePositions(read(cursor).position, position) > 0;
