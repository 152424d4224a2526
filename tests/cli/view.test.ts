/** What the views show of a negotiation that has everything in it, at any width. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Line } from '../../src/cli/text/lines.ts';
import { displayWidth } from '../../src/cli/text/width.ts';
import { differenceView } from '../../src/cli/view/difference.ts';
import { gridOf } from '../../src/cli/view/grid.ts';
import { historyView } from '../../src/cli/view/history.ts';
import { chronicleView, logView } from '../../src/cli/view/log.ts';
import { stateView } from '../../src/cli/view/state.ts';
import { wordsGrid } from '../../src/cli/view/words-grid.ts';
import { openStore } from '../../src/store/open.ts';
import { type DevelopmentInput, openTracker, type Tracker, type View } from '../../src/tracker/index.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';
import { STEPS, TALKS } from './talks.ts';

const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join('\n');
/** Words as they follow each other, wherever the lines were broken. */
const flowing = (text: string): string => text.replace(/\s+/g, ' ');

let tracker: Tracker;
let now = 0;
beforeAll(async () => {
  const clock = () => now;
  tracker = openTracker({ store: await openStore('sqlite::memory:', { clock }), now: clock });
  for (const { at, developments } of STEPS) {
    now = Date.parse(at);
    await tracker.record(developments);
  }
});
afterAll(() => tracker.close());

const shown = async (view: View & { party?: string; issue?: string } = {}, width = 80): Promise<string> =>
  textOf(stateView(await tracker.state(TALKS, view), view, width));

describe('the header of a state', () => {
  it('says the day, its end, its zone, and that it is hindsight', async () => {
    expect(await shown({ asOf: '2025-04-15' })).toContain('as of 15 April 2025, end of day Europe/Oslo · in hindsight');
  });

  it('says what was known then, known on another day, and recorded by when', async () => {
    expect(await shown({ asOf: '2025-04-15', then: true })).toContain('· as then known');
    const known = flowing(await shown({ asOf: '2025-04-15', knownOn: '2025-04-20', recordedBy: '2025-04-30' }));
    expect(known).toContain('as known on 20 April 2025, end of day Europe/Oslo');
    expect(known).toContain('as recorded by 30 April 2025, end of day Europe/Oslo');
  });

  it('says up to which event the log was read, or that there was none', async () => {
    expect(await shown()).toMatch(/ · revision \d+$/m);
    expect(flowing(await shown({ recordedBy: '2020-01-01' }))).toContain('· nothing was recorded by then');
  });

  it('says the standard in words', async () => {
    expect(await shown({ standard: 'strict' })).toContain('standard strict: on record only');
  });
});

describe('the grid', () => {
  it('marks what is there and carries the time range of each cell', async () => {
    const grid = textOf(gridOf(await tracker.state(TALKS, { asOf: '2025-03-25' }), 80));
    expect(grid).toContain('●+1~ since 1 Mar');
    expect(grid).toContain('affirmed 20 Mar');
    expect(grid).toContain('+n conditions and side points');
  });

  it('marks what is beside a position, and what was withdrawn', async () => {
    const grid = textOf(gridOf(await tracker.state(TALKS, { asOf: '2025-04-15' }), 80));
    expect(grid).toMatch(/Inspections at sea +· +× withdrawn/);
    const strict = textOf(gridOf(await tracker.state(TALKS, { asOf: '2025-04-15', standard: 'strict' }), 80));
    expect(strict).toContain('●~ since 1 Mar');
  });

  it('breaks into blocks of columns where the terminal is narrow', async () => {
    const state = await tracker.state(TALKS, { asOf: '2025-04-01', knownOn: '2025-04-20' });
    const heads = (width: number) =>
      textOf(gridOf(state, width))
        .split('\n')
        .filter((line) => /^─+$/.test(line)).length;
    expect([heads(120), heads(60), heads(40)]).toEqual([1, 2, 3]);
  });
});

