/** The parts of a state's text that grow with what was said: put together from what rows say, and told once while there is room for it. */
import { isPosition } from '../../../events/index.ts';
import type { Standard } from '../../../projections/answers.ts';
import { possibilityOf } from '../../../projections/chronicle.ts';
import { type Filter, isAsked } from '../../../projections/index.ts';
import { besideOf, type CellDevelopment } from '../../../projections/positions.ts';
import type { IndexedCell, ResolvedCell } from '../../../projections/time-index/cell.ts';
import type { Read } from '../../../projections/time-index/cell-answer.ts';
import { EVER, type Sight } from '../../../projections/time-index/rows.ts';
import { type Context, cellsInOrder } from '../../../projections/time-index/state.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { writePosition } from './position-text.ts';
import { openRowTexts, type RowTexts } from './row-texts.ts';
import type { Scratch } from './scratch.ts';
import { openSpans, type Span } from './spans.ts';
import { NOWHERE, type Texts } from './texts.ts';
import { type Words, wordsOf, writePossibility } from './words.ts';

/** The texts of the positions and of what may have happened, each but the first behind a comma. */
export type CellTexts = (
  context: Context,
  sight: Sight,
  standard: Standard,
  filter: Filter,
) => Promise<{ readonly positions: readonly Uint8Array[]; readonly possibilities: readonly Uint8Array[] }>;

/** Where texts are put together and kept, with those of other negotiations. */
export interface Room {
  readonly texts: Texts;
  readonly scratch: Scratch;
}

/** A cell whose text has still to be told. */
interface Untold {
  readonly at: number;
  readonly resolved: ResolvedCell;
  readonly span: Span | undefined;
  readonly changed: number;
  /** it was told before: what is asked for once is not worth the room */
  readonly isWanted: boolean;
}

/** Rows of an answer and their texts: those at hand, and those that have to be read back. */
interface Saying {
  readonly kept: RowTexts;
  readonly found: Map<number, Buffer>;
  readonly missing: Set<number>;
}

/** @param read words back from the log */
export function openCellTexts(
  index: TimeIndex,
  { texts, scratch }: Room,
  read: (index: TimeIndex, rows: readonly number[], sight: Sight) => Promise<Read>,
): CellTexts {
  const { timeZone } = index;
  const spans = openSpans();
  const kept = { words: openRowTexts(texts), beside: openRowTexts(texts), possible: openRowTexts(texts) };

  return async (context, sight, standard, filter) => {
    const positions: (Uint8Array | undefined)[] = [];
    const untold: Untold[] = [];

    function find(cell: IndexedCell): void {
      const isAlike = sight.knownOn === EVER && sight.upTo >= cell.lastChanged;
      const place = isAlike ? spans.find(cell, standard, sight.asOf) : undefined;
      if (place === null) return;
      const isWanted = place !== undefined;
      const text = isWanted ? texts.find(place) : undefined;
      if (text) return void positions.push(text);
      const span = index.spanOf(cell, sight);
      const { lastChanged: changed } = cell;
      const [resolved] = index.resolve([cell], sight, standard);
      if (resolved) untold.push({ at: positions.push(undefined) - 1, resolved, span, changed, isWanted });
      else if (span) spans.keep(cell, standard, span, null, changed);
    }

    for (const cell of cellsInOrder(index, context)) if (isAsked(cell, filter)) find(cell);
    const [words, beside, possible] = [saying(kept.words), saying(kept.beside), saying(kept.possible)];
    for (const { resolved } of untold) {
      for (const { restsOn } of resolved.points) for (const row of restsOn) look(words, row);
      if (resolved.withdrawnBy >= 0) look(words, resolved.withdrawnBy);
      for (const row of resolved.beside) look(beside, row);
    }
    const mayBe = index.possible(sight);
    for (const row of mayBe) if (!recall(words, row)) look(possible, row);
    const missing = [words, beside, possible].flatMap((one) => [...one.missing]);
    if (missing.length > 0) {
      const said = await read(index, missing, sight);
      // What is about a position is kept once, whatever it was looked for as.
      for (const row of possible.missing)
        if (isPosition(said(row))) {
          possible.missing.delete(row);
          words.missing.add(row);
        }
      tell(words, (row) => wordsAt(said, row));
      tell(beside, (row) => Buffer.from(JSON.stringify(besideOf(said(row) as CellDevelopment))));
      tell(possible, (row) => Buffer.from(possibilityText(said, row)));
    }
    const said = { words: at(words), beside: at(beside) };
    scratch.begin();
    const ends = untold.map(({ resolved }) => {
      writePosition(scratch, resolved, said, timeZone);
      return scratch.length;
    });
    const told = scratch.written();
    for (const [number, { at: place, resolved, span, changed, isWanted }] of untold.entries()) {
      const text = told.subarray(ends[number - 1] ?? 0, ends[number]);
      positions[place] = text;
      if (span) spans.keep(resolved.cell, standard, span, isWanted ? texts.keep(text) : NOWHERE, changed);
    }
    scratch.begin();
    for (const row of mayBe) {
      const text = words.found.get(row);
      if (text) writePossibility(scratch, text);
      else scratch.bytes(at(possible)(row));
    }
    return { positions: listed(positions), possibilities: listed([scratch.written()]) };
  };
}

const saying = (kept: RowTexts): Saying => ({ kept, found: new Map(), missing: new Set() });

/** Whether the text of a row is at hand: then it stays so until the answer is made. */
function recall({ kept, found }: Saying, row: number): boolean {
  if (found.has(row)) return true;
  const text = kept.find(row);
  if (text) found.set(row, text);
  return text !== undefined;
}

function look(saying: Saying, row: number): void {
  if (!recall(saying, row)) saying.missing.add(row);
}

function tell({ kept, found, missing }: Saying, textOf: (row: number) => Buffer): void {
  for (const row of missing) found.set(row, kept.keep(row, textOf(row)));
}

/** Of rows that were looked for and told. */
const at =
  ({ found }: Saying) =>
  (row: number): Buffer =>
    found.get(row) as Buffer;

function wordsAt(read: Read, row: number): Words {
  const development = read(row);
  if (!isPosition(development)) throw new TypeError(`${development.id} sets no position`);
  return wordsOf(development);
}

const possibilityText = (read: Read, row: number): string =>
  possibilityOf(read(row))
    .map((one) => `,${JSON.stringify(one)}`)
    .join('');

/** Each text begins with a comma; the first one that is not empty loses it. */
function listed(texts: readonly (Uint8Array | undefined)[]): readonly Uint8Array[] {
  const said = texts.filter((text) => text !== undefined && text.length > 0) as Uint8Array[];
  if (said[0]) said[0] = said[0].subarray(1);
  return said;
}
