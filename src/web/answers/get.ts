/** Questions to the server. An answer is kept, so that a step back in time is instant; a view that is asked for twice is asked once. */
import { ask } from './token.ts';

/** What went wrong, as the server put it (RFC 9457), or that it could not be reached. */
export class AnswerError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor(message: string, status: number, code: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'AnswerError';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly field?: string;
  readonly message: string;
  readonly suggestion?: string;
}

const KEPT = 400;
/** What is true of now does not stay so: so long is it taken for what it was, in milliseconds. */
const NOW_HOLDS_MS = 60_000;
const kept = new Map<string, { readonly value: unknown; readonly at: number }>();
const asked = new Map<string, Promise<unknown>>();

/** What is known already, without asking. */
export function peek<T>(path: string): T | undefined {
  const known = kept.get(path);
  if (known === undefined) return undefined;
  const holds = /[?&](asOf|to)=/.test(path) || performance.now() - known.at < NOW_HOLDS_MS;
  return holds ? (known.value as T) : undefined;
}

/** @throws AnswerError */
export function get<T>(path: string): Promise<T> {
  const known = peek<T>(path);
  if (known !== undefined) return Promise.resolve(known);
  let answer = asked.get(path);
  if (!answer) {
    answer = request(path)
      .then((value) => keep(path, value))
      .finally(() => asked.delete(path));
    asked.set(path, answer);
  }
  return answer as Promise<T>;
}

function keep(path: string, value: unknown): unknown {
  kept.set(path, { value, at: performance.now() });
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return value;
}

/** @throws AnswerError */
export async function request(path: string, body?: object): Promise<unknown> {
  const accept = 'application/json';
  const init =
    body === undefined
      ? { headers: { accept } }
      : { headers: { accept, 'content-type': accept }, method: 'POST', body: JSON.stringify(body) };
  const response = await ask(path, init).catch((): never => {
    throw new AnswerError('The server cannot be reached.', 0, 'UNREACHABLE');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return withNextPages(answer, response.headers.get('link'));
  throw problemOf(response.status, answer);
}

/** An answer that comes in pages is read to its end. */
async function withNextPages(answer: unknown, link: string | null): Promise<unknown> {
  const [, next] = /<([^>]+)>;\s*rel="next"/.exec(link ?? '') ?? [];
  if (next === undefined || !Array.isArray(answer)) return answer;
  const rest = await request(next);
  return Array.isArray(rest) ? answer.concat(rest) : answer;
}

function problemOf(status: number, body: unknown): AnswerError {
  const problem = (body ?? {}) as Partial<Problem>;
  const message = problem.detail ?? problem.title ?? `The server answered ${status}.`;
  return new AnswerError(message, status, problem.code ?? 'UNKNOWN', problem.faults ?? []);
}
