/** When rounds lie on the axis: as held, or as scheduled. */
import type { Round } from '../../../projections/answers.ts';
import { drawnSpan, inDays, isDay } from '../moments.ts';

export interface RoundTime {
  readonly round: Round;
  readonly from: number;
  readonly to: number;
  /** the day is only planned */
  readonly planned: boolean;
  /** whether the day on which it began, or ended, is not known */
  readonly vague: 'begin' | 'end' | null;
}

/** The rounds that have a place in time, earliest first, by the civil days of the negotiation. */
export function roundTimes(rounds: readonly Round[], timeZone: string): readonly RoundTime[] {
  return rounds
    .flatMap((round): RoundTime[] => {
      const held = round.held.map((date) => inDays(date, timeZone));
      const scheduledFor = round.scheduledFor && inDays(round.scheduledFor, timeZone);
      const planned = held.length === 0;
      const spans = (planned ? [scheduledFor ?? ''] : held).flatMap((date) => {
        const span = drawnSpan(date);
        return span ? [span] : [];
      });
      if (spans.length === 0) return [];
      const from = Math.min(...spans.map(([start]) => start));
      const to = Math.max(...spans.map(([, end]) => end));
      const [first = '', last = first] = [held[0], held.at(-1)];
      const vague = planned ? null : !isToTheDay(first) ? 'begin' : !isToTheDay(last) ? 'end' : null;
      return [{ round, planned, vague, from, to }];
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

const isToTheDay = (date: string): boolean => isDay(date.replace(/[?~%]$/, ''));
