/** Families: a development with everything that speaks of it, directly or through another. Most have none but themselves. */
import { type Hash, hashOf } from './hash.ts';
import type { IdTable } from './id-table.ts';
import type { Rows } from './rows.ts';

export function createFamilies(rows: Rows, ids: IdTable) {
  /** who named an id that was not there yet */
  const awaited = new Map<string, number[]>();
  const keyOf = ({ high, low }: Hash): string => `${high} ${low}`;
  /** Nearly always nobody waits for anything: then no key is made. */
  const waitingFor = (id: Hash): readonly number[] => (awaited.size > 0 && awaited.get(keyOf(id))) || NOBODY;

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

  function tie(revision: number, named: readonly string[], waiting: readonly number[], has: Has): readonly number[] {
    const relatives = [...waiting];
    for (const name of new Set(named)) {
      const hash = hashOf(name);
      const found = ids.candidates(hash).filter((candidate) => has(candidate, name));
      relatives.push(...found);
      if (found.length === 0) awaited.set(keyOf(hash), [...(awaited.get(keyOf(hash)) ?? []), revision]);
    }
    // Who is one of the family already would part it.
    for (const relative of relatives) if (!of(revision).includes(relative)) join(revision, relative);
    return of(revision);
  }

  return {
    of,
    awaited,
    isAwaited: (id: Hash): boolean => waitingFor(id).length > 0,
    /** what an event would be tied to, with all their relatives */
    related(id: Hash, named: readonly string[]): readonly number[] {
      const candidates = [...waitingFor(id), ...named.flatMap((name) => ids.candidates(hashOf(name)))];
      return [...new Set(candidates.flatMap(of))];
    },
    /** Ties an event to what it names, and to what named it before. Answers with its family, or with nothing where it has none. */
    join(revision: number, id: Hash, named: readonly string[], has: Has): readonly number[] {
      const waiting = waitingFor(id);
      if (named.length === 0 && waiting.length === 0) return NOBODY;
      awaited.delete(keyOf(id));
      return tie(revision, named, waiting, has);
    },
  };
}

/** Whether an event that may have an id has it. */
type Has = (revision: number, id: string) => boolean;

const NOBODY: readonly number[] = [];
