/** Where a text stops being JSON. The engine's own message often does not say. */

export interface JsonFault {
  /** character, from 0 */
  readonly at: number;
  /** what would be right */
  readonly message: string;
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end' | 'end';

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SIMPLE = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

const SENTENCES: Readonly<Record<Expected, string>> = {
  value: 'a value is missing here: a text in "quotes", a number, true, false, null, a list or an object',
  'value or ]': 'write a value or "]" here',
  name: 'write the name of a field in "quotes" here',
  'name or }': 'write the name of a field in "quotes", or "}", here',
  colon: 'write ":" between a name and its value',
  'comma or end': 'write "," or the closing bracket here; texts stand in "quotes"',
  end: 'the JSON ends before this; one object a line',
};

/** The first place at which a text is not JSON; undefined if it is. Source of the grammar: RFC 8259 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let expected: Expected = 'value';
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  const closed = (): Expected => (open.length === 0 ? 'end' : 'comma or end');
  for (;;) {
    take(SPACE);
    const next = text[at];
    if (next === undefined)
      return expected === 'end' ? undefined : { at, message: `the JSON is not finished: ${SENTENCES[expected]}` };
    if (expected.startsWith('value') && (next === '{' || next === '[')) {
      open.push(next);
      at += 1;
      expected = next === '{' ? 'name or }' : 'value or ]';
    } else if (expected.startsWith('value') && (take(TEXT) || take(SIMPLE))) expected = closed();
    else if (expected.startsWith('name') && take(TEXT)) expected = 'colon';
    else if (expected === 'colon' && next === ':') {
      at += 1;
      expected = 'value';
    } else if (expected === 'comma or end' && next === ',') {
      at += 1;
      expected = open.at(-1) === '{' ? 'name' : 'value';
    } else if (closes(expected, next, open.at(-1))) {
      at += 1;
      open.pop();
      expected = closed();
    } else {
      const isText = next === '"' && (expected.startsWith('value') || expected.startsWith('name'));
      return { at, message: isText ? UNFINISHED : SENTENCES[expected] };
    }
  }
}

const UNFINISHED = 'this text is not finished, or holds a bare control character or a "\\" that escapes nothing';

const closes = (expected: Expected, next: string, open: '{' | '[' | undefined): boolean =>
  (next === '}' && open === '{' && (expected === 'name or }' || expected === 'comma or end')) ||
  (next === ']' && open === '[' && (expected === 'value or ]' || expected === 'comma or end'));
