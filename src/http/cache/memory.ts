/** Answers kept in memory, as the bytes they are sent as: the least recently asked for go first. */

export interface Kept {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  /** the log it was answered from; null: no later recording alters it */
  readonly version: string | null;
  /** until when it is about now, milliseconds since 1970; null: it is not about now */
  readonly until: number | null;
}

export interface Memory {
  /** What was kept under a key and still holds. */
  find(key: string, version: string, now: number): Kept | undefined;
  keep(key: string, kept: Kept): void;
}

/** What an entry takes beside its body. */
const OVERHEAD = 1000;

/** @param mostBytes how much is kept in all */
export function openMemory(mostBytes: number): Memory {
  const entries = new Map<string, Kept>();
  let bytes = 0;
  const sizeOf = (key: string, { body }: Kept) => key.length + body.length + OVERHEAD;

  function drop(key: string, kept: Kept): void {
    entries.delete(key);
    bytes -= sizeOf(key, kept);
  }

  return {
    find(key, version, now) {
      const kept = entries.get(key);
      if (!kept) return undefined;
      if ((kept.version !== null && kept.version !== version) || (kept.until !== null && kept.until < now)) {
        drop(key, kept);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, kept);
      return kept;
    },
    keep(key, kept) {
      const earlier = entries.get(key);
      if (earlier) drop(key, earlier);
      if (sizeOf(key, kept) > mostBytes / 4) return;
      entries.set(key, kept);
      bytes += sizeOf(key, kept);
      for (const [oldest, other] of entries) {
        if (bytes <= mostBytes) return;
        drop(oldest, other);
      }
    },
  };
}
