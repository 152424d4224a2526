/** The requests of docs/http.md and of the README, in their order and to the letter: each is answered. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { DevelopmentInput } from '../../src/tracker/index.ts';
import { openTestServer } from '../http/support/server.ts';

const TALKS = 'cod-quotas';
/** What the README records before it speaks of HTTP. */
const RECORDED_BEFORE: readonly DevelopmentInput[] = [
  { negotiation: TALKS, type: 'NegotiationOpened', title: TALKS },
  { negotiation: TALKS, type: 'PartyJoined', party: 'norway', name: 'norway', role: 'principal' },
  { negotiation: TALKS, type: 'IssueRaised', issue: 'total-catch', title: 'total-catch' },
];

interface Asked {
  readonly path: string;
  readonly body: string | undefined;
}

/** Requests of the blocks for a shell. Not those for a stream, which would not end, nor those that name what is answered before them. */
async function requestsOf(document: string): Promise<readonly Asked[]> {
  const text = await readFile(new URL(`../../${document}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split(/^(?=curl )/m).flatMap(askedBy));
}

function askedBy(command: string): readonly Asked[] {
  const [, base, rest = ''] = /^curl -s "?(\$api|http:\/\/127\.0\.0\.1:4800)(\/[^\s"]+)/.exec(command) ?? [];
  if (base === undefined || rest.includes('$')) return [];
  const [, body] = / -d '([^']*)'/.exec(command) ?? [];
  return [{ path: `${base === '$api' ? `/api/negotiations/${TALKS}` : ''}${rest}`, body }];
}

test.each([
  ['docs/http.md', [], 7],
  ['README.md', RECORDED_BEFORE, 3],
] as const)('the requests of %s are answered', async (document, records, least) => {
  await using server = await openTestServer({ records });
  server.clock.set('2026-04-01T12:00:00Z');
  const requests = await requestsOf(document);
  expect(requests.length).toBeGreaterThanOrEqual(least);
  for (const { path, body } of requests) {
    const response = body === undefined ? await server.get(path) : await server.post(path, body);
    expect({ path, status: response.statusCode, said: response.body }).toMatchObject({
      status: body === undefined ? 200 : 201,
    });
  }
});
