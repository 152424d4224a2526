/** Server-sent events as text: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { Change } from '../../../projections/index.ts';
import { problemOf } from '../problem.ts';

/** What a stream begins with: how soon to come back, in milliseconds. */
export const opening = (retryMs: number): string => `retry: ${retryMs}\n\n`;

/** The same bytes for many readers: as they are, and as HTTP/1.1 frames a piece of a body whose length is not known (RFC 9112, 7.1). */
export interface Shared {
  readonly bytes: Buffer;
  readonly chunk: Buffer;
}

export function shared(text: string): Shared {
  const bytes = Buffer.from(text);
  return { bytes, chunk: Buffer.from(`${bytes.length.toString(16)}\r\n${text}\r\n`) };
}

/** A comment: nothing to a reader, but a sign of life to everything in between. */
export const HEARTBEAT = shared(': heartbeat\n\n');

/** An event with an id that a reader takes up again after. */
export const frame = (event: string, id: string, data: unknown): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The last event of a stream that cannot go on: what is wrong, as an answer would say it. It has no id: a reader is where it was. */
export const problemFrame = (error: unknown): string => `event: problem\ndata: ${JSON.stringify(problemOf(error))}\n\n`;

/** Since when what is sent may be behind the store, milliseconds since 1970; null: it keeps up. It has no id either. */
export const standingFrame = (since: number | null): string =>
  `event: behind\ndata: ${JSON.stringify({ since: since === null ? null : new Date(since).toISOString() })}\n\n`;

const written = new WeakMap<Change, string>();

/** A change, written once however many read it. */
export function changeFrame(change: Change): string {
  let text = written.get(change);
  if (text === undefined) {
    text = frame('change', change.cursor, change);
    written.set(change, text);
  }
  return text;
}
