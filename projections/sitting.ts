/** Sittings: when a round sat, and which reports tell only of what was before. */
import { civilDay, type DevelopmentOf, type Span, spanOf } from '../events/index.ts';
import type { Round } from './answers.ts';

/** What brings a round to a stage: a delegation does not. */
export type Step = DevelopmentOf<
  'RoundScheduled' | 'RoundPostponed' | 'RoundCancelled' | 'RoundOpened' | 'RoundConcluded'
>;

/** A round as told so far. */
export interface Told {
  readonly round: Round;
  /**
   * When it sat last: from the first moment at which it may have been opened to the one at which it had certainly been opened, adjourned
   * or concluded. null: nobody says that it did.
   */
  readonly sat: Span | null;
}

/**
 * Does a report count late only because its day is not known? So does a plan for a day on which the round sat, or for one before; a plan
 * that may have been made before the round sat, and is not certainly for a later day; and the opening of what was concluded by then.
 * @param happened from when on it may have, and by when it certainly had
 */
export function isOlderNews(
  { type, scheduledFor }: Step,
  happened: Span,
  { round: { status }, sat }: Told,
  timeZone: string,
): boolean {
  if (!sat) return false;
  switch (type) {
    case 'RoundScheduled':
    case 'RoundPostponed': {
      const mayBeBefore = happened.start < sat.start;
      if (scheduledFor === undefined) return type === 'RoundScheduled' && mayBeBefore;
      const planned = spanOf(scheduledFor, timeZone);
      return planned.start <= sat.end && (mayBeBefore || isByDayOf(planned.end, sat.end, timeZone));
    }
    case 'RoundOpened':
      return status === 'concluded' && happened.start <= sat.end;
    case 'RoundConcluded':
    case 'RoundCancelled':
      return false;
  }
}

/** Is a moment not later than the day on which another falls? */
const isByDayOf = (moment: number, other: number, timeZone: string): boolean =>
  moment <= other || (Number.isFinite(moment) && civilDay(moment, timeZone) === civilDay(other, timeZone));

/** An adjournment or a cancellation ends a sitting that was going on; what is held next is another. */
export function satAfter({ round: { status }, sat }: Told, type: Step['type'], happened: Span): Span | null {
  switch (type) {
    case 'RoundOpened':
      return happened;
    case 'RoundConcluded':
    case 'RoundPostponed':
    case 'RoundCancelled':
      if (status === 'under-way' && sat) return { start: sat.start, end: happened.end };
      return type === 'RoundConcluded' ? happened : sat;
    case 'RoundScheduled':
      return sat;
  }
}

/** A plan for another day leaves behind the days on which a round was held; an adjournment without one does not. */
export function heldAfter({ status, held }: Round, { type, occurred, scheduledFor }: Step): Round['held'] {
  switch (type) {
    case 'RoundOpened':
    case 'RoundConcluded':
      return status === 'under-way' || status === 'concluded' ? [...held, occurred] : [occurred];
    case 'RoundScheduled':
      return [];
    case 'RoundPostponed':
      return scheduledFor === undefined ? held : [];
    case 'RoundCancelled':
      return held;
  }
}
