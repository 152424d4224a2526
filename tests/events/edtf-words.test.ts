import { describe, expect, it } from 'vitest';
import { dayWords, edtfWords, longDayWords } from '../../events/edtf-words.ts';

describe('dates in words', () => {
  it.each([
    ['2026-02-13', '13 Feb 2026'],
    ['2026-02', 'Feb 2026'],
    ['2026', '2026'],
    ['../2026-02-13', 'by 13 Feb 2026'],
    ['/2026-02-13', 'by 13 Feb 2026'],
    ['2026-02-13/..', 'from 13 Feb 2026'],
    ['2025-11-21/2025-11-23', '21–23 Nov 2025'],
    ['2025-10-30/2025-11-02', '30 Oct – 2 Nov 2025'],
    ['2025-12-30/2026-01-02', '30 Dec 2025 – 2 Jan 2026'],
    ['2025-10/2025-11', 'Oct – Nov 2025'],
    ['2025-10/2025-11-02', 'Oct 2025 – 2 Nov 2025'],
    ['2024/2026', '2024 – 2026'],
    ['2026/2026-02', '2026 – Feb 2026'],
    ['2026/2026', '2026'],
    ['2026-02/2026-02', 'Feb 2026'],
    ['2026-02-13/2026-02-13', '13 Feb 2026'],
    ['2026-02~/2026-03', 'about Feb 2026 – Mar 2026'],
    ['2026-02/2026-03?', 'Feb 2026 – Mar 2026 (uncertain)'],
    ['2026-02-13~', 'about 13 Feb 2026'],
    ['2026-02?', 'Feb 2026 (uncertain)'],
    ['2026-02%', 'about Feb 2026 (uncertain)'],
    ['../2025-01~', 'by about Jan 2025'],
    ['2026-21', 'spring 2026'],
    ['2026-02-XX', 'some time in Feb 2026'],
    ['2026-XX-XX', 'some time in 2026'],
    ['202X', 'the 2020s'],
    ['2026-02-26T14:05:00Z', '26 Feb 2026, 14:05 UTC'],
    ['2026-02-26T14:05:00+03:00', '26 Feb 2026, 14:05 UTC+03:00'],
    ['2026-02-26T14:05:00.250+0300', '26 Feb 2026, 14:05 UTC+0300'],
    ['2026-02-26T14:05', '26 Feb 2026, 14:05'],
    [null, 'always'],
  ])('says %s as %s', (text, words) => expect(edtfWords(text)).toBe(words));

  it.each([
    ...['Y170000002', '2026-13', '-2026-02-26T14:05Z', '2026-02-26T14:05Z-', '12026-21', '2026-211'],
    ...['12026-XX', '2026-XX-X', '1202X', '202XX'],
  ])('shows %s as it is written', (text) => expect(edtfWords(text)).toBe(text));

  it('leaves out the year that is meant anyway', () => {
    expect(dayWords('2026-02-13', '2026')).toBe('13 Feb');
    expect(dayWords('2025-02-13', '2026')).toBe('13 Feb 2025');
    expect(dayWords('2026', '2026')).toBe('2026');
  });

  it('says a day in full, and leaves what is none as it is', () => {
    expect(longDayWords('2026-02-13')).toBe('13 February 2026');
    expect(longDayWords('2026-02')).toBe('2026-02');
    expect(longDayWords('always')).toBe('always');
  });
});
