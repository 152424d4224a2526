/** A reader of server-sent events over a real socket, which can be slow, go away and come back. */
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { until } from './server.ts';

export interface Reader {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly events: EventSourceMessage[];
  readonly comments: string[];
  /** what `retry:` said, in milliseconds */
  readonly retries: number[];
  /** how the stream ended: with its last words, or broken off; undefined while it is open */
  readonly ended: () => 'ended' | 'broken' | undefined;
  /** what was read that is no event: the answer of a refusal */
  readonly body: () => string;
  /** the ids of the changes read */
  cursors(): string[];
  /** waits until so many changes were read */
  changes(count: number): Promise<void>;
  /** waits until everything recorded before was read */
  ready(): Promise<void>;
  /** takes nothing any more */
  pause(): void;
  resume(): void;
  /** goes away without a word */
  leave(): void;
}

export function openReader(url: string, headers: Record<string, string> = {}): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
    request.on('error', reject);
    request.on('response', (response) => resolve(readerOf(request, response)));
  });
}

function readerOf(request: ClientRequest, response: IncomingMessage): Reader {
  const events: EventSourceMessage[] = [];
  const comments: string[] = [];
  const retries: number[] = [];
  let body = '';
  let ended: 'ended' | 'broken' | undefined;
  const parser = createParser({
    onEvent: (event) => events.push(event),
    onComment: (comment) => comments.push(comment),
    onRetry: (milliseconds) => retries.push(milliseconds),
  });
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    if (response.statusCode === 200) parser.feed(text);
    else body += text;
  });
  response.on('end', () => {
    ended ??= 'ended';
  });
  response.on('error', () => {
    ended ??= 'broken';
  });
  request.on('error', () => {
    ended ??= 'broken';
  });
  const cursors = () => events.flatMap(({ event, id }) => (event === 'change' ? [id ?? ''] : []));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    comments,
    retries,
    ended: () => ended,
    body: () => body,
    cursors,
    changes: (count) => until(() => cursors().length >= count),
    ready: () => until(() => events.some(({ event }) => event === 'ready')),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    leave: () => void request.destroy(),
  };
}
