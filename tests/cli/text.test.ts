/** The layout by itself: what is harmful is shown, what is wide is counted, moments are said in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateWords, momentDay } from '../../src/cli/text/dates.ts';
import { listing, paragraph } from '../../src/cli/text/lines.ts';
import { jsonText, visible, visibleLines } from '../../src/cli/text/visible.ts';
import { clip, displayWidth, graphemes, pad, wrap } from '../../src/cli/text/width.ts';
import { besideWords, knownWords } from '../../src/cli/view/words.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
const HARMFUL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('text made visible', () => {
  it('shows what would steer a terminal as its escape', () => {
    expect(visible('a\x1b[31mred\x1b[0m')).toBe('a\\x1b[31mred\\x1b[0m');
    expect(visible('\x9b2J \u202eabc \x07')).toBe('\\x9b2J \\u202eabc \\x07');
  });

  it('makes one line of several, and keeps them where it is asked to', () => {
    expect(visible('one\r\ntwo\tthree\u2028four')).toBe('one two three four');
    expect(visibleLines('one\r\ntwo\u2028three\x1b')).toBe('one\ntwo\nthree\\x1b');
  });

  it('lets nothing harmful through, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(HARMFUL);
        expect(shown.isWellFormed()).toBe(true);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });

  it('escapes in JSON what JSON.stringify leaves, and says the same', () => {
    fc.assert(
      fc.property(fc.array(anyText), (value) => {
        expect(jsonText(value)).not.toMatch(/[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
        expect(JSON.parse(jsonText(value))).toEqual(value);
      }),
    );
  });
});

describe('width', () => {
  it.each([
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['한국', 4],
    ['👩‍🚀', 2],
    ['🇳🇴', 2],
    ['– · ●', 5],
    ['', 0],
    ['क्षि', 3],
  ])('of %s is %d', (text, width) => expect(displayWidth(text)).toBe(width));

  it('pads and clips by columns, not by characters', () => {
    expect(pad('日', 4)).toBe('日  ');
    expect(clip('日本語', 5)).toBe('日本…');
    expect(clip('short', 5)).toBe('short');
    expect(clip('longer', 0)).toBe('');
  });
});

describe('wrapping', () => {
  it('breaks between words', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
    expect(wrap('the quick brown fox', 10, 4)).toEqual(['the', 'quick', 'brown fox']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('breaks a word that is longer than a line, and wide characters anywhere', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('第三回協議 開催', 6)).toEqual(['第三回', '協議', '開催']);
  });

  it('never exceeds the width and loses no character but spaces', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(fc.lorem({ maxCount: 3 }), fc.constantFrom('日本語の文', '👩‍🚀👍', 'x'.repeat(40))))
          .map((parts) => parts.join(' ')),
        fc.integer({ min: 2, max: 60 }),
        (text, width) => {
          const lines = wrap(text, width);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(graphemes(lines.join('').replaceAll(' ', ''))).toEqual(graphemes(text.replaceAll(' ', '')));
        },
      ),
    );
  });

  it('indents a paragraph under what it begins with', () => {
    const lines = paragraph('one two three four', { width: 16, indent: 2, lead: 'why: ' }).map(({ text }) => text);
    expect(lines).toEqual(['  why: one two', '       three', '       four']);
  });

  it('indents the following lines of a listing further where it is told to, and stays within its width', () => {
    const lines = listing(['twelve parts', 'twelve parts', 'ten parts.'], { width: 28, indent: 2, hanging: 4 });
    expect(lines.map(({ text }) => text)).toEqual(['  twelve parts', '      twelve parts', '      ten parts.']);
  });

  it('breaks a listing between its parts', () => {
    const lines = listing(['since 1 Mar', null, 'as reported', 'R-1'], { width: 22, indent: 2 }).map(
      ({ text }) => text,
    );
    expect(lines).toEqual(['  since 1 Mar', '  as reported · R-1']);
  });
});

describe('moments in words', () => {
  it('says which moment a gate means, in which zone', () => {
    expect(gateWords('2026-02-26', '2026-02-26T22:59:59.999Z', 'Europe/Oslo')).toBe(
      '26 February 2026, end of day Europe/Oslo',
    );
    expect(gateWords('2026-02', '2026-02-28T23:59:59.999Z', 'UTC')).toBe('28 February 2026, end of day UTC (Feb 2026)');
    expect(gateWords('2026-02-26T10:00:00Z', '2026-02-26T10:00:00.000Z', 'Europe/Oslo')).toBe(
      '26 February 2026, 11:00 Europe/Oslo',
    );
    expect(momentDay('2026-02-26T23:30:00.000Z', 'Europe/Oslo')).toBe('27 Feb 2026');
  });

  it.each([
    ['2025-10-30T23:30:00+03:00', 'Africa/Cairo', '30 October 2025, 23:30 Africa/Cairo (UTC+3)'],
    ['2025-10-30T23:30:00+02:00', 'Africa/Cairo', '30 October 2025, 23:30 Africa/Cairo (UTC+2)'],
    ['2025-10-31T00:30:00+02:00', 'Africa/Cairo', '31 October 2025, 00:30 Africa/Cairo'],
    ['2025-10-30T22:59:00+03:00', 'Africa/Cairo', '30 October 2025, 22:59 Africa/Cairo'],
    ['2026-10-25T01:30:00Z', 'Europe/London', '25 October 2026, 01:30 Europe/London (UTC+0)'],
    ['2026-11-01T01:30:00-05:00', 'America/New_York', '1 November 2026, 01:30 America/New_York (UTC-5)'],
    ['2026-11-01T01:30:00-02:30', 'America/St_Johns', '1 November 2026, 01:30 America/St_Johns (UTC-2:30)'],
    // Clocks are set forward: an hour is missing, and none is there twice.
    ['2026-03-29T03:30:00+02:00', 'Europe/Oslo', '29 March 2026, 03:30 Europe/Oslo'],
  ])('tells the two apart where an hour occurs twice: %s in %s', (asked, zone, words) => {
    expect(gateWords(asked, new Date(asked).toISOString(), zone)).toBe(words);
  });

  it('says no offset of the end of a day, which is there once', () => {
    expect(gateWords('2025-10-30', '2025-10-30T21:59:59.999Z', 'Africa/Cairo')).toBe(
      '30 October 2025, end of day Africa/Cairo',
    );
  });
});

describe('what stands beside a position', () => {
  const names = { party: (id: string) => id.toUpperCase() };

  it('is said in its words; a denial names who denies, and what', () => {
    const told = { type: 'DemandReiterated', denies: null, statedBy: 'ada' } as const;
    const denied = { type: 'DevelopmentDenied', denies: 'R-41', statedBy: 'ada' } as const;
    expect(besideWords({ stance: 'Might share it.', ...told }, names)).toBe('Might share it.');
    expect(besideWords({ stance: null, ...told }, names)).toBe('affirms it');
    expect(besideWords({ stance: null, ...told, type: 'DemandDropped' }, names)).toBe('withdraws it');
    expect(besideWords({ stance: 'Untrue.', ...denied }, names)).toBe('ADA denies R-41: Untrue.');
    expect(besideWords({ stance: null, ...denied }, names)).toBe('ADA denies R-41');
  });

  it('is known from somebody, who is named where another party gives the account', () => {
    expect(knownWords({ attribution: 'counterpart', statedBy: 'ada' }, names)).toBe('another party’s account: ADA');
    expect(knownWords({ attribution: 'narrative', statedBy: 'ada' }, names)).toBe('as reported');
    expect(knownWords({ attribution: 'anonymous', statedBy: null }, names)).toBe('anonymous source');
  });
});
