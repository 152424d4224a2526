/** Slugs made of printed names. */
import { createHash } from 'node:crypto';

const LONGEST = 100;

/** Latin letters that Unicode does not take apart into a letter of a-z and a mark. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};

/**
 * The slug of a printed name: "Côte d'Ivoire" is `cote-d-ivoire`. What cannot be written in a-z and 0-9 to the last letter, or is
 * longer than a slug may be, is told apart by a hash of the name at the end: "Україна" is `party-` and eight hexadecimal digits.
 * @param kind stands for a name of which nothing is left
 */
export function slugOf(name: string, kind: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{ASCII}]/gu, (letter) => LATIN[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '');
  const slug = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  const lost = /[^\P{L}a-z]|[^\P{N}0-9]/u.test(plain);
  if (slug !== '' && !lost && slug.length <= LONGEST) return slug;
  const hash = createHash('sha256').update(name.toLowerCase().normalize('NFKC')).digest('hex').slice(0, 8);
  return `${(slug || kind).slice(0, LONGEST - 1 - hash.length)}-${hash}`;
}
