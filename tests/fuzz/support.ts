/** What the fuzz tests share: how long they go on, and how valid texts and bytes are spoilt. */
import fc from 'fast-check';

/** Seconds each property goes on, by `DEMARCHE_FUZZ_SECONDS`; without it, a fixed number of runs. */
const SECONDS = Number(process.env.DEMARCHE_FUZZ_SECONDS ?? 0);

/** @param usual how many runs, where no time is given */
export const budget = <T>(usual: number): fc.Parameters<T> =>
  SECONDS > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false }
    : { numRuns: usual };

/** The time limit of a fuzz test, in milliseconds: a hang is a failure. */
export const LIMIT = (SECONDS + 120) * 1000;

/** One thing done to a text: something is taken out, put in, doubled or moved. */
type Edit = (text: string) => string;

const PIECES = [
  ...'",;\n\r\t{}[]:\\/.-+~?%#=&@!()\0',
  ...[
    'null',
    'true',
    '0',
    '1e400',
    '-0',
    '..',
    '//',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u202e',
    '🕊',
    '__proto__',
    '\\u0000',
  ],
  ...[
    '9'.repeat(40),
    '"'.repeat(9),
    '['.repeat(40),
    '2026-02-30',
    '15/02/1990',
    '1990-13',
    '../..',
    '%00',
    '%2e%2e%2f',
    '%ff',
  ],
] as const;

const edit: fc.Arbitrary<Edit> = fc
  .record({
    kind: fc.constantFrom('cut', 'insert', 'replace', 'double', 'swap', 'truncate'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 12 }),
    piece: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })),
  })
  .map(({ kind, at, length, piece }): Edit => {
    return (text) => {
      const from = Math.floor(at * text.length);
      const [before, middle, after] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)];
      switch (kind) {
        case 'cut':
          return before + after;
        case 'insert':
          return before + piece + middle + after;
        case 'replace':
          return before + piece + after;
        case 'double':
          return before + middle + middle + after;
        case 'swap':
          return after + middle + before;
        case 'truncate':
          return before;
      }
    };
  });

/** Valid texts with a few edits, and now and then something else altogether. */
export const spoilt = (valid: fc.Arbitrary<string>, most = 4): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(valid, fc.array(edit, { minLength: 1, maxLength: most })).map(applied) },
    { weight: 1, arbitrary: valid },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );

const applied = ([text, edits]: readonly [string, readonly Edit[]]): string =>
  edits.reduce((one, change) => change(one), text);

/** Bytes of a text, some of them changed, so that it may be no text any more. */
export const spoiltBytes = (text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 3 }),
      fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'utf8', 'utf8', 'utf16le', 'latin1'),
    )
    .map(([one, changes, encoding]) => {
      const bytes = Buffer.from(one, encoding);
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte;
      return bytes;
    });

/** What no answer and no error may ever show: where a file lies, or a line of a stack. */
export const INSIDES = /node_modules|\bat .*:\d+:\d+\)?|file:\/\/|\/src\/|\/tests\/|ZodError|TypeError|SqliteError/;
