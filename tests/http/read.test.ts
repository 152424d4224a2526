import { describe, expect, test } from 'vitest';
import { codeOf, openTestServer } from './support/server.ts';
import { STORY, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;

describe('reading over HTTP', () => {
  test('gives the answers of the library, to the letter', async () => {
    await using server = await openTestServer({ records: STORY });
    const { tracker, get } = server;
    const view = { asOf: '2026-02-15', knownOn: '2026-02-20', standard: 'all' } as const;
    const query = new URLSearchParams(view);
    const cell = { party: 'north', issue: 'tolls' };
    expect((await get('/api/negotiations')).json()).toEqual(await tracker.negotiations());
    expect((await get(`${BASE}/state?${query}`)).json()).toEqual(await tracker.state(TALKS, view));
    expect((await get(`${BASE}/state?${query}&party=north&issue=tolls`)).json()).toEqual(
      await tracker.state(TALKS, { ...view, ...cell }),
    );
    expect((await get(`${BASE}/rounds`)).json()).toEqual((await tracker.state(TALKS)).rounds);
    expect((await get(`${BASE}/positions/north/tolls/history?${query}`)).json()).toEqual(
      await tracker.history(TALKS, cell, view),
    );
    expect((await get(`${BASE}/diff?from=2026-02-11&to=2026-02-20&then`)).json()).toEqual(
      await tracker.diff(TALKS, { from: '2026-02-11', to: '2026-02-20', then: true }),
    );
    const moved = await tracker.diff(TALKS, { from: '2026-02-01', to: '2026-02-20', party: 'north' });
    expect(new Set(moved.map(({ party }) => party))).toEqual(new Set(['north']));
    expect((await get(`${BASE}/diff?from=2026-02-01&to=2026-02-20&party=north`)).json()).toEqual(moved);
    expect((await get(`${BASE}/developments?asOf=2026-02-20`)).json()).toEqual(
      await tracker.chronicle(TALKS, { asOf: '2026-02-20' }),
    );
    expect((await get(`${BASE}/changes`)).json()).toEqual(await tracker.changes(TALKS));
  });

  test('reads "then" as short for knownOn = asOf, written in any way a switch is written', async () => {
    await using server = await openTestServer({ records: STORY });
    const asked = async (query: string) => (await server.get(`${BASE}/state?asOf=2026-02-10&${query}`)).json().knownOn;
    const [on, off] = [
      ['then', 'then=true', 'then=1', 'then=True', 'then=TRUE'],
      ['then=false', 'then=0', 'then=False'],
    ];
    expect(await Promise.all(on.map(asked))).toEqual(on.map(() => '2026-02-10'));
    expect(await Promise.all(off.map(asked))).toEqual(off.map(() => null));
    const neither = await server.get(`${BASE}/state?then=yes`);
    expect([neither.statusCode, neither.json().faults[0].message]).toEqual([
      400,
      'write true or false, or the name alone',
    ]);
  });

  test('takes the offset of a moment as it is most often written in an address: with a plus sign of its own', async () => {
    await using server = await openTestServer({ records: STORY });
    const [plain, encoded] = ['2026-02-12T14:05:00+03:00', '2026-02-12T14:05:00%2B03:00'] as const;
    for (const question of [
      'state?asOf=',
      'state?asOf=2026-02-20&knownOn=',
      'replay?to=2026-03-01&from=',
      'diff?to=2026-03-01&from=',
    ]) {
      const [answer, same] = [
        await server.get(`${BASE}/${question}${plain}`),
        await server.get(`${BASE}/${question}${encoded}`),
      ];
      expect([answer.statusCode, answer.body]).toEqual([200, same.body]);
    }
    expect((await server.get(`${BASE}/state?asOf=2026-02-12T14:05:00+03:00`)).headers['memento-datetime']).toBe(
      'Thu, 12 Feb 2026 11:05:00 GMT',
    );
    expect(codeOf(await server.get(`${BASE}/state?asOf=2026-02-12+14:05`))).toBe('GATE_INVALID');
  });

  test('gives developments and changes in pages that join up', async () => {
    await using server = await openTestServer({ records: STORY });
    for (const [path, cursor] of [
      [`${BASE}/developments?limit=3`, 'id'],
      [`${BASE}/changes?limit=2`, 'cursor'],
    ] as const) {
      const whole = (await server.get(path.replace(/limit=\d/, ''))).json<Record<string, string>[]>();
      const found: Record<string, string>[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const page = await server.get(next);
        found.push(...page.json<Record<string, string>[]>());
        next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
      }
      expect(found.length).toBeGreaterThan(4);
      expect(found.map((one) => one[cursor])).toEqual(whole.map((one) => one[cursor]));
    }
  });

  test.each(['changes', 'changes/stream'])('refuses a cursor that the log has not come to: %s', async (path) => {
    await using server = await openTestServer({ records: STORY });
    const [last] = (await server.tracker.changes(TALKS)).slice(-1);
    expect((await server.get(`${BASE}/changes?after=${last?.position}`)).statusCode).toBe(200);
    const refused = await server.get(`${BASE}/${path}?after=999999`);
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'POSITION_NOT_REACHED']);
    expect(refused.json().faults).toMatchObject([{ field: 'after', value: '999999' }]);
    expect(refused.headers['retry-after']).toBe('1');
  });

  test.each([
    ['state?standard=loose', 'standard', 'write one of strict, stated, all'],
    [
      'changes?effect=louder',
      'effect',
      'write one of new, changed, conditioned, reiterated, withdrawn, corrected, retracted, beside',
    ],
    ['state?asOf=2026-02-10&asOf=2026-02-11', 'asOf', 'write it once; here it is 2 times'],
    ['changes?limit=1&limit=2&limit=3', 'limit', 'write it once; here it is 3 times'],
  ])('says what would be right: %s', async (path, field, message) => {
    await using server = await openTestServer();
    expect((await server.get(`${BASE}/${path}`)).json().faults).toMatchObject([{ field, message }]);
  });

  test('gives the changes of one party, issue, effect or standard, after a cursor', async () => {
    await using server = await openTestServer({ records: STORY });
    const changes = async (query: string) =>
      (await server.get(`${BASE}/changes?${query}`)).json<{ development: string; party: string; cursor: string }[]>();
    const [first] = await changes('');
    expect((await changes('party=south')).map(({ development }) => development)).toEqual(['both']);
    expect((await changes('issue=fishing')).map(({ party }) => party)).toEqual(['north', 'south']);
    expect((await changes('effect=beside')).map(({ development }) => development)).toEqual(['leak']);
    expect((await changes('effect=changed&standard=all')).map(({ development }) => development)).toEqual([
      'firm',
      'leak',
    ]);
    expect((await changes(`after=${first?.cursor}`)).map(({ development }) => development)).toEqual([
      'both',
      'both',
      'firm',
      'leak',
    ]);
  });

  test.each([
    ['state?asof=2026-02-26', 'asof', 'asOf'],
    ['state?knownon=2026', 'knownon', 'knownOn'],
    ['changes?afer=3', 'afer', 'after'],
    ['diff?from=2026&to=2026&standart=all', 'standart', 'standard'],
  ])('refuses an unknown query parameter and suggests the one that was meant: %s', async (path, field, suggestion) => {
    await using server = await openTestServer();
    const response = await server.get(`${BASE}/${path}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toMatchObject({ code: 'REQUEST_INVALID', status: 400, faults: [{ field, suggestion }] });
  });

  test('refuses to compare backwards, naming both moments, and compares one with itself', async () => {
    await using server = await openTestServer({ records: STORY });
    for (const then of ['', '&then']) {
      const response = await server.get(`${BASE}/diff?from=2026-02-12&to=2026-02-10${then}`);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({
        code: 'GATE_INVALID',
        faults: [
          { field: 'from', value: '2026-02-12', message: expect.stringContaining('after 2026-02-10') },
          { field: 'to', value: '2026-02-10', message: expect.stringContaining('before 2026-02-12') },
        ],
      });
      // Not the words are compared, but the moments they mean: a bare month means its end.
      expect((await server.get(`${BASE}/diff?from=2026-02&to=2026-02-28${then}`)).json()).toEqual([]);
      expect((await server.get(`${BASE}/diff?from=2026-02&to=2026-02-27${then}`)).statusCode).toBe(400);
    }
  });

  test.each([
    ['state?asOf=yesterday', 400, 'GATE_INVALID', 'asOf'],
    ['state?asOf=2026-02-10/2026-02-12', 400, 'GATE_INVALID', 'asOf'],
    ['state?then&knownOn=2026-02-10', 400, 'GATE_INVALID', 'then'],
    ['state?standard=loose', 400, 'REQUEST_INVALID', 'standard'],
    ['state?party=nort', 404, 'CELL_UNKNOWN', 'party'],
    ['state?party=north&party=south', 400, 'REQUEST_INVALID', 'party'],
    ['diff?from=2026-02-10', 400, 'REQUEST_INVALID', 'to'],
    ['diff?from=yesterday&to=2026-02-10', 400, 'GATE_INVALID', 'from'],
    ['diff?from=2026-02-10&to=tomorrow', 400, 'GATE_INVALID', 'to'],
    ['positions/north/toll/history', 404, 'CELL_UNKNOWN', 'issue'],
    ['changes?after=first', 400, 'REQUEST_INVALID', 'after'],
    ['changes?limit=0', 400, 'REQUEST_INVALID', 'limit'],
    ['changes?limit=1001', 400, 'REQUEST_INVALID', 'limit'],
    ['changes?effect=louder', 400, 'REQUEST_INVALID', 'effect'],
    ['developments?after=nobody', 400, 'REQUEST_INVALID', 'after'],
  ])('names the field that is wrong: %s', async (path, status, code, field) => {
    await using server = await openTestServer();
    const response = await server.get(`${BASE}/${path}`);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code, status, type: `urn:demarche:error:${code}`, faults: [{ field }] });
  });

  test('names the negotiation that was meant', async () => {
    await using server = await openTestServer();
    const response = await server.get('/api/negotiations/harbor/state');
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'NEGOTIATION_UNKNOWN', faults: [{ suggestion: TALKS }] });
  });

  test('waits for a position of the log, and says when it does not come in time', async () => {
    await using server = await openTestServer({ limits: { waitMs: 30 } });
    const head = server.tracker.status().applied;
    expect((await server.get(`${BASE}/state?minPosition=${head}`)).statusCode).toBe(200);
    for (const path of [
      `${BASE}/changes.atom`,
      `${BASE}/rounds.ics`,
      `${BASE}/export.csv`,
      `${BASE}/timelines`,
      `${BASE}/positions/north/tolls/history`,
      `${BASE}/state`,
      `${BASE}/rounds`,
      `${BASE}/changes`,
      `${BASE}/developments`,
      '/api/negotiations',
    ]) {
      const late = await server.get(`${path}?minPosition=999999`);
      expect(late.statusCode).toBe(503);
      expect(late.headers['retry-after']).toBe('1');
      expect(codeOf(late)).toBe('POSITION_NOT_REACHED');
    }
  });

  test('sees what was recorded, however it was cached before', async () => {
    await using server = await openTestServer({ records: STORY });
    const stance = async (minPosition = '') =>
      (await server.get(`${BASE}/state?party=north&issue=tolls${minPosition}`)).json().positions[0].stance;
    expect(await stance()).toBe('No tolls for ships of the North');
    const recorded = await server.post(`${BASE}/developments`, {
      type: 'DemandStated',
      occurred: '2026-02-20',
      party: 'north',
      issue: 'tolls',
      stance: 'Tolls for all',
      source: { publisher: 'Gazette' },
    });
    expect(await stance()).toBe('Tolls for all');
    expect(await stance(`&minPosition=${recorded.json().position}`)).toBe('Tolls for all');
  });
});
