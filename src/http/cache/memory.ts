/** Answers kept in memory, as the bytes they are sent as: those not asked for again go first. */

/** Of the log and of what was recorded here; told from another one by what it is, not by what it says. */
export interface Version {
  readonly applied: string | null;
  readonly recordings: number;
}

export interface Kept {
  /** what it answers, as the route is called */
  readonly route: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** everything that is said with the body, as names and values in turn; and with `304`. Node takes no `readonly` ones, and changes none */
  readonly whole: string[];
  readonly unmodified: string[];
  readonly etag: string;
  /** the log it was answered from; null: no later recording alters it */
  readonly version: Version | null;
  /** until when it is about now, milliseconds since 1970; null: it is not about now */
  readonly until: number | null;
}

export interface Memory {
  /** Was this asked for lately? What is asked for once is not worth the room. */
  isWanted(key: string): boolean;
  /** What was kept under a key and still holds. */
  find(key: string, version: Version, now: number): Kept | undefined;
  keep(key: string, kept: Kept): void;
}

/** So many questions are "lately", and at the most twice as many. */
const LATELY = 5000;
/** What an entry takes beside its body. */
const OVERHEAD = 1000;

interface Entry {
  readonly kept: Kept;
  /** asked for since room was last made: it may stay once more. Dearer to keep is the order of all that is asked for */
  used: boolean;
}

/** @param mostBytes how much is kept in all */
export function openMemory(mostBytes: number): Memory {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const sizeOf = (key: string, { body }: Kept) => key.length + body.length + OVERHEAD;

  function drop(key: string, { kept }: Entry): void {
    entries.delete(key);
    bytes -= sizeOf(key, kept);
  }

  function makeRoom(): void {
    for (const [oldest, entry] of entries) {
      if (bytes <= mostBytes) return;
      if (entry.used) {
        entry.used = false;
        entries.delete(oldest);
        entries.set(oldest, entry);
      } else drop(oldest, entry);
    }
  }

  let asked = new Set<string>();
  let askedBefore = new Set<string>();

  return {
    isWanted(key) {
      const wanted = asked.has(key) || askedBefore.has(key);
      asked.add(key);
      if (asked.size >= LATELY) {
        askedBefore = asked;
        asked = new Set();
      }
      return wanted;
    },
    find(key, version, now) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      const { kept } = entry;
      if ((kept.version !== null && kept.version !== version) || (kept.until !== null && kept.until < now)) {
        drop(key, entry);
        return undefined;
      }
      entry.used = true;
      return kept;
    },
    keep(key, kept) {
      const earlier = entries.get(key);
      if (earlier) drop(key, earlier);
      if (sizeOf(key, kept) > mostBytes / 4) return;
      entries.set(key, { kept, used: false });
      bytes += sizeOf(key, kept);
      makeRoom();
    },
  };
}
