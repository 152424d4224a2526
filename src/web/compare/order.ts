/** A comparison goes from an earlier moment to a later one; the server refuses to go backwards. */
import { readMoment } from '../moments.ts';

/**
 * Whether a comparison would go backwards: somebody moved to before the date that it begins with. Where one of the two cannot be read
 * here, the server says what is wrong with it.
 */
export function liesAfter(from: string, to: string, timeZone: string): boolean {
  const [start, end] = [readMoment(from, timeZone), readMoment(to, timeZone)];
  return start !== undefined && end !== undefined && start > end;
}
