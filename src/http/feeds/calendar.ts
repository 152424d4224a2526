/** Rounds of talks as a calendar (RFC 5545) that calendar programs subscribe to. */
import ical, { escape as escapeText, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Round, State } from '../../../projections/index.ts';
import type { Excerpt } from '../../tracker/index.ts';
import { type Days, daysOf } from './round-dates.ts';
import { roundRevisions } from './round-revisions.ts';

export interface CalendarContext {
  /** the address of this server, without a slash at the end */
  readonly base: string;
  readonly negotiation: string;
  readonly state: Pick<State, 'title' | 'parties' | 'rounds' | 'gates'>;
  /** what is on record of rounds */
  readonly surroundings: Excerpt;
}

/** A round without any date on record, or with one that no calendar can write, is not in it. */
export function calendarOf(context: CalendarContext): string {
  const { base, negotiation, state, surroundings } = context;
  const { timeZone } = state.gates;
  const revisions = roundRevisions(surroundings.entries);
  const recorded = new Map(surroundings.entries.map(({ development }) => [development.id, development]));
  const entries = new Map(surroundings.chronicle.map((entry) => [entry.id, entry]));
  const names = new Map(state.parties.map(({ party, name }) => [party, name]));
  const calendar = ical({
    // The library escapes the words of entries, and not this one.
    name: escapeText(`${state.title}: rounds`, false),
    prodId: { company: 'Demarche', product: 'Rounds', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
    url: `${base}/api/negotiations/${negotiation}/rounds.ics`,
  });
  for (const round of state.rounds) {
    const own = round.developments.flatMap((id) => entries.get(id) ?? []);
    const days = daysOf(round, own, recorded, timeZone);
    if (!days || !isWritable(days)) continue;
    const revision = revisions.get(round.round);
    const stamp = revision && new Date(revision.last);
    calendar.createEvent({
      id: `${round.round}@${negotiation}.demarche`,
      sequence: Math.max(0, (revision?.times ?? 1) - 1),
      allDay: true,
      start: midnight(days.first),
      end: dayAfter(days.last),
      summary: summary(round, names),
      description: description(round, days, names, timeZone),
      location: round.venue,
      status: statusOf(round, days),
      transparency: ICalEventTransparency.TRANSPARENT,
      url: `${base}/?${new URLSearchParams({ negotiation, view: 'talks' })}`,
      ...(stamp && { stamp, lastModified: stamp }),
    });
  }
  // Each line has an end, the last one too (RFC 5545, 3.1); the library leaves that to its user.
  return `${calendar}\r\n`;
}

const DAY_MS = 86_400_000;
const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayAfter = (day: string): Date => new Date(midnight(day).getTime() + DAY_MS);

/** Years have four digits there (RFC 5545, 3.3.4), also that of the day after the last one. */
const isWritable = ({ first, last }: Days): boolean => /^\d{4}-/.test(first) && last < '9999-12-31';

/** Where a round was called off before it sat, the day it had stands no more; a day on which it sat does. */
function statusOf({ status, scheduledFor, held }: Round, { exact }: Days): ICalEventStatus {
  const known = exact ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE;
  const calledOff = held.length > 0 ? known : ICalEventStatus.CANCELLED;
  switch (status) {
    case 'cancelled':
      return calledOff;
    case 'postponed':
      return scheduledFor === null ? calledOff : ICalEventStatus.TENTATIVE;
    case 'overdue':
      return ICalEventStatus.TENTATIVE;
    case 'scheduled':
    case 'under-way':
    case 'concluded':
      return known;
  }
}

/** What parties are called, by id. */
type Names = ReadonlyMap<string, string>;
const named = (parties: readonly string[], names: Names): string =>
  parties.map((party) => names.get(party) ?? party).join(', ');

function summary(round: Round, names: Names): string {
  const who = named(round.parties, names);
  const fate = fateOf(round);
  return `${who === '' ? round.round : who}: ${round.format ?? 'talks'}${fate === null ? '' : ` (${fate})`}`;
}

/** What became of a round, where it was neither held as planned nor is to be. */
function fateOf({ status, scheduledFor, held }: Round): string | null {
  const sat = held.length > 0;
  switch (status) {
    case 'cancelled':
      return sat ? 'broken off' : 'cancelled';
    case 'postponed':
      return scheduledFor !== null ? 'postponed to here' : sat ? 'adjourned, no new date' : 'postponed, no new date';
    case 'overdue':
      return 'was due; nothing on record since';
    case 'scheduled':
    case 'under-way':
    case 'concluded':
      return null;
  }
}

function description(
  { round, mediators, summary: words, outcome }: Round,
  { exact, text }: Days,
  names: Names,
  timeZone: string,
): string {
  return [
    words,
    outcome === null ? null : `Outcome: ${outcome}`,
    mediators.length === 0 ? null : `Mediators: ${named(mediators, names)}`,
    exact ? null : `The day is not on record: the date is given as ${text}, and the entry spans all of it.`,
    `Round ${round}; days in the time zone ${timeZone}.`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}
