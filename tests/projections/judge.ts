/**
 * Holds a way of replaying to the oracle. Whoever builds another one (an index in memory, a store's own query) gives a function that
 * opens it on a recorded negotiation, and is judged by the same stories, gates and standards.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Beside, Gates, HistoryEntry, Standard, State } from '../../projections/index.ts';
import { type Recorded, recordSteps } from '../support/recording.ts';
import { ISSUES, PARTIES, type Story, story, told } from '../support/stories.ts';
import { naiveSpan } from './naive-dates.ts';
import { type OracleRow, type OracleState, oracle, oracleHistory, oracleRecord } from './oracle.ts';

export type Answer = Pick<State, 'positions' | 'rounds' | 'plans' | 'exchanges' | 'agreements' | 'possiblyByThen'>;
/** Opens what is judged on a negotiation that was recorded; what it gives answers any gates and standard. */
export type Judged = (recorded: Recorded) => (gates: Gates, standard: Standard) => Answer | Promise<Answer>;

/** How many stories each property tells; more by `DEMARCHE_PROPERTY_RUNS`. */
export const RUNS = Number(process.env.DEMARCHE_PROPERTY_RUNS ?? 250);
export const STANDARDS = ['strict', 'stated', 'all'] as const;

/**
 * Says of a way of replaying that it gives what the oracle gives, whatever was recorded and whatever is asked.
 * @param record how stories come into the log: through the tracker, or past it (`writeSteps`)
 */
export function judge(name: string, judged: Judged, record: typeof recordSteps = recordSteps): void {
  it(`${name} gives the positions, denials and possibilities of the oracle, for any gates and standard`, async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, async (one, asked) => {
        await using recorded = await record(told(one));
        const answer = judged(recorded);
        for (const { gates, standard } of gatesOf(recorded, one, asked))
          expect({ gates, standard, ...comparable(await answer(gates, standard)) }).toEqual({
            gates,
            standard,
            ...oracle(recorded.entries, gates, standard),
          });
      }),
      { numRuns: RUNS },
    );
  });
}

export type JudgedHistory = (
  recorded: Recorded,
) => (
  cell: { readonly party: string; readonly issue: string },
  gates: Gates,
  standard: Standard,
) => readonly HistoryEntry[] | Promise<readonly HistoryEntry[]>;

/** Says of a way of telling histories that it has the rows of the oracle: one an event, with its effect, its status and its words. */
export function judgeHistory(name: string, judged: JudgedHistory): void {
  it(`${name} gives each event of a cell the effect, the status and the words of the oracle`, async () => {
    await fc.assert(
      fc.asyncProperty(story(), questions, async (one, asked) => {
        await using recorded = await recordSteps(told(one));
        const history = judged(recorded);
        for (const { gates, standard } of gatesOf(recorded, one, asked.slice(0, 3)))
          for (const cell of CELLS)
            expect({ cell, gates, standard, rows: rowsOf(await history(cell, gates, standard)) }).toEqual({
              ...{ cell, gates, standard, rows: oracleHistory(recorded.entries, cell, gates, standard) },
            });
      }),
      { numRuns: RUNS },
    );
  });
}

export const CELLS = PARTIES.flatMap((party) => ISSUES.map((issue) => ({ party, issue })));

const rowsOf = (history: readonly HistoryEntry[]): readonly OracleRow[] =>
  history.map(({ id, effect, status, stance }) => ({ id, effect, status, stance }));

/** A question as small numbers: which of the interesting moments each gate is at, and how many milliseconds beside it. */
const gate = fc.record({ moment: fc.nat(200), beside: fc.constantFrom(0, 0, 1, -1) });
const question = fc.record({
  asOf: gate,
  knownOn: fc.oneof(
    { weight: 3, arbitrary: gate },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constant('then' as const) },
  ),
  recordedBy: fc.option(gate),
  standard: fc.constantFrom<Standard>(...STANDARDS),
});
export const questions = fc.array(question, { minLength: 4, maxLength: 12, size: 'max' });
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** The gates asked for, at and around the moments at which this log's answers can change. */
export function gatesOf(
  { entries }: Recorded,
  { setting: { timeZone } }: Story,
  asked: readonly Question[],
): readonly { readonly gates: Gates; readonly standard: Standard }[] {
  const moments = momentsOf({ entries }, timeZone);
  const at = ({ moment, beside }: { moment: number; beside: number }): number =>
    (moments[moment % moments.length] ?? 0) + beside;
  return asked.map(({ asOf, knownOn, recordedBy, standard }) => ({
    gates: {
      asOf: at(asOf),
      knownOn: knownOn === null ? null : at(knownOn === 'then' ? asOf : knownOn),
      recordedBy: recordedBy === null ? null : at(recordedBy),
    },
    standard,
  }));
}

/** Every moment at which something on record begins, is reported, counts or was recorded. */
export function momentsOf({ entries }: Pick<Recorded, 'entries'>, timeZone: string): readonly number[] {
  const { world, remarks } = oracleRecord(entries, { knownOn: null, recordedBy: null });
  const published = entries.flatMap(({ development: { source } }) =>
    source?.published === undefined ? [] : [naiveSpan(source.published, timeZone).end],
  );
  const moments = [
    ...[...world, ...remarks].flatMap(({ start, effective, reported }) => [start, effective, reported]),
    ...entries.map(({ recorded }) => recorded),
    ...published,
  ];
  return [...new Set(moments.filter(Number.isFinite))].sort((a, b) => a - b);
}

/** An answer in the form of the oracle's: what the design leaves open (the order of cells and points) is put in one order. */
export function comparable(answer: Answer): OracleState {
  const { positions, possiblyByThen } = answer;
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return {
    positions: positions
      .map(({ points, beside, developments, ...position }) => ({
        ...position,
        points: points.toSorted((a, b) => compare(a.point, b.point)),
        beside: [...beside],
        developments: developments.toSorted(),
      }))
      .sort((a, b) => compare(a.party, b.party) || compare(a.issue, b.issue)),
    listed: listedIn(answer).sort((a, b) => compare(a.of, b.of)),
    possiblyByThen: possiblyByThen.map(({ id }) => id),
  };
}

function listedIn({ rounds, plans, exchanges, agreements }: Answer) {
  const listed = (of: string, { beside }: { readonly beside: readonly Beside[] }) => ({ of, beside: [...beside] });
  return [
    ...agreements.map((one) => listed(`agreement ${one.agreement}`, one)),
    ...exchanges.map((one) => listed(`exchange ${one.exchange}`, one)),
    ...plans.flatMap(({ plan, versions }) => versions.map((one) => listed(`plan ${plan} ${one.development}`, one))),
    ...rounds.map((one) => listed(`round ${one.round}`, one)),
  ];
}
