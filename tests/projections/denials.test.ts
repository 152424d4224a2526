/** Denials of what is no position: beside the agreement, the round, the version of a plan or the exchange of which they speak. */
import { describe, expect, it } from 'vitest';
import type { Replayed } from '../../projections/index.ts';
import { deniedIn } from '../support/denied.ts';
import { logWith, type Sketch, type View } from '../support/entries.ts';
import { NEGOTIATION } from '../support/tracker.ts';

const TALKS = deniedIn(NEGOTIATION) as readonly object[] as readonly Sketch[];
const stateOf = (view: View = {}, ...more: readonly Sketch[]) => logWith(...TALKS, ...more).state(view);

/** The ids of the denials, thing by thing. */
const besideIn = ({ agreements, rounds, plans, exchanges }: Replayed) =>
  [...agreements, ...rounds, ...plans.flatMap(({ versions }) => versions), ...exchanges].map(({ beside }) =>
    beside.map(({ id }) => id),
  );
const ALL = [['no-truce'], ['no-round', 'no-sent'], [], ['no-plan-2'], ['no-crews']];
const about = (id: string, type: Sketch['type'], fields: object): Sketch => ({ id, type, ...fields });

describe('a denial of what is no position', () => {
  it('says who denies which development, since when, and how that is known', () => {
    expect(stateOf().agreements[0]?.beside).toEqual([
      {
        ...{
          id: 'no-truce',
          type: 'DevelopmentDenied',
          stance: 'Nothing was agreed on nets.',
          attribution: 'narrative',
        },
        ...{ statedBy: 'south', occurred: '2026-02-11', denies: 'truce' },
      },
    ]);
    expect(stateOf().rounds[0]?.beside).toMatchObject([
      { id: 'no-round', stance: null, statedBy: 'south', denies: 'round' },
      { id: 'no-sent', statedBy: 'north', denies: 'sent' },
    ]);
  });

  it('stands beside each such thing, of a plan beside the version of which it speaks', () => {
    expect(besideIn(stateOf())).toEqual(ALL);
  });

  it('takes nothing away, under any standard', () => {
    for (const standard of ['strict', 'stated', 'all'] as const) {
      const { agreements, exchanges } = stateOf({ standard });
      expect([agreements[0]?.status, exchanges[0]?.status]).toEqual(['in-force', 'agreed']);
      expect(besideIn(stateOf({ standard }))).toEqual(ALL);
    }
  });

  it('counts from its day, and for who knew of it', () => {
    const late = about('late', 'DevelopmentDenied', {
      ...{ denies: 'truce', party: 'north', occurred: '2026-02-20' },
      source: { publisher: 'The Tidewater Post', published: '2026-02-25' },
    });
    const beside = (view: View) => stateOf(view, late).agreements[0]?.beside.map(({ id }) => id);
    expect(beside({ asOf: '2026-02-10' })).toEqual([]);
    expect(beside({ asOf: '2026-02-11' })).toEqual(['no-truce']);
    expect(beside({ asOf: '2026-02-20', knownOn: '2026-02-24' })).toEqual(['no-truce']);
    expect(beside({ asOf: '2026-02-20', knownOn: '2026-02-25' })).toEqual(['no-truce', 'late']);
    expect(beside({ recordedBy: '2026-12-30' })).toBeUndefined();
  });

  it('that is of an earlier day than what it denies waits for that', () => {
    const early = about('early', 'DevelopmentDenied', { denies: 'crews', party: 'north', occurred: '2026-01-20' });
    const crews = (asOf: string) => stateOf({ asOf }, early).exchanges.map(({ beside }) => beside.map(({ id }) => id));
    expect(crews('2026-02-04')).toEqual([]);
    expect(crews('2026-02-05')).toEqual([['early']]);
    expect(crews('2026-02-15')).toEqual([['early', 'no-crews']]);
  });

  it('goes when it is taken back, and says what it was corrected to', () => {
    const back = about('back', 'DevelopmentRetracted', { retracts: 'no-truce', reason: 'Never said.' });
    const half = about('half', 'DevelopmentCorrected', { corrects: 'no-crews', changes: { stance: 'We hold two.' } });
    const { agreements, exchanges } = stateOf({}, back, half);
    expect(agreements[0]?.beside).toEqual([]);
    expect(exchanges[0]?.beside).toMatchObject([{ id: 'no-crews', stance: 'We hold two.' }]);
  });

  it('goes with what it denies, and goes where that went', () => {
    const again = { ...(TALKS.find(({ id }) => id === 'truce') as Sketch), id: 'again', occurred: '2026-02-02' };
    const merge = about('merge', 'DevelopmentMerged', { duplicate: 'truce', into: 'again', occurred: '2026-02-20' });
    const { agreements } = stateOf({}, again, merge);
    expect(agreements).toMatchObject([{ developments: ['again'], beside: [{ id: 'no-truce', denies: 'again' }] }]);
    const back = about('back', 'DevelopmentRetracted', { retracts: 'sent', reason: 'Never said.' });
    expect(stateOf({}, back).rounds).toMatchObject([{ developments: ['round'], beside: [{ id: 'no-round' }] }]);
  });

  it('of what is neither listed nor a position is shown in neither place', () => {
    const joined = about('gone', 'DevelopmentDenied', { denies: 'north', party: 'south', occurred: '2026-02-20' });
    expect(besideIn(stateOf({}, joined))).toEqual(ALL);
    expect(stateOf({}, joined).positions).toEqual([]);
  });
});
