/** Timelines count in seconds of 32 bits and four hours of six, rows in lengths of 32: what lies outside is told as rightly as what fits. */
import { describe, expect, it } from 'vitest';
import type { Development, Entry } from '../../../events/index.ts';
import { replay } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';

const DAYS = [
  '1850-05-01',
  '1901-12-13',
  '1901-12-14',
  '1999-12-31',
  '2038-01-18',
  '2038-01-19',
  '2038-01-20',
  '2090-07-01',
];
/** known at once, days later, years later */
const LAGS = [0, 4, 40, 40_000];
const DAY = 86_400_000;

const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

function log(): readonly Entry[] {
  const common = { negotiation: 'talks', schemaVersion: 2 as const };
  const setUp = [
    { ...common, id: 'open', type: 'NegotiationOpened', title: 'Talks', timeZone: 'UTC' },
    { ...common, id: 'ada', type: 'PartyJoined', party: 'ada', name: 'Ada', role: 'principal' },
    { ...common, id: 'border', type: 'IssueRaised', issue: 'border', title: 'Border' },
  ];
  const said = DAYS.flatMap((occurred) =>
    LAGS.map((lag) => ({
      ...common,
      ...{
        id: `d-${occurred}-${lag}`,
        type: 'DemandStated',
        party: 'ada',
        issue: 'border',
        occurred,
        replaces: 'point',
      },
      ...{ stance: `As of ${occurred}`, attribution: lag === 4 ? 'narrative' : 'on-record', point: `point-${lag}` },
      source: {
        publisher: 'The Gazette',
        published: dayOf(Date.parse(occurred) + lag * DAY),
        reliability: 'F',
        credibility: 6,
      },
    })),
  );
  return [...setUp, ...said].map((development, revision) => ({
    development: development as unknown as Development,
    ...{ revision, position: String(revision + 1), recorded: Date.UTC(2300, 0, 1) + revision, recorder: null },
  }));
}

describe('far dates', () => {
  const entries = log();
  const moments = [...DAYS, '1950-01-01', '2150-01-01', '2301-01-01'].flatMap((day) =>
    [0, 1, 5 * DAY].map((more) => Date.parse(day) + more),
  );

  it.each([128, 2])('are told from the index as by the fold, in blocks of %d rows', (block) => {
    const index = indexOf(entries, 'UTC', block);
    for (const asOf of moments)
      for (const knownOn of [null, ...moments])
        for (const standard of ['strict', 'stated'] as const) {
          const gates = { asOf, knownOn, recordedBy: null };
          expect({ gates, ...stateOf(index, entries, gates, standard) }).toEqual({
            gates,
            ...replay(entries, gates, standard),
          });
        }
  });
});
