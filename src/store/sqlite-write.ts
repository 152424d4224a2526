import type { DatabaseSync } from 'node:sqlite';
import { type DemarcheError, isDemarcheError } from '../../events/errors.ts';
import type { AppendResult, ExpectedRevision, PreparedEvent } from './port.ts';
import { contentConflict, idConflict, sameContent, type Told, wrongRevision } from './refusals.ts';
import { damaged, isConstraint } from './sqlite-errors.ts';
import { createPacks } from './sqlite-packs.ts';
import { digestSum, eventSum, streamSum } from './sqlite-schema.ts';
import type { Streams } from './sqlite-streams.ts';

/** One append() on its way. `expected` is the revision of the last event, -1 for a stream that must not exist. */
export interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly PreparedEvent[];
}

export type Outcome = AppendResult | DemarcheError;

/** An append under way, in a transaction that lasts until it is committed or rolled back. */
export interface Growing {
  /** @throws DemarcheError for what is refused, and what SQLite throws */
  add(events: readonly PreparedEvent[]): AppendResult;
  commit(): void;
  rollback(): void;
}

export interface Writer {
  /**
   * Runs many appends in one durable transaction, each with an outcome of its own: what one is refused, the others do not feel. When it
   * throws, none of them is written (unless the COMMIT itself failed on the disk).
   */
  transact(appends: readonly Append[]): readonly Outcome[];
  /** Begins an append of any size. Nothing else is done on this connection before its end. */
  grow(stream: string, expected: number): Growing;
}

/** What a transaction knows of the log; true as long as no other connection has committed. */
interface Tail {
  readonly version: number;
  position: number;
  recorded: number;
  /** how many streams there are: their ids are 1, 2, 3, … */
  count: number;
  readonly streams: Map<string, StreamTail>;
}
interface StreamTail {
  readonly id: number;
  readonly revision: number;
}

/** More streams than this are not remembered, but looked up again. */
const STREAMS_REMEMBERED = 10_000;

