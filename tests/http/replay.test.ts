import { describe, expect, test } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { replayMoments } from '../../src/http/replay.ts';
import type { Tracker } from '../../src/tracker/index.ts';
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

  test.each([
    ['text/event-stream', 'events'],
    ['Text/Event-Stream; charset=utf-8', 'events'],
    ['application/x-ndjson;q=0.5, text/event-stream', 'events'],
    ['text/event-stream;q=0.5, application/x-ndjson', 'lines'],
    ['text/event-stream;q=0, */*', 'lines'],
    ['*/*', 'lines'],
    ['application/json', 'lines'],
  ])('comes as what is accepted: %s', async (accept, kind) => {
    await using server = await openTestServer({ records: STORY });
    const { headers } = await server.get(PATH, { accept });
    expect(headers['content-type']).toMatch(kind === 'events' ? /^text\/event-stream/ : /^application\/x-ndjson/);
  });

  test('links each step to the state at its moment', async () => {
    await using server = await openTestServer({ records: STORY });
    const steps = stepsOf((await server.get(PATH)).body);
    expect(steps).toHaveLength(5);
    for (const step of steps) {
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
    expect(lines).toHaveLength(5);
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

  test.each(['0.05', '101', '1000', 'fast'])('refuses the pace %s, and says which there are', async (pace) => {
    await using server = await openTestServer({ records: STORY });
    const response = await server.get(`${PATH}&pace=${pace}`);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      faults: [{ field: 'pace', value: pace, message: 'write how many moments a second, from 0.1 to 100' }],
    });
  });

  /** The story, told late: reported after the fact, corrected, corroborated, denied and taken back, some of it weeks later. */
  async function toldLate() {
    const server = await openTestServer({ records: STORY });
    const { tracker, clock } = server;
    const published = (day: string) => ({ source: { publisher: 'Gazette', published: day } });
    const about = (id: string, type: string, own: object, day: string) =>
      ({ id, negotiation: TALKS, type, ...own, ...published(day) }) as DevelopmentInput;
    clock.set('2026-03-02T09:00:00Z');
    await tracker.record([
      said('slow', { party: 'south', occurred: '2026-02-03', ...published('2026-02-20') }),
      said('wrong', { party: 'south', issue: 'fishing', occurred: '2026-02-04', ...published('2026-02-05') }),
      said('whisper', { occurred: '2026-02-06', attribution: 'anonymous', ...published('2026-02-07') }),
      said('gone', { party: 'south', occurred: '2026-02-05', ...published('2026-02-06') }),
      said('unpublished', { party: 'north', issue: 'fishing', occurred: '2026-02-01' }),
    ]);
    clock.set('2026-03-04T09:00:00Z');
    await tracker.record([
      about('moved', 'DevelopmentCorrected', { corrects: 'wrong', changes: { occurred: '2026-02-02' } }, '2026-02-08'),
      about('reworded', 'DevelopmentCorrected', { corrects: 'firm', changes: { stance: 'No tolls' } }, '2026-02-23'),
      about('heard', 'DevelopmentCorroborated', { corroborates: 'slow' }, '2026-02-09'),
      about('back', 'DevelopmentRetracted', { retracts: 'gone', reason: 'It was another party' }, '2026-02-24'),
      about('no', 'DevelopmentDenied', { denies: 'leak', party: 'north', occurred: '2026-02-18' }, '2026-02-19'),
    ]);
    clock.set('2026-03-06T09:00:00Z');
    await tracker.record(
      about(
        'late',
        'DevelopmentCorrected',
        { corrects: 'reworded', changes: { changes: { stance: 'None' } } },
        '2026-03',
      ),
    );
    return server;
  }

  /** Every moment of the story at which anything happened, was reported or was recorded: in days, all of them. */
  const DAYS = Array.from({ length: 75 }, (_, day) => new Date(Date.UTC(2026, 1, 1 + day) - 1).toISOString());
  const RECORDINGS = ['2026-03-01T12:00:00.000Z', ...['02', '04', '06'].map((day) => `2026-03-${day}T09:00:00.000Z`)];

  test.each([
    '',
    '&then=true',
    '&then=true&party=south',
    '&then=true&issue=tolls&standard=all',
    '&then=true&recordedBy=2026-03-03',
    '&recordedBy=2026-03-05&standard=strict',
  ])('misses no moment, as a look at the state of each one shows: %s', async (gates) => {
    await using server = await toldLate();
    const ask = async (at: string) => {
      const response = await server.get(`${BASE}/state?asOf=${at}${gates}`);
      const { positions } = response.json<{ positions: (Step & { status: string; beside: readonly object[] })[] }>();
      const told = positions.filter(({ status, beside }) => status !== 'none' || beside.length > 0);
      return new Map(told.map((one) => [`${one.party} ${one.issue}`, one]));
    };
    const naive: string[] = [];
    let before = await ask('2026-01-31');
    for (const at of [...DAYS, ...RECORDINGS].sort().slice(1)) {
      const after = await ask(at);
      for (const cell of new Set([...before.keys(), ...after.keys()])) {
        const moved = [before.get(cell) ?? null, after.get(cell) ?? null];
        if (JSON.stringify(moved[0]) !== JSON.stringify(moved[1])) naive.push(JSON.stringify([at, cell, ...moved]));
      }
      before = after;
    }
    const response = await server.get(`${BASE}/replay?from=2026-01-31&to=2026-04-15${gates}`);
    const steps = stepsOf(response.body);
    const written = steps.map((one) => JSON.stringify([one.at, `${one.party} ${one.issue}`, one.before, one.after]));
    expect(written.toSorted()).toEqual(naive.toSorted());
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted());
    expect(steps.length).toBeGreaterThan(2);
  });

  test('tells of what became known on a day on which nothing happened', async () => {
    await using server = await toldLate();
    const days = async (gates: string) =>
      stepsOf((await server.get(`${PATH}${gates}`)).body).map(({ at }) => at.slice(0, 10));
    const reported = ['2026-02-08', '2026-02-23', '2026-02-24'];
    expect(await days('&then=true')).toEqual(expect.arrayContaining(reported));
    expect((await days('')).filter((day) => reported.includes(day))).toEqual([]);
  });

  test('does not go backwards', async () => {
    await using server = await openTestServer({ records: STORY });
    const response = await server.get(`${BASE}/replay?from=2026-02-28&to=2026-02-01`);
    expect(response.json()).toMatchObject({ code: 'GATE_INVALID', faults: [{ field: 'from' }, { field: 'to' }] });
  });

  test('takes the gates of a state', async () => {
    await using server = await openTestServer({ records: STORY });
    expect(stepsOf((await server.get(`${PATH}&recordedBy=2026-02-20`)).body)).toEqual([]);
    const strict = stepsOf((await server.get(`${PATH}&standard=strict`)).body);
    expect(new Set(strict.map(({ change }) => change))).toEqual(new Set(['beside']));
    expect(strict.every(({ link }) => link.includes('standard=strict'))).toBe(true);
  });

  test('compares nothing where nothing moved, and looks at nothing but what was asked for', async () => {
    await using server = await openTestServer({ records: STORY });
    const { tracker } = server;
    const asked: string[] = [];
    const told: string[] = [];
    const watched: Tracker = {
      ...tracker,
      state: (...args) => {
        asked.push('state');
        return tracker.state(...args);
      },
      diff: (...args) => {
        asked.push('diff');
        return tracker.diff(...args);
      },
      async *timelines(...args) {
        for await (const cell of tracker.timelines(...args)) {
          told.push(`${cell.party} ${cell.issue}`);
          yield cell;
        }
      },
    };
    const moments = (span: { readonly from: string; readonly to: string }) =>
      Array.fromAsync(replayMoments(watched, TALKS, { ...span, party: 'north', issue: 'tolls' }));
    expect(await moments({ from: '2026-02-17', to: '2026-02-28' })).toEqual([]);
    expect(asked).toEqual([]);
    expect(await moments({ from: '2026-02-01', to: '2026-02-11' })).toHaveLength(1);
    expect(asked).toEqual(['diff']);
    expect(told).toEqual(['north tolls', 'north tolls']);
  });
});
