import type { DatabaseSync } from 'node:sqlite';
import type { DigestPage, JsonObject, RecordedEvent } from './port.ts';
import { recordedBefore } from './prepare.ts';
import { damaged } from './sqlite-errors.ts';
import { createPacks } from './sqlite-packs.ts';
import { eventSum } from './sqlite-schema.ts';
import type { Streams } from './sqlite-streams.ts';

/** The columns of an event, in the order of the statements below. */
type Row = readonly [
  position: number,
  stream: number,
  revision: number,
  recorded: number,
  sum: number,
  digestSum: number,
  digest: string | null,
  id: string,
  type: string,
  metadata: string,
  data: string,
];
const COLUMNS = 'position, stream, revision, recorded, sum, digest_sum, digest, id, type, metadata, data';

/** The synchronous reading of one page; each call is a read transaction of its own, so that no reader holds up the log. */
export interface Reader {
  /** the events after a position */
  afterPosition(position: number, limit: number): readonly RecordedEvent[];
  /** the events of a stream from a revision on */
  fromRevision(stream: string, revision: number, limit: number): readonly RecordedEvent[];
  /** some events of a stream, in their order */
  revisions(stream: string, revisions: readonly number[]): readonly RecordedEvent[];
  /** the digests of a stream from a revision on, until one is missing, as many as are read at once */
  digests(stream: string, revision: number): DigestPage;
  /** the position of the last event, 0 for an empty log */
  head(): number;
}

export function createReader(db: DatabaseSync, file: string, streams: Streams): Reader {
  const arrays = { returnArrays: true } as const;
  const all = db.prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ?`, arrays);
  const ofStream = db.prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    arrays,
  );
  const some = db.prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision IN (SELECT value FROM json_each(?)) ORDER BY revision`,
    arrays,
  );
  const packs = createPacks(db, file);
  const last = db.prepare('SELECT max(position) AS position FROM event');
  let lastMetadata: { readonly text: string; readonly value: JsonObject } = { text: '{}', value: {} };

  /** Many events in a row carry the same metadata: who recorded them. */
  function parseMetadata(text: string): JsonObject {
    if (text !== lastMetadata.text) lastMetadata = { text, value: JSON.parse(text) };
    return lastMetadata.value;
  }

  function decode([
    position,
    streamId,
    revision,
    recorded,
    sum,
    ,
    digest,
    id,
    type,
    metadataText,
    dataText,
  ]: Row): RecordedEvent {
    const stream = streams.nameOf(streamId);
    const written = { id, type, metadata: metadataText, data: dataText, digest };
    if (eventSum(stream, position, revision, recorded, written) !== sum)
      throw damaged(file, `the event at position ${position} is not as it was written`);
    const data: JsonObject = JSON.parse(dataText);
    const metadata = parseMetadata(metadataText);
    const place = { stream, revision: BigInt(revision), position: String(position) };
    const event = { id, type, data, metadata, ...place, recorded: recordedBefore(metadata) ?? recorded };
    return digest === null ? event : { ...event, digest };
  }

  return {
    afterPosition(position, limit) {
      const rows = all.all(position, limit) as unknown as readonly Row[];
      return rows.map((row, index) => {
        if (row[0] !== position + index + 1)
          throw damaged(file, `the event at position ${position + index + 1} is missing`);
        return decode(row);
      });
    },

    fromRevision(stream, revision, limit) {
      const id = streams.idOf(stream);
      if (id === undefined) return [];
      // Looked at first: what is appended in between makes the page longer, never shorter.
      const last = streams.revisionOf(id);
      const rows = ofStream.all(id, revision, limit) as unknown as readonly Row[];
      if (rows.length < Math.min(limit, last - revision + 1)) throw damaged(file, `events of ${stream} are missing`);
      return rows.map((row, index) => {
        if (row[2] !== revision + index) throw damaged(file, `${stream} lacks its event ${revision + index}`);
        return decode(row);
      });
    },

    revisions(stream, revisions) {
      const id = streams.idOf(stream);
      if (id === undefined) return [];
      const last = streams.revisionOf(id);
      const wanted = new Set(revisions.filter((revision) => revision >= 0 && revision <= last));
      const rows = some.all(id, JSON.stringify([...wanted])) as unknown as readonly Row[];
      if (rows.length < wanted.size) throw damaged(file, `events of ${stream} are missing`);
      return rows.map(decode);
    },

    digests(stream, from) {
      const id = streams.idOf(stream);
      if (id === undefined) return { from, count: 0, lines: '', of: 0 };
      // Looked at first, as above.
      const last = streams.revisionOf(id);
      return { from, ...packs.read(id, from, last), of: last + 1 };
    },

    head: () => Number(last.get()?.position ?? 0),
  };
}
