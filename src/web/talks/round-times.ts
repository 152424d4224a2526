/** When rounds lie on the axis: as held, by the developments that tell of them, or as scheduled. */
import type { ChronicleEntry, Round } from '../../../projections/answers.ts';
import { drawnSpan } from '../moments.ts';

export interface RoundTime {
  readonly round: Round;
  readonly from: number;
  readonly to: number;
  /** the day is only planned */
  readonly planned: boolean;
  /** whether the day on which it began, or ended, is known only as a span */
  readonly vague: 'begin' | 'end' | null;
}

/** The rounds that have a place in time, earliest first. */
export function roundTimes(rounds: readonly Round[], chronicle: readonly ChronicleEntry[]): readonly RoundTime[] {
  const byId = new Map(chronicle.map((entry) => [entry.id, entry]));
  return rounds
    .flatMap((round): RoundTime[] => {
      const told = isHeld(round) ? heldDates(round.developments.flatMap((id) => byId.get(id) ?? [])) : [];
      const planned = told.length === 0;
      const spans = (planned ? [round.scheduledFor ?? ''] : told).flatMap((date) => {
        const span = drawnSpan(date);
        return span ? [span] : [];
      });
      if (spans.length === 0) return [];
      const from = Math.min(...spans.map(([start]) => start));
      const to = Math.max(...spans.map(([, end]) => end));
      const [first = '', last = first] = [told[0], told.at(-1)];
      const vague = planned ? null : first.includes('/') ? 'begin' : last.includes('/') ? 'end' : null;
      return [{ round, planned, vague, from, to }];
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Is it being held, or over? One that was adjourned, or called anew, stands on the day that it is scheduled for. */
const isHeld = ({ status }: Round): boolean => status === 'under-way' || status === 'concluded';

/** The dates of what tells that a round was held: a sitting that was adjourned is no part of the one that follows. */
const heldDates = (entries: readonly ChronicleEntry[]): readonly string[] =>
  entries
    .slice(entries.findLastIndex(endsSitting) + 1)
    .flatMap(({ type, occurred }) =>
      occurred !== null && (type === 'RoundOpened' || type === 'RoundConcluded') ? [occurred] : [],
    );

const endsSitting = ({ type }: ChronicleEntry): boolean =>
  type === 'RoundScheduled' || type === 'RoundPostponed' || type === 'RoundCancelled';
