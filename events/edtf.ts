/**
 * Dates as reports give them: EDTF level 0 and 1 (ISO 8601-2), read as spans of time in a negotiation's time zone.
 * Source: https://www.loc.gov/standards/datetime/
 */
import parseEdtf from 'edtf';

/** First and last millisecond (both inside), since 1970. An open end is -Infinity or Infinity. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type EdtfReading = { readonly ok: true; readonly span: Span } | { readonly ok: false; readonly message: string };

const FORMS =
  'write 2026-02-26, 2026-02, 2026-02-26T14:05:00+03:00, an interval 2025-11-21/2025-11-23, or ../2026-02-13 for "no later than"';

const LONGEST = 80;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;
const HAS_TIME = /T\d{2}:/;
const DAYS_FIRST = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/;

/** Reads an EDTF text as a span; says what would be right when it cannot. Never throws. */
export function readEdtf(text: string, timeZone: string): EdtfReading {
  const remembered = memory.get(timeZone)?.get(text);
  if (remembered) return { ok: true, span: remembered };
  const reading = read(text, timeZone);
  if (reading.ok) remember(text, timeZone, reading.span);
  return reading;
}

/** The span of an EDTF text already checked. @throws RangeError where it was not */
export function spanOf(text: string, timeZone: string): Span {
  const reading = readEdtf(text, timeZone);
  if (!reading.ok) throw new RangeError(`${text}: ${reading.message}`);
  return reading.span;
}

/** The civil day (2026-02-26) on which a moment falls in a time zone. */
export const civilDay = (moment: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

function read(text: string, timeZone: string): EdtfReading {
  const wrong = (why: string): EdtfReading => ({ ok: false, message: `${why}; ${FORMS}` });
  if (text.length > LONGEST) return wrong(`a date is at most ${LONGEST} characters`);
  const daysFirst = DAYS_FIRST.exec(text);
  if (daysFirst) return wrong(ambiguous(daysFirst));
  const ends = text.split('/');
  if (ends.length > 2) return wrong('an interval has one "/"');
  try {
    const [first = '', last] = ends;
    if (last === undefined) return { ok: true, span: readEnd(first, timeZone) };
    const start = isOpen(first) ? Number.NEGATIVE_INFINITY : readEnd(first, timeZone).start;
    const end = isOpen(last) ? Number.POSITIVE_INFINITY : readEnd(last, timeZone).end;
    if (start > end) return wrong('the interval ends before it starts');
    if (!Number.isFinite(start) && !Number.isFinite(end)) return wrong('an interval has at least one end');
    return { ok: true, span: { start, end } };
  } catch {
    return wrong('this is not a date that EDTF (level 0 or 1) can read');
  }
}

/** 15/02/1990: nothing in the text says which number is the month, so none is guessed. */
function ambiguous([, first = '', second = '', year = '']: RegExpExecArray): string {
  const iso = (month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const readings = [
    ...(Number(second) <= 12 ? [iso(second, first)] : []),
    ...(Number(first) <= 12 && first !== second ? [iso(first, second)] : []),
  ];
  return `which of the two numbers could be the month is not for a program to guess (${readings.join(' or ')}?)`;
}

const isOpen = (end: string): boolean => end === '' || end === '..';

function readEnd(text: string, timeZone: string): Span {
  if (INSTANT.test(text)) {
    const moment = Temporal.Instant.from(text).epochMilliseconds;
    return { start: moment, end: moment };
  }
  const { min, max } = parseEdtf(text, { level: 1 });
  if (!Number.isFinite(min) || !Number.isFinite(max)) throw new RangeError('out of range');
  if (HAS_TIME.test(text) && /(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return { start: min, end: max };
  return { start: inZone(min, timeZone), end: inZone(max, timeZone) };
}

/** The library reads a civil date as UTC: the same civil moment, in the negotiation's zone. */
const inZone = (utc: number, timeZone: string): number =>
  timeZone === 'UTC'
    ? utc
    : Temporal.Instant.fromEpochMilliseconds(utc).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(timeZone)
        .epochMilliseconds;

/** Parsing is dear and dates repeat: what was read is remembered, up to a bound. */
const memory = new Map<string, Map<string, Span>>();
const REMEMBERED = 20_000;

function remember(text: string, timeZone: string, span: Span): void {
  let zone = memory.get(timeZone);
  if (!zone || zone.size >= REMEMBERED) {
    zone = new Map();
    memory.set(timeZone, zone);
  }
  zone.set(text, span);
}
