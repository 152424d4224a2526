/** The three clocks of a development and the order in which developments count: section 3 of the design, rule by rule. */
import { describe, expect, it } from 'vitest';
import { byOrder, clocksOf, type Development, parseDevelopment, type Source } from '../../events/index.ts';
import { EXAMPLES } from '../support/examples.ts';

const ms = (moment: string) => Date.parse(moment);
const RECORDED = ms('2026-03-01T12:00:00Z');

const development = (input: object): Development => {
  const result = parseDevelopment({ id: 'd', ...input });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value as Development;
};
const demand = (occurred: string, published?: string) =>
  development({
    ...EXAMPLES.DemandStated.minimal,
    occurred,
    source: { publisher: 'The Gazette', ...(published === undefined ? {} : { published }) },
  });
const source = (published?: string): Source => ({
  publisher: 'The Herald',
  reliability: 'F',
  credibility: 6,
  ...(published === undefined ? {} : { published }),
});
const clocks = (one: Development, { recorded = RECORDED, timeZone = 'UTC', further = [] as Source[] } = {}) => {
  const { start, effective, reported } = clocksOf(one, recorded, timeZone, further);
  const text = (moment: number) => (Number.isFinite(moment) ? new Date(moment).toISOString() : String(moment));
  return { start: text(start), effective: text(effective), reported: text(reported) };
};

describe('when a development was reported', () => {
  it('is the end of the day of its publication', () => {
    expect(clocks(demand('2026-02-10', '2026-02-12'))).toMatchObject({ reported: '2026-02-12T23:59:59.999Z' });
  });

  it('is the end of what happened, where no publication is dated', () => {
    expect(clocks(demand('2026-02-10'))).toMatchObject({ reported: '2026-02-10T23:59:59.999Z' });
  });

  it('is the earliest publication of all its sources', () => {
    const further = [source('2026-02-14'), source('2026-02-11T08:00:00Z'), source()];
    expect(clocks(demand('2026-02-10', '2026-02-12'), { further })).toMatchObject({
      reported: '2026-02-11T08:00:00.000Z',
    });
  });

  it('is the publication of a further source, where its own has none, even if that is later than what happened', () => {
    expect(clocks(demand('2026-02-10'), { further: [source('2026-02-14')] })).toMatchObject({
      reported: '2026-02-14T23:59:59.999Z',
    });
  });

  it('is never later than it was recorded', () => {
    expect(clocks(demand('2026-02', '2026-03'))).toMatchObject({ reported: '2026-03-01T12:00:00.000Z' });
    expect(clocks(demand('2026-03-01'))).toMatchObject({ reported: '2026-03-01T12:00:00.000Z' });
  });

  it('is when it was recorded, where it has no end', () => {
    expect(clocks(demand('2026-02-10/..'))).toMatchObject({ reported: '2026-03-01T12:00:00.000Z' });
  });
});

describe('the first moment at which it had certainly happened', () => {
  it('is the end of what happened', () => {
    expect(clocks(demand('2026-02-09/2026-02-10', '2026-02-12'))).toMatchObject({
      start: '2026-02-09T00:00:00.000Z',
      effective: '2026-02-10T23:59:59.999Z',
    });
  });

  it('is the end of the report, where that comes first: what is reported has happened', () => {
    expect(clocks(demand('2026-02', '2026-02-12'))).toMatchObject({ effective: '2026-02-12T23:59:59.999Z' });
  });

  it('is the moment of recording, where that comes first: what is on record has happened', () => {
    expect(clocks(demand('2026-03', '2026-03'))).toMatchObject({ effective: '2026-03-01T12:00:00.000Z' });
  });

  it('is a corroboration, where that comes first', () => {
    expect(clocks(demand('2026-02', '2026-02-20'), { further: [source('2026-02-12')] })).toMatchObject({
      effective: '2026-02-12T23:59:59.999Z',
    });
  });

  it('is counted in the zone of the negotiation', () => {
    expect(clocks(demand('2026-02-10', '2026-02-12'), { timeZone: 'America/New_York' })).toMatchObject({
      start: '2026-02-10T05:00:00.000Z',
      effective: '2026-02-11T04:59:59.999Z',
      reported: '2026-02-13T04:59:59.999Z',
    });
  });

  it('has an open start, where a report says "no later than"', () => {
    expect(clocks(demand('../2026-02-13', '2026-02-20'))).toEqual({
      start: '-Infinity',
      effective: '2026-02-13T23:59:59.999Z',
      reported: '2026-02-20T23:59:59.999Z',
    });
  });
});

describe('set-up', () => {
  const always = { start: '-Infinity', effective: '-Infinity', reported: '-Infinity' };

  it('without a date is always true, and known always', () => {
    expect(clocks(development(EXAMPLES.PartyJoined.minimal))).toEqual(always);
  });

  it('without a date stays so, whatever it was read in and whoever else reports it', () => {
    const joined = development({ ...EXAMPLES.PartyJoined.minimal, source: source('2026-02-12') });
    expect(clocks(joined, { further: [source('2026-02-14')] })).toEqual(always);
  });

  it('with a date counts like everything else', () => {
    const joined = development({ ...EXAMPLES.PartyJoined.minimal, occurred: '2026-02-10' });
    expect(clocks(joined)).toEqual({
      start: '2026-02-10T00:00:00.000Z',
      effective: '2026-02-10T23:59:59.999Z',
      reported: '2026-02-10T23:59:59.999Z',
    });
  });
});

describe('what is about the record', () => {
  const { DevelopmentCorrected: corrected, DevelopmentRetracted: retracted } = EXAMPLES;

  it('without any date is known from its recording', () => {
    const recorded = '2026-03-01T12:00:00.000Z';
    expect(clocks(development(retracted.minimal))).toEqual({
      start: recorded,
      effective: recorded,
      reported: recorded,
    });
  });

  it('is known by its own source', () => {
    const correction = development({ ...corrected.minimal, source: source('2026-02-20') });
    expect(clocks(correction)).toMatchObject({
      reported: '2026-02-20T23:59:59.999Z',
      effective: '2026-02-20T23:59:59.999Z',
    });
  });

  it('is known by the end of its date, where its source has none', () => {
    const correction = development({ ...corrected.minimal, occurred: '2026-02-18' });
    expect(clocks(correction)).toMatchObject({ reported: '2026-02-18T23:59:59.999Z' });
  });
});

describe('the order in which developments count', () => {
  const counted = (effective: number, start: number, revision: number) => ({
    clocks: { effective, start, reported: 0, recorded: 0 },
    revision,
  });

  it('is by effective, then by start of occurred, then by the log', () => {
    const inOrder = [
      counted(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 9),
      counted(1, 1, 8),
      counted(2, Number.NEGATIVE_INFINITY, 7),
      counted(2, 0, 6),
      counted(2, 1, 3),
      counted(2, 1, 4),
      counted(3, 0, 0),
    ];
    for (const shuffled of [inOrder.toReversed(), [...inOrder.slice(3), ...inOrder.slice(0, 3)]])
      expect(shuffled.sort(byOrder)).toEqual(inOrder);
  });
});
