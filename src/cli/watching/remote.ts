/** The stream of changes of a server, as a reader that does not let go: a lost connection is taken up where it broke off. */
import { setTimeout as pause } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { DemarcheError, ERRORS, type ErrorCode, type Fault } from '../../../events/errors.ts';
import type { Change, Effect, Standard } from '../../../projections/index.ts';

interface RemoteQuery {
  readonly party?: string | undefined;
  readonly issue?: string | undefined;
  readonly effect?: Effect | undefined;
  readonly standard?: Standard | undefined;
  readonly after?: string | undefined;
}

export interface Remote {
  /** the address of the server */
  readonly url: string;
  readonly negotiation: string;
  readonly query: RemoteQuery;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
  /** told when the connection is lost, and how long until the next attempt, in milliseconds */
  readonly onLost: (waitMs: number) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Longer than the server is ever silent. */
const SILENCE_MS = 60_000;

/**
 * The changes after a cursor (absent: from now on), each once, until the signal aborts.
 * @throws DemarcheError what the server refuses; `SERVER_UNREACHABLE` where it cannot be reached at the beginning
 */
export async function* remoteChanges({
  url,
  negotiation,
  query,
  token,
  signal,
  onLost,
}: Remote): AsyncGenerator<Change> {
  let cursor = query.after;
  let wait = FIRST_WAIT_MS;
  let everOpen = false;
  while (!signal.aborted) {
    try {
      for await (const { id, event, data } of connection(addressOf(url, negotiation, query), cursor, token, signal)) {
        everOpen = true;
        wait = FIRST_WAIT_MS;
        if (id !== undefined) cursor = id;
        if (event === 'change') yield JSON.parse(data) as Change;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof DemarcheError && !error.retryable) throw error;
      if (!everOpen) throw error;
    }
    if (signal.aborted) return;
    onLost(wait);
    await pause(wait * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

function addressOf(url: string, negotiation: string, { after: _, ...filter }: RemoteQuery): URL {
  const address = new URL(`/api/negotiations/${encodeURIComponent(negotiation)}/changes/stream`, url);
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) address.searchParams.set(name, value);
  return address;
}

/** One connection, to its end. A silent one is given up. */
async function* connection(
  address: URL,
  cursor: string | undefined,
  token: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<EventSourceMessage> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(address, {
      signal: AbortSignal.any([signal, silence.signal]),
      headers: {
        accept: 'text/event-stream',
        ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    }).catch((cause: unknown): never => {
      throw new DemarcheError('SERVER_UNREACHABLE', `${address.origin} does not answer`, { cause });
    });
    if (!response.ok || !response.body) throw await problemOf(response);
    const events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => events.push(event) });
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      parser.feed(text);
      yield* events.splice(0);
    }
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response: Response): Promise<DemarcheError> {
  const problem = (await response.json().catch(() => ({}))) as {
    readonly code?: string;
    readonly detail?: string;
    readonly faults?: readonly Fault[];
  };
  const code: ErrorCode =
    problem.code !== undefined && problem.code in ERRORS ? (problem.code as ErrorCode) : 'SERVER_UNREACHABLE';
  return new DemarcheError(code, problem.detail ?? `the server answered ${response.status}`, {
    faults: problem.faults ?? [],
  });
}
