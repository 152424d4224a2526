import type { Effect } from '../../../projections/answers.ts';
import { type Shift, sayEffect } from '../words.ts';
import { MARK_PATHS, type MarkPath } from './mark-paths.ts';

interface Props {
  readonly effect: Effect;
  readonly size?: number;
}

/** The shape of an effect: each has its own, so that no colour is needed to tell them apart. */
export function Mark({ effect, size = 12 }: Props) {
  return (
    <svg className="mark" width={size} height={size} viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
      <MarkShape {...MARK_PATHS[effect]} />
    </svg>
  );
}

export const MarkShape = ({ path, hollow }: MarkPath) => (
  <path d={path} className={hollow ? 'shape hollow' : 'shape'} />
);

/** An effect in shape and word. */
export const EffectBadge = ({ effect, shift }: { readonly effect: Effect; readonly shift: Shift | null }) => (
  <span className="effect">
    <Mark effect={effect} />
    {sayEffect(effect, shift)}
  </span>
);