describe('the words of a state', () => {
  it('give each stance with its range, kind, attribution and what set it', async () => {
    const text = await shown({ asOf: '2025-03-25', party: 'norway', knownOn: '2025-04-20' });
    expect(flowing(text)).toContain(
      'Norway: At most 300,000 tonnes since 1 Mar 2025, last affirmed 20 Mar 2025 (1×) · demand stated · on record R-1',
    );
    expect(text).toContain('condition: Only if inspections are agreed');
    expect(text).toContain('inspections-first · as reported · R-2');
  });

  it('say silence in exactly these words, for a cell that was asked for', async () => {
    expect(await shown({ party: 'iceland', issue: 'fleet' })).toContain('Iceland: no stated position on record');
  });

  it('say withdrawn, which is not silence', async () => {
    const text = await shown({ party: 'iceland', issue: 'inspections' });
    expect(text).toContain('Iceland: withdrawn (R-7)');
    expect(text).not.toContain('no stated position');
  });

  it('summarise silence where everything was asked for', async () => {
    const text = flowing(await shown({ asOf: '2025-04-15', knownOn: '2025-04-20' }));
    expect(text).toContain('no stated position on record: Iceland, Faroe Islands, The Commission');
    const silent = flowing(await shown({ asOf: '2025-02-01' }));
    expect(silent).toContain('No stated position on record, anywhere.');
  });

  it('keep a leak beside the position, until the party speaks next', async () => {
    const text = flowing(await shown({ asOf: '2025-03-25', party: 'norway', issue: 'total-catch' }));
    expect(text).toContain('beside: Would settle for 350,000 tonnes (anonymous source, by 10 Mar 2025, R-5)');
  });
});

describe('what surrounds the positions', () => {
  it('marks rounds that are still to come, and those whose day has passed', async () => {
    expect(await shown({ asOf: '2025-04-15' })).toContain('bergen-1: upcoming · for 10–12 May 2025 · Bergen');
    expect(flowing(await shown({ asOf: '2025-06-01' }))).toContain('bergen-1: overdue: its day has passed');
  });

  it('says when a round sat, and when it should have, where that is another day', async () => {
    await using opened = openTestTracker('2026-03-01T12:00:00Z');
    const step = (occurred: string, type: string, round: string, own: object = {}) =>
      ({
        ...{ negotiation: NEGOTIATION, type, round, occurred, parties: ['north', 'south'], ...own },
        source: { publisher: 'The Gazette' },
      }) as DevelopmentInput;
    const planned = { scheduledFor: '2026-02-09/2026-02-10' };
    await opened.tracker.record([
      ...GROUND,
      ...['long', 'as-planned', 'vague', 'begun'].map((round) => step('2026-02-01', 'RoundScheduled', round, planned)),
      ...[step('2026-02-09', 'RoundOpened', 'long'), step('2026-02-12', 'RoundConcluded', 'long')],
      ...[step('2026-02-09', 'RoundOpened', 'as-planned'), step('2026-02-10', 'RoundConcluded', 'as-planned')],
      ...[step('2026-02-08/2026-02-09', 'RoundOpened', 'vague'), step('2026-02-10', 'RoundConcluded', 'vague')],
      step('2026-02-11T09:30:00Z', 'RoundOpened', 'begun'),
    ]);
    const text = textOf(stateView(await opened.tracker.state(NEGOTIATION), {}, 100));
    for (const line of [
      'long: concluded · held 9–12 Feb 2026 · planned for 9–10 Feb 2026',
      'as-planned: concluded · held 9–10 Feb 2026',
      'vague: concluded · held 8–9 Feb 2026 – 10 Feb 2026 · planned for 9–10 Feb 2026',
      'begun: under way · begun 11 Feb 2026, 09:30 UTC · planned for 9–10 Feb 2026',
    ])
      expect(text).toContain(`  ${line}\n`);
  });

  it('says of a round without a day what is known: planned, adjourned, broken off or only spoken of', async () => {
    await using opened = openTestTracker('2026-03-01T12:00:00Z');
    const source = { publisher: 'The Gazette' };
    const step = (day: number, type: string, round: string, own: object = { parties: ['north', 'south'] }) =>
      ({ negotiation: NEGOTIATION, type, round, occurred: `2026-02-0${day}`, source, ...own }) as DevelopmentInput;
    const off = ['RoundPostponed', 'RoundCancelled'] as const;
    await opened.tracker.record([
      ...GROUND,
      step(1, 'DelegationNamed', 'named', { party: 'north', head: 'A. First' }),
      step(1, 'RoundScheduled', 'undated'),
      ...off.flatMap((type) => [
        step(2, type, `never-sat-${type.toLowerCase()}`),
        step(1, 'RoundOpened', `sat-${type.toLowerCase()}`),
        step(2, type, `sat-${type.toLowerCase()}`),
      ]),
    ]);
    const text = textOf(stateView(await opened.tracker.state(NEGOTIATION), {}, 80));
    expect(text).not.toContain('upcoming');
    for (const line of [
      'named: spoken of; no day on record',
      'undated: scheduled; no day on record',
      'never-sat-roundpostponed: postponed; no new day on record',
      'sat-roundpostponed: adjourned; no new day on record · begun 1 Feb 2026',
      'never-sat-roundcancelled: cancelled',
      'sat-roundcancelled: broken off · begun 1 Feb 2026',
    ])
      expect(text).toMatch(new RegExp(`^ *${line}$`, 'm'));
  });

  it('sets what was agreed against what was carried out', async () => {
    const text = await shown({ asOf: '2025-04-15' });
    expect(text).toContain('agreed 2 Mar 2025: Norway 12, Iceland 10+');
    expect(text).toContain('carried out: not on record');
  });

  it('says what moved between the versions of a plan', async () => {
    const text = await shown({ asOf: '2025-04-15' });
    expect(text).toContain('harbour-plan: version 2 · 2 versions');
    expect(text).toContain('added c: Nets of one size');
    expect(text).toContain('removed b: Inspectors on board');
    expect(text).toContain('changed a: A quota for three years → A quota for five years');
  });

  it('names agreements, who left, and what may have happened by then', async () => {
    const text = await shown({ asOf: '2025-04-15' });
    expect(text).toContain('gear-code: in force since 30 Mar 2025 · Norway, Iceland · Size of the fleet');
    expect(text).toContain('No longer taking part: Faroe Islands (10 Apr 2025)');
    expect(text).toContain('8–20 Apr 2025 · statement issued · Iceland · R-15');
  });
});

