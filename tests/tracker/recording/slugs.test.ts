import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slug } from '../../../events/index.ts';
import { slugOf } from '../../../src/tracker/recording/slugs.ts';

test.each([
  ['European Commission', 'european-commission'],
  ["Côte d'Ivoire", 'cote-d-ivoire'],
  ['Court of Justice (CJEU)', 'court-of-justice-cjeu'],
  ['  Łódź – Straße  ', 'lodz-strasse'],
  ['applicant-1', 'applicant-1'],
  ['3264', '3264'],
  ['Ⅳ. Ｆｉｓｈ', 'iv-fish'],
])('%j is %s', (name, expected) => {
  expect(slugOf(name, 'party')).toBe(expected);
});

test.each([
  ['Україна', /^party-[0-9a-f]{8}$/],
  ['Група A', /^a-[0-9a-f]{8}$/],
  ['!?', /^party-[0-9a-f]{8}$/],
  ['x'.repeat(101), /^x{91}-[0-9a-f]{8}$/],
])('what cannot be written to the last letter is told apart: %j', (name, pattern) => {
  expect(slugOf(name, 'party')).toMatch(pattern);
});

test('names in other scripts have slugs of their own, and the same one every time', () => {
  const names = ['Україна', 'Росія', 'Група А', 'Група Б', '中国', '中國', 'الموقف'];
  expect(new Set(names.map((name) => slugOf(name, 'party'))).size).toBe(names.length);
  expect(slugOf('Україна', 'party')).toBe(slugOf('Україна', 'party'));
});

test('whatever the name, it is a slug, and a slug stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      const made = slugOf(name, 'issue');
      expect(slug.safeParse(made).success).toBe(true);
      expect(slugOf(made, 'issue')).toBe(made);
    }),
    { numRuns: 2000 },
  );
});
