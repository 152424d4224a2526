/** Parties have names in what is taken away from the page, and those of others keep their place in a line. */
import { expect, it } from 'vitest';
import { HOME } from '../../src/web/address.ts';
import { namesOf } from '../../src/web/names.ts';
import { briefOf } from '../../src/web/take/brief.ts';
import { frameOf } from '../../src/web/take/frame.ts';
import { lanePicture } from '../../src/web/take/lane-picture.ts';
import { matrixPicture } from '../../src/web/take/matrix-picture.ts';
import { wrap } from '../../src/web/take/svg.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

const measure = (text: string) => text.length;

/** What is taken away of a position that a party called `name` tells, and denies. */
async function taken(name: string, publisher = 'The Gazette') {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  const source = { publisher, published: '2026-02-11' };
  await opened.tracker.record([
    ...GROUND,
    { negotiation: NEGOTIATION, type: 'PartyJoined', party: 'teller', name, role: 'observer' },
    {
      ...EXAMPLES.PositionStated.minimal,
      id: 'account',
      party: 'north',
      issue: 'bridges',
      attribution: 'counterpart',
      statedBy: 'teller',
      source,
    },
    { ...EXAMPLES.DevelopmentDenied.minimal, id: 'untrue', denies: 'account', party: 'teller', source },
  ]);
  const view = { standard: 'all' } as const;
  const [state, history, chronicle, differences] = [
    await opened.tracker.state(NEGOTIATION, view),
    await opened.tracker.history(NEGOTIATION, { party: 'north', issue: 'bridges' }, view),
    (await opened.tracker.chroniclePage(NEGOTIATION, view, { limit: 100 })).page,
    await opened.tracker.diff(NEGOTIATION, { ...view, from: '2026-01-01', to: '2026-02-15' }),
  ];
  const used = new Set(history.map(({ id }) => id));
  const frame = frameOf(state, HOME, chronicle, used, 'https://a.example', Date.UTC(2026, 1, 15));
  return {
    sources: frame.sources,
    matrix: matrixPicture(state, [], [], frame, measure),
    lane: lanePicture(history, 'north on bridges', Date.now(), namesOf(state), frame, measure),
    brief: briefOf({ address: HOME, state, chronicle, differences, from: '2026-01-01', frame }),
  };
}

it('names the party whose account a position is, and the one that denies it, not their ids', async () => {
  const { matrix, lane, brief } = await taken('Republic of the Isles');
  for (const text of [matrix, lane, brief]) expect(text).toContain('party’s account: Republic of the Isles');
  expect(matrix).toContain('DENIAL OF ACCOUNT BY REPUBLIC OF THE ISLES');
  expect(matrix + lane + brief).not.toContain('teller');
});

it('keeps names that run from right to left apart from the dates beside them', async () => {
  const { matrix, lane, brief, sources } = await taken('مرزان', 'صحيفة الميناء');
  for (const text of [matrix, lane, brief]) expect(text).toContain('party’s account: \u2068مرزان\u2069');
  expect(sources).toEqual(['\u2068صحيفة الميناء\u2069, 11 Feb 2026']);
  expect(brief).toContain('Source: \u2068صحيفة الميناء\u2069, 11 Feb 2026.');
  expect(lane).toContain('\u2068صحيفة الميناء\u2069 · 11 Feb 2026');
});

it('keeps them apart where a line is broken within', () => {
  const lines = wrap('Sources: \u2068صحيفة الميناء\u2069, 11 Feb 2026', 16, { size: 10, family: 'serif' }, measure);
  expect(lines).toEqual(['Sources: \u2068صحيفة\u2069', '\u2068الميناء\u2069, 11 Feb', '2026']);
});

it('leaves names alone that run from left to right', async () => {
  const { matrix, lane, brief, sources } = await taken('Ελλήσπορος', 'Журнал');
  expect(matrix + lane + brief + sources).not.toMatch(/[\u2066-\u2069]/);
});
