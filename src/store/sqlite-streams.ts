import type { DatabaseSync } from 'node:sqlite';
import { damaged } from './sqlite-errors.ts';
import { streamSum } from './sqlite-schema.ts';

/**
 * The streams of the log. Their names and ids never change, so all are kept in memory, and only those that are new are read. That
 * way a name that is not there is known not to be there: an index could have lost it.
 */
export interface Streams {
  readonly idOf: (name: string) => number | undefined;
  readonly nameOf: (id: number) => string;
  /** the last revision of a stream that exists, read now */
  readonly revisionOf: (id: number) => number;
  readonly names: () => readonly string[];
  /** reads the streams that are new. Not within a transaction that has written: it may be undone. */
  readonly refresh: () => void;
  /** how many streams there were at the last look; their ids are 1, 2, 3, … */
  readonly count: () => number;
}

export function createStreams(db: DatabaseSync, file: string): Streams {
  const newer = db.prepare('SELECT id, name, revision, sum FROM stream WHERE id > ? ORDER BY id', {
    returnArrays: true,
  });
  const one = db.prepare('SELECT id, name, revision, sum FROM stream WHERE id = ?', { returnArrays: true });
  const ids = new Map<string, number>();
  const names: string[] = [];

  function checked(row: unknown): { readonly id: number; readonly name: string; readonly revision: number } {
    const [id, name, revision, sum] = row as readonly [number, string, number, number];
    if (sum !== streamSum(id, name, revision))
      throw damaged(file, `the entry of stream ${id} is not as it was written`);
    return { id, name, revision };
  }

  function refresh(): void {
    for (const row of newer.all(names.length)) {
      const { id, name } = checked(row);
      if (id !== names.length + 1) throw damaged(file, `the entry of stream ${names.length + 1} is missing`);
      names.push(name);
      ids.set(name, id);
    }
  }

  return {
    idOf(name) {
      if (!ids.has(name)) refresh();
      return ids.get(name);
    },

    nameOf(id) {
      if (names[id - 1] === undefined) refresh();
      const name = names[id - 1];
      if (name === undefined) throw damaged(file, `holds an event of a stream ${id} that does not exist`);
      return name;
    },

    revisionOf(id) {
      const row = one.get(id);
      if (row === undefined) throw damaged(file, `the entry of stream ${id} is missing`);
      return checked(row).revision;
    },

    names() {
      refresh();
      return names.toSorted();
    },

    refresh,
    count: () => names.length,
  };
}
