import { useEffect, useState } from 'react';
import type { State } from '../../../projections/answers.ts';
import type { Seen } from '../answers/paths.ts';
import type { Answer } from '../answers/use-answer.ts';

/**
 * The revision of the log up to which the page holds what was recorded; undefined until it holds anything. It is that of the first state
 * that was read since the page was brought up to date: states of other dates are read later and hold more, the axis above them does not.
 * @param opened the revision at which the page was opened, for a view that stops earlier in the log: nothing newer is to come into it
 */
export function useReach(state: Answer<State>, seen: Seen, opened: string | undefined): number | undefined {
  const [reach, setReach] = useState<{ readonly seen: Seen; readonly revision: number } | null>(null);
  const read = state.stale ? undefined : state.value;
  useEffect(() => {
    if (read === undefined) return;
    const revision = Number(read.recordedBy === null ? read.revision : (opened ?? read.revision));
    setReach((before) => (before?.seen === seen ? before : { seen, revision }));
  }, [read, seen, opened]);
  return reach?.revision;
}
