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
});
