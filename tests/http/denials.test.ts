import { expect, test } from 'vitest';
import { z } from 'zod';
import { round, state } from '../../projections/answers.ts';
import { deniedIn } from '../support/denied.ts';
import { openTestServer } from './support/server.ts';
import { TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;

test('a state says of agreements, rounds, plans and exchanges who denies them, as of then, and as described', async () => {
  await using server = await openTestServer({ records: deniedIn(TALKS) });
  const { get, tracker } = server;
  const answer = async (query: string) => (await get(`${BASE}/state?${query}`)).json<z.output<typeof state>>();
  for (const asOf of ['2026-02-10', '2026-02-13', '2026-02-20']) {
    const { gates, ...told } = await answer(`asOf=${asOf}`);
    expect({ gates, ...told }).toEqual(await tracker.state(TALKS, { asOf }));
    // What the schema does not name is not in what it lets through.
    expect(state.parse({ gates, ...told })).toEqual({ gates, ...told });
  }
  const ids = ({ agreements, rounds, plans, exchanges }: Awaited<ReturnType<typeof answer>>) =>
    [...agreements, ...rounds, ...plans.flatMap(({ versions }) => versions), ...exchanges].map(({ beside }) =>
      beside.map(({ id, denies, statedBy }) => `${id} ${denies} ${statedBy}`),
    );
  expect(ids(await answer('asOf=2026-02-10'))).toEqual([[], [], [], [], []]);
  expect(ids(await answer(''))).toEqual([
    ['no-truce truce south'],
    ['no-round round south', 'no-sent sent north'],
    [],
    ['no-plan-2 plan-2 north'],
    ['no-crews crews south'],
  ]);
  const rounds = (await get(`${BASE}/rounds`)).json();
  expect(rounds[0].beside).toHaveLength(2);
  expect(z.array(round).parse(rounds)).toEqual(rounds);
});

test('a denial recorded later is in the next state, beside what was told before', async () => {
  const records = deniedIn(TALKS);
  await using server = await openTestServer({ records: records.slice(0, -1) });
  const crews = async () => (await server.get(`${BASE}/state`)).json().exchanges[0].beside;
  expect(await crews()).toEqual([]);
  await server.tracker.record(records.slice(-1));
  expect(await crews()).toMatchObject([{ id: 'no-crews' }]);
  await server.tracker.record({
    negotiation: TALKS,
    type: 'DevelopmentRetracted',
    retracts: 'crews',
    reason: 'Untrue.',
  });
  expect((await server.get(`${BASE}/state`)).json().exchanges).toEqual([]);
});
