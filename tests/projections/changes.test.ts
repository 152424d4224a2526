/** What one event of the log did to positions, in the words in which it is told. */
import { describe, expect, it } from 'vitest';
import { changesOf as changesIn } from '../../projections/changes.ts';
import type { Change } from '../../projections/index.ts';
import { indexedLog } from '../../projections/time-index/from-entries.ts';
import { logWith, type Sketch } from '../support/entries.ts';

const said = (occurred: string, fields: object = {}): Sketch => ({
  ...{ id: occurred, type: 'DemandStated', occurred, party: 'north', issue: 'river', stance: `As of ${occurred}.` },
  ...{ recorded: '2026-03-01', ...fields },
});
const about = (type: Sketch['type'], fields: object): Sketch => ({
  id: 'last',
  type,
  recorded: '2026-03-02',
  ...fields,
});
const endOf = (day: string): string => `${day}T23:59:59.999Z`;

/** What the last of some events changed. */
async function changesOf(...sketches: readonly Sketch[]): Promise<readonly Change[]> {
  const { entries } = logWith(...sketches);
  const last = entries.at(-1);
  return last ? changesIn(indexedLog(entries, 'UTC'), last, 'stated') : [];
}
const brief = (changes: readonly Change[]) =>
  changes.map(({ issue, change, past, alters, before, after }) => ({
    ...{ issue, change, past, alters },
    from: before?.setBy ?? null,
    to: after?.setBy ?? null,
  }));

