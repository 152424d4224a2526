/** An index taken apart into numbers and a few words, to be written down, and put together again. */
import type { TimeList } from './block.ts';
import type { IndexedCell } from './cell.ts';
import type { PortableArray, Table } from './table.ts';
import { createTimeIndex, type TimeIndex } from './time-index.ts';

/**
 * What is counted in and how it is laid out. Changed with anything in this folder, in the folds it stands for or in what they read that
 * makes an index written before answer otherwise than one made anew.
 */
export const INDEX_VERSION = 13;

export interface Portable {
  readonly head: Head;
  readonly arrays: Readonly<Record<string, PortableArray>>;
}

interface PortableCell {
  readonly party: string;
  readonly issue: string;
  readonly blocks: readonly number[];
  readonly points: readonly string[];
  readonly singles: boolean;
  readonly worst: number;
  /** null: always */
  readonly lastEffective: number | null;
  readonly lastChanged: number;
}

interface Head {
  readonly timeZone: string;
  readonly lengths: Readonly<Record<string, number>>;
  readonly cells: readonly PortableCell[];
  readonly context: readonly number[];
  readonly uncertain: readonly (readonly number[])[];
  /** lengths of time that are kept elsewhere, by what they are */
  readonly spans: Readonly<Record<keyof TimeIndex['rows']['spans'], readonly (readonly [number, number])[]>>;
  readonly awaited: readonly (readonly [string, readonly number[]])[];
  readonly namedCells: readonly (readonly [string, readonly number[]])[];
  readonly declared: {
    readonly party: readonly string[];
    readonly issue: readonly string[];
    /** the events that declared them, and the one that opened the negotiation */
    readonly by: readonly number[];
  };
}

const tablesOf = ({ parts: { rows, lists, timelines } }: TimeIndex): Readonly<Record<string, Table>> => {
  const { pool, summaries, entries, marks } = timelines.tables;
  const inCells = { timelines: pool, timelineBlocks: summaries, entries, marks };
  return { ...rows.tables, lists: lists.tables.pool, listBlocks: lists.tables.summaries, ...inCells } as never;
};

/** The index as it is now. Its arrays are those in use: copy them before anything is added. */
export function exportIndex(index: TimeIndex): Portable {
  const { rows, ids, cells, outside, families, namedCells, declared } = index.parts;
  const arrays: Record<string, PortableArray> = { ids: ids.slots };
  const lengths: Record<string, number> = {};
  for (const [name, table] of Object.entries(tablesOf(index))) {
    lengths[name] = table.length;
    for (const [column, array] of Object.entries(table.used())) arrays[`${name}.${column}`] = array;
  }
  const head: Head = {
    timeZone: index.timeZone,
    lengths,
    cells: cells.all.map(portableCell),
    context: outside.context.blocks,
    uncertain: outside.uncertain.map(({ blocks }) => blocks),
    spans: {
      reported: [...rows.spans.reported.kept],
      recorded: [...rows.spans.recorded.kept],
      begun: [...rows.spans.begun.kept],
    },
    awaited: [...families.awaited],
    namedCells: [...namedCells.byCell].map(([cell, members]) => [cell, [...members]]),
    declared: { party: [...declared.party], issue: [...declared.issue], by: [...declared.by] },
  };
  return { head, arrays };
}

const portableCell = (cell: IndexedCell): PortableCell => ({
  party: cell.party,
  issue: cell.issue,
  blocks: cell.blocks,
  points: cell.names,
  singles: cell.singles,
  worst: cell.worst,
  lastEffective: Number.isFinite(cell.lastEffective) ? cell.lastEffective : null,
  lastChanged: cell.lastChanged,
});

/**
 * What an index holds, however its blocks came about: equal for two indexes that were made of the same events, all at once or one by
 * one. Larger than the index.
 */
export function contentsOf(index: TimeIndex): object {
  const { rows, ids, lists, timelines, cells, outside } = index.parts;
  const { head } = exportIndex(index);
  return {
    ...head,
    lengths: null,
    cells: cells.all.map((cell) => ({ ...portableCell(cell), blocks: timelines.contents(cell) })),
    context: lists.contents(outside.context),
    uncertain: outside.uncertain.map(lists.contents),
    rows: Object.values(rows.tables).map((table: Table) => table.used()),
    ids: entriesOf(ids.slots),
  };
}

/** The slots of a table that are taken, in one order, however large it is. */
const entriesOf = (slots: Uint32Array): BigUint64Array =>
  new BigUint64Array(slots.slice().buffer).filter((slot) => slot !== 0n).sort();

/** The index that was exported; it takes the arrays over. @param block as it was made with */
export function importIndex({ head, arrays }: Portable, block?: number): TimeIndex {
  const ids = { slots: arrays.ids as Uint32Array, size: head.lengths.simple ?? 0 };
  const index = createTimeIndex(head.timeZone, block, ids);
  const { rows, cells, outside, families, namedCells, declared } = index.parts;
  for (const [name, table] of Object.entries(tablesOf(index)))
    table.adopt((column) => arrays[`${name}.${column}`], head.lengths[name] ?? 0);
  const fill = (list: TimeList, blocks: readonly number[]) => void list.blocks.push(...blocks);
  for (const one of head.cells) {
    const cell = cells.open(one.party, one.issue);
    fill(cell, one.blocks);
    for (const point of one.points) cells.openPoint(cell, point);
    cell.singles = one.singles;
    cell.worst = one.worst;
    cell.lastEffective = one.lastEffective ?? Number.NEGATIVE_INFINITY;
    cell.lastChanged = one.lastChanged;
  }
  fill(outside.context, head.context);
  for (const [place, blocks] of head.uncertain.entries()) fill(outside.uncertain[place] as TimeList, blocks);
  for (const kind of ['reported', 'recorded', 'begun'] as const)
    for (const [row, span] of head.spans[kind]) rows.spans[kind].kept.set(row, span);
  for (const [id, waiting] of head.awaited) families.awaited.set(id, [...waiting]);
  for (const [cell, members] of head.namedCells) namedCells.byCell.set(cell, new Set(members));
  for (const kind of ['party', 'issue'] as const) for (const name of head.declared[kind]) declared[kind].add(name);
  declared.by.push(...head.declared.by);
  return index;
}
