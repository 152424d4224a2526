/** A server on a log in memory, asked without a socket or over one. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { DevelopmentInput } from '../../../events/index.ts';
import { createServer, type ServerOptions } from '../../../src/http/index.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker, type Tracker } from '../../../src/tracker/index.ts';
import { type Clock, settableClock } from '../../support/tracker.ts';
import { OPENING, RECORDED } from './talks.ts';

export interface TestServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly tracker: Tracker;
  readonly clock: Clock;
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** listens on a free port of this machine, and answers the address */
  listen(): Promise<string>;
}

export interface TestServerOptions extends Partial<ServerOptions> {
  readonly records?: readonly DevelopmentInput[];
}

/** Opens a server whose clock stands still; what is in `records` is recorded at its beginning. */
export async function openTestServer({ records = OPENING, ...options }: TestServerOptions = {}): Promise<TestServer> {
  const clock = settableClock(RECORDED);
  const store = openSqliteStore({ path: ':memory:', clock: clock.now });
  const tracker = openTracker({ store, now: clock.now });
  if (records.length > 0) await tracker.record(records);
  const app = await createServer({ tracker, now: clock.now, page: '/nowhere', ...options });
  await app.ready();
  await untilReady(tracker);
  return {
    app,
    tracker,
    clock,
    get: (path, headers = {}) => app.inject({ method: 'GET', url: path, headers }),
    post: (path, body, headers = {}) =>
      app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      }),
    listen: () => app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: (text) => text }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await tracker.close();
    },
  };
}

async function untilReady(tracker: Tracker): Promise<void> {
  await until(() => tracker.status().ready);
}

/** Waits until something holds, looking again every few milliseconds; the test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

export const codeOf = (response: LightMyRequestResponse): unknown => response.json<{ code?: unknown }>().code;
