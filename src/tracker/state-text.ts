/**
 * A state as the JSON that is sent: what no development altered since it was last asked for is not told again. The text is that of
 * `JSON.stringify` of the state, to the letter; properties hold it to that.
 */
import type { Round, State } from '../../projections/answers.ts';
import { possibilityOf } from '../../projections/chronicle.ts';
import type { Filter, Gates, Standard } from '../../projections/index.ts';
import { titleOf } from '../../projections/replay.ts';
import { roundsOf } from '../../projections/rounds.ts';
import type { ResolvedCell } from '../../projections/time-index/cell.ts';
import type { Read } from '../../projections/time-index/cell-answer.ts';
import type { Sight } from '../../projections/time-index/rows.ts';
import {
  type Context,
  positionFrom,
  resolveInOrder,
  rowsOfCells,
  surroundingsOf,
} from '../../projections/time-index/state.ts';
import type { TimeIndex } from '../../projections/time-index/time-index.ts';
import { openTexts, type Texts } from './texts.ts';

export interface StateText extends Pick<State, 'revision' | 'rounds'> {
  /** the JSON in UTF-8, in parts that lie one behind the other; they are not the caller's to write to */
  readonly parts: readonly Uint8Array[];
}

/** What is asked of a log for it. */
export interface Sources {
  readonly context: (index: TimeIndex, sight: Sight) => Promise<Context>;
  readonly read: (index: TimeIndex, rows: readonly number[], sight: Sight) => Promise<Read>;
}

export type TellState = (
  index: TimeIndex,
  ask: { readonly gates: Gates; readonly standard: Standard; readonly filter: Filter },
  echo: object,
) => Promise<StateText>;

/** As much as the words of some hundred thousand developments; a small log never comes near it. */
const MOST_BYTES = 160 * 1024 * 1024;
/** Stands where a cell stands in the key of another text. */
const POSSIBILITY = 0xffffffff;

export function stateTeller({ context: contextAt, read }: Sources): TellState {
  const memories = new WeakMap<TimeIndex, Texts>();
  const surroundings = new WeakMap<Context, { readonly text: string; readonly hasRounds: boolean }>();

  /** Rows have other numbers in another index. */
  function textsOf(index: TimeIndex): Texts {
    let texts = memories.get(index);
    if (!texts) {
      texts = openTexts(MOST_BYTES);
      memories.set(index, texts);
    }
    return texts;
  }

  /** Everything beside positions but the rounds, of which time alone makes some overdue. */
  function around(index: TimeIndex, context: Context, { asOf }: Sight): { rounds: readonly Round[]; text: string } {
    const known = surroundings.get(context);
    if (known) return { ...known, rounds: known.hasRounds ? roundsOf(context.told, index.timeZone, asOf) : NO_ROUNDS };
    const { rounds, ...others } = surroundingsOf(context, index.timeZone, asOf);
    const text = JSON.stringify(others).slice(1, -1);
    surroundings.set(context, { text, hasRounds: rounds.length > 0 });
    return { rounds, text };
  }

  return async (index, { gates, standard, filter }, echo) => {
    const texts = textsOf(index);
    const sight = index.sightOf(gates);
    const context = await contextAt(index, sight);
    const cells = resolveInOrder(index, context, sight, standard, filter);
    const possible = index.possible(sight);
    const positions = cells.map((cell) => texts.find(keyOf(cell)));
    const possibilities = possible.map((row) => texts.find([POSSIBILITY, row]));
    const newCells = cells.filter((_, at) => positions[at] === undefined);
    const newRows = possible.filter((_, at) => possibilities[at] === undefined);
    if (newCells.length > 0 || newRows.length > 0) {
      const words = await read(index, [...rowsOfCells(newCells), ...newRows], sight);
      for (const [at, cell] of cells.entries())
        positions[at] ??= texts.keep(keyOf(cell), `,${JSON.stringify(positionFrom(cell, words, index.timeZone))}`);
      for (const [at, row] of possible.entries())
        possibilities[at] ??= texts.keep([POSSIBILITY, row], possibilityText(words, row));
    }
    const revision = String(sight.upTo);
    const { rounds, text } = around(index, context, sight);
    const head = JSON.stringify({ ...echo, title: titleOf(context.told), revision });
    const parts = [
      Buffer.from(`${head.slice(0, -1)},"positions":[`),
      ...listed(positions),
      Buffer.from(`],"rounds":${JSON.stringify(rounds)},${text},"possiblyByThen":[`),
      ...listed(possibilities),
      END,
    ];
    return { revision, rounds, parts };
  };
}

const NO_ROUNDS: readonly Round[] = [];
const END = Buffer.from(']}');

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

/** What a cell answers is decided by the rows it was resolved to. */
function keyOf({ cell, points, beside, withdrawnBy }: ResolvedCell): readonly number[] {
  key.length = 0;
  key.push(cell.number, withdrawnBy, points.length);
  for (let at = 0; at < points.length; at += 1) {
    const { setBy, timesReiterated, restsOn } = points[at] as ResolvedCell['points'][number];
    key.push(setBy, timesReiterated, restsOn.length);
    for (let place = 0; place < restsOn.length; place += 1) key.push(restsOn[place] as number);
  }
  for (let place = 0; place < beside.length; place += 1) key.push(beside[place] as number);
  return key;
}

/** Used again for every cell. */
const key: number[] = [];
