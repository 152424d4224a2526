import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../../src/tracker/transfer/json-fault.ts';

test.each([
  ['{"a": abc}', 6],
  ['{"a":1,}', 7],
  ['{"a":1', 6],
  ['', 0],
  ['x', 0],
  ['{"a":"b\nc"}', 5],
  ['{"a":"unfinished', 5],
  ['"\\x"', 0],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['{"a":"b"} {', 10],
  ['{a:1}', 1],
  ['{"a" 1}', 5],
  ['{"a":01}', 5],
  ['{"a":1}}', 7],
])('%j stops being JSON at character %i', (text, at) => {
  expect(jsonFault(text)?.at).toBe(at);
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('it finds a fault exactly where the engine does not take a text', () => {
  const broken = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', ',', '}', ']', ':', '\\', '0', '-', 'e', '.', 'true', '\n', '\u0000', '\u2028'),
      fc.nat(2),
    )
    .map(([text, at, inserted, removed]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + removed);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), (text) => {
      const fault = jsonFault(text);
      expect(fault === undefined).toBe(isJson(text));
      // Up to the fault nothing is wrong that what follows could not put right.
      if (fault) expect(jsonFault(text.slice(0, fault.at))?.at ?? fault.at).toBe(fault.at);
    }),
    { numRuns: 2000 },
  );
});

test('a text of millions of characters or brackets is no trouble', () => {
  expect(jsonFault(`{"a":"${'x'.repeat(4_000_000)}`)?.at).toBe(5);
  expect(jsonFault('['.repeat(1_000_000))?.at).toBe(1_000_000);
});
