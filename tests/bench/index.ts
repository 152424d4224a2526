/** The index of made-up developments, made in memory. */
import type { Entry } from '../../events/index.ts';
import { namedBy } from '../../projections/related.ts';
import { factsOf } from '../../projections/time-index/facts.ts';
import { createTimeIndex, type TimeIndex } from '../../projections/time-index/time-index.ts';
import type { Made } from './data.ts';

export interface Indexed {
  readonly index: TimeIndex;
  add(made: Iterable<Made>): void;
  /** lets go of the words: from now on nothing is added */
  forget(): void;
}

/** What was said is kept, since it may be spoken of; as text, as a log would. */
export function indexed(made: Iterable<Made>): Indexed {
  const index = createTimeIndex('UTC');
  const kept: string[] = [];
  const at = (revision: number): Entry => JSON.parse(kept[revision] ?? 'null');
  const add = (more: Iterable<Made>): void => {
    for (const { development, recorded } of more) {
      const entry = { development, revision: index.size, position: '', recorded, recorder: null };
      kept.push(JSON.stringify(entry));
      index.add(factsOf(development, 'UTC'), namedBy(development), recorded, at);
    }
  };
  add(made);
  const forget = () => {
    kept.length = 0;
  };
  return { index, add, forget };
}
