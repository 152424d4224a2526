/** A timeline keeps the first and the last millisecond of a second; what counts between them is told as rightly. */
import { describe, expect, it } from 'vitest';
import type { Development, Entry } from '../../../events/index.ts';
import { replay } from '../../../projections/index.ts';
import { indexOf, stateOf } from '../../../projections/time-index/from-entries.ts';

const SECOND = Date.UTC(2024, 4, 7, 12, 30, 15);
const WITHIN = [-1, 0, 1, 500, 998, 999, 1000];
const HOUR = 3_600_000;
/** known at once, within the four hours that are counted together, at their end, behind it, and later than is counted */
const LAGS = [0, 1, 4 * HOUR, 4 * HOUR + 1, 300 * HOUR];

const at = (moment: number): string => new Date(moment).toISOString();

function log(): readonly Entry[] {
  const common = { negotiation: 'talks', schemaVersion: 2 as const };
  const setUp = [
    { ...common, id: 'open', type: 'NegotiationOpened', title: 'Talks', timeZone: 'UTC' },
    { ...common, id: 'ada', type: 'PartyJoined', party: 'ada', name: 'Ada', role: 'principal' },
    { ...common, id: 'border', type: 'IssueRaised', issue: 'border', title: 'Border' },
  ];
  const said = LAGS.flatMap((lag, point) =>
    WITHIN.map((within) => ({
      ...{ ...common, id: `d-${lag}-${within}`, type: 'DemandStated', party: 'ada', issue: 'border' },
      ...{ occurred: at(SECOND + within), point: `point-${point}`, replaces: 'point', attribution: 'on-record' },
      stance: `Said ${within} ms after it.`,
      source: { publisher: 'The Gazette', published: at(SECOND + within + lag), reliability: 'F', credibility: 6 },
    })),
  );
  return [...setUp, ...said].map((development, revision) => ({
    development: development as unknown as Development,
    ...{ revision, position: String(revision + 1), recorded: SECOND + 1000 * HOUR + revision, recorder: null },
  }));
}

describe('a moment within a second', () => {
  const entries = log();
  const gates = WITHIN.map((within) => SECOND + within);
  const known = [null, ...LAGS.flatMap((lag) => gates.map((gate) => gate + lag))];

  it.each([128, 2])('is told from the index as by the fold, in blocks of %d rows', (block) => {
    const index = indexOf(entries, 'UTC', block);
    for (const asOf of gates)
      for (const knownOn of known) {
        const asked = { asOf, knownOn, recordedBy: null };
        const told = replay(entries, asked, 'stated');
        expect({ asked, ...stateOf(index, entries, asked, 'stated') }).toEqual({ asked, ...told });
      }
    expect(replay(entries, { asOf: SECOND + 500, knownOn: null, recordedBy: null }, 'stated').positions).toHaveLength(
      1,
    );
  });
});
