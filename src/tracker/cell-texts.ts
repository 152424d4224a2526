/** The parts of a state's text that grow with what was said, each told once for as long as there is room for it. */
import type { Standard } from '../../projections/answers.ts';
import { possibilityOf } from '../../projections/chronicle.ts';
import type { Filter } from '../../projections/index.ts';
import type { IndexedCell, ResolvedCell } from '../../projections/time-index/cell.ts';
import type { Read } from '../../projections/time-index/cell-answer.ts';
import { EVER, type Sight } from '../../projections/time-index/rows.ts';
import { type Context, cellsInOrder, positionFrom, rowsOfCells } from '../../projections/time-index/state.ts';
import type { TimeIndex } from '../../projections/time-index/time-index.ts';
import { openSpans, type Span } from './spans.ts';
import type { Text, Texts } from './texts.ts';

/** The texts of the positions and of what may have happened, each but the first behind a comma. */
export type CellTexts = (
  context: Context,
  sight: Sight,
  standard: Standard,
  filter: Filter,
) => Promise<{ readonly positions: readonly Uint8Array[]; readonly possibilities: readonly Uint8Array[] }>;

/** Stands where the number of a cell stands in the key of another text. */
const POSSIBILITY = 0xffffffff;

/** A cell whose text has still to be told. */
interface Untold {
  readonly at: number;
  readonly resolved: ResolvedCell;
  readonly span: Span | undefined;
  readonly changed: number;
}

/**
 * @param texts where they are kept, with those of other negotiations
 * @param read words back from the log
 */
export function openCellTexts(
  index: TimeIndex,
  texts: Texts,
  read: (index: TimeIndex, rows: readonly number[], sight: Sight) => Promise<Read>,
): CellTexts {
  const owner = texts.owner();
  const key: number[] = [];
  const spans = openSpans();

  /** What a cell answers is decided by the rows it was resolved to. The array is used again for every cell. */
  function keyOf({ cell, points, beside, withdrawnBy }: ResolvedCell): readonly number[] {
    key.length = 0;
    key.push(owner, cell.number, withdrawnBy, points.length);
    for (const { setBy, timesReiterated, restsOn } of points) {
      key.push(setBy, timesReiterated, restsOn.length);
      for (const row of restsOn) key.push(row);
    }
    for (const row of beside) key.push(row);
    return key;
  }

  return async (context, sight, standard, filter) => {
    const positions: (Uint8Array | undefined)[] = [];
    const untold: Untold[] = [];

    function find(cell: IndexedCell): void {
      const known = spans.find(cell, standard, sight.asOf);
      const isAlike = sight.knownOn === EVER && sight.upTo >= cell.lastChanged;
      if (isAlike && known === null) return;
      if (isAlike && known?.bytes) return void positions.push(known.bytes);
      const span = index.spanOf(cell, sight);
      const { lastChanged: changed } = cell;
      const [resolved] = index.resolve([cell], sight, standard);
      if (!resolved) {
        if (span) spans.keep(cell, standard, span, null, changed);
        return;
      }
      const text = texts.find(keyOf(resolved));
      if (!text) untold.push({ at: positions.length, resolved, span, changed });
      else if (span) spans.keep(cell, standard, span, text, changed);
      positions.push(text?.bytes);
    }

    for (const cell of cellsInOrder(index, context)) if (isAsked(cell, filter)) find(cell);
    const possible = index.possible(sight);
    const possibilities = possible.map((row) => texts.find([owner, POSSIBILITY, row])?.bytes);
    const rows = possible.filter((_, at) => possibilities[at] === undefined);
    if (untold.length > 0 || rows.length > 0) {
      const words = await read(index, [...rowsOfCells(untold.map(({ resolved }) => resolved)), ...rows], sight);
      for (const { at, resolved, span, changed } of untold) {
        const position = JSON.stringify(positionFrom(resolved, words, index.timeZone));
        const text = texts.keep(keyOf(resolved), `,${position}`);
        positions[at] = text.bytes;
        if (span) spans.keep(resolved.cell, standard, span, text, changed);
      }
      for (const [at, row] of possible.entries())
        possibilities[at] ??= texts.keep([owner, POSSIBILITY, row], possibilityText(words, row)).bytes;
    }
    return { positions: listed(positions), possibilities: listed(possibilities) };
  };
}

const isAsked = (cell: IndexedCell, { party, issue }: Filter): boolean =>
  (party === undefined || cell.party === party) && (issue === undefined || cell.issue === issue);

const possibilityText = (read: Read, row: number): string =>
  possibilityOf(read(row))
    .map((one) => `,${JSON.stringify(one)}`)
    .join('');

/** Each text begins with a comma; the first one that is not empty loses it. */
function listed(texts: readonly (Text['bytes'] | undefined)[]): readonly Uint8Array[] {
  const said = texts.filter((text) => text !== undefined && text.length > 0) as Uint8Array[];
  if (said[0]) said[0] = said[0].subarray(1);
  return said;
}
