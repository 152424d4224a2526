/** Days and moments on screen. A bare date means the end of that civil day in the time zone of the negotiation. */
import { dayWords, longDayWords } from '../../events/edtf-words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const MS_PER_DAY = 86_400_000;
const HALF_DAY_MS = MS_PER_DAY / 2;

export const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let one = formats.get(key);
  if (!one) {
    one = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    formats.set(key, one);
  }
  return one;
}

/** The civil day of a moment, `2026-02-26`. */
export function dayOf(moment: number, timeZone: string): string {
  if (timeZone === 'UTC') return new Date(moment).toISOString().slice(0, 10);
  const parts = format(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The last millisecond of a civil day: where clocks are set back at midnight, the later of two. */
export function endOfDay(day: string, timeZone: string): number {
  const nextMidnight = Date.parse(`${day}T00:00:00Z`) + MS_PER_DAY;
  const ends = [-HALF_DAY_MS, HALF_DAY_MS].map((aside) => {
    const offset = offsetAt(nextMidnight - offsetAt(nextMidnight, timeZone) + aside, timeZone);
    return nextMidnight - offset - 1;
  });
  const within = ends.filter((end) => dayOf(end, timeZone) === day);
  return Math.max(...(within.length > 0 ? within : ends));
}

function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const parts = format(timeZone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(moment / 1000) * 1000;
}

/** How a moment is written in an address: a bare day where it is the end of one. */
export function writeMoment(moment: number, timeZone: string): string {
  const day = dayOf(moment, timeZone);
  return endOfDay(day, timeZone) === moment ? day : new Date(moment).toISOString();
}

/** The moment an address means, or undefined where it cannot be read here (the server says why). */
export function readMoment(text: string, timeZone: string): number | undefined {
  if (isDay(text)) return endOfDay(text, timeZone);
  const moment = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/** `shift` days later, on the calendar. */
export function shiftDay(day: string, shift: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + shift * MS_PER_DAY).toISOString().slice(0, 10);
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** The hour of a moment: "14:05 UTC"; of one that occurs twice, which of the two: "23:30 Africa/Cairo (UTC+3)". */
const sayClock = (at: number, timeZone: string): string =>
  `${format(timeZone, CLOCK).format(at)} ${zoneName(timeZone)}${occursTwice(at, timeZone) ? ` (${sayOffset(offsetAt(at, timeZone))})` : ''}`;

/** Whether clocks, set back, show at another moment what they show at this one. */
function occursTwice(at: number, timeZone: string): boolean {
  const offset = offsetAt(at, timeZone);
  return [-MS_PER_DAY, MS_PER_DAY].some((aside) => {
    const other = offsetAt(at + aside, timeZone);
    return other !== offset && offsetAt(at + offset - other, timeZone) === other;
  });
}

/** "UTC+3", "UTC-4:30" */
function sayOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

/** "26 Feb 2026, 14:05 UTC"; at the end of a day the day alone. */
export function sayMoment(moment: string | number, timeZone: string): string {
  const at = typeof moment === 'number' ? moment : Date.parse(moment);
  const day = dayOf(at, timeZone);
  if (endOfDay(day, timeZone) === at) return dayWords(day);
  return `${dayWords(day)}, ${sayClock(at, timeZone)}`;
}

/** A gate in a sentence: "26 February 2026, end of day UTC". */
export function sayGate(text: string, timeZone: string): string {
  if (isDay(text)) return `${longDayWords(text)}, end of day ${zoneName(timeZone)}`;
  const at = readMoment(text, timeZone);
  return at === undefined ? text : `${longDayWords(dayOf(at, timeZone))}, ${sayClock(at, timeZone)}`;
}

const zoneName = (timeZone: string): string => timeZone.replaceAll('_', ' ');

/** A date with each time in it as the civil day on which that falls; a time without an offset is one of the time zone already. */
export const inDays = (text: string, timeZone: string): string =>
  text
    .split('/')
    .map((part) => {
      const [day = '', time] = part.split('T');
      const at = time !== undefined && /(?:Z|[+-]\d{2}(?::?\d{2})?)$/.test(time) ? Date.parse(part) : Number.NaN;
      return Number.isNaN(at) ? day : dayOf(at, timeZone);
    })
    .join('/');

/**
 * Where a date lies on an axis: first and last moment, as far as days, months, years and intervals of them go. Only for drawing: what
 * counts when is the server's to say. Undefined where it cannot be drawn.
 */
export function drawnSpan(text: string): readonly [number, number] | undefined {
  const [start = '', end = start] = text.split('/');
  const open = (part: string) => part === '..' || part === '';
  const [from, to] = [drawnDate(open(start) ? end : start), drawnDate(open(end) ? start : end)];
  if (from === undefined || to === undefined) return undefined;
  return open(start) ? [to[1], to[1]] : open(end) ? [from[0], from[0]] : [from[0], to[1]];
}

function drawnDate(text: string): readonly [number, number] | undefined {
  const date = text.replace(/[?~%]$/, '');
  if (date.includes('T')) {
    const at = Date.parse(date);
    return Number.isNaN(at) ? undefined : [at, at];
  }
  const [, year, month, day] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const after =
    day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  return [Date.UTC(y, m, d), after - 1];
}
