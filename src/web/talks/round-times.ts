/** When rounds lie on the axis: as held, by the developments that tell of them, or as scheduled. */
import type { ChronicleEntry, Round } from '../../../projections/answers.ts';
import { drawnSpan } from '../moments.ts';

export interface RoundTime {
  readonly round: Round;
  readonly from: number;
  readonly to: number;
  /** the day is only planned */
  readonly planned: boolean;
  /** it was held within this span, and no report says on which day */
  readonly vague: boolean;
}

/** The rounds that have a place in time, earliest first. */
export function roundTimes(rounds: readonly Round[], chronicle: readonly ChronicleEntry[]): readonly RoundTime[] {
  const byId = new Map(chronicle.map((entry) => [entry.id, entry]));
  return rounds
    .flatMap((round): RoundTime[] => {
      let vague = false;
      const told = round.developments.flatMap((id) => {
        const entry = byId.get(id);
        const held = entry?.type === 'RoundOpened' || entry?.type === 'RoundConcluded';
        if (!held || entry.occurred === null) return [];
        vague ||= entry.type === 'RoundOpened' && entry.occurred.includes('/');
        const span = drawnSpan(entry.occurred);
        return span ? [span] : [];
      });
      const planned = told.length === 0;
      const scheduled = round.scheduledFor === null ? undefined : drawnSpan(round.scheduledFor);
      const spans = planned ? (scheduled ? [scheduled] : []) : told;
      if (spans.length === 0) return [];
      const from = Math.min(...spans.map(([start]) => start));
      const to = Math.max(...spans.map(([, end]) => end));
      return [{ round, planned, vague, from, to }];
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
}
