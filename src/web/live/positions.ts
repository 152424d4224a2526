/** Log positions: decimal strings, of one number or of two ("commit/prepare"). */

/** Negative where `a` comes before `b`. */
export function comparePositions(a: string, b: string): number {
  const [ours, theirs] = [a.split('/'), b.split('/')];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index += 1) {
    const difference = BigInt(ours[index] ?? 0) - BigInt(theirs[index] ?? 0);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

export const latestPosition = (positions: Iterable<string>): string | null => {
  let latest: string | null = null;
  for (const one of positions) if (latest === null || comparePositions(one, latest) > 0) latest = one;
  return latest;
};
