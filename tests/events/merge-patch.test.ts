import { describe, expect, it } from 'vitest';
import { canonicalJson, mergePatch } from '../../events/index.ts';

describe('a merge patch', () => {
  // the cases of RFC 7396, appendix A
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('on %j of %j gives %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('leaves target and patch as they were', () => {
    const target = { a: { b: 'c' } };
    const patch = { a: { d: 'e' } };
    mergePatch(target, patch);
    expect([target, patch]).toEqual([{ a: { b: 'c' } }, { a: { d: 'e' } }]);
  });

  it('does not reach the prototype of anything', () => {
    const patched = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}'));
    expect({}).not.toHaveProperty('polluted');
    expect(Object.keys(patched as object)).toEqual(['__proto__']);
  });
});

describe('canonical JSON', () => {
  it('is the same text, whatever order keys were written in', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe('{"a":"x","b":[{"c":2,"d":1}]}');
    expect(canonicalJson({ a: 'x', b: [{ c: 2, d: 1 }] })).toBe(canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' }));
  });

  it('keeps the order of lists, and what has no value is not there', () => {
    expect(canonicalJson({ list: ['b', 'a'], none: undefined, nothing: null })).toBe(
      '{"list":["b","a"],"nothing":null}',
    );
  });
});
