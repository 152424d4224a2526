/** One reader of a stream: what is written to it is bounded; a reader too slow is cut off, and can come back where it was. */
import type { ServerResponse } from 'node:http';

export interface SinkLimits {
  /** as soon as more bytes than this wait for a reader, the next ones cut it off */
  readonly bufferBytes: number;
  /** how long a reader that takes nothing is waited for, in milliseconds */
  readonly stallMs: number;
}

export interface Sink {
  readonly closed: boolean;
  /** Writes, and cuts the reader off where too much is waiting for it already. Anything may be written to a closed sink. */
  write(chunk: string | Buffer): void;
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

  return {
    get closed() {
      return closed;
    },
    write(chunk) {
      if (closed) return;
      if (response.writableLength > bufferBytes) cut();
      else response.write(chunk);
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
