/** The stream of changes of a server, as a reader that does not let go: a lost connection is taken up where it broke off. */
import { setTimeout as pause } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { DemarcheError, ERRORS, type ErrorCode, type Fault } from '../../../events/errors.ts';
import type { Change, Effect, Standard } from '../../../projections/index.ts';
import type { Named } from './names.ts';

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
/** A change does not wait long for its names. */
const NAMES_MS = 5_000;

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
      for await (const { id, event, data } of connection(streamOf(url, negotiation, query), cursor, token, signal)) {
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

/**
 * The names of a negotiation, as the state of its server has them: that of the cells asked for, since the others would be read for nothing.
 * @throws DemarcheError what the server refuses; `SERVER_UNREACHABLE` where nothing to be read comes in time
 */
export async function remoteNames({ url, negotiation, query, token, signal }: Omit<Remote, 'onLost'>): Promise<Named> {
  const { party, issue } = query;
  const within = AbortSignal.any([signal, AbortSignal.timeout(NAMES_MS)]);
  const response = await answerAt(addressOf(url, negotiation, 'state', { party, issue }), {}, token, within);
  return (await response.json().catch(async () => {
    throw await problemOf(response);
  })) as Named;
}

const streamOf = (url: string, negotiation: string, { after: _, ...filter }: RemoteQuery): URL =>
  addressOf(url, negotiation, 'changes/stream', filter);

function addressOf(url: string, negotiation: string, path: string, filter: Omit<RemoteQuery, 'after'>): URL {
  const address = new URL(`/api/negotiations/${encodeURIComponent(negotiation)}/${path}`, url);
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
    const headers = {
      accept: 'text/event-stream',
      ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
    };
    const response = await answerAt(address, headers, token, AbortSignal.any([signal, silence.signal]));
    if (!response.body) throw await problemOf(response);
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

async function answerAt(
  address: URL,
  headers: Readonly<Record<string, string>>,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(address, {
    signal,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  }).catch((cause: unknown): never => {
    throw new DemarcheError('SERVER_UNREACHABLE', `${address.origin} does not answer`, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return response;
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
