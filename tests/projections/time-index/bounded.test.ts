import { describe, expect, it } from 'vitest';
import { bounded } from '../../../projections/time-index/bounded.ts';

describe('a bounded memory', () => {
  const kept = (...keys: readonly string[]) => {
    const memory = bounded<string, number>(3);
    for (const [index, key] of keys.entries()) memory.set(key, index);
    return memory;
  };
  const held = (memory: ReturnType<typeof kept>) => ['a', 'b', 'c', 'd'].filter((key) => memory.get(key) !== undefined);

  it('holds as much as it may, and then forgets what was set first', () => {
    expect(held(kept('a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
    expect(held(kept('a', 'b', 'c', 'd'))).toEqual(['b', 'c', 'd']);
  });

  it('forgets what was used longest ago, by reading or by setting', () => {
    const read = kept('a', 'b', 'c');
    expect(read.get('a')).toBe(0);
    read.set('d', 9);
    expect(held(read)).toEqual(['a', 'c', 'd']);
    const set = kept('a', 'b', 'c', 'a', 'd');
    expect(held(set)).toEqual(['a', 'c', 'd']);
    expect(set.get('a')).toBe(3);
  });

  it('forgets nothing for what was looked for in vain', () => {
    const memory = kept('a', 'b', 'c');
    expect(memory.get('d')).toBeUndefined();
    memory.set('c', 9);
    expect(held(memory)).toEqual(['a', 'b', 'c']);
  });

  it('forgets what it is told to, which makes room', () => {
    const memory = kept('a', 'b', 'c');
    memory.delete('b');
    memory.set('d', 9);
    expect(held(memory)).toEqual(['a', 'c', 'd']);
  });

  it('forgets a few at a time, however much came and went', () => {
    const memory = bounded<number, number>(50);
    for (let number = 0; number < 5_000; number += 1) {
      memory.set(number, number);
      // One is used again and again, and another one is taken out.
      memory.get(0);
      if (number % 7 === 0) memory.delete(number - 3);
    }
    const left = Array.from({ length: 5_000 }, (_, number) => number).filter((key) => memory.get(key) !== undefined);
    expect(left.length).toBeGreaterThan(40);
    expect(left.length).toBeLessThanOrEqual(50);
    expect(left[0]).toBe(0);
    expect(left.slice(1).every((key) => key > 4_900)).toBe(true);
  });
});
