/** Answers about a moment: found in the index, told in the words that are read back for them. */
import type { Entry } from '../../events/index.ts';
import { accounted, endedIn } from '../../projections/account.ts';
import type { CellTimeline, ChronicleEntry, Difference, HistoryEntry, Standard } from '../../projections/answers.ts';
import { differencesOf } from '../../projections/difference.ts';
import {
  type CellKey,
  type Filter,
  type Gates,
  historyFrom,
  isAsked,
  type Replayed,
  replayChronicle,
  replayLog,
  titleOf,
  type Versions,
  versionsOf,
  versionsThen,
} from '../../projections/index.ts';
import { issuesOf, participantsOf } from '../../projections/participants.ts';
import { standingRecord } from '../../projections/record.ts';
import type { Sight } from '../../projections/time-index/rows.ts';
import {
  type Context,
  cellsInOrder,
  contextOf,
  keyedCells,
  resolveInOrder,
  rowsOfCells,
  stateFrom,
  surroundingsOf,
} from '../../projections/time-index/state.ts';
import type { TimeIndex } from '../../projections/time-index/time-index.ts';
import { chroniclePages, type PageOfChronicle } from './chronicle.ts';
import type { NegotiationLog } from './log/log.ts';
import { inPages, nextTurn } from './log/turns.ts';
import type { Room } from './text/cell-texts.ts';
import { type StateText, stateTeller } from './text/state-text.ts';

/** Some events: as they were recorded, in the order of the log; and in the order in which they count, with what became of each. */
export interface Excerpt {
  readonly entries: readonly Entry[];
  readonly chronicle: readonly ChronicleEntry[];
}

/** What a negotiation is called, and who and what it is about, today. */
export interface SetUp {
  readonly title: string;
  readonly parties: readonly string[];
  readonly issues: readonly string[];
}

/** A state but for what anybody stated. */
export type Proceedings = Omit<Replayed, 'positions' | 'possiblyByThen'>;

export interface Reader {
  state(gates: Gates, standard: Standard, filter?: Filter): Promise<Replayed>;
  /** The state as JSON. @param echo what it begins with */
  stateText(gates: Gates, standard: Standard, filter: Filter, echo: object): Promise<StateText>;
  /** Rounds, papers, outcomes, and who takes part: nothing is read of positions. */
  proceedings(gates: Gates): Promise<Proceedings>;
  history(cell: CellKey, gates: Gates, standard: Standard): Promise<readonly HistoryEntry[]>;
  difference(from: Gates, to: Gates, standard: Standard, filter: Filter): Promise<readonly Difference[]>;
  chronicle(gates: Gates): Promise<readonly ChronicleEntry[]>;
  /** what the state tells beside positions, and all that was said about it */
  surroundings(gates: Gates): Promise<Excerpt>;
  /** what the last events recorded, and of those about the record too what became of them */
  lastRecorded(gates: Gates, count: number): Promise<Excerpt>;
  /** what each cell held over time, in turns. @param then as each moment was known then */
  timelines(gates: Gates, standard: Standard, then: boolean, filter: Filter): AsyncIterable<CellTimeline>;
  readonly chroniclePage: PageOfChronicle;
  /** told again only after more was recorded; of a log of any length, a few events are read for it */
  setUp(): Promise<SetUp>;
}

/**
 * Reads one negotiation's log. Each answer is of one moment of the index, whatever is recorded while the words are read.
 * @param room where what was told is kept
 */
