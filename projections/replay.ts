/**
 * Replay: the log of one negotiation seen through the gates. Every answer about a moment starts here.
 */
import { byOrder, type Entry, isTimeZone } from '../events/index.ts';
import { accounted } from './account.ts';
import { agreementsOf } from './agreements.ts';
import type { ChronicleEntry, Difference, HistoryEntry, Standard, State } from './answers.ts';
import { chronicleOf, possiblyBy } from './chronicle.ts';
import { differencesOf, type KeyedCell } from './difference.ts';
import { exchangesOf } from './exchanges.ts';
import { historyOf } from './history.ts';
import { issuesOf, participantsOf } from './participants.ts';
import { plansOf } from './plans.ts';
import { byCell, type CellKey, foldCell, positionOf } from './positions.ts';
import { type Counted, type Gates, type Standing, standingRecord } from './record.ts';
import { roundsOf } from './rounds.ts';
import { inTableOrder } from './table-order.ts';

/** What a state holds beside what was asked: the gates are echoed by whoever read them. */
export type Replayed = Omit<State, 'negotiation' | 'asOf' | 'knownOn' | 'recordedBy' | 'standard' | 'gates'>;

export interface Filter {
  readonly party?: string | undefined;
  readonly issue?: string | undefined;
}

/** Whether a filter lets through what is of a party on an issue. */
export const isAsked = ({ party, issue }: CellKey, filter: Filter): boolean =>
  (filter.party === undefined || party === filter.party) && (filter.issue === undefined || issue === filter.issue);

/** The time zone a negotiation counts its days in: said when it was opened, and fixed. */
export function timeZoneOf(entries: readonly Entry[]): string {
  const opened = entries[0]?.development;
  return opened?.type === 'NegotiationOpened' && isTimeZone(opened.timeZone) ? opened.timeZone : 'UTC';
}

/** The state of a negotiation through the gates. The reference fold: the tracker answers from the index, and tests hold it to this. */
export function replay(entries: readonly Entry[], gates: Gates, standard: Standard, filter: Filter = {}): Replayed {
  const timeZone = timeZoneOf(entries);
  const { standing, revision } = standingRecord(entries, timeZone, gates);
  const counted = countedBy(standing, gates.asOf);
  const parties = participantsOf(counted);
  const issues = issuesOf(counted);
  const cells = inTableOrder(cellsOf(counted, standard, filter), parties, issues);
  return {
    title: titleOf(counted),
    revision: String(revision),
    positions: cells.map(({ party, issue, cell }) => positionOf(party, issue, cell, timeZone)),
    rounds: roundsOf(counted, timeZone, gates.asOf),
    plans: plansOf(counted),
    exchanges: exchangesOf(counted),
    agreements: agreementsOf(counted, timeZone),
    parties,
    issues,
    possiblyByThen: possiblyBy(standing, gates.asOf),
  };
}

/** What one party stated on one issue, oldest first, through the gates. The reference fold: the tracker answers from the index, and tests hold it to this. */
export function replayHistory(
  entries: readonly Entry[],
  key: CellKey,
  gates: Gates,
  standard: Standard,
): readonly HistoryEntry[] {
  return historyFrom(entries, timeZoneOf(entries), key, gates, standard);
}

/** The same from those entries only that ever touched the cell, with all that bears on them. */
export function historyFrom(
  entries: readonly Entry[],
  timeZone: string,
  key: CellKey,
  gates: Gates,
  standard: Standard,
): readonly HistoryEntry[] {
  const { standing } = standingRecord(entries, timeZone, gates);
  return historyOf(effectiveBy(standing, gates.asOf), key, standard, timeZone);
}

/** What moved between two views of the same log. The reference fold: the tracker answers from the index, and tests hold it to this. */
export function replayDifference(
  entries: readonly Entry[],
  from: Gates,
  to: Gates,
  standard: Standard,
): readonly Difference[] {
  const timeZone = timeZoneOf(entries);
  const cells = (gates: Gates) => {
    const counted = countedBy(standingRecord(entries, timeZone, gates).standing, gates.asOf);
    return inTableOrder(cellsOf(counted, standard, {}), participantsOf(counted), issuesOf(counted));
  };
  const differences = differencesOf(cells(from), cells(to), timeZone);
  return accounted(differences, entries, { timeZone, from, to, standard });
}

/** Every development in the order in which it counts, with what became of it. */
export function replayChronicle(entries: readonly Entry[], gates: Gates): readonly ChronicleEntry[] {
  const { standing } = standingRecord(entries, timeZoneOf(entries), gates);
  return chronicleOf(effectiveBy(standing, gates.asOf));
}

/** Every event of the log that counts, what is about the record as well, with what became of it. */
export function replayLog(entries: readonly Entry[], gates: Gates): readonly ChronicleEntry[] {
  const { standing, remarks } = standingRecord(entries, timeZoneOf(entries), gates);
  const counted = effectiveBy(standing, gates.asOf);
  return chronicleOf([...counted, ...remarks.values()].sort(byOrder), counted);
}

const effectiveBy = (standing: readonly Standing[], asOf: number): readonly Standing[] =>
  standing.filter(({ clocks }) => clocks.effective <= asOf);

const countedBy = (standing: readonly Standing[], asOf: number): readonly Standing[] =>
  standing.filter(({ clocks, removedBy }) => removedBy === null && clocks.effective <= asOf);

function cellsOf(counted: readonly Standing[], standard: Standard, filter: Filter): KeyedCell[] {
  return [...byCell(counted).values()]
    .filter((key) => isAsked(key, filter))
    .map(({ party, issue, standing }) => ({ party, issue, cell: foldCell(standing, standard) }));
}

/** The title of the negotiation, as it was opened or corrected. */
export function titleOf(counted: readonly Counted[]): string {
  const opened = counted.find(({ development }) => development.type === 'NegotiationOpened')?.development;
  return opened?.type === 'NegotiationOpened' ? opened.title : '';
}
