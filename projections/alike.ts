/** How alike two accounts are: whether one thing is on record already, in other words. For people to look at; nothing is refused for it. */

/** Reports of one thing differ by so many milliseconds about its day. */
export const APART_MS = 2 * 86_400_000;
/** The share of words that two accounts of one thing have in common, at least. */
export const ALIKE = 0.4;
/** So many of what is like something are told, the likeliest first. */
export const ALIKE_TOLD = 3;

/** The words of a text, without those too short to tell anything. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

/** The share of all their words that two texts have in common: 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}
