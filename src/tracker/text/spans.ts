/**
 * What a cell answers from one moment to the next: between two things said there, every `asOf` gets the same text. Looked up in a list of
 * moments, it is found without reading the cell's timeline again.
 */
import type { Standard } from '../../../projections/answers.ts';
import { countBy } from '../../../projections/search.ts';
import type { IndexedCell } from '../../../projections/time-index/cell.ts';

export interface Spans {
  /** what was noted of a cell at a moment: where its text lies, or null where it has none; undefined: nothing, or no longer */
  find(cell: IndexedCell, standard: Standard, asOf: number): number | null | undefined;
  /** @param changed the last event that changed anything in the cell when it was told */
  keep(cell: IndexedCell, standard: Standard, span: Span, place: number | null, changed: number): void;
}

/** The end is outside. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Of one cell under one standard, in order. */
interface Known {
  readonly changed: number;
  readonly from: number[];
  readonly until: number[];
  readonly places: (number | null)[];
}

/** So many are known at the most; then all are forgotten, and found again. */
const MOST = 100_000;

export function openSpans(): Spans {
  const all: Readonly<Record<Standard, Known[]>> = { strict: [], stated: [], all: [] };
  let count = 0;

  function makeRoom(): void {
    if (count < MOST) return;
    for (const known of Object.values(all)) known.length = 0;
    count = 0;
  }

  return {
    find({ number, lastChanged }, standard, asOf) {
      const known = all[standard][number];
      if (known?.changed !== lastChanged) return undefined;
      const at = lastBy(known.from, asOf);
      return at >= 0 && asOf < (known.until[at] as number) ? known.places[at] : undefined;
    },
    keep({ number, lastChanged }, standard, { from, until }, place, changed) {
      if (changed !== lastChanged) return;
      makeRoom();
      let known = all[standard][number];
      if (known?.changed !== changed) {
        count -= known?.from.length ?? 0;
        known = { changed, from: [], until: [], places: [] };
        all[standard][number] = known;
      }
      const at = lastBy(known.from, from);
      if (known.from[at] === from) known.places[at] = place;
      else {
        count += 1;
        known.from.splice(at + 1, 0, from);
        known.until.splice(at + 1, 0, until);
        known.places.splice(at + 1, 0, place);
      }
    },
  };
}

/** Where the last of some moments lies that is not after this one; -1: none. */
const lastBy = (moments: readonly number[], moment: number): number =>
  countBy((at) => moments[at] as number, moments.length, moment) - 1;
