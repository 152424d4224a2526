import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DemarcheError } from '../../events/errors.ts';
import { damaged, isReadOnly, isUnopenable } from './sqlite-errors.ts';
import { APPLICATION_ID, FORMAT, SCHEMA } from './sqlite-schema.ts';

/** How long opening may block this thread while another process holds a lock: nothing can go on without it. */
const OPENING_MS = 5_000;
/** After so long a statement that met a lock is tried again: it is free for moments only where others write all the time. */
export const RETRY_MS = 1;

/**
 * Opens the log in a file, or makes a new one where there is no file or an empty one.
 * @throws DemarcheError `STORE_ADDRESS_INVALID` (no such folder, or no permission to read), `STORE_READ_ONLY`, `STORE_CORRUPT` (damaged, or
 *   not ours: left as it was), and what SQLite throws
 */
export function openLogFile(path: string, maxPages?: number): DatabaseSync {
  // An absolute path is never taken for one of SQLite's "file:" addresses.
  const file = path === ':memory:' ? path : resolve(path);
  if (file !== ':memory:') refuseImpossiblePath(file, path);
  const db = opened(file, path);
  try {
    identify(db, path);
    configure(db, maxPages);
    refuseIncomplete(db, path);
    return db;
  } catch (error) {
    db.close();
    throw isReadOnly(error) || (isUnopenable(error) && !may(dirname(file), constants.W_OK))
      ? sealed(path, error)
      : error;
  }
}

/** SQLite says only that it could not: the system knows why. @throws as `openLogFile` */
function opened(file: string, path: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: OPENING_MS, enableForeignKeyConstraints: false });
  } catch (error) {
    if (!isUnopenable(error)) throw error;
    if (!look(file) && !may(dirname(file), constants.W_OK))
      throw new DemarcheError('STORE_READ_ONLY', `${path}: no log can begin in a folder that cannot be written to`, {
        cause: error,
      });
    if (look(file) && !may(file, constants.R_OK))
      throw new DemarcheError('STORE_ADDRESS_INVALID', `${path}: this user has no permission to read it`, {
        cause: error,
      });
    throw error;
  }
}

/** From here on a statement that meets a lock fails at once. Whoever runs one tries again, and the event loop runs on meanwhile. */
export const neverBlock = (db: DatabaseSync): void => db.exec('PRAGMA busy_timeout = 0;');

/**
 * Says whether a file is still the one that was open when this was called. SQLite goes on writing to a file that was deleted, moved or
 * replaced under it, and what is acknowledged then is nowhere to be found later.
 */
export function sameFile(path: string): () => boolean {
  if (path === ':memory:') return () => true;
  const identity = () => {
    const found = look(resolve(path));
    return found && `${found.dev} ${found.ino}`;
  };
  const opened = identity();
  return () => identity() === opened;
}

/** Readers of a write-ahead log need a side file, which the last one to close it takes away. */
const sealed = (path: string, cause: unknown): DemarcheError =>
  new DemarcheError(
    'STORE_READ_ONLY',
    `${path}: neither it nor its folder can be written to; copy it to where it can`,
    {
      cause,
    },
  );

/** Not where nobody may, as on a file system that is mounted to be read. */
function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** The header of a SQLite database alone has this many bytes. */
const HEADER_BYTES = 100;

function refuseImpossiblePath(file: string, path: string): void {
  if (!look(dirname(file))?.isDirectory())
    throw new DemarcheError('STORE_ADDRESS_INVALID', `There is no folder ${dirname(file)} to keep the log in.`);
  // The write-ahead log is looked at first: where another process makes the log right now, the file is there before it.
  const ahead = look(`${file}-wal`)?.size ?? 0;
  const found = look(file);
  if (found?.isDirectory()) throw new DemarcheError('STORE_ADDRESS_INVALID', `${file} is a folder; the log is a file.`);
  // SQLite would take what is left of such a file for an empty database, and throw away what stands beside it.
  if (found && found.size > 0 && found.size < HEADER_BYTES) throw damaged(path, 'this is not a database');
  if (found?.size === 0 && ahead > 0) throw damaged(path, 'the file is empty, but its write-ahead log is not');
}

function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw new DemarcheError('STORE_ADDRESS_INVALID', `${file}: the file cannot be looked at (${String(error)})`);
  }
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
  const definition = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?');
  for (const [name, statement] of Object.entries(SCHEMA))
    if (definition.get(name)?.sql !== statement)
      throw damaged(path, `the definition of "${name}" is not as it was written`);
}

/** Events that fell off the end of the log, or streams off the end of their table, leave no gap; but the sums do not match. */
function refuseIncomplete(db: DatabaseSync, path: string): void {
  const sums = db.prepare(
    'SELECT (SELECT max(position) FROM event) AS head, (SELECT sum(revision + 1) FROM stream) AS events',
  );
  const { head, events } = sums.get() ?? {};
  if (head !== events) throw damaged(path, `the log ends at position ${head}, its streams hold ${events} events`);
}

/** As many flaws as are told. */
const MOST_FLAWS = 100;

/** What SQLite finds wrong with the pages and indexes of its file, a sentence each. Reads all of it. */
export const flawsOf = (db: DatabaseSync): readonly string[] =>
  db
    .prepare(`PRAGMA integrity_check(${MOST_FLAWS})`)
    .all()
    .map((row) => String(row.integrity_check))
    .filter((found) => found !== 'ok');

const isNew = (db: DatabaseSync): boolean =>
  pragma(db, 'application_id') === 0 &&
  pragma(db, 'user_version') === 0 &&
  db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

/** One transaction, and looked at again inside it: two processes may find the same empty file. */
function create(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (isNew(db)) {
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT};`);
      for (const statement of Object.values(SCHEMA)) db.exec(statement);
    }
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
  db.exec('PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864;');
  // A page of the index written again and again reaches the database once per checkpoint: at 16 MiB instead of 4, less often.
  db.exec('PRAGMA wal_autocheckpoint = 4000;');
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages};`);
}

function pragma(db: DatabaseSync, name: string): number {
  const value = db.prepare(`PRAGMA ${name}`).get()?.[name];
  return typeof value === 'number' ? value : Number.NaN;
}
