/** EDTF read the slow and obvious way, for the forms the generators write: the judge does not read dates with what it judges. */

export interface NaiveSpan {
  /** milliseconds since 1970, both inside */
  readonly start: number;
  readonly end: number;
}

/** The span of an EDTF text (level 0, and of level 1: qualifiers, unspecified digits, intervals open on one side). */
export function naiveSpan(text: string, timeZone: string): NaiveSpan {
  const [first = '', last] = text.split('/');
  if (last === undefined) return naiveDate(first, timeZone);
  return {
    start: isOpen(first) ? Number.NEGATIVE_INFINITY : naiveDate(first, timeZone).start,
    end: isOpen(last) ? Number.POSITIVE_INFINITY : naiveDate(last, timeZone).end,
  };
}

/** The civil day of a moment. */
export const naiveDay = (moment: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();

const isOpen = (end: string): boolean => end === '' || end === '..';

function naiveDate(text: string, timeZone: string): NaiveSpan {
  if (/T.*(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const moment = Temporal.Instant.from(text).epochMilliseconds;
    return { start: moment, end: moment };
  }
  if (text.includes('T')) {
    const civil = Temporal.PlainDateTime.from(text);
    const reading = (disambiguation: 'earlier' | 'later') =>
      civil.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
    return { start: reading('earlier'), end: reading('later') };
  }
  const days = (from: Temporal.PlainDate, after: Temporal.PlainDate): NaiveSpan => ({
    start: from.toZonedDateTime(timeZone).epochMilliseconds,
    end: after.toZonedDateTime(timeZone).epochMilliseconds - 1,
  });
  const [year = '', month, day] = text.replace(/[?~%]$/, '').split('-');
  const firstYear = Number(year.replaceAll('X', '0'));
  const lastYear = Number(year.replaceAll('X', '9'));
  if (month === undefined || month === 'XX')
    return days(new Temporal.PlainDate(firstYear, 1, 1), new Temporal.PlainDate(lastYear + 1, 1, 1));
  const startOfMonth = new Temporal.PlainDate(firstYear, Number(month), 1);
  if (day === undefined || day === 'XX') return days(startOfMonth, startOfMonth.add({ months: 1 }));
  const date = startOfMonth.with({ day: Number(day) });
  return days(date, date.add({ days: 1 }));
}
