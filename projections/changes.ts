/**
 * Changes: what each event of the log did to positions. A pure function of the log, so that a reader may stop at any change and go
 * on from there later, here or in another process.
 */
import { byOrder, clocksOf, type Entry, isPosition, isRecord, type PositionDevelopment } from '../events/index.ts';
import type { Change, Difference, Standard } from './answers.ts';
import { differenceOf } from './difference.ts';
import { moment } from './moments.ts';
import { type Cell, type CellDevelopment, type CellKey, cellsOf, EMPTY_CELL, foldCell, step } from './positions.ts';
import { type Standing, standingRecord } from './record.ts';
import { growRelations, relatedTo, targetsOf } from './related.ts';

export interface ChangeFold {
  /** Takes the next event of the log and says which positions it changed, in the order of its parties. */
  add(entry: Entry): readonly Change[];
}

interface LiveCell extends CellKey {
  rows: readonly Standing[];
  /** what all its rows fold to */
  cell: Cell;
}

type Moved = { readonly key: CellKey; readonly before: readonly Standing[]; readonly after: readonly Standing[] };

const HINDSIGHT = { knownOn: null, recordedBy: null };

/** Follows one negotiation, under one standard. The first entry opens it and says its time zone. */
export function changeFold(timeZone: string, standard: Standard): ChangeFold {
  const relations = growRelations();
  const cells = new Map<string, LiveCell>();

  function liveCell(key: CellKey): LiveCell {
    const name = nameOf(key);
    let live = cells.get(name);
    if (!live) {
      live = { ...key, rows: [], cell: EMPTY_CELL };
      cells.set(name, live);
    }
    return live;
  }

  /** A development that nothing speaks of yet: one more row in each of its cells. */
  function addOrdinary(entry: Entry): readonly Movement[] {
    const { development } = entry;
    if (!isPosition(development)) return [];
    const clocks = clocksOf(development, entry.recorded, timeZone);
    const row: Standing = {
      entry,
      development,
      clocks,
      revision: entry.revision,
      corroboratedBy: [],
      corrections: [],
      removedBy: null,
    };
    return cellsOf(development, () => undefined).map((key) => {
      const live = liveCell(key);
      const last = live.rows.at(-1);
      if (last && byOrder(row, last) < 0) return movement(live, insert(live.rows, row));
      const before = live.cell;
      live.rows = [...live.rows, row];
      live.cell = step(before, development, clocks.effective, standard).cell;
      return { key, before, after: live.cell, past: false, from: clocks.effective, to: null };
    });
  }

  /** Something about the record: the rows of all it bears on are taken out and put back as they now stand. */
  function addRemark(entry: Entry): readonly Movement[] {
    const { development } = entry;
    const ids = isRecord(development) ? targetsOf(development).map(({ id }) => id) : [];
    const related = relatedTo(relations, [...ids, development.id]);
    const revisions = new Set(related.map(({ revision }) => revision));
    const keyed = new Map<string, { live: LiveCell; rows: Standing[] }>();
    const touch = (key: CellKey) => {
      const live = liveCell(key);
      const name = nameOf(key);
      let touched = keyed.get(name);
      if (!touched) {
        touched = { live, rows: live.rows.filter(({ revision }) => !revisions.has(revision)) };
        keyed.set(name, touched);
      }
      return touched;
    };
    for (const { key } of placed(
      related.filter((one) => one !== entry),
      timeZone,
    ))
      touch(key);
    for (const { key, row } of placed(related, timeZone)) touch(key).rows.push(row);
    return [...keyed.values()].map(({ live, rows }) => movement(live, rows.sort(byOrder)));
  }

  function movement(live: LiveCell, rows: readonly Standing[]): Movement {
    const moved = { key: { party: live.party, issue: live.issue }, before: live.rows, after: rows };
    live.rows = rows;
    const result = compareFolds(moved, standard, timeZone, live.cell);
    live.cell = foldCell(rows, standard);
    return result;
  }

  return {
    add(entry) {
      relations.add(entry);
      const movements = isRecord(entry.development) ? addRemark(entry) : addOrdinary(entry);
      const changes = movements.flatMap((moved) => {
        const difference = differenceOf(moved.key, moved.before, moved.after, timeZone);
        return difference ? [{ ...changeOf(entry, difference, moved), standard }] : [];
      });
      return changes.map((change, index) => ({ ...change, cursor: cursorOf(change.position, index, changes.length) }));
    },
  };
}

const nameOf = ({ party, issue }: CellKey): string => `${party} ${issue}`;

