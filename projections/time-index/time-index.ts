/**
 * The time index: the log of one negotiation in numbers, so that the state through any gates is found without folding the log. It
 * keeps no words: it answers with places in the log, and whoever asks reads the words back. What it answers is what the folds of
 * `replay.ts` answer, to the letter.
 */
import type { Entry } from '../../events/index.ts';
import type { Standard } from '../answers.ts';
import type { CellKey } from '../positions.ts';
import type { Gates } from '../record.ts';
import { type Filter, isAsked } from '../replay.ts';
import { countBy } from '../search.ts';
import { bounded } from './bounded.ts';
import type { IndexedCell, ResolvedCell } from './cell.ts';
import { createCells } from './cells.ts';
import { ACT, clocksFrom, type Facts, factsOf, KIND, type Place, WORTH } from './facts.ts';
import { createFamilies } from './families.ts';
import { hashOf } from './hash.ts';
import { ALWAYS, afterRemark, type Head, headOfFamily, plainFamily } from './heads.ts';
import { type IdSlots, idTable } from './id-table.ts';
import { createNamedCells } from './named-cells.ts';
import { createOutside } from './outside.ts';
import { changesFrom, readingsOf, readingsOfDenial, readingsOfHead } from './readings.ts';
import { createResolver } from './resolve.ts';
import { actOfCode, createRows, EVER, resetsByCode, type Sight } from './rows.ts';
import { createTimeLists } from './time-lists.ts';
import { createTimelines } from './timelines.ts';
import { createVersions } from './versions.ts';

/** How many developments that are spoken of can be spoken of again without reading what was said before. */
const HEADS = 4096;

export type TimeIndex = ReturnType<typeof createTimeIndex>;

/**
 * An empty index.
 * @param timeZone of the negotiation: said when it was opened, and fixed
 * @param block how many rows a block of a list holds
 * @param made the table of ids of an index that is put together again
 */
