/** A server on a log, in this process, asked without a network. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { expect } from 'vitest';
import type { ErrorCode } from '../../events/errors.ts';
import { createServer } from '../../src/http/index.ts';
import { openSqliteStore, type SqliteOptions } from '../../src/store/sqlite.ts';
import { openTracker, type Snapshots, type Tracker } from '../../src/tracker/index.ts';
import { NEGOTIATION } from './batches.ts';

export interface Service extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly tracker: Tracker;
  /** what the server wrote into its log */
  readonly logged: () => string;
  get(path: string): Promise<Answer>;
  post(developments: readonly object[]): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

export async function serve(options: SqliteOptions, snapshots?: Snapshots): Promise<Service> {
  const tracker = openTracker({ store: openSqliteStore(options), ...(snapshots ? { snapshots } : {}) });
  let logged = '';
  const write = (line: string): void => {
    logged += line;
  };
  const logger = { level: 'debug', stream: { write } };
  const app = await createServer({ tracker, logger });
  async function ask(request: InjectOptions): Promise<Answer> {
    const { statusCode: status, headers, body } = await app.inject(request);
    return { status, headers, body: JSON.parse(body) };
  }
  return {
    ...{ app, tracker, logged: () => logged },
    get: (path) => ask({ method: 'GET', url: `/api/negotiations/${NEGOTIATION}${path}` }),
    post: (payload) => ask({ method: 'POST', url: `/api/negotiations/${NEGOTIATION}/developments`, payload }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await tracker.close();
    },
  };
}

/** Expects a problem with this code. */
export function expectProblem({ status, body, headers }: Answer, code: ErrorCode, expected: number): void {
  expect({ status, code: body.code, type: headers['content-type'] }).toEqual({
    ...{ status: expected, code, type: 'application/problem+json; charset=utf-8' },
  });
  expect(String(body.detail)).not.toBe('');
}

/** Asks again and again until it holds; the time limit of the test is the end of patience. */
export async function eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