/** Related developments as they stand in hindsight, each in the cells it counts in. */
function placed(
  related: readonly Entry[],
  timeZone: string,
): readonly { readonly key: CellKey; readonly row: Standing }[] {
  const rows = standingRecord(related, timeZone, HINDSIGHT).standing.filter(({ removedBy }) => removedBy === null);
  const positions = new Map<string, PositionDevelopment>();
  for (const { development } of rows) if (isPosition(development)) positions.set(development.id, development);
  return rows.flatMap((row) => cellsOf(row.development, (id) => positions.get(id)).map((key) => ({ key, row })));
}

interface Movement {
  readonly key: CellKey;
  readonly before: Cell;
  readonly after: Cell;
  /** the current position is the same with and without it */
  readonly past: boolean;
  /** the span of asOf in which the cell reads differently */
  readonly from: number;
  readonly to: number | null;
}

/** Where two histories of one cell part, and where they come together again. */
function compareFolds({ key, before, after }: Moved, standard: Standard, timeZone: string, current: Cell): Movement {
  const alike = (a: Cell, b: Cell) => a === b || differenceOf(key, a, b, timeZone) === undefined;
  const moments = [...new Set([...before, ...after].map(({ clocks }) => clocks.effective))].sort((a, b) =>
    a < b ? -1 : 1,
  );
  const [left, right] = [walk(before, standard), walk(after, standard)];
  let first: { readonly at: number; readonly before: Cell; readonly after: Cell } | undefined;
  let together: number | null = null;
  let ends = { before: current, after: EMPTY_CELL };
  for (const at of moments) {
    ends = { before: left(at), after: right(at) };
    if (alike(ends.before, ends.after)) together ??= first ? at : null;
    else {
      first ??= { at, ...ends };
      together = null;
    }
  }
  if (!first) return { key, ...ends, past: false, from: Number.NEGATIVE_INFINITY, to: null };
  const past = together !== null;
  return past
    ? { key, before: first.before, after: first.after, past, from: first.at, to: together }
    : { key, ...ends, past, from: first.at, to: null };
}

/** Folds rows up to each of a rising series of moments. */
function walk(rows: readonly Standing[], standard: Standard): (until: number) => Cell {
  const effective = new Map(rows.map(({ development, clocks }) => [development.id, clocks.effective]));
  // A denial counts while what it denies does, and may be the older of the two.
  const from = ({ development, clocks }: Standing): number =>
    development.type === 'DevelopmentDenied'
      ? Math.max(clocks.effective, effective.get(development.denies) ?? clocks.effective)
      : clocks.effective;
  if (rows.some((row) => from(row) > row.clocks.effective))
    return (until) =>
      foldCell(
        rows.filter((row) => from(row) <= until),
        standard,
      );
  let cell = EMPTY_CELL;
  let next = 0;
  return (until) => {
    for (let row = rows[next]; row && row.clocks.effective <= until; row = rows[next]) {
      cell = step(cell, row.development as CellDevelopment, row.clocks.effective, standard).cell;
      next += 1;
    }
    return cell;
  };
}

function insert(rows: readonly Standing[], row: Standing): readonly Standing[] {
  const place = rows.findLastIndex((other) => byOrder(other, row) < 0) + 1;
  return rows.toSpliced(place, 0, row);
}

function changeOf(
  entry: Entry,
  difference: Difference,
  { past, from, to }: Movement,
): Omit<Change, 'cursor' | 'standard'> {
  const { development, position, revision, recorded } = entry;
  const { negotiation } = development;
  const pinned = moment(recorded);
  const asOf = past && Number.isFinite(from) ? moment(from) : pinned;
  return {
    negotiation,
    position,
    revision: String(revision),
    development: development.id,
    type: development.type,
    recorded: pinned,
    party: difference.party,
    issue: difference.issue,
    change: effectOfRemark(development.type) ?? difference.change,
    shift: difference.shift,
    before: difference.before,
    after: difference.after,
    past,
    alters: { from: Number.isFinite(from) ? moment(from) : null, to: to === null ? null : moment(to) },
    link: `/api/negotiations/${negotiation}/state?${new URLSearchParams({ asOf, knownOn: pinned, recordedBy: pinned })}`,
  };
}

/** *Superseded* (the world moved) and *corrected* or *retracted* (the record was wrong) are different words. */
function effectOfRemark(type: Entry['development']['type']): Change['change'] | undefined {
  if (type === 'DevelopmentCorrected') return 'corrected';
  return type === 'DevelopmentRetracted' ? 'retracted' : undefined;
}

/** A reader that has seen the last change of a position goes on after it; within one, after the change of that number. */
const cursorOf = (position: string, index: number, of: number): string =>
  index === of - 1 ? position : `${position}.${index}`;
