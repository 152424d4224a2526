/** Questions to the server. An answer is kept, so that a step back in time is instant; a view that is asked for twice is asked once. */

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

export interface Fault {
  readonly field?: string;
  readonly message: string;
  readonly suggestion?: string;
}

const KEPT = 400;
const kept = new Map<string, unknown>();
const asked = new Map<string, Promise<unknown>>();

/** What is known already, without asking. */
export const peek = <T>(path: string): T | undefined => kept.get(path) as T | undefined;

/** @throws AnswerError */
export function get<T>(path: string): Promise<T> {
  const known = kept.get(path);
  if (known !== undefined) return Promise.resolve(known as T);
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
  kept.set(path, value);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return value;
}

/** @throws AnswerError */
export async function request(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init?.headers } }).catch(
    (): never => {
      throw new AnswerError('The server cannot be reached.', 0, 'UNREACHABLE');
    },
  );
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw problemOf(response.status, body);
}

function problemOf(status: number, body: unknown): AnswerError {
  const problem = (body ?? {}) as {
    title?: string;
    detail?: string;
    code?: string;
    faults?: Fault[];
    errors?: Fault[];
  };
  const message = problem.detail ?? problem.title ?? `The server answered ${status}.`;
  return new AnswerError(message, status, problem.code ?? 'UNKNOWN', problem.faults ?? problem.errors ?? []);
}
