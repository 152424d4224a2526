/**
 * A state as the JSON that is sent: what no development altered since it was last asked for is not told again. The text is that of
 * `JSON.stringify` of the state, to the letter; properties hold it to that.
 */
import type { Round, State } from '../../../projections/answers.ts';
import type { Filter, Gates, Standard } from '../../../projections/index.ts';
import { titleOf } from '../../../projections/replay.ts';
import { roundsOf } from '../../../projections/rounds.ts';
import type { Read } from '../../../projections/time-index/cell-answer.ts';
import type { Sight } from '../../../projections/time-index/rows.ts';
import { type Context, surroundingsOf } from '../../../projections/time-index/state.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { type CellTexts, openCellTexts, type Room } from './cell-texts.ts';

export interface StateText extends Pick<State, 'revision' | 'rounds'> {
  /** the JSON in UTF-8, in parts that lie one behind the other; they are not the caller's to write to */
  readonly parts: readonly Uint8Array[];
}

/** What is asked of a log for it. */
export interface Sources {
  readonly room: Room;
  readonly context: (index: TimeIndex, sight: Sight) => Promise<Context>;
  readonly read: (index: TimeIndex, rows: readonly number[], sight: Sight) => Promise<Read>;
}

export interface Ask {
  readonly gates: Gates;
  readonly standard: Standard;
  readonly filter: Filter;
}

/** @param echo what the text begins with */
export type TellState = (index: TimeIndex, ask: Ask, echo: object) => Promise<StateText>;

export function stateTeller({ room, context: contextAt, read }: Sources): TellState {
  const memories = new WeakMap<TimeIndex, CellTexts>();
  const surroundings = new WeakMap<Context, { readonly text: string; readonly hasRounds: boolean }>();

  function textsOf(index: TimeIndex): CellTexts {
    let texts = memories.get(index);
    if (!texts) {
      texts = openCellTexts(index, room, read);
      memories.set(index, texts);
    }
    return texts;
  }

  /** Everything beside positions but the rounds, of which time alone makes some overdue. */
  function around(
    { timeZone }: TimeIndex,
    context: Context,
    { asOf }: Sight,
  ): { rounds: readonly Round[]; text: string } {
    const known = surroundings.get(context);
    if (known) return { ...known, rounds: known.hasRounds ? roundsOf(context.told, timeZone, asOf) : NO_ROUNDS };
    const { rounds, ...others } = surroundingsOf(context, timeZone, asOf);
    const text = JSON.stringify(others).slice(1, -1);
    surroundings.set(context, { text, hasRounds: rounds.length > 0 });
    return { rounds, text };
  }

  return async (index, { gates, standard, filter }, echo) => {
    const sight = index.sightOf(gates);
    const context = await contextAt(index, sight);
    const { positions, possibilities } = await textsOf(index)(context, sight, standard, filter);
    const revision = String(sight.upTo);
    const { rounds, text } = around(index, context, sight);
    const head = JSON.stringify({ ...echo, title: titleOf(context.told), revision });
    const parts = [
      Buffer.from(`${head.slice(0, -1)},"positions":[`),
      ...positions,
      Buffer.from(`],"rounds":${JSON.stringify(rounds)},${text},"possiblyByThen":[`),
      ...possibilities,
      END,
    ];
    return { revision, rounds, parts };
  };
}

const NO_ROUNDS: readonly Round[] = [];
const END = Buffer.from(']}');
