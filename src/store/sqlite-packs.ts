/**
 * Packs: the digests of many events in a row as one text, so that who reads them all is not handed a row for each. A pack says nothing
 * that the rows of its events do not say; where there is none, these are read.
 */
import type { DatabaseSync } from 'node:sqlite';
import { isDemarcheError } from '../../events/errors.ts';
import { damaged } from './sqlite-errors.ts';
import { digestSum, packSum } from './sqlite-schema.ts';

/** Events a pack holds: the first of a pack has a revision that is a multiple of this. */
export const PACK = 1000;

type DigestRow = readonly [revision: number, recorded: number, sum: number, digest: string | null];

/** Digests of events in a row, each in a line as `DigestPage` has it. */
export interface Lines {
  readonly count: number;
  readonly lines: string;
}

const NOTHING: Lines = { count: 0, lines: '' };

export interface Packs {
  /** the digests of a stream from a revision on, up to the end of the pack in which it lies, until one is missing */
  read(stream: number, from: number, last: number): Lines;
  /** Packs what became full between one last revision and the next. Within the transaction that appends. */
  fill(stream: number, before: number, after: number): void;
}

export function createPacks(db: DatabaseSync, file: string): Packs {
  const arrays = { returnArrays: true } as const;
  const rowsOf = db.prepare(
    'SELECT revision, recorded, digest_sum, digest FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
    arrays,
  );
  const packOf = db.prepare('SELECT sum, lines FROM pack WHERE stream = ? AND first = ?', arrays);
  const setPack = db.prepare('INSERT OR REPLACE INTO pack (stream, first, sum, lines) VALUES (?, ?, ?, ?)');

  function fromRows(stream: number, from: number, limit: number, last: number): Lines {
    const rows = rowsOf.all(stream, from, limit) as unknown as readonly DigestRow[];
    if (rows.length < Math.min(limit, last - from + 1)) throw damaged(file, `events of stream ${stream} are missing`);
    let lines = '';
    let before = 0;
    let count = 0;
    for (const [revision, recorded, sum, digest] of rows) {
      if (revision !== from + count) throw damaged(file, `stream ${stream} lacks an event before ${revision}`);
      if (digestSum(revision, recorded, digest) !== sum)
        throw damaged(file, `the digest of event ${revision} of stream ${stream} is not as it was written`);
      // What is no line is no digest of ours.
      if (digest?.includes('\n') ?? true) break;
      lines += `${recorded - before} ${digest}\n`;
      before = recorded;
      count += 1;
    }
    return { count, lines };
  }

  /** Damage is nothing an append needs to know: it stays where it is, for who reads, and is not packed. */
  function soundRows(stream: number, first: number, last: number): Lines {
    try {
      return fromRows(stream, first, PACK, last);
    } catch (error) {
      if (isDemarcheError(error)) return NOTHING;
      throw error;
    }
  }

  return {
    read(stream, from, last) {
      const left = PACK - (from % PACK);
      const packed = left === PACK && from + PACK <= last + 1 ? packOf.get(stream, from) : undefined;
      if (packed === undefined) return fromRows(stream, from, left, last);
      const [sum, lines] = packed as unknown as readonly [number, string];
      if (packSum(stream, from, lines) !== sum)
        throw damaged(file, `the digests from event ${from} of stream ${stream} on are not as they were written`);
      return { count: PACK, lines };
    },

    fill(stream, before, after) {
      for (let first = before + 1 - ((before + 1) % PACK); first + PACK <= after + 1; first += PACK) {
        const { count, lines } = soundRows(stream, first, after);
        if (count === PACK) setPack.run(stream, first, packSum(stream, first, lines), lines);
      }
    },
  };
}
