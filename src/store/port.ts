/**
 * The log, as the rest of Demarche sees it. Every store behaves as written here; `tests/store/contract.ts` holds each to it.
 *
 * A *stream* is the events of one negotiation in the order they were recorded, counted by `revision` from 0 without gaps.
 * *Positions* order the events of all streams. They are decimal strings, opaque but for `comparePositions`: a store may use one
 * number ("42") or two ("42/40", commit and prepare).
 *
 * Our streams are named `negotiation-…`; the checks that need no store (names, ids, what JSON can hold, sizes) are in `prepare.ts`.
 */
export type Position = string;

/** Every stream of ours is named so; other streams of a shared server are none of our business. */
export const STREAM_PREFIX = 'negotiation-';

export type JsonObject = { readonly [key: string]: unknown };

/**
 * What a caller gives. `id` is a UUID (lower case) and the event's identity for ever: the same event is retried under the same id.
 * Its content is `type` and `data`; what they hold is read back equal, whatever order the keys had.
 */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  /** about the writing, not of the world: who recorded it; for a copied event, `recorded`, its first moment of recording */
  readonly metadata: JsonObject;
  /**
   * The caller's own short text, one line, with what it wants to know of the event again without reading it whole: not part of its content, and
   * a store may drop it. @see EventStore.readDigests
   */
  readonly digest?: string;
}

/** An event as text already, checked: what `prepare.ts` makes of a `NewEvent`, so that nothing done to the object later reaches the log. */
export interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly digest: string | null;
}

/** A page of digests, one for each event, without a gap. */
export interface DigestPage {
  /** the revision of the first */
  readonly from: number;
  readonly count: number;
  /**
   * Each digest in a line that a line feed ends: first the milliseconds since the event of the line before was recorded (for the first
   * line of a page, since 1970), then a space and the digest.
   */
  readonly lines: string;
  /** how many events the stream holds by now, with digests or without */
  readonly of: number;
}

/** An event as it lies in the log; with its digest, where the store kept one. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  /**
   * when it was appended, by the store's clock, in milliseconds since 1970. SQLite never lets it step back within a log; a cluster may.
   * Where metadata carries `recorded` (a copied event, RFC 3339), it is that moment.
   */
  readonly recorded: number;
}

/** `none`: the stream must not exist; a revision: that of its last event. There is no "any". */
export type ExpectedRevision = 'none' | bigint;

export interface AppendResult {
  /** revision and position of the last event appended (or found there already) */
  readonly revision: bigint;
  readonly position: Position;
  /** false: these very events were there already, and nothing was written */
  readonly written: boolean;
  /** where each of the events lies, and when they were recorded; absent where the store would have to read them back to know */
  readonly placed?: { readonly positions: readonly Position[]; readonly recorded: number };
}

export interface ReadOptions {
  /** how many events at the most */
  readonly limit?: number;
  /** aborted: the read throws the signal's reason, since an end would look like the end of the log */
  readonly signal?: AbortSignal;
}

export type SubscriptionMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** everything recorded before this message was handed out has been handed out; comes again after each reconnection */
  | { readonly kind: 'caught-up' }
  /** nothing of ours lies at or before this position that was not handed out */
  | { readonly kind: 'checkpoint'; readonly position: Position };

export type ConnectionState = 'connecting' | 'catching-up' | 'live' | 'down' | 'closed';

export interface StoreStatus {
  readonly state: ConnectionState;
  /** since when it is in that state, milliseconds since 1970 */
  readonly since: number;
  /** the last error, redacted; null when there was none */
  readonly lastError: string | null;
}

export interface EventStore {
  /** the address without secrets, for people */
  readonly address: string;

