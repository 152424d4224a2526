import { describe, expect, test } from 'vitest';
import { openReader } from './support/reader.ts';
import { openTestServer, until } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
const PATH = `${BASE}/replay?from=2026-02-01&to=2026-02-28`;

interface Step {
  readonly at: string;
  readonly party: string;
  readonly issue: string;
  readonly change: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly link: string;
}

describe('a replay', () => {
  const stepsOf = (body: string): Step[] =>
    body
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Step);

  test('gives what moved between two dates in the order of the world, as lines', async () => {
    await using server = await openTestServer({
      records: [...STORY, said('late', { party: 'south', occurred: '2026-02-08' })],
    });
    const response = await server.get(PATH);
    expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const steps = stepsOf(response.body);
    expect(steps.map(({ at, party, issue, change }) => [at.slice(0, 10), party, issue, change].join(' '))).toEqual([
      '2026-02-08 south tolls new',
      '2026-02-10 north tolls new',
      '2026-02-12 north fishing new',
      '2026-02-12 south fishing new',
      '2026-02-15 north tolls changed',
      '2026-02-16 north tolls beside',
    ]);
    // Put together, the steps lead from the first state to the last.
    const cells = new Map<string, object | null>();
    const key = ({ party, issue }: { party: string; issue: string }) => `${party} ${issue}`;
    for (const step of steps) {
      expect(step.before).toEqual(cells.get(key(step)) ?? null);
      cells.set(key(step), step.after);
    }
    const last = await server.tracker.state(TALKS, { asOf: '2026-02-28' });
    expect(new Set(cells.values())).toEqual(new Set(last.positions));
  });

  test('links each step to the state at its moment', async () => {
    await using server = await openTestServer({ records: STORY });
    for (const step of stepsOf((await server.get(PATH)).body)) {
      const { positions } = (await server.get(step.link)).json<{ positions: Step[] }>();
      expect(positions.find(({ party, issue }) => party === step.party && issue === step.issue)).toEqual(step.after);
    }
  });

  test('is of one party or issue where that is asked, and begins after its first date', async () => {
    await using server = await openTestServer({ records: STORY });
    const steps = stepsOf((await server.get(`${PATH}&party=south`)).body);
    expect(steps.map(({ party }) => party)).toEqual(['south']);
    const [first, ...rest] = stepsOf((await server.get(PATH)).body);
    const later = await server.get(`${BASE}/replay?from=${encodeURIComponent(first?.at ?? '')}&to=2026-02-28`);
    expect(stepsOf(later.body)).toEqual(rest.filter(({ at }) => at !== first?.at));
    expect((await server.get(`${PATH}&party=nobody`)).statusCode).toBe(404);
    expect((await server.get(`${BASE}/replay?from=never&to=2026-02-28`)).statusCode).toBe(400);
  });

  test('comes as events, goes on after the last one seen, and does not begin again at its end', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${PATH}`;
    const whole = await openReader(url);
    await until(() => whole.ended() !== undefined);
    const lines = stepsOf((await server.get(PATH)).body);
    const steps = whole.events.filter(({ event }) => event === 'change').map(({ data }) => JSON.parse(data) as Step);
    expect(steps).toEqual(lines);
    expect(whole.events.at(-1)).toMatchObject({ event: 'end', id: 'end' });
    const [first] = whole.events;
    const rest = await openReader(url, { 'last-event-id': first?.id ?? '' });
    await until(() => rest.ended() !== undefined);
    expect(rest.events).toEqual(whole.events.filter(({ id }) => id !== first?.id));
    expect((await openReader(url, { 'last-event-id': 'end' })).status).toBe(204);
  });

  test('keeps the pace it is asked for, and stops when its reader is gone', async () => {
    await using server = await openTestServer({ records: STORY });
    const url = `${await server.listen()}${PATH}`;
    const slow = await openReader(`${url}&pace=0.1`);
    await slow.changes(1);
    const first = slow.events[0]?.id;
    const quick = await openReader(`${url}&pace=100`);
    await until(() => quick.ended() !== undefined);
    expect(quick.events.at(-1)?.id).toBe('end');
    // Ten seconds lie between the moments of the slow one.
    expect(new Set(slow.events.map(({ id }) => id))).toEqual(new Set([first]));
    slow.leave();
    const open = async () => /demarche_streams_open 0/.test((await server.get('/metrics')).body);
    await until(open);
  });

  test('takes the gates of a state', async () => {
    await using server = await openTestServer({ records: STORY });
    expect(stepsOf((await server.get(`${PATH}&recordedBy=2026-02-20`)).body)).toEqual([]);
    const strict = stepsOf((await server.get(`${PATH}&standard=strict`)).body);
    expect(new Set(strict.map(({ change }) => change))).toEqual(new Set(['beside']));
    expect(strict.every(({ link }) => link.includes('standard=strict'))).toBe(true);
  });
});
