import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/http/index.ts';
import { openStore } from '../../src/store/open.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';
import { timelinesOf } from '../../src/web/answers/timelines.ts';
import { bundled, NEGOTIATION } from './record.ts';

describe('The timelines that the page moves through', () => {
  let tracker: Tracker;
  let server: Awaited<ReturnType<typeof createServer>>;
  beforeAll(async () => {
    tracker = openTracker({ store: await openStore('sqlite::memory:') });
    await tracker.record(await bundled('russia-ukraine.jsonl'));
    await tracker.record(await bundled('russia-ukraine.corrections.jsonl'));
    server = await createServer({ tracker });
  });
  afterAll(async () => {
    await server?.close();
    await tracker?.close();
  });

  const read = (query: string) => server.inject(`/api/negotiations/${NEGOTIATION}/timelines${query}`);

  it.each(['', '?then=true', '?standard=all', '?knownOn=2026-02-20&recordedBy=2030-01-01'])(
    'say at each date what the state of that date says, asked as "%s"',
    async (query) => {
      const answer = await read(query);
      expect(answer.headers['content-type']).toContain('application/x-ndjson');
      const timelines = timelinesOf(answer.body.split('\n'));
      for (const asOf of ['2025-01-01', '2025-06-02', '2025-06-03', '2025-11-24', '2026-02-13', '2026-02-26']) {
        const then = query.includes('then') ? { asOf, then: true } : { asOf };
        const rest = Object.fromEntries(new URLSearchParams(query.replace('?then=true', '')));
        const state = await tracker.state(NEGOTIATION, { ...rest, ...then });
        const at = Date.parse(state.gates.asOf);
        const found = state.issues.flatMap(({ issue }) =>
          state.parties.flatMap(({ party }) => timelines.positionAt(party, issue, at) ?? []),
        );
        expect(found, asOf).toEqual(state.positions);
      }
    },
  );

  it('hold nothing of what was never spoken of', () => {
    expect(timelinesOf([]).positionAt('russia', 'territory', 0)).toBeUndefined();
    expect(timelinesOf(['nonsense']).positionAt('__proto__', 'constructor', 0)).toBeUndefined();
  });

  it('are refused in words where the question is wrong', async () => {
    expect((await server.inject('/api/negotiations/nowhere/timelines')).statusCode).toBe(404);
    expect((await read('?asOf=2026-01-01')).json()).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await read('?knownOn=yesterday')).json()).toMatchObject({ code: 'GATE_INVALID' });
  });
});
