import type { Development } from './catalogue.ts';

/** A development where it stands in the log of its negotiation: what every projection is folded from. */
export interface Entry {
  readonly development: Development;
  /** place in the negotiation's log, from 0 */
  readonly revision: number;
  /** place in the log of all negotiations */
  readonly position: string;
  /** when it was appended, milliseconds since 1970; never less than that of the entry before */
  readonly recorded: number;
  /** who recorded it; null where nobody said */
  readonly recorder: string | null;
}
