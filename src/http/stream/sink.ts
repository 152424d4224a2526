/** One reader of a stream: what is written to it is bounded; a reader too slow is cut off, and can come back where it was. */
import type { ServerResponse } from 'node:http';
import type { Shared } from './frames.ts';

export interface SinkLimits {
  /** as soon as more bytes than this wait for a reader, the next ones cut it off */
  readonly bufferBytes: number;
  /** how long a reader that takes nothing is waited for, in milliseconds */
  readonly stallMs: number;
}

export interface Sink {
  readonly closed: boolean;
  /** Writes, and cuts the reader off where too much is waiting for it already. Anything may be written to a closed sink. */
  write(text: string): void;
  /** The same for what goes to many: framed once for all of them. */
  share(shared: Shared): void;
  /** Resolves once what was written is on its way; cuts the reader off where that takes too long. */
  drained(): Promise<void>;
  /** Says the last words and ends the stream. */
  end(last?: string): void;
  /** Breaks off, so that the reader does not take it for the end. */
  abort(): void;
  onClose(listener: () => void): void;
}

/** @param onCut told when the reader was too slow */
export function sinkOf(response: ServerResponse, { bufferBytes, stallMs }: SinkLimits, onCut: () => void): Sink {
  let closed = response.destroyed || response.writableEnded;
  const listeners = new Set<() => void>();
  response.once('close', () => {
    closed = true;
    for (const listener of listeners) listener();
    listeners.clear();
  });
  // A reader that goes away while it is written to is no fault of the server's.
  response.on('error', () => {});

  function cut(): void {
    if (closed) return;
    closed = true;
    onCut();
    response.destroy();
  }

  /** Whether more may be written; cuts the reader off where too much is waiting already. */
  function hasRoom(): boolean {
    if (!closed && response.writableLength > bufferBytes) cut();
    return !closed;
  }

  return {
    get closed() {
      return closed;
    },
    write(text) {
      if (hasRoom()) response.write(text);
    },
    share({ bytes, chunk }) {
      if (!hasRoom()) return;
      const { socket } = response;
      // Four pieces, each with its bookkeeping, are one. It stays in order: Node gives the socket what is written as it is written.
      if (socket && response.chunkedEncoding) socket.write(chunk);
      else response.write(bytes);
    },
    drained() {
      if (closed || !response.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(cut, stallMs);
        const done = () => {
          clearTimeout(timer);
          response.off('drain', done);
          response.off('close', done);
          resolve();
        };
        response.once('drain', done);
        response.once('close', done);
      });
    },
    end(last = '') {
      if (closed) return;
      closed = true;
      response.end(last);
    },
    abort() {
      closed = true;
      response.destroy();
    },
    onClose(listener) {
      if (response.destroyed) listener();
      else listeners.add(listener);
    },
  };
}
