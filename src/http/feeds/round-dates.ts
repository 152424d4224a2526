/** On which days of a calendar a round stands, and how sure they are. */
import { civilDay, type Development, readEdtf } from '../../../events/index.ts';
import type { ChronicleEntry, Round } from '../../../projections/index.ts';

export interface Days {
  /** first and last civil day, both inside */
  readonly first: string;
  readonly last: string;
  /** the days themselves are on record, not only the month or the like */
  readonly exact: boolean;
  /** the date as it is on record */
  readonly text: string;
}

/**
 * The days of a round: while it is planned, those it is scheduled for; where it was held since, those, if they are known to the day, and
 * else those it was scheduled for; where it was called off before it sat, those it had last. Undefined where no date is on record.
 * @param entries the developments about it, in the order in which they count
 * @param recorded developments as recorded, by id
 */
export function daysOf(
  { status, scheduledFor, held: dates }: Round,
  entries: readonly ChronicleEntry[],
  recorded: ReadonlyMap<string, Development>,
  timeZone: string,
): Days | undefined {
  const planned = scheduledFor === null ? undefined : readDays(scheduledFor, timeZone);
  const held = heldDays(dates, timeZone);
  switch (status) {
    case 'scheduled':
    case 'overdue':
      return planned;
    case 'postponed':
    case 'cancelled':
    case 'under-way':
    case 'concluded':
      return held?.exact ? held : (planned ?? held ?? lastDays(entries, recorded, timeZone));
  }
}

/** Where a round stood before it lost its date: its entry stays there, called off. What it had before it sat last is over. */
function lastDays(
  entries: readonly ChronicleEntry[],
  recorded: ReadonlyMap<string, Development>,
  timeZone: string,
): Days | undefined {
  const dates = entries
    .slice(entries.findLastIndex(isSitting) + 1)
    .flatMap((entry) => scheduledBy(entry, recorded.get(entry.id)) ?? []);
  const date = dates.at(-1);
  return date === undefined ? undefined : readDays(date, timeZone);
}

const isSitting = ({ type }: ChronicleEntry): boolean => type === 'RoundOpened' || type === 'RoundConcluded';

/** The date a development set for a round, as corrected since. */
function scheduledBy({ corrections }: ChronicleEntry, development: Development | undefined): string | null {
  const corrected = corrections.findLast(({ changes }) => Object.hasOwn(changes, 'scheduledFor'));
  const date = corrected
    ? corrected.changes.scheduledFor
    : development && 'scheduledFor' in development && development.scheduledFor;
  return typeof date === 'string' ? date : null;
}

function heldDays(held: Round['held'], timeZone: string): Days | undefined {
  const dates = held.map((text) => readDays(text, timeZone)).filter((days) => days !== undefined);
  const [first] = dates.toSorted((a, b) => (a.first < b.first ? -1 : 1));
  const last = dates.toSorted((a, b) => (a.last < b.last ? -1 : 1)).at(-1);
  if (!first || !last) return undefined;
  const text = [...new Set(dates.map((days) => days.text))].join(', ');
  return { first: first.first, last: last.last, exact: dates.every(isOneDay), text };
}

/** When something happened, an interval says that the day is not known. */
const isOneDay = ({ exact, first, last }: Days): boolean => exact && first === last;

/** A date that is open at one end stands on the day at its other. */
function readDays(text: string, timeZone: string): Days | undefined {
  const reading = readEdtf(text, timeZone);
  if (!reading.ok) return undefined;
  const { start, end } = reading.span;
  const first = civilDay(Number.isFinite(start) ? start : end, timeZone);
  const last = civilDay(Number.isFinite(end) ? end : start, timeZone);
  return { first, last, exact: text.split('/').every((part) => /^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(part)), text };
}