describe('the history', () => {
  const history = async (party: string, issue: string, view: View = {}) =>
    textOf(
      historyView(
        await tracker.state(TALKS, { ...view, party, issue }),
        { party, issue },
        await tracker.history(TALKS, { party, issue }, view),
        80,
      ),
    );

  it('marks each step by its kind and its fate, corrections in place', async () => {
    const text = await history('norway', 'total-catch');
    const marks = text.split('\n').filter((line) => /^(by )?\d+ \w{3} 2025 · /.test(line));
    expect(marks).toEqual([
      '1 Mar 2025 · new · corrected',
      '1 Mar 2025 · corrected · superseded',
      '1 Mar 2025 · conditioned · in force',
      'by 10 Mar 2025 · beside · beside',
      '20 Mar 2025 · reiterated · superseded',
      '1 Apr 2025 · changed (hardened) · in force',
    ]);
    expect(text).toContain('A. Berg, Minister of Fisheries');
    expect(text).toContain('reported 2 Mar 2025, recorded 25 Apr 2025');
    expect(flowing(text)).toContain('source: The Harbour Times, “Quotas”, 2 Mar 2025, https://harbour.example/1');
    expect(text).toContain('also: Fish Daily, 3 Apr 2025');
  });

  it('shows what was retracted, by whom and why', async () => {
    const text = await history('faroes', 'fleet');
    expect(text).toContain('6 Mar 2025 · retracted · retracted');
    expect(text).toContain('why: The minister was misheard');
  });

  it('names the point of a condition that was given one, and none where it is its own', async () => {
    expect(flowing(await history('norway', 'total-catch'))).toContain(
      'condition attached · point inspections-first · R-2',
    );
    await using opened = openTestTracker('2026-02-15T12:00:00Z');
    await opened.tracker.record([...GROUND, { ...EXAMPLES.ConditionAttached.minimal, id: 'C-9' }]);
    const cell = { party: 'north', issue: 'river' };
    const [state, entries] = [await opened.tracker.state(NEGOTIATION), await opened.tracker.history(NEGOTIATION, cell)];
    const text = flowing(textOf(historyView(state, cell, entries, 80)));
    expect(text).toContain('condition attached · C-9');
    expect(text).not.toContain('point');
  });

  it('is as it was before the correction was recorded', async () => {
    const text = await history('norway', 'total-catch', { recordedBy: '2025-04-30' });
    expect(text).not.toContain('corrected');
    expect(text).toContain('At most 300,000 tonnes');
  });

  it('says silence in its words', async () => {
    expect(await history('commission', 'fleet')).toMatch(/\nno stated position on record$/);
  });
});

