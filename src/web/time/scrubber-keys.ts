/** What the scrubber says to assistive technology, and where its keys lead. */
import type { KeyboardEvent } from 'react';
import { longDayWords } from '../../../events/edtf-words.ts';
import { dayOf, endOfDay, isDay, shiftDay, writeMoment } from '../moments.ts';
import { count } from '../words.ts';
import { nextStop, type Stop } from './stops.ts';

export function sayValue(asOf: string | null, here: number, stops: readonly Stop[]): string {
  if (asOf === null) return 'now';
  const date = isDay(asOf) ? longDayWords(asOf) : asOf;
  const stop = stops[here - 1];
  if (!stop) return `${date}: before the first development`;
  return `${date}: step ${here} of ${stops.length}, ${count(stop.developments, 'development')}; ${stop.headline}`;
}

/** Where a key leads: an address for `asOf`, null for now, undefined where the key means nothing here. */
export function keyStep(
  { key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent,
  stops: readonly Stop[],
  at: number,
  asOf: string | null,
  timeZone: string,
): string | null | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  const write = (stop: Stop | null | undefined) => stop && writeMoment(stop.at, timeZone);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return shiftKey ? byDay(-1, at, asOf, stops, timeZone) : write(nextStop(stops, at, -1));
    case 'ArrowRight':
    case 'ArrowUp':
      return shiftKey ? byDay(1, at, asOf, stops, timeZone) : write(nextStop(stops, at, 1));
    case 'PageDown':
      return write(nextStop(stops, at, -1, ({ round }) => round));
    case 'PageUp':
      return write(nextStop(stops, at, 1, ({ round }) => round));
    case 'Home':
      return write(stops[0]);
    case 'End':
      return null;
    default:
      return undefined;
  }
}

/** A day earlier or later; from now, one goes back to the last day on which something happened. */
function byDay(
  shift: -1 | 1,
  at: number,
  asOf: string | null,
  stops: readonly Stop[],
  timeZone: string,
): string | null | undefined {
  if (asOf === null || at === Number.POSITIVE_INFINITY) {
    const last = stops.at(-1);
    return shift === 1 || !last ? undefined : dayOf(last.at, timeZone);
  }
  const day = dayOf(at, timeZone);
  // From a moment within a day, "back" is to the end of the day before, and "on" is to the end of this one.
  const within = endOfDay(day, timeZone) !== at;
  return within && shift === 1 ? day : shiftDay(day, shift);
}