export function createTimeIndex(timeZone: string, block?: number, made?: IdSlots) {
  const rows = createRows();
  const ids = idTable(made);
  const lists = createTimeLists(rows, block);
  const timelines = createTimelines(rows, block);
  const cells = createCells(rows, timelines, (id) => ids.candidates(hashOf(id)));
  const outside = createOutside(rows, lists);
  const versions = createVersions(rows, cells, outside, timeZone);
  const resolver = createResolver(rows, timelines);
  const heads = bounded<number, Head>(HEADS);
  const families = createFamilies(rows, ids);
  const namedCells = createNamedCells();
  /** what was found when it was asked what is needed, for when it is added */
  let judged: { readonly before: Head; readonly remark: Entry; readonly head: Head | undefined } | undefined;

  /** while rows are gathered: where those go that are about a place, which digests say again and again, each one object */
  let places: Map<Place, readonly Slot[]> | undefined;

  const declared = { party: new Set<string>(), issue: new Set<string>(), by: [] as number[] };

  function sightOf({ asOf, knownOn, recordedBy }: Gates): Sight {
    const by = Math.min(asOf, knownOn ?? EVER, recordedBy ?? EVER);
    return { asOf, knownOn: knownOn ?? EVER, upTo: recordedBy === null ? rows.size - 1 : lastBy(recordedBy), by };
  }

  /** The last event recorded by a moment, or -1: the moment of recording never steps back within a log. */
  const lastBy = (moment: number): number => countBy(rows.recorded, rows.size, moment) - 1;

  function file(row: number, facts: Facts): void {
    const { place } = facts;
    if (place) for (const { cell, slot } of slotsOf(place)) cells.insert(cell, row, slot);
    outside.file(row);
  }

  function slotsOf(place: Place): readonly Slot[] {
    const known = places?.get(place);
    if (known) return known;
    const opened = place.parties.map((party) => {
      const cell = cells.open(party, place.issue);
      return { cell, slot: cells.slotOf(cell, place) };
    });
    // The place of a condition of its own is said once.
    if (!place.ownPoint) places?.set(place, opened);
    return opened;
  }

  /** What an event speaks of, where that is one thing. */
  function rootOf(named: readonly string[], { id }: Facts): number | undefined {
    const name = named.length === 1 ? named[0] : undefined;
    if (name === undefined || families.isAwaited(id)) return undefined;
    const candidates = ids.candidates(hashOf(name));
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  function headAt(root: number, at: (revision: number) => Entry): Head | undefined {
    const known = heads.get(root);
    if (known) return known;
    // The head may be that of another, where a remark is spoken of: then what is said is not said of it alone.
    const plain = plainFamily(families.of(root).map(at), timeZone);
    return plain && headOfFamily(plain, timeZone);
  }

  function afterOne(before: Head, remark: Entry): Head | undefined {
    if (judged?.before === before && judged.remark === remark) return judged.head;
    return afterRemark(before, remark, timeZone);
  }

  /** A word more on one development, known after all others: only what is seen of it today changes; and with a denial, not even that. */
  function advance(root: number, head: Head, since: number, at: (revision: number) => Entry): void {
    if (!rows.isDead(root)) begin(at(root));
    heads.set(root, head);
    if (head.denied) {
      versions.update([since], readingsOfDenial(at(since), head, timeZone), since, ALWAYS);
      return;
    }
    const readings = readingsOfHead(root, head, Number.POSITIVE_INFINITY, timeZone);
    versions.advance(root, readings, head.knownFrom, since);
  }

  /** From now on a development is seen through its versions. */
  function begin(entry: Entry): void {
    const { development, revision } = entry;
    const { place } = factsOf(development, timeZone);
    if (place) cells.remove(revision, place);
    outside.remove(revision);
    rows.kill(revision);
    versions.begin(entry);
  }

  /** Reads a family anew after its last event. @param from when on that one changes how it reads, for who knows so much */
  function settle(family: readonly Entry[], from: number): void {
    for (const entry of family) {
      heads.delete(entry.revision);
      if (!rows.isDead(entry.revision)) begin(entry);
    }
    const members = family.map(({ revision }) => revision);
    versions.update(members, readingsOf(family, timeZone, from), members.at(-1) ?? 0, from);
    namedCells.note(
      members[0] ?? 0,
      family.map(({ development }) => development),
    );
    const plain = plainFamily(family, timeZone);
    if (plain) heads.set(plain.root.revision, headOfFamily(plain, timeZone));
  }

  /** The events of some rows and all that bears on them, in the order of the log. */
  function withFamilies(some: readonly number[]): readonly number[] {
    const revisions = new Set<number>();
    for (const row of some) {
      const revision = rows.revision(row);
      if (!revisions.has(revision)) for (const member of families.of(revision)) revisions.add(member);
    }
    return [...revisions].sort((a, b) => a - b);
  }

  return {
    timeZone,
    rows,
    /** what an index is made of, to be written down */
    parts: { rows, ids, lists, timelines, cells, outside, families, namedCells, declared },
    get size(): number {
      return rows.size;
    },

    /**
     * The revisions of the events that have to be at hand when one is added next: none for nearly all.
     * @param named the ids it names
     * @param entry the event itself, which has to be at hand where it names any, or others waited for it
     */
    needs(facts: Facts, named: readonly string[], entry: Entry | undefined): readonly number[] {
      const root = rootOf(named, facts);
      if (root === undefined) return families.related(facts.id, named);
      const before = heads.get(root);
      if (!before || !entry) return families.of(root);
      judged = { before, remark: entry, head: afterRemark(before, entry, timeZone) };
      return judged.head ? [] : families.of(root);
    },
    /** The revisions that will nearly surely be needed for events that name these ids. */
    nearby: (named: readonly string[]): readonly number[] =>
      named.flatMap((name) =>
        ids.candidates(hashOf(name)).flatMap((root) => (heads.get(root) ? [] : families.of(root))),
      ),
    /** Whether something recorded before names this id. */
    isAwaited: ({ id }: Facts): boolean => families.isAwaited(id),

    /**
     * Takes the next event of the log.
     * @param named the ids it names
     * @param recorded never before that of the last one
     * @param at the event itself and those that `needs` asked for
     */
    add(facts: Facts, named: readonly string[], recorded: number, at: (revision: number) => Entry): void {
      const row = rows.size;
      const root = rootOf(named, facts);
      const before = root === undefined ? undefined : headAt(root, at);
      const head = before && afterOne(before, at(row));
      rows.addSimple(facts, clocksFrom(facts, recorded));
      ids.add(facts.id, row);
      if (facts.declares) declared[facts.declares.kind].add(facts.declares.name);
      // What opens a negotiation is its first event.
      if (facts.declares || row === 0) declared.by.push(row);
      if (facts.kind === KIND.remark || facts.kind === KIND.denial) rows.kill(row);
      else file(row, facts);
      // Where there is a head, it is the head of the only one that may be named, and says the id.
      const has = (revision: number, id: string) => head !== undefined || at(revision).development.id === id;
      const isAwaited = families.isAwaited(facts.id);
      const family = families.join(row, facts.id, named, has);
      if (family.length === 0) return;
      if (before && head && root !== undefined) {
        advance(root, head, row, at);
        namedCells.note(root, [before.development, at(row).development]);
      } else settle(family.map(at), changesFrom(at(row), isAwaited, timeZone));
    },

    /** What is added from now on is filed at the end, all of it at once: until `settle`, nothing may be asked. */
    gather(): void {
      places = new Map();
      lists.gather();
      timelines.gather();
    },
    /** Makes room for so many events in all. */
    reserve(events: number): void {
      rows.tables.simple.reserve(events);
      ids.reserve(events);
      timelines.expect(events);
    },
    settle(): void {
      places = undefined;
      lists.settle();
      timelines.settle();
    },

    declared: declared as {
      readonly party: ReadonlySet<string>;
      readonly issue: ReadonlySet<string>;
      /** the events that declared them, and the one that opened the negotiation */
      readonly by: readonly number[];
    },
    /** the places in the log that may hold this id: read them to be sure */
    candidates: (id: string): readonly number[] => ids.candidates(hashOf(id)),
    /** a development with everything that speaks of it and that it speaks of, in the order of the log */
    familyOf: families.of,
    /** The gates as the index sees them now: asked again with the same, it answers the same, whatever is added meanwhile. */
    sightOf,

    /** every cell anything was ever filed in */
    cells: cells.all,
    cellOf: ({ party, issue }: CellKey): IndexedCell | undefined => cells.find(party, issue),
    /** After a moment, the next from which on more may count in a cell, whoever sees it; `Infinity`: there is none. */
    nextMoment: (cell: IndexedCell, moment: number): number => timelines.spanAt(cell, moment).until,

    /** What counts in some cells, in their order. */
    resolve(
      among: readonly IndexedCell[],
      sight: Sight,
      standard: Standard,
      filter: Filter = {},
    ): readonly ResolvedCell[] {
      const found: ResolvedCell[] = [];
      for (const cell of among) {
        if (!isAsked(cell, filter)) continue;
        const resolved = resolver(cell, sight, standard);
        if (resolved) found.push(resolved);
      }
      return found;
    },

    /**
     * For which moments a cell resolves as it does for this `asOf`, while nothing is added to it; undefined where more than that decides.
     * Of spans, the end is outside.
     */
    spanOf(cell: IndexedCell, { asOf, knownOn, upTo }: Sight) {
      // A denial waits for what it denies.
      if (knownOn !== EVER || upTo < cell.lastChanged || cell.worst >= WORTH.denial) return undefined;
      return timelines.spanAt(cell, asOf);
    },

    /** The rows of what the state tells beside positions, in the order in which they count. */
    context: (sight: Sight): readonly number[] => outside.counted(sight),
    /** The rows of what may have happened by then. */
    possible: (sight: Sight): readonly number[] => outside.possible(sight),

    /** The events of some rows, or some events, and all that bears on them, in the order of the log. */
    withFamilies,
    /** Every event that ever touched a cell, with all that bears on them: what its history is told from. */
    historyOf(party: string, issue: string): readonly number[] {
      const cell = cells.find(party, issue);
      return withFamilies([...(cell ? cells.rowsOf(cell) : []), ...namedCells.in({ party, issue })]);
    },
    /**
     * Of what counts in a cell at one of two moments only, the events that withdraw, that were spoken of or that are shown, with all that
     * bears on them.
     * @param ended whether words are gone: then those too that stand for all that was held
     */
    movedIn(key: CellKey, one: Sight, other: Sight, shown: ReadonlySet<number>, ended: boolean): readonly number[] {
      const cell = cells.find(key.party, key.issue);
      if (!cell) return [];
      const counts = (row: number, sight: Sight) => rows.effective(row) <= sight.asOf && rows.isSeen(row, sight);
      const ends = (code: number) => actOfCode(code) === ACT.withdraw || (ended && resetsByCode(code));
      const tells = (row: number) => rows.isVersion(row) || ends(rows.code(row)) || shown.has(row);
      return withFamilies(cells.rowsOf(cell).filter((row) => tells(row) && counts(row, one) !== counts(row, other)));
    },
    /** The same of all that the state ever told beside positions. */
    contextHistory: (): readonly number[] => withFamilies(lists.all(outside.context)),
    /** The same of what opened the negotiation and declared who and what it is about: few events, however long the log is. */
    setUpHistory: (): readonly number[] => withFamilies(declared.by),
  };
}

/** Where in a cell something is filed. */
interface Slot {
  readonly cell: IndexedCell;
  readonly slot: number;
}