describe('the difference', () => {
  const difference = async (from: string, to: string) =>
    textOf(
      differenceView(
        { from: await tracker.state(TALKS, { asOf: from }), to: await tracker.state(TALKS, { asOf: to }) },
        await tracker.diff(TALKS, { from, to }),
        80,
      ),
    );

  it('puts before and after side by side, with the kind of change', async () => {
    const text = flowing(await difference('2025-03-25', '2025-04-15'));
    expect(text).toContain('Norway: changed (hardened) · R-4');
    expect(text).toContain(
      'before At most 310,000 tonnes (since 1 Mar 2025, last affirmed 20 Mar 2025 (1×), on record)',
    );
    expect(text).toContain('after At most 280,000 tonnes (since 1 Apr 2025, as reported)');
    expect(text).toContain('Iceland: withdrawn · R-7');
    expect(text).toContain('after withdrawn');
  });

  it('says what is affirmed, what is new and what is beside', async () => {
    const text = flowing(await difference('2025-02-01', '2025-03-25'));
    expect(text).toContain('now At most 310,000 tonnes');
    expect(text).toContain('now condition: Only if inspections are agreed');
    expect(text).toContain('beside Would settle for 350,000 tonnes (anonymous source, by 10 Mar 2025)');
    expect(flowing(await difference('2025-03-15', '2025-03-25'))).toContain('still At most 310,000 tonnes');
  });

  it('says again, and not still, of words that were given up in between', async () => {
    await using opened = openTestTracker('2026-03-01T12:00:00Z');
    const said = (day: string, stance: string): DevelopmentInput => ({
      ...{ negotiation: NEGOTIATION, type: 'PositionStated', occurred: day, party: 'north', issue: 'river', stance },
      source: { publisher: 'The Gazette' },
    });
    await opened.tracker.record([
      ...GROUND,
      ...[said('2026-01-01', 'Open it'), said('2026-02-01', 'Close it'), said('2026-02-20', 'Open it')],
    ]);
    const [from, to] = ['2026-01-15', '2026-02-25'];
    const state = await opened.tracker.state(NEGOTIATION, { asOf: to });
    const moved = await opened.tracker.diff(NEGOTIATION, { from, to });
    const text = flowing(textOf(differenceView({ from: state, to: state }, moved, 80)));
    expect(text).toContain('changed · ');
    expect(text).toContain('again Open it (since 20 Feb 2026');
  });

  it('says what was wrong about the same words, and what is right', async () => {
    await using opened = openTestTracker('2026-03-01T12:00:00Z');
    await opened.tracker.record([
      ...GROUND,
      {
        ...{ id: 'said', negotiation: NEGOTIATION, type: 'PositionStated', party: 'north', issue: 'river' },
        ...{ occurred: '2026-02-08', stance: 'Open it', source: { publisher: 'The Gazette' } },
      },
      {
        ...{ negotiation: NEGOTIATION, type: 'DevelopmentCorrected', corrects: 'said' },
        ...{ changes: { occurred: '2026-02-07' }, source: { publisher: 'The Gazette', published: '2026-02-20' } },
      },
    ]);
    const [from, to] = ['2026-02-15', '2026-02-25'];
    const state = await opened.tracker.state(NEGOTIATION, { asOf: to, then: true });
    const moved = await opened.tracker.diff(NEGOTIATION, { from, to, then: true });
    const text = flowing(textOf(differenceView({ from: state, to: state }, moved, 80)));
    expect(text).toContain('before Open it (since 8 Feb 2026, as reported)');
    expect(text).toContain('after Open it (since 7 Feb 2026, as reported)');
  });

  it('says what is no longer beside a position, where that was wrong', async () => {
    await using opened = openTestTracker('2026-03-01T12:00:00Z');
    const leak = { occurred: '2026-02-01', attribution: 'anonymous', source: { publisher: 'The Gazette' } } as const;
    await opened.tracker.record([
      ...GROUND,
      {
        ...{ id: 'leak', negotiation: NEGOTIATION, type: 'PositionStated', party: 'north', issue: 'river' },
        ...{ ...leak, stance: 'Would open it' },
      },
      {
        ...{ negotiation: NEGOTIATION, type: 'DevelopmentRetracted', retracts: 'leak', reason: 'Made up' },
        source: { publisher: 'The Gazette', published: '2026-02-20' },
      },
    ]);
    const [from, to] = ['2026-02-15', '2026-02-25'];
    const state = await opened.tracker.state(NEGOTIATION, { asOf: to, then: true });
    const moved = await opened.tracker.diff(NEGOTIATION, { from, to, then: true });
    const text = flowing(textOf(differenceView({ from: state, to: state }, moved, 80)));
    expect(text).toContain('gone Would open it (anonymous source, 1 Feb 2026)');
  });

  it('goes through issues in the order of their declaration', async () => {
    const text = await difference('2025-02-01', '2025-03-25');
    expect(text.indexOf('Total catch')).toBeLessThan(text.indexOf('Inspections at sea'));
  });

  it('says so where nothing moved', async () => {
    expect(await difference('2025-02-01', '2025-02-02')).toContain('No position moved.');
  });
});

