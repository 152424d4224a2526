/** The shapes of the effects, around (0, 0) in a box of 12: on the page, in the lanes and in pictures to take away. */
import type { Effect } from '../../../projections/answers.ts';

export interface MarkPath {
  readonly path: string;
  /** outlined, not filled */
  readonly hollow: boolean;
}

const circle = (radius: number): string =>
  `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;

export const MARK_PATHS: Readonly<Record<Effect, MarkPath>> = {
  new: { path: circle(4.2), hollow: false },
  changed: { path: 'M0-5.6 5.6 0 0 5.6-5.6 0Z', hollow: false },
  conditioned: { path: 'M0-4.8 5.2 4.4H-5.2Z', hollow: false },
  reiterated: { path: 'M-3.4-4.4H-1V4.4H-3.4ZM1-4.4H3.4V4.4H1Z', hollow: false },
  withdrawn: { path: 'M-4.2-4.2 4.2 4.2M-4.2 4.2 4.2-4.2', hollow: true },
  corrected: { path: 'M-4.2-4.2H4.2V4.2H-4.2ZM-2 0.2-0.6 1.8 2.2-1.8', hollow: true },
  retracted: { path: `${circle(4.4)}M-3-3 3 3`, hollow: true },
  beside: { path: circle(4.2), hollow: true },
};
