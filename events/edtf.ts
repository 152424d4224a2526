/// <reference path="./edtf-library.d.ts" />
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

export type EdtfReading =
  | { readonly ok: true; readonly span: Span }
  /** `why` it cannot be read; `message` adds what would be right */
  | { readonly ok: false; readonly why: string; readonly message: string };

const FORMS =
  'write 2026-02-26, 2026-02, 2026-02-26T14:05:00+03:00, an interval 2025-11-21/2025-11-23, or ../2026-02-13 for "no later than"';

const LONGEST = 80;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;
const HAS_TIME = /T\d{2}:/;
const HAS_OFFSET = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/;
const DAY = /^(-?\d{4})-(\d{2})-(\d{2})/;
const SEASON = /^(\d{4})-(2[1-4])$/;
const PLAIN = /^([1-9]\d{3})(?:-(\d{2}))?(?:-(\d{2}))?$/;
const UNSPECIFIED_BEFORE_ZERO = /^(-\d{4})-XX(?:-XX)?$|^(-\d{4}-\d{2})-XX$/;
const YEAR_FIRST = /^-?[\dX]{4}(?![\dX])/;
const MONTH_FIRST = /^\s*(\d{1,2})[/.-](\d{4})\s*$/;
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
export function civilDay(moment: number, timeZone: string): string {
  let zone = days.get(timeZone);
  if (!zone || zone.size >= REMEMBERED) {
    zone = new Map();
    days.set(timeZone, zone);
  }
  let day = zone.get(moment);
  if (day === undefined) {
    day = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();
    zone.set(moment, day);
  }
  return day;
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

function read(text: string, timeZone: string): EdtfReading {
  const wrong = (why: string): EdtfReading => ({ ok: false, why, message: `${why}; ${FORMS}` });
  if (text.length > LONGEST) return wrong(`a date is at most ${LONGEST} characters`);
  const daysFirst = DAYS_FIRST.exec(text);
  if (daysFirst) return wrong(ambiguous(daysFirst));
  const [, month, year] = MONTH_FIRST.exec(text) ?? [];
  if (month && year) return wrong(`the year comes first (${year}-${month.padStart(2, '0')}?)`);
  const [first = '', last, ...more] = text.split('/');
  if (more.length > 0) return wrong('an interval has one "/"');
  try {
    if (last === undefined) return { ok: true, span: readEnd(first, timeZone) };
    if (isOpen(first) && isOpen(last)) return wrong('an interval has at least one end');
    if (startOf(first, 'UTC') > endOf(last, 'UTC') + slack(first, last))
      return wrong('the interval ends before it starts');
    const start = startOf(first, timeZone);
    return { ok: true, span: { start, end: Math.max(start, endOf(last, timeZone)) } };
  } catch {
    return wrong('this is not a date that EDTF (level 0 or 1) can read');
  }
}

const startOf = (end: string, timeZone: string): number =>
  isOpen(end) ? Number.NEGATIVE_INFINITY : readEnd(end, timeZone).start;

const endOf = (end: string, timeZone: string): number =>
  isOpen(end) ? Number.POSITIVE_INFINITY : readEnd(end, timeZone).end;

/**
 * Whether an interval is in order must not depend on the zone it is read in, or what was recorded could not be read back. Between a
 * moment with its offset and a civil day, it does by up to twelve hours; those are granted.
 */
const slack = (first: string, last: string): number =>
  HAS_OFFSET.test(first) === HAS_OFFSET.test(last) ? 0 : 12 * 3_600_000;

/** 15/02/1990: nothing in the text says which number is the month, so none is guessed. */
function ambiguous([, first = '', second = '', year = '']: RegExpExecArray): string {
  const iso = (month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const readings = [
    ...(Number(second) <= 12 ? [iso(second, first)] : []),
    ...(Number(first) <= 12 && first !== second ? [iso(first, second)] : []),
  ];
  if (readings.length === 0) return 'no number here could be the month';
  return `which of the two numbers could be the month is not for a program to guess (${readings.join(' or ')}?)`;
}

const isOpen = (end: string): boolean => end === '' || end === '..';

function readEnd(text: string, timeZone: string): Span {
  if (INSTANT.test(text)) {
    const moment = Temporal.Instant.from(text).epochMilliseconds;
    return { start: moment, end: moment };
  }
  const [, year, season] = SEASON.exec(text)?.map(Number) ?? [];
  if (year !== undefined && season !== undefined) return seasonSpan(year, season, timeZone);
  // The library also reads 20 as a century and 202 as a decade: nobody who writes 2025-11-21/23 means the year 2399.
  if (!YEAR_FIRST.test(text)) throw new RangeError('no year');
  const { min, max } = plain(text) ?? parseEdtf(specified(text), { level: 1 });
  if (!Number.isFinite(min) || !Number.isFinite(max)) throw new RangeError('out of range');
  // The library takes 29 February for 1 March where there is none.
  const [, ...day] = DAY.exec(text)?.map(Number) ?? [];
  if (day.length > 0) void new Temporal.PlainDate(...(day as [number, number, number]));
  if (HAS_OFFSET.test(text) || timeZone === 'UTC') return { start: min, end: max };
  // The library reads a civil date as UTC: the same civil moment, in the negotiation's zone.
  if (!HAS_TIME.test(text))
    return { start: startOfDay(civil(min), timeZone), end: startOfDay(civil(max + 1), timeZone) - 1 };
  // An hour the clock shows twice, or not at all: the first and the last moment it may mean.
  return { start: zoned(civil(min), timeZone, 'earlier'), end: zoned(civil(max), timeZone, 'later') };
}

/**
 * Before the year 0 the library takes the last month or day for the first where it is unspecified, and the first for the last. What is
 * specified spans the same.
 */
function specified(text: string): string {
  const [, year, month] = UNSPECIFIED_BEFORE_ZERO.exec(text) ?? [];
  return year ?? month ?? text;
}

/** Most dates are a day, a month or a year. Read through the library's grammar each takes a hundred times as long. */
function plain(text: string): { readonly min: number; readonly max: number } | undefined {
  const [, year, month, day] = PLAIN.exec(text) ?? [];
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const min = Date.UTC(y, m, d);
  // A month or day that does not exist came out as another one: the library says no.
  if (!new Date(min).toISOString().startsWith(text)) return undefined;
  if (day !== undefined) return { min, max: Date.UTC(y, m, d + 1) - 1 };
  return { min, max: (month === undefined ? Date.UTC(y + 1, 0) : Date.UTC(y, m + 1)) - 1 };
}

/** Seasons as they are counted north of the equator: spring (21) is March to May, winter (24) ends in the next year. */
function seasonSpan(year: number, season: number, timeZone: string): Span {
  const first = new Temporal.PlainDate(year, 3 * (season - 20), 1);
  const start = first.toZonedDateTime(timeZone).epochMilliseconds;
  return { start, end: first.add({ months: 3 }).toZonedDateTime(timeZone).epochMilliseconds - 1 };
}

const civil = (utc: number): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(utc).toZonedDateTimeISO('UTC').toPlainDateTime();

const zoned = (moment: Temporal.PlainDateTime, timeZone: string, disambiguation: 'earlier' | 'later'): number =>
  moment.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;

/** A day ends where the next one starts: at midnight, or where the clock that day skips to. */
const startOfDay = (moment: Temporal.PlainDateTime, timeZone: string): number =>
  moment.toPlainDate().toZonedDateTime(timeZone).epochMilliseconds;

/** Parsing is dear and dates repeat: what was read is remembered, up to a bound. */
const memory = new Map<string, Map<string, Span>>();
const days = new Map<string, Map<number, string>>();
const REMEMBERED = 20_000;

function remember(text: string, timeZone: string, span: Span): void {
  let zone = memory.get(timeZone);
  if (!zone || zone.size >= REMEMBERED) {
    zone = new Map();
    memory.set(timeZone, zone);
  }
  zone.set(text, span);
}