/** What writes to the log over one connection. */
export function createWriter(db: DatabaseSync, file: string, streams: Streams, clock: () => number): Writer {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT append');
  const release = db.prepare('RELEASE append');
  const undo = db.prepare('ROLLBACK TO append');
  const dataVersion = db.prepare('PRAGMA data_version');
  const lastEvent = db.prepare('SELECT position, recorded FROM event ORDER BY position DESC LIMIT 1');
  const setStream = db.prepare(
    `INSERT INTO stream (id, name, revision, sum) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sum = excluded.sum`,
  );
  const addEvent = db.prepare(
    `INSERT INTO event (position, stream, revision, recorded, sum, digest_sum, digest, id, type, metadata, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const written = db.prepare(
    'SELECT position, id, type, data FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
  );
  const byId = db.prepare(
    `SELECT e.id, e.type, e.data, e.revision, s.name
     FROM event e LEFT JOIN stream s ON s.id = e.stream WHERE unhex(e.id, '-') = unhex(?, '-')`,
  );
  const packs = createPacks(db, file);
  const touched = new Set<string>();
  let tail: Tail | undefined;

  /** Inside the transaction nobody else can write: what is read here stays true until its end. */
  function currentTail(): Tail {
    const version = Number(dataVersion.get()?.data_version);
    if (tail?.version !== version || tail.streams.size > STREAMS_REMEMBERED) {
      streams.refresh();
      const last = lastEvent.get();
      tail = {
        version,
        position: Number(last?.position ?? 0),
        recorded: Number(last?.recorded ?? 0),
        count: streams.count(),
        streams: new Map(),
      };
    }
    return tail;
  }

  function streamTail(now: Tail, name: string): StreamTail | undefined {
    const known = now.streams.get(name);
    if (known !== undefined) return known;
    const id = streams.idOf(name);
    if (id === undefined) return undefined;
    const found = { id, revision: streams.revisionOf(id) };
    now.streams.set(name, found);
    return found;
  }

  function attempt(now: Tail, append: Append): Outcome {
    const stream = streamTail(now, append.stream);
    const actual = stream?.revision ?? -1;
    if (append.expected === actual) return insert(now, append, stream);
    return (stream && append.expected < actual && alreadyThere(append, stream)) || wrongRevisionOf(append, actual);
  }

  /** The answer of the first time, when the stream holds exactly these events right after the expected revision. */
  function alreadyThere({ stream, expected, events }: Append, { id }: StreamTail): Outcome | undefined {
    const rows = written.all(id, expected, events.length);
    if (rows.length !== events.length || rows.some((row, index) => row.id !== events[index]?.id)) return undefined;
    const conflict = contentConflict(stream, events, rows.map(toldIn));
    if (conflict !== undefined) return conflict;
    return {
      revision: BigInt(expected + events.length),
      position: String(rows.at(-1)?.position),
      written: false,
    };
  }

  function insert(now: Tail, append: Append, existing: StreamTail | undefined): Outcome {
    // A single INSERT undoes itself when it fails; more statements need a point to go back to.
    const guarded = append.events.length > 1;
    if (guarded) savepoint.run();
    try {
      const id = existing?.id ?? now.count + 1;
      const recorded = Math.max(now.recorded, Math.floor(clock()));
      let { position } = now;
      const positions: string[] = [];
      let revision = append.expected;
      for (const event of append.events) {
        position += 1;
        revision += 1;
        positions.push(String(position));
        // What a copied event says of its moment is in its metadata, which is not read with a digest.
        const digest = event.metadata.includes('"recorded"') ? null : event.digest;
        const kept = { ...event, digest };
        const sums = [
          eventSum(append.stream, position, revision, recorded, kept),
          digestSum(revision, recorded, digest),
        ];
        addEvent.run(
          position,
          id,
          revision,
          recorded,
          ...sums,
          digest,
          event.id,
          event.type,
          event.metadata,
          event.data,
        );
      }
      packs.fill(id, append.expected, revision);
      if (guarded) release.run();
      now.streams.set(append.stream, { id, revision });
      now.count = Math.max(now.count, id);
      now.position = position;
      now.recorded = recorded;
      touched.add(append.stream);
      return { revision: BigInt(revision), position: String(position), written: true, placed: { positions, recorded } };
    } catch (error) {
      if (!isConstraint(error)) throw error;
      if (guarded) {
        undo.run();
        release.run();
      }
      return usedId(append);
    }
  }

  /** Which of the ids made the index refuse them. */
  function usedId({ stream, events }: Append): DemarcheError {
    for (const event of events) {
      const row = byId.get(event.id);
      if (row === undefined) continue;
      // A stream that begins in this very transaction is entered at its end.
      const where = `${row.name ?? stream}, revision ${row.revision}`;
      const content = sameContent(event, toldIn(row)) ? 'though it was to follow the last event' : 'with other content';
      return idConflict(event.id, `is at ${where} already, ${content} of ${stream}`);
    }
    throw damaged(file, `its indexes refuse events that are not there, in ${stream}`);
  }

  /** Once per transaction and stream, however many appends went to it. */
  function writeTouched(now: Tail): void {
    for (const name of touched) {
      const stream = now.streams.get(name);
      if (stream !== undefined)
        setStream.run(stream.id, name, stream.revision, streamSum(stream.id, name, stream.revision));
    }
  }

  /** A full disk makes SQLite roll back by itself. */
  function abandon(): void {
    tail = undefined;
    if (db.isTransaction) rollback.run();
  }

  function transact(appends: readonly Append[]): readonly Outcome[] {
    begin.run();
    touched.clear();
    try {
      const now = currentTail();
      const outcomes = appends.map((append) => attempt(now, append));
      writeTouched(now);
      (touched.size > 0 ? commit : rollback).run();
      return outcomes;
    } catch (error) {
      abandon();
      throw error;
    }
  }

  function grow(stream: string, expected: number): Growing {
    begin.run();
    touched.clear();
    const now = currentTail();
    let last = expected;
    return {
      add(events) {
        const actual = streamTail(now, stream)?.revision ?? -1;
        const outcome =
          actual === last
            ? attempt(now, { stream, expected: last, events })
            : wrongRevisionOf({ stream, expected }, actual);
        if (isDemarcheError(outcome)) throw outcome;
        last += events.length;
        return outcome;
      },
      commit() {
        writeTouched(now);
        commit.run();
      },
      rollback: abandon,
    };
  }

  return { transact, grow };
}

const toldIn = ({ id, type, data }: Readonly<Record<string, unknown>>): Told => ({
  id: String(id),
  type: String(type),
  data: JSON.parse(String(data)),
});

const wrongRevisionOf = ({ stream, expected }: Pick<Append, 'stream' | 'expected'>, actual: number): DemarcheError =>
  wrongRevision(stream, revisionOf(expected), revisionOf(actual));

const revisionOf = (number: number): ExpectedRevision => (number < 0 ? 'none' : BigInt(number));
