import { describe, expect, test } from 'vitest';
import { LONGEST_LINE_BYTES } from '../../../src/tracker/transfer/lines.ts';
import { demand, faultsOf, importText, jsonl, openDeclared, refusal } from './support.ts';

describe('what does no harm', () => {
  test.each([
    ['a byte-order mark', `\ufeff${jsonl(demand())}`],
    ['Windows line ends', `${demand()}\r\n`],
    ['no line end after the last line', demand()],
    ['blank lines', `\n\r\n  \n${jsonl(demand())}\n\n`],
    [
      'fields in any order',
      jsonl(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(demand())).toReversed()))),
    ],
    [
      'the first version of the catalogue',
      jsonl(demand({ schemaVersion: 1, occurred: null, date: '2024-03-05', source: 'The Gazette' })),
    ],
  ])('%s', async (_, text) => {
    await using opened = await openDeclared();
    expect(await importText(opened, text)).toMatchObject({ read: 1, added: 1 });
    expect((await opened.tracker.developments('strait')).at(-1)).toMatchObject({
      stance: 'No foreign boats.',
      occurred: '2024-03-05',
      source: { publisher: 'The Gazette' },
    });
  });

  test('line separators of Unicode and a byte-order mark within a text', async () => {
    await using opened = await openDeclared();
    const stance = 'a\u2028b\u2029c\ufeff';
    await importText(opened, jsonl(demand({ stance })));
    expect((await opened.tracker.developments('strait')).at(-1)).toMatchObject({ stance });
  });
});

describe('what is refused, with its place', () => {
  test('a line that is not JSON: line, column, what stands there, what would be right', async () => {
    const faults = await faultsOf(jsonl(demand(), '', '{"negotiation": strait}'));
    expect(faults).toEqual([
      {
        field: '',
        line: 3,
        column: '17',
        value: '{"negotiation": strait}',
        message: expect.stringContaining('"quotes"'),
      },
    ]);
  });

  test.each([['5'], ['[]'], ['"text"'], ['null']])('a line that is JSON but no object: %s', async (line) => {
    expect(await faultsOf(jsonl(line))).toMatchObject([
      { line: 1, message: expect.stringContaining('one JSON object') },
    ]);
  });

  test('a pretty-printed file: it is told that one object is one line', async () => {
    const development: unknown = JSON.parse(demand());
    for (const [before, document, value] of [
      ['', development, '{'],
      ['\n', [development], '['],
    ] as const)
      expect(await faultsOf(`${before}${JSON.stringify(document, null, 2)}`)).toEqual([
        { field: '', line: 1 + before.length, value, message: expect.stringContaining('on a line of its own') },
      ]);
  });

  test('bytes that are not UTF-8: line and character', async () => {
    const text = Buffer.concat([Buffer.from(`${demand()}\n{"x":"caf`), Buffer.from([0xe9]), Buffer.from('"}\n')]);
    expect(await faultsOf(text)).toMatchObject([{ line: 2, message: expect.stringMatching(/character 10 .*UTF-8/) }]);
  });

  test('a file in UTF-16: it says so', async () => {
    const message = expect.stringContaining('UTF-16');
    expect(await faultsOf(Buffer.from(`${demand()}\n`, 'utf16le'))).toMatchObject([{ line: 1, message }]);
  });

  test('a line longer than any development', async () => {
    const text = `${demand()}\n${'x'.repeat(LONGEST_LINE_BYTES + 1)}`;
    expect(await faultsOf(text)).toMatchObject([{ line: 2, message: expect.stringContaining('longer') }]);
  });

  test('lists within lists without end', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(await faultsOf(demand().replace('"No foreign boats."', deep))).toMatchObject([
      { line: 1, message: expect.stringContaining('nested') },
    ]);
  });

  test('a day that comes first: which number is the month is not guessed', async () => {
    expect(await faultsOf(jsonl(demand({ occurred: '15/02/1990' })))).toMatchObject([
      {
        line: 1,
        field: 'occurred',
        value: '15/02/1990',
        message: expect.stringContaining('which of the two numbers could be the month'),
      },
    ]);
  });

  test('an unknown type, an unknown field, a missing one: all of them, each on its line', async () => {
    const faults = await faultsOf(
      jsonl(demand({ type: 'DemandState' }), demand({ colour: 'red' }), demand({ source: null })),
    );
    expect(faults).toMatchObject([
      { line: 1, field: 'type', value: 'DemandState', suggestion: 'DemandStated' },
      { line: 2, field: 'colour', value: 'red' },
      { line: 3, field: 'source', message: 'this field is required' },
    ]);
  });

  test('off-record words, under a code of their own', async () => {
    expect(await faultsOf(jsonl(demand({ attribution: 'off-record' })))).toMatchObject([
      { line: 1, code: 'OFF_RECORD' },
    ]);
  });

  test('a second negotiation: the file is to be split', async () => {
    expect(await faultsOf(jsonl(demand(), demand({ negotiation: 'border' })))).toMatchObject([
      { line: 2, field: 'negotiation', value: 'border', message: expect.stringContaining('a file of its own') },
    ]);
  });

  test('another negotiation than the one asked for', async () => {
    expect(await faultsOf(jsonl(demand()), { negotiation: 'border' })).toMatchObject([{ line: 1, value: 'strait' }]);
  });

  test('no development at all', async () => {
    expect(await faultsOf('\n\n')).toMatchObject([{ message: expect.stringContaining('no development') }]);
  });

  test('of many faults the first twenty are told, and how many more there are', async () => {
    await using opened = await openDeclared();
    const lines = Array.from({ length: 57 }, (_, index) => demand({ occurred: `${index}/13/1990` }));
    const { message, faults, more } = await refusal(opened, jsonl(demand(), ...lines));
    expect(more).toBe(37);
    expect(faults.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    expect(message).toMatch(
      /^talks\.jsonl cannot be imported, and nothing was written: 57 faults\n {2}line 2, occurred, "0\/13\/1990": /,
    );
    expect(message).toMatch(/\n {2}and 37 more$/);
  });
});