describe('the log', () => {
  it('shows what was first recorded, what corrected it, and what took it off the record', async () => {
    const text = textOf(chronicleView(await tracker.state(TALKS), await tracker.chronicle(TALKS), 80));
    expect(text).toContain('first recorded: At most 300,000 tonnes (1 Mar 2025)');
    expect(flowing(text)).toContain('corrected by C-1, recorded 4 May 2025 · stance · The Harbour Times');
    expect(text).toContain('retracted by C-2, recorded 4 May 2025 · The minister was misheard');
  });

  it('numbers every development in the order of the log, those about the record among them', async () => {
    const state = await tracker.state(TALKS);
    const numbersIn = (text: string) => text.match(/^\d+(?= {2})/gm)?.map(Number);
    const whole = textOf(logView(state, await tracker.lastRecorded(TALKS, Number.POSITIVE_INFINITY), 80));
    expect(numbersIn(whole)).toEqual([...(await tracker.developments(TALKS)).keys()]);
    expect(whole).toMatch(/^\d+ {2}development corrected · C-1$/m);
    // When it was recorded is said of each, of what is about the record too.
    expect(whole.match(/^ {2}recorded /gm)).toHaveLength((await tracker.developments(TALKS)).length);
    const last = textOf(logView(state, await tracker.lastRecorded(TALKS, 3), 80));
    expect(numbersIn(last)).toEqual(numbersIn(whole)?.slice(-3));
    expect(whole.endsWith(last.split('\n').slice(2).join('\n'))).toBe(true);
  });
});

describe('the history of what was retracted', () => {
  it('says who took it back, when it is known, and why, and not who had said it', async () => {
    await using opened = openTestTracker('2026-02-15T12:00:00Z');
    const speaker = { name: 'A. Delegate' };
    const gone = { negotiation: NEGOTIATION, type: 'DevelopmentRetracted', reason: 'Misheard.' } as const;
    await opened.tracker.record([
      ...GROUND,
      { ...EXAMPLES.PositionStated.minimal, id: 'said', occurred: '2026-02-10', speaker },
      { ...EXAMPLES.PositionStated.minimal, id: 'again', occurred: '2026-02-11', speaker },
      { ...gone, id: 'one', retracts: 'said' },
      { ...gone, id: 'two', retracts: 'again', occurred: '2026-02-12', speaker: { name: 'E. Editor' } },
    ]);
    const { party = '', issue } = EXAMPLES.PositionStated.minimal;
    const cell = { party, issue };
    const history = await opened.tracker.history(NEGOTIATION, cell);
    const text = textOf(historyView(await opened.tracker.state(NEGOTIATION), cell, history, 80));
    expect(text).toContain('\nretracted · in force\n  why: Misheard.\n  retracts said · one\n');
    expect(text).toContain(
      '\n12 Feb 2026 · retracted · in force\n  why: Misheard.\n  E. Editor · retracts again · two',
    );
  });
});

