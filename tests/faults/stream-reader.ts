/** A reader of the stream of changes: the cursors it was sent, in order. */
export interface StreamReader {
  readonly cursors: readonly string[];
  /** it was told that everything recorded before was sent */
  readonly ready: Promise<void>;
  /** the stream ended, for whatever reason */
  readonly ended: Promise<void>;
}

/** Opens a stream of server-sent events and reads it until the signal aborts, or the server ends it. */
export function changesSeen(url: string, signal: AbortSignal, lastEventId?: string): StreamReader {
  const cursors: string[] = [];
  const ready = Promise.withResolvers<void>();

  async function read(): Promise<void> {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await fetch(url, { signal, headers });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    let rest = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + piece).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        const fields = new Map(message.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
        if (fields.get('event') === 'ready') ready.resolve();
        if (fields.get('event') === 'change') cursors.push(fields.get('id') ?? '');
      }
    }
  }

  const ended = read().catch((error: unknown) => {
    ready.reject(error);
    if (!signal.aborted) throw error;
  });
  // Whoever waits for one of them is told; nobody has to wait for both.
  for (const promise of [ready.promise, ended]) promise.catch(() => undefined);
  return { cursors, ready: ready.promise, ended };
}
