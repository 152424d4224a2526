/** A moment as it is answered: RFC 3339, UTC, milliseconds. */
export const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The same, where "always" (set-up without a date) is null. */
export const momentOrAlways = (milliseconds: number): string | null =>
  Number.isFinite(milliseconds) ? moment(milliseconds) : null;
