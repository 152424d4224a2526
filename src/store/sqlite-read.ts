import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, RecordedEvent } from './port.ts';
import { recordedBefore } from './prepare.ts';
import { damaged } from './sqlite-errors.ts';
import { checksum } from './sqlite-file.ts';

/** The columns of an event, in the order of the statements below. */
type Row = readonly [
  position: number,
  stream: number,
  revision: number,
  recorded: number,
  sum: number,
  id: string,
  type: string,
  metadata: string,
  data: string,
];
const COLUMNS = 'position, stream, revision, recorded, sum, id, type, metadata, data';

/** The synchronous reading of one page; each call is a read transaction of its own, so that no reader holds up the log. */
export interface Reader {
  /** the events after a position */
  afterPosition(position: number, limit: number): readonly RecordedEvent[];
  /** the events of a stream from a revision on */
  fromRevision(stream: string, revision: number, limit: number): readonly RecordedEvent[];
  streams(): readonly string[];
  head(): number;
}

export function createReader(db: DatabaseSync, file: string): Reader {
  const arrays = { returnArrays: true } as const;
  const all = db.prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ?`, arrays);
  const ofStream = db.prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?) AND revision >= ? ORDER BY revision LIMIT ?`,
    arrays,
  );
  const nameOf = db.prepare('SELECT name FROM stream WHERE id = ?');
  const names = db.prepare('SELECT name FROM stream ORDER BY name');
  const last = db.prepare('SELECT max(position) AS position FROM event');
  const known = new Map<number, string>();
  let lastMetadata: { readonly text: string; readonly value: JsonObject } = { text: '{}', value: {} };

  function streamName(id: number): string {
    let name = known.get(id);
    if (name === undefined) {
      const row = nameOf.get(id);
      if (typeof row?.name !== 'string') throw damaged(file, `holds an event of a stream ${id} that does not exist`);
      name = row.name;
      known.set(id, name);
    }
    return name;
  }

  /** Many events in a row carry the same metadata: who recorded them. */
  function parseMetadata(text: string): JsonObject {
    if (text !== lastMetadata.text) lastMetadata = { text, value: JSON.parse(text) };
    return lastMetadata.value;
  }

  function decode([position, streamId, revision, recorded, sum, id, type, metadataText, dataText]: Row): RecordedEvent {
    const stream = streamName(streamId);
    const written = { id, type, metadata: metadataText, data: dataText };
    if (checksum(stream, position, revision, recorded, written) !== sum)
      throw damaged(file, `the event at position ${position} is not as it was written`);
    const data: JsonObject = JSON.parse(dataText);
    const metadata = parseMetadata(metadataText);
    return {
      id,
      type,
      data,
      metadata,
      stream,
      revision: BigInt(revision),
      position: String(position),
      recorded: recordedBefore(metadata) ?? recorded,
    };
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
      const rows = ofStream.all(stream, revision, limit) as unknown as readonly Row[];
      return rows.map((row, index) => {
        if (row[2] !== revision + index) throw damaged(file, `${stream} lacks its event ${revision + index}`);
        return decode(row);
      });
    },

    streams: () => names.all().map((row) => String(row.name)),

    head: () => Number(last.get()?.position ?? 0),
  };
}
