import { crc32 } from 'node:zlib';
import type { PreparedEvent } from './port.ts';

/** "dmch" in the header of the file: by this a Demarche log is told from any other SQLite database. */
export const APPLICATION_ID = 0x646d6368;

/** The version of the tables below. */
export const FORMAT = 1;

/**
 * SQLite notices a page that makes no sense, but not a byte that changed inside a value, nor rows that fell off a page. So
 * - `sum` is a CRC-32 over all that a row says, `digest_sum` over what is read where the digest is read alone;
 * - a pack has a sum of its own, and is made only of digests that are as they were written;
 * - positions, revisions and the ids of streams have no gaps;
 * - each stream knows its last revision: what an index has lost at the end of a stream is missed;
 * - these revisions add up to the last position.
 * Ids fall all over their index, so that each append touches another page of it: indexed as 16 bytes, they touch half as many.
 */
export const SCHEMA: Readonly<Record<string, string>> = {
  stream: `CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sum INTEGER NOT NULL
  ) STRICT`,
  event: `CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    digest_sum INTEGER NOT NULL,
    digest TEXT,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT`,
  pack: `CREATE TABLE pack (
    stream INTEGER NOT NULL,
    first INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (stream, first)
  ) STRICT, WITHOUT ROWID`,
  event_id: `CREATE UNIQUE INDEX event_id ON event (unhex(id, '-'))`,
};

export const eventSum = (
  stream: string,
  position: number,
  revision: number,
  recorded: number,
  { id, type, metadata, data, digest }: PreparedEvent,
): number =>
  crc32(
    `${position} ${stream} ${revision} ${recorded} ${id} ${type} ${metadata} ${data}${digest === null ? '' : ` ${digest}`}`,
  );

/**
 * CRC-32 over a digest, begun from what is read with it, since the rest of the row is not. It is checked for every event at a start: text
 * is not put together for it.
 */
export const digestSum = (revision: number, recorded: number, digest: string | null): number =>
  digest === null ? 0 : crc32(digest, mixed(revision, recorded));

/** CRC-32 over a pack, begun from where it lies. */
export const packSum = (stream: number, first: number, lines: string): number => crc32(lines, mixed(stream, first));

/** Two numbers in 32 bits: no single bit of them changes without changing it. */
const mixed = (revision: number, recorded: number): number =>
  (Math.imul(revision, 0x9e3779b1) ^
    Math.imul(recorded, 0x85ebca6b) ^
    Math.imul(recorded / 0x100000000, 0xc2b2ae35)) >>>
  0;

export const streamSum = (id: number, name: string, revision: number): number => crc32(`${id} ${name} ${revision}`);
