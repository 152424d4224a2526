/** Moments in words, in the time zone of a negotiation. */
import { dayWords, edtfWords, longDayWords } from '../../../events/edtf-words.ts';

/** A moment (RFC 3339) as a civil day in a time zone: "13 Feb 2026"; null is "always". */
export const momentDay = (moment: string | null, timeZone: string): string =>
  moment === null ? 'always' : dayWords(civil(moment, timeZone).toPlainDate().toString());

/** The moment a gate means, by how it was asked: a bare day is its end. */
export function gateWords(asked: string, moment: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(asked)) return `${longDayWords(asked)}, end of day ${timeZone}`;
  const at = civil(moment, timeZone);
  const day = longDayWords(at.toPlainDate().toString());
  return asked.includes('T')
    ? `${day}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })} ${timeZone}${whichOfTwo(at)}`
    : `${day}, end of day ${timeZone} (${edtfWords(asked)})`;
}

/** Where clocks are set back, an hour occurs twice under the same words: " (UTC+3)" tells them apart. Nothing else needs it. */
function whichOfTwo(at: Temporal.ZonedDateTime): string {
  const read = (disambiguation: 'earlier' | 'later') =>
    at.toPlainDateTime().toZonedDateTime(at.timeZoneId, { disambiguation });
  if (read('earlier').equals(read('later'))) return '';
  return ` (UTC${at.offset.replace(/(?<=^[+-])0/, '').replace(/:00$/, '')})`;
}

/** The year in which a moment falls in a time zone. */
export const civilYear = (moment: string, timeZone: string): string => String(civil(moment, timeZone).year);

const civil = (moment: string, timeZone: string) => Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone);
