/** Parties have names in what is taken away from the page, and those of others keep their place in a line. */
import { expect, it } from 'vitest';
import { HOME } from '../../src/web/address.ts';
import { namesOf } from '../../src/web/names.ts';
import { briefOf } from '../../src/web/take/brief.ts';
import { lanePicture } from '../../src/web/take/lane-picture.ts';
import { matrixPicture } from '../../src/web/take/matrix-picture.ts';
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
  const frame = { title: state.title, view: 'As of today', citation: 'Talks', sources: [], link: 'https://a.example' };
  return {
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
