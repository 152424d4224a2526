import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import type { View } from '../../src/tracker/gates.ts';
import { momentsOf, RUNS } from '../projections/judge.ts';
import { type Recorded, recordSteps, writeSteps } from '../support/recording.ts';
import { story, told } from '../support/stories.ts';
import { codeOf, openTestServer, type TestServer } from './support/server.ts';
import { STORY, said, TALKS } from './support/talks.ts';

type Answer = Awaited<ReturnType<TestServer['get']>>;

const PAGES = [1, 2, 3, 4, 5, 6, 7];
const BASE = `/api/negotiations/${TALKS}`;
const remark = (id: string, type: string, own: object) =>
  ({ id, negotiation: TALKS, type, source: { publisher: 'Gazette' }, ...own }) as DevelopmentInput;
const REMARKS: readonly DevelopmentInput[] = [
  said('again', { occurred: '2026-02-15' }),
  remark('c', 'DevelopmentCorrected', { corrects: 'first', changes: { occurred: '2026-02-14' } }),
  remark('r', 'DevelopmentRetracted', { retracts: 'leak', reason: 'It was never said' }),
  remark('m', 'DevelopmentMerged', { duplicate: 'again', into: 'firm' }),
  remark('k', 'DevelopmentCorroborated', { corroborates: 'both' }),
];

const moment = fc.option(fc.nat(), { nil: null });
/** Gates at moments of a log. */
const asked = fc.record({ asOf: moment, knownOn: fc.oneof(moment, fc.constant('then')), recordedBy: moment });
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function viewOf(recorded: Recorded, timeZone: string, { asOf, knownOn, recordedBy }: Asked): View {
  const moments = momentsOf(recorded, timeZone);
  const at = (number: number) => new Date(moments[number % moments.length] ?? 0).toISOString();
  return {
    ...(asOf === null ? {} : { asOf: at(asOf) }),
    ...(typeof knownOn === 'number' ? { knownOn: at(knownOn) } : knownOn === 'then' ? { then: true } : {}),
    ...(recordedBy === null ? {} : { recordedBy: at(recordedBy) }),
  };
}

/** The former way: the whole chronicle, cut up. Nothing is one empty page. */
const partsOf = (all: readonly unknown[], size: number): readonly string[] =>
  Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, page) =>
    JSON.stringify(all.slice(page * size, (page + 1) * size)),
  );

describe('the developments in pages', () => {
  test.each([
    ['as a desk records them', recordSteps],
    ['as a careless one writes them', writeSteps],
  ])('are to the letter the parts of the whole chronicle, %s', async (_, record) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(story(), fc.array(asked, { maxLength: 3 }), async (one, gates) => {
        await using recorded = await record(told(one));
        const { tracker, negotiation } = recorded;
        for (const view of [{}, ...gates.map((each) => viewOf(recorded, one.setting.timeZone, each))]) {
          const all = await tracker.chronicle(negotiation, view);
          const last = await tracker.chroniclePage(negotiation, view, { last: 2 });
          expect(JSON.stringify(last)).toBe(JSON.stringify({ page: all.slice(-2), more: false }));
          for (const limit of [...PAGES, all.length + 1]) {
            const expected = partsOf(all, limit);
            let after: string | undefined;
            for (const [number, part] of expected.entries()) {
              const { page, more } = await tracker.chroniclePage(negotiation, view, { after, limit });
              expect({ page: JSON.stringify(page), more }).toEqual({ page: part, more: number < expected.length - 1 });
              after = page.at(-1)?.id;
              compared += 1;
            }
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
    expect(compared).toBeGreaterThan(RUNS);
  });

  test.each(PAGES)('are answered so over HTTP, %i at a time, each leading to the next', async (limit) => {
    await using server = await openTestServer({ records: [...STORY, ...REMARKS] });
    const all = await server.tracker.chronicle(TALKS);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['stands', 'corrected', 'retracted', 'merged']));
    const found: string[] = [];
    let next: string | undefined = `${BASE}/developments?limit=${limit}`;
    while (next !== undefined) {
      const { body, headers }: Answer = await server.get(next);
      found.push(body);
      next = /^<([^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1];
    }
    expect(found).toEqual(partsOf(all, limit));
  });

  test('go on where the log does, and only behind what is in the view', async () => {
    await using server = await openTestServer({ records: STORY });
    const after = async (id: string, gates = '') => server.get(`${BASE}/developments?limit=2&after=${id}${gates}`);
    const first = (await after('first')).json();
    await server.tracker.record(said('between', { occurred: '2026-02-11' }));
    const next = (await after('first')).json<{ id: string }[]>();
    expect(next.map(({ id }) => id)).toEqual(['between', first[0].id]);
    for (const [id, gates] of [
      ['nobody', ''],
      ['leak', '&asOf=2026-02-12'],
      ['between', '&recordedBy=2026-02-28'],
    ] as const)
      expect(codeOf(await after(id, gates))).toBe('REQUEST_INVALID');
  });
});
