import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { DemarcheError } from '../../events/errors.ts';
import type { PreparedEvent } from './prepare.ts';
import { damaged, translate } from './sqlite-errors.ts';

/** "dmch" in the header of the file: by this a Demarche log is told from any other SQLite database. */
const APPLICATION_ID = 0x646d6368;
const FORMAT = 1;
/** How long one statement may block this thread while another process holds the lock. */
const BLOCKING_MS = 50;
const OPENING_MS = 5_000;

// Positions are given out explicitly and without gaps, so that a reader notices a row that is missing.
// `sum` is a CRC-32 over the whole event: SQLite itself does not notice a byte that changed inside a value.
// Ids fall all over their index, so each append touches a page of it: indexed as 16 bytes, they touch half as many.
const SCHEMA = `
  CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE UNIQUE INDEX event_id ON event (unhex(id, '-'));
`;

/** CRC-32 of all that an event says, and of where it lies. */
export const checksum = (
  stream: string,
  position: number,
  revision: number,
  recorded: number,
  { id, type, metadata, data }: PreparedEvent,
): number => crc32(`${position} ${stream} ${revision} ${recorded} ${id} ${type} ${metadata} ${data}`);

/**
 * Opens the log in a file, or makes a new one where there is no file or an empty one.
 * @throws DemarcheError `STORE_ADDRESS_INVALID` (no such folder), `STORE_CORRUPT` (damaged, or not ours: left as it was),
 *   `STORE_READ_ONLY`, `STORE_UNAVAILABLE`
 */
export function openLogFile(path: string, maxPages?: number): DatabaseSync {
  // An absolute path is never taken for one of SQLite's "file:" addresses.
  const file = path === ':memory:' ? path : resolve(path);
  if (file !== ':memory:') refuseImpossiblePath(file);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: OPENING_MS, enableForeignKeyConstraints: false });
    identify(db, path);
    configure(db, maxPages);
    return db;
  } catch (error) {
    db?.close();
    throw translate(error, path);
  }
}

function refuseImpossiblePath(file: string): void {
  const folder = statSync(dirname(file), { throwIfNoEntry: false });
  if (!folder?.isDirectory())
    throw new DemarcheError('STORE_ADDRESS_INVALID', `There is no folder ${dirname(file)} to keep the log in.`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new DemarcheError('STORE_ADDRESS_INVALID', `${file} is a folder; the log is a file.`);
}

/** Looks before it writes anything: a database of somebody else must stay as it is. */
function identify(db: DatabaseSync, path: string): void {
  if (isNew(db)) create(db);
  const application = pragma(db, 'application_id');
  const format = pragma(db, 'user_version');
  if (application !== APPLICATION_ID) throw damaged(path, 'this is a SQLite database, but not a Demarche log');
  if (format > FORMAT)
    throw damaged(path, `written by a newer Demarche (format ${format}; this one reads up to ${FORMAT})`);
  if (format < FORMAT) throw damaged(path, `there never was a format ${format}`);
}

const isNew = (db: DatabaseSync): boolean =>
  pragma(db, 'application_id') === 0 &&
  pragma(db, 'user_version') === 0 &&
  db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

/** One transaction, and looked at again inside it: two processes may find the same empty file. */
function create(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (isNew(db)) db.exec(`PRAGMA application_id = ${APPLICATION_ID}; ${SCHEMA} PRAGMA user_version = ${FORMAT};`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function configure(db: DatabaseSync, maxPages: number | undefined): void {
  // A write-ahead log lets readers and the writer work side by side; FULL puts each commit on the disk before it is acknowledged.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // Notices damaged pages sooner; keeps the side file from staying as large as the largest import made it.
  db.exec('PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000;');
  // A page of the index written again and again reaches the database once per checkpoint: at 16 MiB instead of 4, less often.
  db.exec('PRAGMA wal_autocheckpoint = 4000;');
  db.exec(`PRAGMA busy_timeout = ${BLOCKING_MS};`);
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages};`);
}

function pragma(db: DatabaseSync, name: string): number {
  const value = db.prepare(`PRAGMA ${name}`).get()?.[name];
  return typeof value === 'number' ? value : Number.NaN;
}
