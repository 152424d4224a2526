/** What the fake server keeps: the rules of the real one for expected revisions, repeated ids and positions, in memory. */
export interface FakeEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface FakeRecord extends FakeEvent {
  readonly stream: string;
  readonly revision: number;
  /** commit and prepare are the same, as for every event the real server writes today */
  readonly position: number;
  /** milliseconds since 1970, by the server's clock */
  readonly created: number;
}

export type FakeOutcome =
  | { readonly kind: 'success'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-revision'; readonly actual: number }
  | { readonly kind: 'too-large' };

export interface FakeLog {
  readonly records: readonly FakeRecord[];
  /** @param expected -1 for a stream that must not exist */
  append(stream: string, expected: number, events: readonly FakeEvent[]): FakeOutcome;
  /** an event that no Demarche wrote, at the end of any stream */
  foreign(stream: string, event?: Partial<FakeEvent>): FakeRecord;
  stream(name: string): readonly FakeRecord[];
  onAppend(listener: (record: FakeRecord) => void): () => void;
}

export const MAX_APPEND_BYTES = 1_048_576;
const text = new TextEncoder();

export function createFakeLog(clock: () => number): FakeLog {
  const records: FakeRecord[] = [];
  const streams = new Map<string, FakeRecord[]>();
  const listeners = new Set<(record: FakeRecord) => void>();
  let foreignIds = 0;

  function write(stream: string, event: FakeEvent): FakeRecord {
    const there = streams.get(stream) ?? [];
    streams.set(stream, there);
    const position = (records.at(-1)?.position ?? 0) + 100;
    const record = { ...event, stream, revision: there.length, position, created: clock() };
    records.push(record);
    there.push(record);
    return record;
  }

  function publish(written: readonly FakeRecord[]): void {
    for (const record of written) for (const listener of [...listeners]) listener(record);
  }

  return {
    records,

    append(stream, expected, events) {
      const there = streams.get(stream) ?? [];
      const actual = there.length - 1;
      const bytes = events.reduce(
        (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
        0,
      );
      if (bytes > MAX_APPEND_BYTES) return { kind: 'too-large' };
      if (expected < actual) {
        const repeated = there.slice(expected + 1, expected + 1 + events.length);
        const last = repeated.at(-1);
        const same = repeated.length === events.length && events.every(({ id }, index) => repeated[index]?.id === id);
        if (same && last) return { kind: 'success', revision: last.revision, position: last.position };
      }
      if (expected !== actual) return { kind: 'wrong-revision', actual };
      const written = events.map((event) => write(stream, event));
      publish(written);
      const last = written.at(-1);
      if (!last) throw new Error('an append of nothing');
      return { kind: 'success', revision: last.revision, position: last.position };
    },

    foreign(stream, event = {}) {
      foreignIds += 1;
      const record = write(stream, {
        id: `00000000-0000-4000-8000-${String(foreignIds).padStart(12, '0')}`,
        type: 'SomethingElse',
        contentType: 'application/json',
        data: text.encode('{}'),
        metadata: text.encode(''),
        ...event,
      });
      publish([record]);
      return record;
    },

    stream: (name) => streams.get(name) ?? [],

    onAppend(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
