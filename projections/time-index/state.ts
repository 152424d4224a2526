/** A state from the index: what is needed is found in numbers first, then the words are read, then it is told. */
import { agreementsOf } from '../agreements.ts';
import type { Issue, Participant, Position, Standard } from '../answers.ts';
import { possibilityOf } from '../chronicle.ts';
import type { KeyedCell } from '../difference.ts';
import { exchangesOf } from '../exchanges.ts';
import { issuesOf, participantsOf } from '../participants.ts';
import { plansOf } from '../plans.ts';
import { positionOf } from '../positions.ts';
import type { Counted } from '../record.ts';
import { type Filter, type Replayed, titleOf } from '../replay.ts';
import { roundsOf } from '../rounds.ts';
import { inTableOrder } from '../table-order.ts';
import type { IndexedCell, ResolvedCell } from './cell.ts';
import { cellFrom, type Read, rowsOf } from './cell-answer.ts';
import type { Sight } from './rows.ts';
import type { TimeIndex } from './time-index.ts';

/** What a state is told from beside positions. */
export interface Context {
  readonly rows: readonly number[];
  readonly told: readonly Counted[];
  readonly parties: readonly Participant[];
  readonly issues: readonly Issue[];
}

/** The development of a row, with its clocks. */
const countedAt = ({ rows }: TimeIndex, row: number, read: Read): Counted => {
  const effective = rows.effective(row);
  const clocks = {
    effective,
    start: rows.start(row),
    reported: rows.knownFrom(row),
    recorded: rows.recorded(rows.revision(row)),
  };
  return { development: read(row), clocks };
};

/** @param rows what the index counts as context */
export function contextOf(index: TimeIndex, rows: readonly number[], read: Read): Context {
  const told = rows.map((row) => countedAt(index, row, read));
  return { rows, told, parties: participantsOf(told), issues: issuesOf(told) };
}

/** What is in force in the cells asked for, in the order of the table. */
export const resolveInOrder = (
  index: TimeIndex,
  context: Pick<Context, 'parties' | 'issues'>,
  sight: Sight,
  standard: Standard,
  filter: Filter,
): readonly ResolvedCell[] => index.resolve(cellsInOrder(index, context), sight, standard, filter);

/** All cells in the order of the table, which is kept until one is added. */
export function cellsInOrder(
  index: TimeIndex,
  { parties, issues }: Pick<Context, 'parties' | 'issues'>,
): readonly IndexedCell[] {
  let order = orders.get(parties);
  if (order?.index !== index || order.cells.length !== index.cells.length) {
    order = { index, cells: inTableOrder(index.cells, parties, issues) };
    orders.set(parties, order);
  }
  return order.cells;
}

const orders = new WeakMap<object, { readonly index: TimeIndex; readonly cells: readonly IndexedCell[] }>();

/** The rows of which a state needs the words. */
export const rowsOfCells = (cells: readonly ResolvedCell[]): readonly number[] => cells.flatMap(rowsOf);

/** The state, told. */
export function stateFrom(
  index: TimeIndex,
  context: Context,
  cells: readonly ResolvedCell[],
  possible: readonly number[],
  sight: Sight,
  read: Read,
): Replayed {
  return {
    title: titleOf(context.told),
    revision: String(sight.upTo),
    positions: cells.map((cell) => positionFrom(cell, read, index.timeZone)),
    ...surroundingsOf(context, index.timeZone, sight.asOf),
    possiblyByThen: possible.flatMap((row) => possibilityOf(read(row))),
  };
}

/** What a state tells between positions and possibilities. Of these, `asOf` alone alters which rounds are overdue. */
export const surroundingsOf = ({ told, parties, issues }: Context, timeZone: string, asOf: number) => ({
  rounds: roundsOf(told, timeZone, asOf),
  plans: plansOf(told),
  exchanges: exchangesOf(told),
  agreements: agreementsOf(told, timeZone),
  parties,
  issues,
});

/** A resolved cell always reads the same: what is in force today is told once. */
export function positionFrom(resolved: ResolvedCell, read: Read, timeZone: string): Position {
  let position = positions.get(resolved);
  if (!position) {
    const { party, issue } = resolved.cell;
    position = positionOf(party, issue, cellFrom(resolved, read), timeZone);
    positions.set(resolved, position);
  }
  return position;
}

const positions = new WeakMap<ResolvedCell, Position>();

/** Resolved cells with their words, for who compares them. */
export const keyedCells = (cells: readonly ResolvedCell[], read: Read): readonly KeyedCell[] =>
  cells.map((resolved) => ({ party: resolved.cell.party, issue: resolved.cell.issue, cell: cellFrom(resolved, read) }));