export function reader(log: NegotiationLog, room: Room): Reader {
  const contexts = new WeakMap<readonly number[], Context>();
  let known: { readonly index: TimeIndex; readonly size: number; readonly setUp: SetUp } | undefined;

  const read = (index: TimeIndex, rows: readonly number[], sight: Sight) => log.words.developments(index, rows, sight);

  async function contextAt(index: TimeIndex, sight: Sight): Promise<Context> {
    const rows = index.context(sight);
    const known = contexts.get(rows);
    if (known) return known;
    const context = contextOf(index, rows, await read(index, rows, sight));
    contexts.set(rows, context);
    return context;
  }

  // It keeps the texts it makes, so the developments they are made of need not be kept at hand.
  const tell = stateTeller({ room, context: contextAt, read: log.words.passingDevelopments });

  /** The cells asked for, and the rows that they show. */
  async function cellsAt(index: TimeIndex, sight: Sight, standard: Standard, filter: Filter) {
    const resolved = resolveInOrder(index, await contextAt(index, sight), sight, standard, filter);
    const rows = rowsOfCells(resolved);
    return { rows, cells: keyedCells(resolved, await read(index, rows, sight)) };
  }

  return {
    async state(gates, standard, filter = {}) {
      const { index } = log;
      const sight = index.sightOf(gates);
      const context = await contextAt(index, sight);
      const cells = resolveInOrder(index, context, sight, standard, filter);
      const possible = index.possible(sight);
      const words = await read(index, [...rowsOfCells(cells), ...possible], sight);
      return stateFrom(index, context, cells, possible, sight, words);
    },
    async proceedings(gates) {
      const { index } = log;
      const sight = index.sightOf(gates);
      const context = await contextAt(index, sight);
      return {
        title: titleOf(context.told),
        revision: String(sight.upTo),
        ...surroundingsOf(context, index.timeZone, gates.asOf),
      };
    },
    stateText: (gates, standard, filter, echo) => tell(log.index, { gates, standard, filter }, echo),
    async history(cell, gates, standard) {
      const { index } = log;
      const entries = await log.words.entries(index.historyOf(cell.party, cell.issue));
      return historyFrom(entries, index.timeZone, cell, gates, standard);
    },
    async difference(from, to, standard, filter) {
      const { index } = log;
      const sights = [index.sightOf(from), index.sightOf(to)] as const;
      const at = (sight: Sight) => cellsAt(index, sight, standard, filter);
      const [before, after] = [await at(sights[0]), await at(sights[1])];
      const { timeZone } = index;
      const differences = differencesOf(before.cells, after.cells, timeZone);
      const shown = new Set(after.rows);
      const hasEnded = ({ before, after }: Difference) => endedIn(before, after).size > 0;
      const moved = differences.flatMap((cell) => index.movedIn(cell, ...sights, shown, hasEnded(cell)));
      const entries = await log.words.passing([...new Set(moved)].sort((a, b) => a - b));
      return accounted(differences, entries, { timeZone, from, to, standard });
    },
    async chronicle(gates) {
      const entries: Entry[] = await Array.fromAsync(log.entries());
      return replayChronicle(entries, gates);
    },
    async surroundings(gates) {
      const entries = await log.words.passing(log.index.contextHistory());
      return { entries, chronicle: replayChronicle(entries, gates) };
    },
    async lastRecorded(gates, count) {
      const { index, size } = log;
      const first = Math.max(0, size - count);
      const last = Array.from({ length: size - first }, (_, place) => first + place);
      const related = await log.words.passing(index.withFamilies(last));
      const entries = related.filter(({ revision }) => revision >= first && revision < size);
      const ids = new Set(entries.map(({ development }) => development.id));
      return { entries, chronicle: replayLog(related, gates).filter(({ id }) => ids.has(id)) };
    },
    async *timelines(gates, standard, then, filter) {
      const { index, size, timeZone, words } = log;
      const cells = cellsInOrder(index, await contextAt(index, index.sightOf(gates)));
      for (const { party, issue } of cells.filter((cell) => isAsked(cell, filter))) {
        // Of all cells the same log is told, whatever is recorded meanwhile.
        const entries = await words.passing(index.historyOf(party, issue).filter((revision) => revision < size));
        const versions = await inTurns(
          then
            ? versionsThen(entries, { party, issue }, timeZone, gates.recordedBy, standard)
            : versionsOf(entries, { party, issue }, timeZone, gates, standard),
        );
        if (versions.length > 0) yield { party, issue, versions };
      }
    },
    chroniclePage: chroniclePages(log),
    async setUp() {
      const { index, size, timeZone } = log;
      if (known?.index === index && known.size === size) return known.setUp;
      const entries = await log.words.passing(index.setUpHistory());
      const { standing } = standingRecord(entries, timeZone, { knownOn: null, recordedBy: null });
      // All of it counts today: nothing counts later than it was recorded.
      const told = standing.filter(({ removedBy }) => removedBy === null);
      const setUp = {
        title: titleOf(told),
        parties: participantsOf(told).map(({ party }) => party),
        issues: issuesOf(told).map(({ issue }) => issue),
      };
      known = { index, size, setUp };
      return setUp;
    },
  };
}

/** So many moments of a cell are told in one turn: some milliseconds' work. */
const MOMENTS = 50;

async function inTurns(all: Versions): Promise<CellTimeline['versions']> {
  const versions: CellTimeline['versions'][number][] = [];
  for (const page of inPages(all, MOMENTS)) {
    for (const version of page) if (version) versions.push(version);
    await nextTurn();
  }
  return versions;
}
