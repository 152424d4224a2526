import parseEdtf from 'edtf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDay, isTimeZone, readEdtf, spanOf } from '../../events/index.ts';
import { naiveSpan } from '../projections/naive-dates.ts';

const text = (moment: number) => (Number.isFinite(moment) ? new Date(moment).toISOString() : String(moment));
/** First and last moment of what a text says, as UTC. */
const read = (edtf: string, timeZone = 'UTC') => {
  const { start, end } = spanOf(edtf, timeZone);
  return [text(start), text(end)];
};
const refusal = (edtf: string, timeZone = 'UTC') => {
  const reading = readEdtf(edtf, timeZone);
  return reading.ok ? `read as ${read(edtf, timeZone).join(' to ')}` : reading.message;
};

describe('a date, read as a span', () => {
  it.each([
    ['2026-02-26', '2026-02-26T00:00:00.000Z', '2026-02-26T23:59:59.999Z'],
    ['2026-02', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-02-26T14:05:00Z', '2026-02-26T14:05:00.000Z', '2026-02-26T14:05:00.000Z'],
    ['2026-02-26T14:05:00+03:00', '2026-02-26T11:05:00.000Z', '2026-02-26T11:05:00.000Z'],
    ['2026-02-26T14:05:00.250-01:30', '2026-02-26T15:35:00.250Z', '2026-02-26T15:35:00.250Z'],
    ['2026-02-26T14:05:00', '2026-02-26T14:05:00.000Z', '2026-02-26T14:05:00.000Z'],
    ['2025-11-21/2025-11-23', '2025-11-21T00:00:00.000Z', '2025-11-23T23:59:59.999Z'],
    ['2025-11/2026', '2025-11-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-02-26T14:05:00+03:00/2026-02-27', '2026-02-26T11:05:00.000Z', '2026-02-27T23:59:59.999Z'],
    ['../2026-02-13', '-Infinity', '2026-02-13T23:59:59.999Z'],
    ['/2026-02-13', '-Infinity', '2026-02-13T23:59:59.999Z'],
    ['2026-02-13/..', '2026-02-13T00:00:00.000Z', 'Infinity'],
    ['2026-02-13/', '2026-02-13T00:00:00.000Z', 'Infinity'],
    ['2026-02-26?', '2026-02-26T00:00:00.000Z', '2026-02-26T23:59:59.999Z'],
    ['2026-02~', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2026%', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2025~/2026-02?', '2025-01-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2026-02-XX', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2026-XX-XX', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['-2026-02-XX', '-002026-02-01T00:00:00.000Z', '-002026-02-28T23:59:59.999Z'],
    ['-2026-XX', '-002026-01-01T00:00:00.000Z', '-002026-12-31T23:59:59.999Z'],
    ['-2026-XX-XX', '-002026-01-01T00:00:00.000Z', '-002026-12-31T23:59:59.999Z'],
    ['202X', '2020-01-01T00:00:00.000Z', '2029-12-31T23:59:59.999Z'],
    ['20XX', '2000-01-01T00:00:00.000Z', '2099-12-31T23:59:59.999Z'],
    ['2026-21', '2026-03-01T00:00:00.000Z', '2026-05-31T23:59:59.999Z'],
    ['2026-22', '2026-06-01T00:00:00.000Z', '2026-08-31T23:59:59.999Z'],
    ['2026-23', '2026-09-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z'],
    ['2026-24', '2026-12-01T00:00:00.000Z', '2027-02-28T23:59:59.999Z'],
    ['0099-01-01', '0099-01-01T00:00:00.000Z', '0099-01-01T23:59:59.999Z'],
    ['9999-12-31', '9999-12-31T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s to %s', (edtf, start, end) => {
    expect(read(edtf)).toEqual([start, end]);
  });

  it.each([
    ['an ordinary day', '2026-02-26', 'Europe/Kyiv', '2026-02-25T22:00:00.000Z', '2026-02-26T21:59:59.999Z'],
    ['a day of 23 hours', '2026-03-29', 'Europe/Kyiv', '2026-03-28T22:00:00.000Z', '2026-03-29T20:59:59.999Z'],
    ['a day of 25 hours', '2025-10-26', 'Europe/Kyiv', '2025-10-25T21:00:00.000Z', '2025-10-26T21:59:59.999Z'],
    [
      'a day of 24 and a half',
      '2026-04-05',
      'Australia/Lord_Howe',
      '2026-04-04T13:00:00.000Z',
      '2026-04-05T13:29:59.999Z',
    ],
    ['a day that ends twice', '2026-04-04', 'America/Santiago', '2026-04-04T03:00:00.000Z', '2026-04-05T03:59:59.999Z'],
    [
      'a day without a midnight',
      '2026-09-06',
      'America/Santiago',
      '2026-09-06T04:00:00.000Z',
      '2026-09-07T02:59:59.999Z',
    ],
    ['the day before it', '2026-09-05', 'America/Santiago', '2026-09-05T04:00:00.000Z', '2026-09-06T03:59:59.999Z'],
    [
      'a day with two midnights',
      '2025-11-02',
      'America/Havana',
      '2025-11-02T04:00:00.000Z',
      '2025-11-03T04:59:59.999Z',
    ],
    [
      'a day whose first half hour never was',
      '1919-03-31',
      'America/Toronto',
      '1919-03-31T04:30:00.000Z',
      '1919-04-01T03:59:59.999Z',
    ],
    ['a month with a change', '2026-03', 'Europe/Kyiv', '2026-02-28T22:00:00.000Z', '2026-03-31T20:59:59.999Z'],
    [
      'the other side of the date line',
      '2026-01-01',
      'Pacific/Kiritimati',
      '2025-12-31T10:00:00.000Z',
      '2026-01-01T09:59:59.999Z',
    ],
    ['a local time', '2026-02-26T14:05:00', 'Europe/Kyiv', '2026-02-26T12:05:00.000Z', '2026-02-26T12:05:00.000Z'],
    [
      'a local time that comes twice',
      '2025-10-26T03:30:00',
      'Europe/Kyiv',
      '2025-10-26T00:30:00.000Z',
      '2025-10-26T01:30:00.000Z',
    ],
    [
      'a local time that never was',
      '2026-03-29T03:30:00',
      'Europe/Kyiv',
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'a moment with its offset',
      '2026-02-26T14:05:00-05:00',
      'Europe/Kyiv',
      '2026-02-26T19:05:00.000Z',
      '2026-02-26T19:05:00.000Z',
    ],
    ['a season', '2026-21', 'Europe/Kyiv', '2026-02-28T22:00:00.000Z', '2026-05-31T20:59:59.999Z'],
  ])('%s: %s in %s is %s to %s', (_, edtf, timeZone, start, end) => {
    expect(read(edtf, timeZone)).toEqual([start, end]);
  });

  it('is, where it is plain, to the millisecond what the library reads', () => {
    const two = fc.nat({ max: 32 }).map((number) => String(number).padStart(2, '0'));
    const year = fc.oneof(fc.integer({ min: 1000, max: 9999 }), fc.constantFrom(1900, 2000, 2024, 2100)).map(String);
    const plain = fc.oneof(
      year,
      fc.tuple(year, two).map((parts) => parts.join('-')),
      fc.tuple(year, two, two).map((parts) => parts.join('-')),
      year.map((leap) => `${leap}-02-29`),
    );
    fc.assert(
      fc.property(plain, (text) => {
        // Seasons, and 29 February where there is none, are read otherwise than the library does, on purpose.
        fc.pre(!/^\d{4}-2[1-4]$/.test(text));
        const reading = readEdtf(text, 'UTC');
        expect(reading.ok).toBe(!Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text));
        if (!reading.ok) return;
        const { min, max } = parseEdtf(text, { level: 1 });
        expect(reading.span).toEqual({ start: min, end: max });
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same as read the slow way, for every form, day and zone', () => {
    const zones = [
      ...['UTC', 'Europe/Kyiv', 'America/New_York', 'America/Santiago', 'Asia/Beirut', 'Australia/Lord_Howe'],
      ...['Asia/Kathmandu', 'Pacific/Kiritimati', 'America/Havana', 'Pacific/Apia', 'Africa/Cairo', 'Asia/Tehran'],
    ];
    const civil = fc
      .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2040-12-31T23:59:59Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 19));
    const one = fc.tuple(civil, fc.nat(9)).map(([moment, form]) => {
      const [day, month, year] = [moment.slice(0, 10), moment.slice(0, 7), moment.slice(0, 4)];
      const forms = [
        day,
        month,
        year,
        moment,
        `${moment}+02:00`,
        `${day}?`,
        `${month}-XX`,
        `${year}-XX-XX`,
        `${year.slice(0, 3)}X`,
      ];
      return forms[form] ?? day;
    });
    const edtf = fc.oneof(
      one,
      one.map((end) => `../${end}`),
      one.map((start) => `${start}/`),
      fc.tuple(one, one).map(([a, b]) => `${a}/${b}`),
    );
    fc.assert(
      fc.property(edtf, fc.constantFrom(...zones), (edtf, timeZone) => {
        const expected = naiveSpan(edtf, timeZone);
        const reading = readEdtf(edtf, timeZone);
        // one civil day was left out altogether where the date line moved: nothing can have happened on it
        fc.pre(!/2011-12-30/.test(edtf));
        if (reading.ok) expect(expected.start - expected.end).toBeLessThan(27 * 3_600_000);
        if (reading.ok) expect(reading.span).toEqual({ ...expected, end: Math.max(expected.start, expected.end) });
        else expect(expected.start).toBeGreaterThan(expected.end - 14 * 3_600_000);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the bounds of what is read', () => {
  it('are in what is said: eighty characters are looked at, and one more is not', () => {
    expect(refusal('x'.repeat(80))).not.toContain('at most 80 characters');
    expect(refusal('x'.repeat(81))).toContain('at most 80 characters');
  });

  it('let an interval be one moment', () => {
    const moment = '2026-02-26T14:05:00Z';
    expect(read(`${moment}/${moment}`)).toEqual(['2026-02-26T14:05:00.000Z', '2026-02-26T14:05:00.000Z']);
  });

  it('are named with the text where one is taken for checked that was not', () => {
    expect(() => spanOf('2026-02-30', 'UTC')).toThrow(/^2026-02-30: this is not a date/);
  });
});

describe('what is no date', () => {
  it.each([
    ...['', ' ', 'yesterday', '26 February 2026', '2026-2-3', '20260226', '2026-02-26 ', ' 2026-02-26', '2026-W08-1'],
    ...['2026-13', '2026-00', '2026-02-30', '2026-04-31', '2026-02-00', '2026-25', '2026-022', '2026-366'],
    ...['2026-02-26T25:00:00', '2026-02-26T14:61:00Z', '2026-02-26T14:05:00+25:00', '2026-02-26 14:05'],
    ...['[2026-01,2026-02]', '{2026,2027}', '1985-04-12T23:20:30X', 'Y170000002', '1e9', 'NaN', '2026--02'],
    ...['2026-02-29', '1900-02-29', '2026-02-29T10:00:00', '2026-02-29T10:00:00Z', '2026-02-29/..', '../2026-02-29'],
    ...['20', '202', '2025-11-21/23', '19/2026', '２０２６-02-26', '2026-02-26\n', '2026-02-26\u0000'],
  ])('%j is refused, and what would be right is said', (edtf) => {
    expect(refusal(edtf)).toMatch(/; write 2026-02-26, 2026-02, .* for "no later than"$/);
  });

  it.each([
    ['15/02/1990', /which of the two numbers could be the month .* \(1990-02-15\?\)/],
    ['02/15/1990', /\(1990-02-15\?\)/],
    ['13/12/1990', /\(1990-12-13\?\)/],
    ['12/13/1990', /\(1990-12-13\?\)/],
    ['2.3.2026', /\(2026-03-02 or 2026-02-03\?\)/],
    ['05-05-2020', /\(2020-05-05\?\)/],
    ['45/45/2020', /no number here could be the month/],
    ['02/2026', /the year comes first \(2026-02\?\)/],
    ['2.2026', /the year comes first \(2026-02\?\)/],
    ['../..', /at least one end/],
    ['/', /at least one end/],
    ['2026-02-13/2026-02-12', /ends before it starts/],
    ['2026-02-13T10:00:00Z/2026-02-13T09:00:00Z', /ends before it starts/],
    ['2026/2025-12-31', /ends before it starts/],
    ['2026-01-01/2026-01-02/2026-01-03', /one "\/"/],
  ])('%s is told why', (edtf, why) => {
    expect(refusal(edtf)).toMatch(why);
  });

  it.each([
    ['9'.repeat(100_000), 'digits'],
    ['2026-02-26/'.repeat(10_000), 'slashes'],
    [`${'('.repeat(50_000)}2026`, 'brackets'],
    ['?~%'.repeat(30_000), 'qualifiers'],
    ['X'.repeat(81), 'unspecified digits'],
  ])('a text of any length is refused before it is parsed', (edtf) => {
    expect(refusal(edtf)).toMatch(/at most 80 characters/);
  });

  it('is never an exception, whatever is written', () => {
    const pieces = fc.constantFrom(...'0123456789-/.TZ:+?~%XYE[]{}, ', '2026', '-02', '-26', 'T10:00:00');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
        ),
        (edtf) => {
          const reading = readEdtf(edtf, 'Europe/Kyiv');
          if (reading.ok) expect(reading.span.start).toBeLessThanOrEqual(reading.span.end);
          else expect(reading.message).not.toBe('');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('throws where it was said to be checked', () => {
    expect(() => spanOf('soon', 'UTC')).toThrow(RangeError);
  });
});

describe('a date that was accepted', () => {
  it('can be read in any zone, though an interval may run backwards there', () => {
    // half past one in the night after, as the offset says; in the zone of the talks, that day is over or has not begun
    for (const edtf of [
      '2026-02-26T23:00:00Z/2026-02-26',
      '2026-02-26/2026-02-26T01:00:00Z',
      '2026-02-27T02:00:00Z/2026-02-26',
    ])
      for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Midway', 'America/New_York']) {
        const { start, end } = spanOf(edtf, timeZone);
        expect(start).toBeLessThanOrEqual(end);
      }
    expect(read('2026-02-27T02:00:00Z/2026-02-26', 'America/New_York')).toEqual([
      '2026-02-27T02:00:00.000Z',
      '2026-02-27T04:59:59.999Z',
    ]);
  });

  it('reads the same a second time, and in each zone for itself', () => {
    const first = read('2026-02-26', 'Europe/Kyiv');
    expect(read('2026-02-26', 'Asia/Tokyo')).not.toEqual(first);
    expect(read('2026-02-26', 'Europe/Kyiv')).toEqual(first);
  });
});

describe('days and zones', () => {
  it('says the civil day of a moment', () => {
    const moment = Date.parse('2026-03-28T22:30:00Z');
    expect([civilDay(moment, 'UTC'), civilDay(moment, 'Europe/Kyiv')]).toEqual(['2026-03-28', '2026-03-29']);
  });

  it.each(['UTC', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('knows the zone %s', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(['', 'Kyiv', '+02:00', '-0500', 'Mars/Olympus', 'UTC+2', '2026'])('knows no zone %j', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});
