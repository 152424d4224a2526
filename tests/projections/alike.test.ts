/** How alike two accounts are. */
import { describe, expect, it } from 'vitest';
import { likeness, wordsOf } from '../../projections/alike.ts';

describe('the words of a text', () => {
  it('are those of three letters or digits and more, in whatever script and case', () => {
    expect([...wordsOf('At the Мост: 300 men, €5 for "No", the men’s toll-gate')]).toEqual([
      ...['the', 'мост', '300', 'men', 'for', 'toll', 'gate'],
    ]);
  });

  it('are none where there is none', () => {
    expect([...wordsOf('– 5 %!')]).toEqual([]);
  });
});

describe('two texts', () => {
  const alike = (a: string, b: string) => likeness(wordsOf(a), wordsOf(b));

  it('are alike by the share of all their words that they have in common', () => {
    expect(alike('Open the river', 'The river, open!')).toBe(1);
    expect(alike('Open the river', 'Close the river')).toBe(0.5);
    expect(alike('Open the river', 'River')).toBe(1 / 3);
    expect(alike('Open it', 'Close it')).toBe(0);
  });

  it('without words are not alike', () => {
    expect(alike('', '–')).toBe(0);
  });
});
