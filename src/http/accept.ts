/** What whoever asks would rather have: RFC 9110, 12.5.1. */

/**
 * Whether the first media type is wanted rather than the second, which is answered where nothing is said.
 * @param accept the header; a range of several types names neither
 */
export function prefers(accept: string | undefined, first: string, second: string): boolean {
  const weights = new Map(accept?.split(',').map(weighted));
  const weight = weights.get(first) ?? 0;
  return weight > 0 && weight >= (weights.get(second) ?? 0);
}

function weighted(range: string): readonly [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [type, quality === undefined ? 1 : Number(quality)];
}
