/** Denials of what is no position: they change nothing of it, and stand beside it. Who denied what is for the reader to weigh. */
import type { Beside } from './answers.ts';
import { besideOf } from './positions.ts';
import type { Counted } from './record.ts';

/** Who denied any of some developments, by their ids, in the order in which that counts. */
export type DenialsOf = (developments: readonly string[]) => readonly Beside[];

/** A denial may count before what it denies, and waits for it: nothing else is asked with the id of what does not count yet. */
export function denialsIn(counted: readonly Counted[]): DenialsOf {
  const denials = counted
    .map(({ development }) => development)
    .filter((development) => development.type === 'DevelopmentDenied')
    .map((development, place) => ({ place, denies: development.denies, beside: besideOf(development) }));
  const byDenied = Map.groupBy(denials, ({ denies }) => denies);
  return (developments) =>
    developments
      .flatMap((id) => byDenied.get(id) ?? [])
      .sort((a, b) => a.place - b.place)
      .map(({ beside }) => beside);
}
