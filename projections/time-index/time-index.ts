/**
 * The time index: the log of one negotiation in numbers, so that the state through any gates is found without folding the log. It
 * keeps no words: it answers with places in the log, and whoever asks reads the words back. What it answers is what the folds of
 * `replay.ts` answer, to the letter.
 */
import type { Entry } from '../../events/index.ts';
import type { Standard } from '../answers.ts';
import type { Gates } from '../record.ts';
import type { Filter } from '../replay.ts';
import type { IndexedCell, ResolvedCell } from './cell.ts';
import { createCells } from './cells.ts';
import { clocksFrom, type Facts, factsOf, KIND } from './facts.ts';
import { createFamilies } from './families.ts';
import { hashOf } from './hash.ts';
import { idTable } from './id-table.ts';
import { createOutside } from './outside.ts';
import { readingsOf } from './readings.ts';
import { createResolver } from './resolve.ts';
import { createRows, EVER, type Sight } from './rows.ts';
import { createTimeLists } from './time-lists.ts';
import { createVersions } from './versions.ts';

export type TimeIndex = ReturnType<typeof createTimeIndex>;

/**
 * An empty index.
 * @param timeZone of the negotiation: said when it was opened, and fixed
 * @param block how many rows a block of a list holds
 * @param slots the table of ids of an index that is put together again
 */
export function createTimeIndex(timeZone: string, block?: number, slots?: Uint32Array) {
  const rows = createRows();
  const ids = idTable(slots);
  const lists = createTimeLists(rows, block);
  const cells = createCells(rows, lists, (id, among) => {
    const candidates = ids.candidates(hashOf(id));
    return candidates.length === 0 ? [] : among().filter((row) => candidates.includes(rows.revision(row)));
  });
  const outside = createOutside(rows, lists);
  const versions = createVersions(rows, lists, cells, outside, timeZone);
  const resolver = createResolver(rows, lists);
  const families = createFamilies(rows, ids);

  const declared = { party: new Set<string>(), issue: new Set<string>() };

  function sightOf({ asOf, knownOn, recordedBy }: Gates): Sight {
    return { asOf, knownOn: knownOn ?? EVER, upTo: recordedBy === null ? rows.size - 1 : lastBy(recordedBy) };
  }

  /** The last event recorded by a moment, or -1: the moment of recording never steps back within a log. */
  function lastBy(moment: number): number {
    let low = 0;
    let high = rows.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows.recorded(middle) <= moment) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function file(row: number, facts: Facts): void {
    if (facts.place) {
      const { parties, issue, point, ownPoint } = facts.place;
      for (const party of parties) cells.file(cells.open(party, issue), { row, point, ownPoint });
    }
    outside.file(row);
  }

  return {
    timeZone,
    rows,
    /** what an index is made of, to be written down */
    parts: { rows, ids, lists, cells, outside, versions, families, declared },
    get size(): number {
      return rows.size;
    },

    /**
     * Takes the next event of the log. Answers with the revisions of its family, itself among them, where it has one: they are to be read
     * and given to `settle` before anything is asked.
     * @param recorded never less than that of the event before
     */
    add(facts: Facts, named: readonly string[], recorded: number): readonly number[] {
      const row = rows.addSimple(facts, clocksFrom(facts, recorded));
      ids.add(facts.id, row);
      if (facts.declares) declared[facts.declares.kind].add(facts.declares.name);
      if (facts.kind === KIND.remark || facts.kind === KIND.denial) rows.kill(row);
      else file(row, facts);
      return families.join(row, facts.id, named);
    },

    /** Reads a family anew after its last event. */
    settle(family: readonly Entry[]): void {
      for (const entry of family) {
        const { development, revision } = entry;
        if (rows.isDead(revision)) continue;
        rows.kill(revision);
        versions.begin(entry);
        const { place } = factsOf(development, timeZone);
        const filed = [...(place ? cells.listsOfSimple(revision, place) : []), ...outside.listsOf(revision)];
        for (const list of filed) if (list) lists.refresh(list, revision);
      }
      const since = family.at(-1)?.revision ?? 0;
      versions.update(
        family.map(({ revision }) => revision),
        readingsOf(family, timeZone),
        since,
      );
    },

    /** What the next event would be tied to: to be at hand when it is added. */
    related: families.related,
    /** every party and issue that was ever declared, in the order of the log */
    declared: declared as { readonly party: ReadonlySet<string>; readonly issue: ReadonlySet<string> },
    /** the places in the log that may hold this id: read them to be sure */
    candidates: (id: string): readonly number[] => ids.candidates(hashOf(id)),
    /** a development with everything that speaks of it and that it speaks of, in the order of the log */
    familyOf: families.of,
    /** The gates as the index sees them now: asked again with the same, it answers the same, whatever is added meanwhile. */
    sightOf,

    /** every cell anything was ever filed in */
    cells: cells.all,

    /** What counts in some cells, in their order. */
    resolve(
      among: readonly IndexedCell[],
      sight: Sight,
      standard: Standard,
      filter: Filter = {},
    ): readonly ResolvedCell[] {
      const found: ResolvedCell[] = [];
      for (const cell of among) {
        if (filter.party !== undefined && cell.party !== filter.party) continue;
        if (filter.issue !== undefined && cell.issue !== filter.issue) continue;
        const resolved = resolver(cell, sight, standard);
        if (resolved) found.push(resolved);
      }
      return found;
    },

    /** The rows of what the state tells beside positions, in the order in which they count. */
    context: (sight: Sight): readonly number[] => outside.counted(sight),
    /** The rows of what may have happened by then. */
    possible: (sight: Sight): readonly number[] => outside.possible(sight),

    /** Every event that ever touched a cell, with all that bears on them: what its history is told from. */
    historyOf(party: string, issue: string): readonly number[] {
      const cell = cells.find(party, issue);
      if (!cell) return [];
      const revisions = new Set<number>();
      for (const row of cells.rowsOf(cell)) {
        const revision = rows.revision(row);
        if (!revisions.has(revision)) for (const member of families.of(revision)) revisions.add(member);
      }
      return [...revisions].sort((a, b) => a - b);
    },
  };
}
