/** Families: a development with everything that speaks of it, directly or through another. Most have none but themselves. */
import { type Hash, hashOf } from './hash.ts';
import type { IdTable } from './id-table.ts';
import type { Rows } from './rows.ts';

export function createFamilies(rows: Rows, ids: IdTable) {
  /** who named an id that was not there yet */
  const awaited = new Map<string, number[]>();
  const keyOf = ({ high, low }: Hash): string => `${high} ${low}`;

  function of(revision: number): readonly number[] {
    const members = [revision];
    for (let next = rows.link(revision); next !== revision; next = rows.link(next)) members.push(next);
    return members.length > 1 ? members.sort((a, b) => a - b) : members;
  }

  /** Makes one circle of two. */
  function join(a: number, b: number): void {
    const next = rows.link(a);
    rows.setLink(a, rows.link(b));
    rows.setLink(b, next);
  }

  function tie(revision: number, id: Hash, named: readonly string[], waiting: readonly number[]): readonly number[] {
    const relatives = [...waiting];
    awaited.delete(keyOf(id));
    for (const name of new Set(named)) {
      const hash = hashOf(name);
      const found = ids.candidates(hash).filter((candidate) => candidate !== revision);
      relatives.push(...found);
      if (found.length === 0) awaited.set(keyOf(hash), [...(awaited.get(keyOf(hash)) ?? []), revision]);
    }
    for (const [index, relative] of relatives.entries())
      if (index === 0 || !of(revision).includes(relative)) join(revision, relative);
    return relatives.length === 0 && named.length === 0 ? NOBODY : of(revision);
  }

  return {
    of,
    awaited,
    isAwaited: (id: Hash): boolean => awaited.size > 0 && awaited.has(keyOf(id)),
    /** what an event would be tied to, with all their relatives */
    related(id: Hash, named: readonly string[]): readonly number[] {
      const waiting = awaited.size > 0 ? (awaited.get(keyOf(id)) ?? []) : [];
      if (named.length === 0 && waiting.length === 0) return [];
      const candidates = [...waiting, ...named.flatMap((name) => ids.candidates(hashOf(name)))];
      return [...new Set(candidates.flatMap(of))];
    },
    /** Ties an event to what it names, and to what named it before. Answers with its family, or with nothing where it has none. */
    join(revision: number, id: Hash, named: readonly string[]): readonly number[] {
      const waiting = awaited.size > 0 ? awaited.get(keyOf(id)) : undefined;
      return named.length === 0 && waiting === undefined ? NOBODY : tie(revision, id, named, waiting ?? NOBODY);
    },
  };
}

const NOBODY: readonly number[] = [];
