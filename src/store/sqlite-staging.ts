import { DatabaseSync } from 'node:sqlite';
import type { PreparedEvent } from './port.ts';
import { prepareEvents } from './prepare.ts';
import { translate } from './sqlite-errors.ts';
import type { Staged, StagedEvent, Staging } from './staging-port.ts';

/** Read back at a time. */
const PAGE = 500;
const NAME = 'the temporary file of a batch';

type Row = readonly [place: number, id: string, type: string, metadata: string, data: string, digest: string | null];

/**
 * A database without a name is a file of SQLite's own: in the folder of temporary files (SQLITE_TMPDIR, TMPDIR, /var/tmp), and taken
 * away by the system even where the process is killed. https://sqlite.org/inmemorydb.html
 */
export function openSqliteStaging(): Staging {
  const db = new DatabaseSync('');
  // Nothing here is ever undone or outlives the process: no journal, no waiting for the disk, one transaction without an end.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; BEGIN;');
  db.exec(`
    CREATE TABLE staged (place INTEGER PRIMARY KEY, id TEXT, type TEXT, metadata TEXT, data TEXT, digest TEXT);
    CREATE UNIQUE INDEX staged_id ON staged (unhex(id, '-'));
    CREATE TABLE about (target BLOB, place INTEGER, PRIMARY KEY (target, place)) WITHOUT ROWID;
  `);
  const insert = db.prepare('INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?)');
  const relate = db.prepare(`INSERT OR IGNORE INTO about VALUES (unhex(?, '-'), ?)`);
  const after = db.prepare('SELECT * FROM staged WHERE place >= ? ORDER BY place LIMIT ?', { returnArrays: true });
  const found = db.prepare(
    `WITH wanted (id) AS (SELECT unhex(value, '-') FROM json_each(?))
     SELECT * FROM staged WHERE place IN (
       SELECT place FROM wanted JOIN staged ON unhex(staged.id, '-') = wanted.id
       UNION SELECT place FROM wanted JOIN about ON about.target = wanted.id
     ) ORDER BY place`,
    { returnArrays: true },
  );
  let size = 0;

  function guarded<T>(statement: () => T): T {
    try {
      return statement();
    } catch (error) {
      throw translate(error, NAME);
    }
  }

  function add(events: readonly StagedEvent[]): void {
    for (const [index, { id, type, metadata, data, digest }] of prepareEvents(events).entries()) {
      insert.run(size, id, type, metadata, data, digest);
      for (const target of events[index]?.about ?? []) relate.run(target, size);
      size += 1;
    }
  }

  return {
    get size() {
      return size;
    },
    add: (events) => guarded(() => add(events)),
    related: (ids) => (size === 0 ? [] : guarded(() => rows(found.all(JSON.stringify(ids))).map(stagedIn))),
    *pages() {
      for (let from = 0; from < size; from += PAGE) {
        const page = guarded(() => rows(after.all(from, PAGE)));
        yield page.map((row) => stagedIn(row).event);
      }
    },
    close: () => db.close(),
  };
}

const rows = (all: unknown): readonly Row[] => all as readonly Row[];

function stagedIn([place, id, type, metadata, data, digest]: Row): Staged {
  const event: PreparedEvent = { id, type, metadata, data, digest };
  return { place, event };
}
