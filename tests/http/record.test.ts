import { describe, expect, test } from 'vitest';
import { DemarcheError } from '../../events/errors.ts';
import { rememberedKeys } from '../../src/http/idempotency.ts';
import { codeOf, openTestServer } from './support/server.ts';
import { said, TALKS } from './support/talks.ts';

const PATH = `/api/negotiations/${TALKS}/developments`;
const body = (id: string, own: object = {}): Readonly<Record<string, unknown>> => {
  const { negotiation: _, ...rest } = said(id, own);
  return rest;
};

describe('recording over HTTP', () => {
  test('records one development, and answers where it stands and from which position on it is seen', async () => {
    await using server = await openTestServer();
    const response = await server.post(PATH, body('one'));
    expect(response.statusCode).toBe(201);
    const { position } = response.json();
    expect(response.json()).toEqual({
      developments: [{ id: 'one', revision: '5', added: true }],
      position,
      revision: '5',
    });
    expect((await server.tracker.developments(TALKS)).at(-1)).toMatchObject(said('one'));
  });

  test('records several together or none of them, and names each fault with its place', async () => {
    await using server = await openTestServer();
    const refused = await server.post(PATH, [
      body('one'),
      body('two', { party: 'nort' }),
      body('three', { stance: '' }),
    ]);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().faults).toMatchObject([{ index: 2, field: 'stance' }]);
    const unknown = await server.post(PATH, [body('one'), body('two', { party: 'nort' })]);
    expect(unknown.json()).toMatchObject({
      code: 'PARTY_UNKNOWN',
      faults: [{ index: 1, field: 'party', value: 'nort', suggestion: 'north' }],
    });
    expect(await server.tracker.developments(TALKS)).toHaveLength(5);
    expect((await server.post(PATH, [body('one'), body('two')])).statusCode).toBe(201);
    expect(await server.tracker.developments(TALKS)).toHaveLength(7);
  });

  test('names what is no development beside what is a wrong one', async () => {
    await using server = await openTestServer();
    const refused = await server.post(PATH, [7, null, { type: 'DemandStatd' }, body('one')]);
    expect([refused.statusCode, codeOf(refused)]).toEqual([422, 'DEVELOPMENT_INVALID']);
    expect(refused.json().detail).toMatch(
      / \[0\]: write one JSON object .*; \[1\]: write one .*; \[2\] type: there is/,
    );
    expect(refused.json().faults).toMatchObject([
      { index: 0, field: '', value: 7, message: 'write one JSON object for a development' },
      { index: 1, field: '', value: null, message: 'write one JSON object for a development' },
      { index: 2, field: 'type', value: 'DemandStatd', suggestion: 'DemandStated' },
    ]);
  });

  test.each([
    ['', 'the body is empty; send JSON'],
    ['{"type":}', /^the body is not JSON: Unexpected token '}'/],
    ['{"__proto__":{}}', 'the names "__proto__" and "constructor.prototype" are not taken'],
  ])('says what keeps a body from being JSON that can be taken: %j', async (sent, words) => {
    await using server = await openTestServer();
    const { statusCode, ...refused } = await server.post(PATH, sent);
    expect([statusCode, refused.json().detail]).toEqual([400, expect.stringMatching(words)]);
  });

  test('adds nothing when the same comes again, and says so with 200', async () => {
    await using server = await openTestServer();
    const { id: _, ...withoutId } = body('none');
    const first = await server.post(PATH, withoutId);
    const again = await server.post(PATH, withoutId);
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.json().developments).toEqual([{ ...first.json().developments[0], added: false }]);
    expect(again.json().position).toBe(first.json().position);
    expect(codeOf(await server.post(PATH, body('one')))).toBeUndefined();
    expect(await server.post(PATH, body('one', { stance: 'Other words' }))).toMatchObject({ statusCode: 409 });
    expect(await server.tracker.developments(TALKS)).toHaveLength(7);
  });

  test('takes an Idempotency-Key, and refuses it for something else', async () => {
    await using server = await openTestServer();
    const key = { 'idempotency-key': 'a-key' };
    const first = await server.post(PATH, body('one'), key);
    const again = await server.post(PATH, body('one'), key);
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    const other = await server.post(PATH, body('two'), key);
    expect(other.statusCode).toBe(422);
    expect(codeOf(other)).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await server.post(PATH, body('two'), { 'idempotency-key': 'another' })).statusCode).toBe(201);
  });

  test('leaves an Idempotency-Key to what is corrected where it was refused', async () => {
    await using server = await openTestServer();
    const key = { 'idempotency-key': 'a-key' };
    const wrong = await server.post(PATH, body('one', { party: 'nort' }), key);
    expect([wrong.statusCode, codeOf(wrong)]).toEqual([422, 'PARTY_UNKNOWN']);
    expect((await server.post(PATH, body('one'), key)).statusCode).toBe(201);
    expect(codeOf(await server.post(PATH, body('two'), key))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  describe('an Idempotency-Key', () => {
    const refusal = new DemarcheError('PARTY_UNKNOWN', 'nobody');
    const unsure = new DemarcheError('STORE_OUTCOME_UNKNOWN', 'who knows');
    const reused = expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const fail = (error: unknown) => () => Promise.reject(error);
    const done = () => Promise.resolve('done');

    test('is taken while something is being recorded with it', async () => {
      const keys = rememberedKeys();
      const first = keys.under('key', 'one', done);
      await expect(keys.under('key', 'two', done)).rejects.toEqual(reused);
      expect(await first).toBe('done');
    });

    test('stays with what may have been recorded', async () => {
      const keys = rememberedKeys();
      await expect(keys.under('key', 'one', fail(unsure))).rejects.toBe(unsure);
      await expect(keys.under('key', 'two', done)).rejects.toEqual(reused);
      expect(await keys.under('key', 'one', done)).toBe('done');
      await expect(keys.under('key', 'one', fail(refusal))).rejects.toBe(refusal);
      await expect(keys.under('key', 'two', done)).rejects.toEqual(reused);
    });

    test('is kept by a retry that is recorded after the one before it was refused', async () => {
      const keys = rememberedKeys();
      const refused = keys.under('key', 'one', fail(refusal));
      const recorded = keys.under('key', 'one', () => refused.then(done, done));
      await expect(refused).rejects.toBe(refusal);
      expect(await recorded).toBe('done');
      await expect(keys.under('key', 'two', done)).rejects.toEqual(reused);
    });

    test('is forgotten once so many others came', async () => {
      const keys = rememberedKeys(2);
      for (const key of ['one', 'two', 'three']) await keys.under(key, key, done);
      expect(await keys.under('one', 'other', done)).toBe('done');
      await expect(keys.under('three', 'other', done)).rejects.toEqual(reused);
    });
  });

  test('takes only developments of the negotiation in the address', async () => {
    await using server = await openTestServer();
    const response = await server.post(PATH, { ...body('one'), negotiation: 'elsewhere' });
    expect(response.statusCode).toBe(422);
    expect(response.json().faults).toMatchObject([{ field: 'negotiation', value: 'elsewhere' }]);
  });

  test.each([
    ['an unknown field', { weather: 'fine' }, 422, 'DEVELOPMENT_INVALID', 'weather'],
    ['an unknown type', { type: 'DemandStatd' }, 422, 'DEVELOPMENT_INVALID', 'type'],
    ['a date in the future', { occurred: '2027-01-01' }, 422, 'DATE_IN_FUTURE', 'occurred'],
    ['a date that cannot be read', { occurred: '12/02/2026' }, 422, 'DEVELOPMENT_INVALID', 'occurred'],
    ['off-record words', { attribution: 'off-record' }, 422, 'OFF_RECORD', 'attribution'],
    ['an issue never declared', { issue: 'toll' }, 422, 'ISSUE_UNKNOWN', 'issue'],
  ])('refuses %s, and writes nothing', async (_, own, status, code, field) => {
    await using server = await openTestServer();
    const response = await server.post(PATH, body('one', own));
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code, faults: [{ field }] });
    expect(await server.tracker.developments(TALKS)).toHaveLength(5);
  });

  test('leaves nothing behind of a negotiation that was never opened', async () => {
    await using server = await openTestServer();
    await server.get('/health/ready');
    const nowhere = '/api/negotiations/nowhere/developments';
    for (const url of [nowhere, `${nowhere}?dryRun`]) {
      const refused = await server.post(url, body('one'));
      expect([refused.statusCode, codeOf(refused)]).toEqual([422, 'NEGOTIATION_NOT_OPEN']);
      const listed = (await server.get('/api/negotiations')).json<{ negotiation: string }[]>();
      expect(listed.map(({ negotiation }) => negotiation)).toEqual([TALKS]);
    }
    expect((await server.get('/api/negotiations/elsewhere/state')).json().detail).toMatch(`on record: ${TALKS}`);
  });

  test('answers in a dry run how positions would change, and writes nothing', async () => {
    await using server = await openTestServer();
    const response = await server.post(`${PATH}?dryRun`, body('one'));
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      developments: [{ id: 'one', added: true }],
      changes: [{ party: 'north', issue: 'tolls', change: 'new' }],
    });
    expect(await server.tracker.developments(TALKS)).toHaveLength(5);
  });

  test.each(['PUT', 'PATCH', 'DELETE'] as const)('has no %s, and says how to correct and retract', async (method) => {
    await using server = await openTestServer();
    for (const url of [PATH, `${PATH}/one`, `/api/negotiations/${TALKS}`]) {
      const response = await server.app.inject({ method, url });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe(url === PATH ? 'GET, HEAD, POST' : 'GET, HEAD');
      expect(response.json().detail).toMatch(/DevelopmentCorrected.*DevelopmentRetracted/);
    }
  });

  test('has no POST where there is nothing to record, and says where it goes', async () => {
    await using server = await openTestServer();
    const response = await server.post(`/api/negotiations/${TALKS}/state`, {});
    expect([response.statusCode, codeOf(response), response.headers.allow]).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
      'GET, HEAD',
    ]);
    expect(response.json().detail).toContain('POST to …/developments');
  });

  test('refuses more at once than it takes', async () => {
    await using server = await openTestServer({ limits: { batch: 2, bodyBytes: 2000 } });
    const batch = await server.post(PATH, [body('one'), body('two'), body('three')]);
    expect([batch.statusCode, codeOf(batch)]).toEqual([413, 'BODY_TOO_LARGE']);
    const large = await server.post(PATH, body('one', { stance: 'x'.repeat(3000) }));
    expect([large.statusCode, codeOf(large)]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await server.tracker.developments(TALKS)).toHaveLength(5);
  });
});