describe('a change', () => {
  it('says all that a reader needs: what, when, whose, by which event, and where to see it', async () => {
    const [change, ...more] = await changesOf(
      said('2026-02-10', { shift: 'hardened' }),
      said('2026-02-20', { shift: 'softened' }),
    );
    expect(more).toEqual([]);
    const { before, after, ...rest } = change as Change;
    expect([before?.setBy, after?.setBy]).toEqual(['2026-02-10', '2026-02-20']);
    const recorded = endOf('2026-03-01');
    const pinned = encodeURIComponent(recorded);
    expect(rest).toEqual({
      ...{ negotiation: 'talks', position: '3', cursor: '3', revision: '2', development: '2026-02-20' },
      ...{ type: 'DemandStated', recorded, party: 'north', issue: 'river', change: 'changed', shift: 'softened' },
      ...{ past: false, alters: { from: endOf('2026-02-20'), to: null }, standard: 'stated' },
      link: `/api/negotiations/talks/state?asOf=${pinned}&knownOn=${pinned}&recordedBy=${pinned}`,
    });
  });

  it('is none where nothing about positions was said', async () => {
    expect(await changesOf({ type: 'StatementIssued', occurred: '2026-02-10', summary: 'Said.' })).toEqual([]);
    expect(await changesOf({ type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' })).toEqual([]);
  });

  it('of several parties is one each, in their order, and a reader may stop between them', async () => {
    const joint = said('2026-02-10', { party: undefined, parties: ['south', 'north', 'league'] });
    expect((await changesOf(joint)).map(({ party, cursor }) => [party, cursor])).toEqual([
      ['south', '2.0'],
      ['north', '2.1'],
      ['league', '2'],
    ]);
  });

  it('has no shift where there was nothing to shift from', async () => {
    expect(await changesOf(said('2026-02-10', { shift: 'hardened' }))).toMatchObject([{ change: 'new', shift: null }]);
  });

  it('is withdrawn where one point of several was, and the rest is as it was', async () => {
    const term = said('2026-02-11', { type: 'ConditionAttached', point: 'term' });
    const dropped = said('2026-02-20', { type: 'DemandDropped', stance: undefined, point: 'term' });
    expect(brief(await changesOf(said('2026-02-10'), term, dropped))).toMatchObject([{ change: 'withdrawn' }]);
  });

  it('is one also of the same day: other words, or the same of another point', async () => {
    const again = said('2026-02-10', { id: 'again' });
    const demand = said('2026-02-10');
    expect(brief(await changesOf(demand, { ...again, stance: 'Close it.' }))).toMatchObject([{ change: 'changed' }]);
    expect(brief(await changesOf(demand, { ...again, point: 'side' }))).toMatchObject([{ change: 'changed' }]);
    expect(brief(await changesOf(demand, again))).toMatchObject([{ change: 'reiterated' }]);
  });

  it('of something recorded late is of the past: it alters what was held until the next one', async () => {
    const later = [said('2026-02-10'), said('2026-02-15'), said('2026-02-25')];
    const changes = await changesOf(...later, said('2026-02-20'));
    expect(brief(changes)).toEqual([
      {
        ...{ issue: 'river', change: 'changed', past: true, from: '2026-02-15', to: '2026-02-20' },
        alters: { from: endOf('2026-02-20'), to: endOf('2026-02-25') },
      },
    ]);
    const pinned = encodeURIComponent(endOf('2026-03-01'));
    expect(changes[0]?.link).toBe(
      `/api/negotiations/talks/state?asOf=${encodeURIComponent(endOf('2026-02-20'))}&knownOn=${pinned}&recordedBy=${pinned}`,
    );
    expect(brief(await changesOf(...later, said('2026-02-01')))).toMatchObject([
      {
        change: 'new',
        past: true,
        from: null,
        to: '2026-02-01',
        alters: { from: endOf('2026-02-01'), to: endOf('2026-02-10') },
      },
    ]);
  });

  it('of something recorded late may reach to today, where nothing later replaced it', async () => {
    expect(
      brief(await changesOf(said('2026-02-10'), said('2026-02-25', { point: 'side' }), said('2026-02-20'))),
    ).toMatchObject([
      { past: false, from: '2026-02-10', to: '2026-02-20', alters: { from: endOf('2026-02-20'), to: null } },
    ]);
  });
});

describe('a change of the record', () => {
  const held = [said('2026-02-10'), said('2026-02-20')];

  it.each([
    [
      'corrected',
      about('DevelopmentCorrected', { corrects: '2026-02-20', changes: { stance: 'Open it.' } }),
      '2026-02-20',
    ],
    ['retracted', about('DevelopmentRetracted', { retracts: '2026-02-20', reason: 'Never said.' }), '2026-02-10'],
    [
      'beside',
      about('DevelopmentDenied', { denies: '2026-02-20', party: 'north', occurred: '2026-02-21' }),
      '2026-02-20',
    ],
  ])('is %s, and no move of the world', async (change, remark, to) => {
    expect(brief(await changesOf(...held, remark))).toMatchObject([
      { change, past: false, from: '2026-02-20', to, alters: { to: null } },
    ]);
  });

  it.each<[string, object]>([
    ['retraction', about('DevelopmentRetracted', { id: 'wrong', retracts: '2026-02-20', reason: 'Never said.' })],
    [
      'correction',
      about('DevelopmentCorrected', { id: 'wrong', corrects: '2026-02-20', changes: { stance: 'Open it.' } }),
    ],
    ['merge', about('DevelopmentMerged', { id: 'wrong', duplicate: '2026-02-20', into: '2026-02-10' })],
  ])('that takes back a %s is a correction: it takes no words away', async (_, wrong) => {
    const back = about('DevelopmentRetracted', { retracts: 'wrong', reason: 'It was right.' });
    expect(brief(await changesOf(...held, wrong as Sketch, back))).toMatchObject([
      { change: 'corrected', past: false, to: '2026-02-20' },
    ]);
  });

  it('that takes back a denial is a retraction', async () => {
    const denial = about('DevelopmentDenied', {
      id: 'd',
      denies: '2026-02-20',
      party: 'north',
      occurred: '2026-02-21',
    });
    const back = about('DevelopmentRetracted', { retracts: 'd', reason: 'Another minister.' });
    expect(brief(await changesOf(...held, denial, back))).toMatchObject([{ change: 'retracted' }]);
  });

  it('of something that was replaced since is of the past', async () => {
    const remark = about('DevelopmentCorrected', { corrects: '2026-02-10', changes: { stance: 'Open it.' } });
    expect(brief(await changesOf(...held, remark))).toMatchObject([
      { change: 'corrected', past: true, alters: { from: endOf('2026-02-10'), to: endOf('2026-02-20') } },
    ]);
  });

  it('that moves a development to another issue changes both', async () => {
    const remark = about('DevelopmentCorrected', { corrects: '2026-02-20', changes: { issue: 'bridges' } });
    expect(brief(await changesOf(...held, remark))).toMatchObject([
      { issue: 'river', change: 'corrected', from: '2026-02-20', to: '2026-02-10' },
      { issue: 'bridges', change: 'corrected', from: null, to: '2026-02-20' },
    ]);
  });

  it('by an earlier report corrects since when something counts', async () => {
    const vague = said('2026-02', { id: 'vague' });
    const earlier = { corroborates: 'vague', source: { publisher: 'The Herald', published: '2026-02-05' } };
    expect(brief(await changesOf(vague, about('DevelopmentCorroborated', earlier)))).toMatchObject([
      { change: 'corrected', past: false, alters: { from: endOf('2026-02-05'), to: null } },
    ]);
  });

  it('by an earlier report, and by a merge, is a correction also where other words hold then', async () => {
    const earlier = { corroborates: 'vague', source: { publisher: 'The Herald', published: '2026-02-05' } };
    const log = [said('2026-02', { id: 'vague' }), said('2026-02-10')];
    expect(brief(await changesOf(...log, about('DevelopmentCorroborated', earlier)))).toMatchObject([
      { change: 'corrected', from: 'vague', to: '2026-02-10' },
    ]);
    const merge = about('DevelopmentMerged', { duplicate: '2026-02-20', into: '2026-02-10' });
    expect(brief(await changesOf(...held, merge))).toMatchObject([
      { change: 'corrected', from: '2026-02-20', to: '2026-02-10' },
    ]);
  });

  it('that denies what counts only later alters the position from where that counts', async () => {
    const leak = said('2026-02-20', { attribution: 'anonymous' });
    const denial = about('DevelopmentDenied', { denies: '2026-02-20', party: 'north', occurred: '2026-02-12' });
    expect(brief(await changesOf(said('2026-02-10'), leak, denial))).toMatchObject([
      { change: 'beside', past: false, alters: { from: endOf('2026-02-20'), to: null } },
    ]);
  });

  it('that dates later what was overtaken at once alters the position from the later day on', async () => {
    const overtaken = [said('2026-02-09/2026-02-10', { id: 'first' }), said('2026-02-10')];
    const remark = about('DevelopmentCorrected', { corrects: 'first', changes: { occurred: '2026-02-20' } });
    expect(brief(await changesOf(...overtaken, remark))).toMatchObject([
      { change: 'corrected', from: '2026-02-10', to: 'first', alters: { from: endOf('2026-02-20'), to: null } },
    ]);
  });

  it('changes no position where none is spoken of', async () => {
    const statement: Sketch = { id: 'told', type: 'StatementIssued', occurred: '2026-02-10', summary: 'Said.' };
    const remark = about('DevelopmentCorrected', { corrects: 'told', changes: { summary: 'Said so.' } });
    expect(await changesOf(...held, statement, remark)).toEqual([]);
    const denial = about('DevelopmentDenied', { denies: 'told', party: 'north', occurred: '2026-02-12' });
    expect(await changesOf(...held, statement, denial)).toEqual([]);
    const nothing = about('DevelopmentDenied', { denies: 'nothing', party: 'north', occurred: '2026-02-12' });
    expect(await changesOf(...held, nothing)).toEqual([]);
  });
});
