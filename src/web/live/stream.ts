/** The stream of position changes. A lost connection is taken up where it broke off: nothing is missed, nothing comes twice. */
import { createParser } from 'eventsource-parser';
import type { Change } from '../../../projections/answers.ts';
import { ask } from '../answers/token.ts';

/** behind: the server is there, but not its store */
export type Connection = 'connecting' | 'live' | 'behind' | 'lost' | 'refused';

export interface StreamOptions {
  /** the address of the stream after a cursor; null: from now on */
  readonly path: (after: string | null) => string;
  readonly after: string | null;
  readonly onChange: (change: Change) => void;
  readonly onConnection: (connection: Connection) => void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** The server gives a sign of life every few seconds; after such a silence the line is dead. */
const SILENCE_MS = 45_000;

/** Opens the stream and keeps it open. @returns what ends it */
export function openStream({ path, after, onChange, onConnection }: StreamOptions): () => void {
  const stop = new AbortController();
  let cursor = after;
  let wake: () => void = () => undefined;
  const hurry = () => wake();
  addEventListener('online', hurry, { signal: stop.signal });
  document.addEventListener('visibilitychange', hurry, { signal: stop.signal });

  void (async () => {
    onConnection('connecting');
    for (let wait = FIRST_WAIT_MS; !stop.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const ended = await readStream(path(cursor), stop.signal, {
        opened: () => {
          wait = FIRST_WAIT_MS / 2;
          onConnection('live');
        },
        behind: (since) => onConnection(since === null ? 'live' : 'behind'),
        event: (id, change) => {
          cursor = id;
          if (change) onChange(change);
        },
      });
      if (stop.signal.aborted) return;
      onConnection(ended);
      if (ended === 'refused') return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        // Not all pages of a server that was started again at the same moment.
        setTimeout(resolve, wait * (0.7 + 0.6 * Math.random()));
      });
    }
  })();
  return () => {
    stop.abort();
    wake();
  };
}

interface Reading {
  readonly opened: () => void;
  /** @param since since when the newest may be missing; null: it is not */
  readonly behind: (since: string | null) => void;
  /** @param change absent: a place in the log only */
  readonly event: (cursor: string, change: Change | undefined) => void;
}

/** Reads one connection to its end. What the server refuses, it will refuse again. */
async function readStream(
  path: string,
  stop: AbortSignal,
  { opened, behind, event }: Reading,
): Promise<'lost' | 'refused'> {
  const line = new AbortController();
  const cut = () => line.abort();
  stop.addEventListener('abort', cut);
  let silence = setTimeout(cut, SILENCE_MS);
  try {
    const response = await ask(path, { headers: { accept: 'text/event-stream' }, signal: line.signal });
    if (response.status >= 400 && response.status < 500 && response.status !== 429) return 'refused';
    if (!response.ok || !response.body) return 'lost';
    opened();
    const parser = createParser({
      onEvent: ({ event: name, id, data }) => {
        if (name === 'behind') behind((JSON.parse(data) as { readonly since: string | null }).since);
        if (id !== undefined) event(id, name === 'change' ? (JSON.parse(data) as Change) : undefined);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(cut, SILENCE_MS);
      parser.feed(part.value);
    }
    return 'lost';
  } catch {
    return 'lost';
  } finally {
    clearTimeout(silence);
    stop.removeEventListener('abort', cut);
  }
}
