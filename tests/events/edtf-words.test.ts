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
    ['Y170000002', 'Y170000002'],
    [null, 'always'],
  ])('says %s as %s', (text, words) => expect(edtfWords(text)).toBe(words));

  it('leaves out the year that is meant anyway', () => {
    expect(dayWords('2026-02-13', '2026')).toBe('13 Feb');
    expect(dayWords('2025-02-13', '2026')).toBe('13 Feb 2025');
    expect(longDayWords('2026-02-13')).toBe('13 February 2026');
  });
});
