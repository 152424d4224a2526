/** The names that `watch` tells changes by. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DemarcheError } from '../../events/errors.ts';
import type { Change } from '../../projections/index.ts';
import { type Named, namesAsTheyCome } from '../../src/cli/watching/names.ts';
import { remoteNames } from '../../src/cli/watching/remote.ts';

const state = (revision: string, ...parties: readonly string[]) =>
  ({
    revision,
    parties: parties.map((party) => ({ party, name: `The ${party}` })),
    issues: [{ issue: 'river', title: 'The river' }],
  }) as unknown as Named;

const change = (revision: string, party: string, statedBy: string | null = null) =>
  ({
    revision,
    party,
    issue: 'river',
    before: null,
    after: { points: [], beside: [{ statedBy }] },
  }) as unknown as Change;

/** Answers one after the other, and how many were asked for. */
function reading(...answers: readonly (Named | Error)[]) {
  let asked = 0;
  const namesFor = namesAsTheyCome(async () => {
    const answer = answers[asked++];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked once too often');
    return answer;
  });
  return { asked: () => asked, nameIn: async (one: Change) => (await namesFor(one)).party(one.party) };
}

describe('the names of changes', () => {
  it('are read once, and again for somebody whom the state that was read could not know', async () => {
    const { asked, nameIn } = reading(state('9', 'north'), state('12', 'north', 'east'));
    expect(asked()).toBe(0);
    for (const revision of ['3', '9', '10']) expect(await nameIn(change(revision, 'north'))).toBe('The north');
    expect(asked()).toBe(1);
    expect(await nameIn(change('12', 'east'))).toBe('The east');
    expect(await nameIn(change('13', 'north', 'east'))).toBe('The north');
    expect(asked()).toBe(2);
  });

  it('are read again for who denies, or tells of another, as well', async () => {
    const { asked, nameIn } = reading(state('9', 'north'), state('12', 'north', 'east'));
    await nameIn(change('9', 'north'));
    expect(await nameIn(change('12', 'north', 'east'))).toBe('The north');
    expect(asked()).toBe(2);
  });

  it('are ids where the state knows no name, for which it is not asked in vain', async () => {
    const { asked, nameIn } = reading(state('9', 'north'));
    for (const revision of ['3', '4']) expect(await nameIn(change(revision, 'gone'))).toBe('gone');
    expect(asked()).toBe(1);
  });

  it('are ids for as long as they cannot be read', async () => {
    const { nameIn } = reading(new DemarcheError('SERVER_UNREACHABLE', 'away'), state('9', 'north'));
    expect(await nameIn(change('3', 'north'))).toBe('north');
    expect(await nameIn(change('4', 'north'))).toBe('The north');
  });

  it('do not hide a fault of the program', async () => {
    await expect(reading(new TypeError('ours')).nameIn(change('3', 'north'))).rejects.toThrow('ours');
  });
});

describe('the names on a server', () => {
  async function asked(answer: RequestListener) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const query = { party: 'north', effect: 'new', after: '7' } as const;
    return remoteNames({ url, negotiation: 'harbour', query, token: 'secret', signal: new AbortController().signal });
  }

  it('are those of its state, asked with the token', async () => {
    const told = await asked(({ url, headers: { authorization } }, response) =>
      response.end(JSON.stringify({ url, authorization })),
    );
    expect(told).toEqual({ url: '/api/negotiations/harbour/state?party=north', authorization: 'Bearer secret' });
  });

  it.each<[string, RequestListener, string]>([
    [
      'refuses',
      (_, response) => response.writeHead(429).end(JSON.stringify({ code: 'RATE_EXCEEDED', detail: 'too many' })),
      'RATE_EXCEEDED',
    ],
    ['answers in something else than JSON', (_, response) => response.end('<html>'), 'SERVER_UNREACHABLE'],
    ['hangs up', (_, response) => void response.destroy(), 'SERVER_UNREACHABLE'],
  ])('are not known where it %s', async (_, answer, code) => {
    await expect(asked(answer)).rejects.toMatchObject({ code });
  });
});
