/** The brief names what was said about the record as well, where that is what moved a position. */
import { expect, it } from 'vitest';
import type { DevelopmentInput } from '../../src/tracker/index.ts';
import { HOME } from '../../src/web/address.ts';
import { briefOf } from '../../src/web/take/brief.ts';
import { frameOf } from '../../src/web/take/frame.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const said = (id: string, own: object): DevelopmentInput =>
  ({ ...EXAMPLES.DemandStated.minimal, id, occurred: '2026-02-01', source: { publisher: 'Gazette' }, ...own }) as never;
const about = (id: string, type: string, own: object): DevelopmentInput =>
  ({ id, negotiation: NEGOTIATION, type, source: { publisher: 'Herald', published: '2026-02-12' }, ...own }) as never;

async function linesOf(...developments: readonly DevelopmentInput[]): Promise<readonly string[]> {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record([...GROUND, said('first', { stance: 'Ten boats.' }), ...developments]);
  const view = { then: true } as const;
  const state = await opened.tracker.state(NEGOTIATION, view);
  const chronicle = (await opened.tracker.chroniclePage(NEGOTIATION, {}, { limit: 100 })).page;
  const differences = await opened.tracker.diff(NEGOTIATION, { ...view, from: '2026-02-11', to: '2026-02-15' });
  const frame = frameOf(state, HOME, chronicle, new Set(), 'https://a.example', Date.UTC(2026, 1, 15));
  const brief = briefOf({ address: HOME, state, chronicle, differences, from: '2026-02-11', frame });
  return brief.split('\n').filter((line) => line.startsWith('- ') || line.startsWith('**'));
}

it('says what was corrected, by which report', async () => {
  expect(
    await linesOf(about('put-right', 'DevelopmentCorrected', { corrects: 'first', changes: { stance: 'Five.' } })),
  ).toEqual(['**north** (corrected)', '- Five (first, stance corrected). Source: Herald, 12 Feb 2026. [put-right]']);
});

it('says what was retracted, and why', async () => {
  const wrong = said('wrong', { stance: 'No boats.', occurred: '2026-02-02' });
  const gone = about('gone', 'DevelopmentRetracted', { retracts: 'wrong', reason: 'Misheard.' });
  expect(await linesOf(wrong, gone)).toEqual([
    '**north** (retracted)',
    '- No boats (wrong, retracted: Misheard) [gone]',
  ]);
});

it('says what was merged, and into what', async () => {
  const again = said('again', { stance: 'No boats.', occurred: '2026-02-02' });
  const merge = about('one', 'DevelopmentMerged', { duplicate: 'again', into: 'first' });
  expect(await linesOf(again, merge)).toContain('- No boats (again, merged into first) [one]');
});

it('names what dropped a condition', async () => {
  const [term, dropped] = [
    said('term', { type: 'ConditionAttached', point: 'term', stance: 'By day.' }),
    said('dropped', { type: 'DemandDropped', point: 'term', stance: undefined, occurred: '2026-02-12' }),
  ];
  expect(await linesOf(term, dropped)).toEqual([
    '**north** (withdrawn)',
    '- withdrawn (demand dropped, 12 Feb 2026, as reported). Source: Gazette. [dropped]',
  ]);
});

it('names who did what else happened, by name', async () => {
  const common = { occurred: '2026-02-12', source: { publisher: 'Gazette' } };
  const brief = await linesOf(
    { ...EXAMPLES.PartyJoined.minimal, id: 'in', ...common, party: 'islands', name: 'The Islands' } as never,
    about('sent', 'DelegationNamed', { ...common, party: 'islands', head: 'A. Delegate' }),
    about('met', 'RoundConcluded', {
      ...common,
      round: 'second',
      parties: ['islands', 'north'],
      summary: 'No result.',
    }),
    about('out', 'PartyLeft', { ...common, party: 'islands', reason: 'In protest.' }),
    about('fire', 'IncidentReported', { ...common, summary: 'A fire.' }),
  );
  expect(brief.map((line) => line.split(', 12 Feb')[0])).toEqual([
    '- The Islands joins as observer (party joined',
    '- **The Islands** A. Delegate (delegation named',
    '- **The Islands and north** second: No result (round concluded',
    '- **The Islands** In protest (party left',
    '- A fire (incident reported',
  ]);
});