describe('the log of what was taken back, denied or merged', () => {
  const source = { publisher: 'The Herald' };
  const remark = (id: string, type: DevelopmentInput['type'], fields: object) =>
    ({ id, negotiation: NEGOTIATION, type, source, ...fields }) as DevelopmentInput;

  async function logOf(...developments: readonly DevelopmentInput[]) {
    await using opened = openTestTracker('2026-02-15T12:00:00Z');
    await opened.tracker.record([...GROUND, ...developments]);
    const log = await opened.tracker.lastRecorded(NEGOTIATION, developments.length);
    return { log, text: flowing(textOf(logView(await opened.tracker.state(NEGOTIATION), log, 80))) };
  }
  const statement = { ...EXAMPLES.PositionStated.minimal, id: 'said' };
  const reached = { ...EXAMPLES.AgreementReached.minimal, id: 'accord' };
  const correction = remark('c', 'DevelopmentCorrected', { corrects: 'said', changes: { stance: 'Close it.' } });

  it('marks a correction that was taken back, and says who took it back and why', async () => {
    const { log, text } = await logOf(
      statement,
      correction,
      remark('back', 'DevelopmentRetracted', { retracts: 'c', reason: 'It was right.' }),
    );
    expect(text).toContain('development corrected · retracted · c said: stance corrected retracted by back, recorded');
    expect(text).toContain('recorded 15 Feb 2026 · It was right.');
    expect(log.chronicle.find(({ id }) => id === 'c')).toMatchObject({
      status: 'retracted',
      removedBy: { id: 'back' },
    });
    expect(log.chronicle.find(({ id }) => id === 'said')).toMatchObject({ status: 'stands', corrections: [] });
  });

  it('shows what a correction was corrected to', async () => {
    const { text } = await logOf(
      statement,
      correction,
      remark('cc', 'DevelopmentCorrected', { corrects: 'c', changes: { changes: { note: 'By the door.' } } }),
    );
    expect(text).toContain('development corrected · corrected · c said: stance, note corrected');
    expect(text).toContain('first recorded: said: stance corrected corrected by cc, recorded');
  });

  it('says what a denial denies, of anything, and at what it denies who denied it', async () => {
    const { text } = await logOf(
      reached,
      remark('no', 'DevelopmentDenied', {
        denies: 'accord',
        party: 'north',
        occurred: '2026-02-12',
        stance: 'Untrue.',
      }),
    );
    expect(text).toContain('denied by no, recorded 15 Feb 2026 · ');
    expect(text).toContain('· Untrue.');
    expect(text).toContain('denies accord: Untrue.');
  });

  it('says what a duplicate was merged into', async () => {
    const { text } = await logOf(
      reached,
      { ...reached, id: 'copy' },
      remark('m', 'DevelopmentMerged', { duplicate: 'copy', into: 'accord', source: undefined }),
    );
    expect(text).toContain('merged into accord by m, recorded 15 Feb 2026');
  });
});

describe('an account that one party gives of another', () => {
  it('says whose it is: beside, as a position, and in the log', async () => {
    await using opened = openTestTracker('2026-02-15T12:00:00Z');
    const known = { attribution: 'counterpart', statedBy: 'south' } as const;
    await opened.tracker.record([...GROUND, { ...EXAMPLES.PositionStated.minimal, id: 'account', ...known }]);
    const whose = /another party’s account: south/;
    for (const standard of ['stated', 'all'] as const)
      expect(
        flowing(textOf(stateView(await opened.tracker.state(NEGOTIATION, { standard }), {}, 80))),
        standard,
      ).toMatch(whose);
    const [state, log] = [await opened.tracker.state(NEGOTIATION), await opened.tracker.lastRecorded(NEGOTIATION, 1)];
    expect(flowing(textOf(logView(state, log, 80)))).toMatch(whose);
  });
});

describe('every view', () => {
  it.each([40, 57, 80, 100, 120])('stays within %d columns', async (width) => {
    const state = await tracker.state(TALKS, { asOf: '2025-04-15' });
    const chronicle = await tracker.chronicle(TALKS);
    const cell = { party: 'norway', issue: 'total-catch' };
    const views = [
      stateView(state, {}, width),
      stateView(await tracker.state(TALKS, { standard: 'all' }), {}, width),
      historyView(state, cell, await tracker.history(TALKS, cell), width),
      chronicleView(state, chronicle, width),
      wordsGrid(state, { parties: ['norway', 'iceland'], issues: ['total-catch', 'inspections', 'fleet'] }, width),
      differenceView(
        { from: state, to: state },
        await tracker.diff(TALKS, { from: '2025-02-01', to: '2025-04-15' }),
        width,
      ),
    ];
    for (const { text } of views.flat()) {
      expect(displayWidth(text)).toBeLessThanOrEqual(width);
      expect(text).toBe(text.trimEnd());
    }
  });

  it('uses the words stated and reported, never real', async () => {
    const text = await shown({ asOf: '2025-04-15', standard: 'all' });
    expect(text).not.toMatch(/\breal(ly)?\b/i);
  });
});

describe('the matrix in words', () => {
  it('has the stance, its range, and silence in its words', async () => {
    const state = await tracker.state(TALKS, { asOf: '2025-03-25' });
    const text = textOf(wordsGrid(state, { parties: ['norway', 'iceland'], issues: ['total-catch', 'fleet'] }, 80));
    expect(text).toContain('At most 310,000 tonnes');
    expect(text).toContain('no stated position on record');
    expect(flowing(text)).toContain('and 1 condition or side point');
  });
});
