/** What recording would do, asked before it is done. */
import type { Entry } from '../../events/index.ts';
import type { Change, Standard } from '../../projections/answers.ts';
import { changeFold } from '../../projections/changes.ts';

export interface Checked {
  /** with ids, in the order given */
  readonly developments: readonly { readonly id: string; readonly added: boolean }[];
}

export interface Rehearsal extends Checked {
  /** how positions would change; they have no place in the log yet, so `position` is empty and `cursor` without meaning */
  readonly changes: readonly Change[];
}

/** @param entries what was decided to be added after `log` */
export function rehearse(
  log: Iterable<Entry>,
  entries: readonly Entry[],
  timeZone: string,
  standard: Standard,
): readonly Change[] {
  const fold = changeFold(timeZone, standard);
  for (const entry of log) fold.add(entry);
  return entries.flatMap((entry) => fold.add(entry));
}
