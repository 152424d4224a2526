/** Dates in words, for people. What EDTF can say and this cannot is shown as it is written. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MONTHS_IN_FULL = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;

/** 2026-02-13 as "13 Feb 2026"; without the year where it is `year`. */
export function dayWords(day: string, year?: string): string {
  const parts = partsOf(day);
  return parts ? dateWords(parts, parts.year === year) : day;
}

/** 2026-02-13 as "13 February 2026". */
export function longDayWords(day: string): string {
  const parts = partsOf(day);
  return parts?.day === undefined ? day : `${parts.day} ${MONTHS_IN_FULL[(parts.month ?? 1) - 1]} ${parts.year}`;
}

/** An EDTF text in words: "13 Feb 2026", "by 13 Feb 2026", "21–23 Nov 2025", "about Feb 2026"; null is "always". */
export function edtfWords(text: string | null): string {
  if (text === null) return 'always';
  const [first = '', last] = text.split('/');
  if (last === undefined) return endWords(first);
  if (isOpen(first)) return `by ${endWords(last)}`;
  if (isOpen(last)) return `from ${endWords(first)}`;
  return intervalWords(first, last);
}

const isOpen = (end: string): boolean => end === '' || end === '..';

interface Parts {
  readonly year: string;
  readonly month?: number;
  readonly day?: number;
}

function partsOf(text: string): Parts | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined || (month !== undefined && !MONTHS[Number(month) - 1])) return undefined;
  return {
    year,
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

const dateWords = ({ year, month, day }: Parts, withoutYear = false): string =>
  [day, month === undefined ? undefined : MONTHS[month - 1], withoutYear && month !== undefined ? undefined : year]
    .filter((part) => part !== undefined)
    .join(' ');

function endWords(text: string): string {
  const [, date = text, qualifier = ''] = /^(.*?)([?~%]?)$/.exec(text) ?? [];
  const words = simpleWords(date);
  switch (qualifier) {
    case '~':
      return `about ${words}`;
    case '?':
      return `${words} (uncertain)`;
    case '%':
      return `about ${words} (uncertain)`;
    default:
      return words;
  }
}

function simpleWords(text: string): string {
  const parts = partsOf(text);
  if (parts) return dateWords(parts);
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? [];
  if (day !== undefined && time !== undefined) return `${dayWords(day)}, ${joinZone(time, zone)}`;
  const [, year, season] = /^(\d{4})-(2[1-4])$/.exec(text) ?? [];
  if (year !== undefined) return `${SEASONS[Number(season) - 21]} ${year}`;
  const unspecified = /^(\d{4}(?:-\d{2})?)(?:-XX)+$/.exec(text)?.[1];
  if (unspecified !== undefined) return `some time in ${simpleWords(unspecified)}`;
  const decade = /^(\d{3})X$/.exec(text)?.[1];
  return decade === undefined ? text : `the ${decade}0s`;
}

const joinZone = (time: string, zone: string | undefined): string =>
  zone === undefined ? time : `${time} ${zone === 'Z' ? 'UTC' : `UTC${zone}`}`;

function intervalWords(first: string, last: string): string {
  const [from, to] = [partsOf(first), partsOf(last)];
  if (!from || !to || (from.day === undefined) !== (to.day === undefined))
    return `${endWords(first)} – ${endWords(last)}`;
  if (from.year !== to.year) return `${dateWords(from)} – ${dateWords(to)}`;
  if (from.month !== to.month) return `${dateWords(from, true)} – ${dateWords(to)}`;
  return from.day === undefined || from.day === to.day ? dateWords(to) : `${from.day}–${dateWords(to)}`;
}
