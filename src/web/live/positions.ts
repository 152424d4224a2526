/** Log positions, as answers and streams give them. */
import { comparePositions } from '../../store/port.ts';

export const latestPosition = (positions: Iterable<string>): string | null => {
  let latest: string | null = null;
  for (const one of positions) if (latest === null || comparePositions(one, latest) > 0) latest = one;
  return latest;
};