  /**
   * Appends events to one stream, all of them or none, if the stream's last revision is exactly `expected`.
   *
   * Safe to retry: if the stream already holds these very events (ids, types, data) right after `expected`, answers as the first
   * time, `written: false`, also when more was appended behind them. Other metadata does not make another event: the first stays.
   * What the stream holds only in part is refused as `WRONG_EXPECTED_REVISION`.
   * @throws DemarcheError `WRONG_EXPECTED_REVISION` (the stream is elsewhere), `ID_CONFLICT` (these ids are there, with other
   *   content; or one id twice in the list; SQLite also: an id used anywhere else in the log), `REQUEST_INVALID` (an empty list, an
   *   id that is no UUID, a stream that is not ours), `EVENT_TOO_LARGE`, `EVENT_UNSERIALISABLE`, `STORE_UNAVAILABLE` (surely not
   *   written), `STORE_OUTCOME_UNKNOWN` (perhaps written: retry the same call), `STORE_FULL`, `STORE_READ_ONLY`, `STORE_CLOSED`
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /**
   * An append of any size in the memory of one page: pages are pulled one after the other, and written all of them or none. Readers see
   * nothing of them before the end. Other writers of the log wait meanwhile, each up to its patience: whatever takes time is better done
   * before. Unlike `append`, it does not know what it wrote once: repeated, it is refused.
   * Absent where a store takes no more at once than fits into one `append`.
   * @throws DemarcheError as `append`
   */
  appendPages?(
    stream: string,
    expected: ExpectedRevision,
    pages: Iterable<readonly PreparedEvent[]>,
  ): Promise<AppendResult>;

  /**
   * The events of one stream from a revision on (inclusive, default 0), oldest first. A stream that does not exist is empty.
   * Reads throw `STORE_CORRUPT` rather than leave an event out, and `STORE_CLOSED` when the store is closed under them.
   */
  readStream(stream: string, options?: ReadOptions & { readonly from?: bigint }): AsyncIterable<RecordedEvent>;

  /**
   * Some events of one stream, in the order of their revisions; those that it does not hold are left out. Absent where events are dear to
   * read back, or where the server they come from may be away: who will need them again keeps them.
   */
  readRevisions?(stream: string, revisions: readonly bigint[]): Promise<readonly RecordedEvent[]>;

  /**
   * The digests of one stream from a revision on, in pages, as far as each event has one. Absent where a store keeps none.
   * Throws as `readStream`.
   */
  readDigests?(stream: string, from: number): AsyncIterable<DigestPage>;

  /** The events of all streams after a position (exclusive; absent: from the start), in global order. */
  readAll(options?: ReadOptions & { readonly after?: Position }): AsyncIterable<RecordedEvent>;

  /**
   * All events after a position, then new ones as they come, each once and in order, until the signal aborts (then it ends) or the
   * store is closed (then too; on a store that is closed already it throws `STORE_CLOSED`). Pulled: nothing is read ahead of the reader beyond one page. A store that loses its server resumes by itself.
   */
  subscribe(options?: { readonly after?: Position; readonly signal?: AbortSignal }): AsyncIterable<SubscriptionMessage>;

  /** The names of the streams, sorted. */
  streams(): Promise<readonly string[]>;

  /** The position of the last event of ours, or null for an empty log. */
  head(): Promise<Position | null>;

  /**
   * How far anybody can have come, null for nowhere: `head`, or further where others write to the same server, since a reader may have
   * read past what they wrote.
   */
  end(): Promise<Position | null>;

  status(): StoreStatus;

  /**
   * What is wrong with how the store keeps the log, a sentence each, beside the events themselves: with its pages and indexes. Empty where
   * nothing is. Reads all of it, and holds up this thread meanwhile. Absent for a server, which looks after its own files.
   */
  flaws?(): Promise<readonly string[]>;

  /** Lets appends under way finish, ends subscriptions, frees everything. Closing twice is fine. */
  close(): Promise<void>;
}

/** Orders positions of one log: negative, zero or positive, as `sort` wants it. */
export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0;
  const [commitA, prepareA = commitA] = a.split('/');
  const [commitB, prepareB = commitB] = b.split('/');
  return compareDecimals(commitA, commitB) || compareDecimals(prepareA, prepareB);
}

const compareDecimals = (a = '', b = ''): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
