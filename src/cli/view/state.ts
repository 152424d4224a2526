/** A state on screen: which moments it means, the matrix at a glance, the words, and what surrounds them. */
import type { State } from '../../../projections/index.ts';
import { blocks, type Line, paragraph } from '../text/lines.ts';
import { gridOf } from './grid.ts';
import { stateHeader } from './header.ts';
import { type Asked, positionsOf } from './positions.ts';
import { proceedingsOf } from './proceedings.ts';

/** @param asked a party or issue, or both, to which the state was narrowed */
export function stateView(state: State, asked: Asked, width: number): readonly Line[] {
  const oneCell = asked.party !== undefined && asked.issue !== undefined;
  const narrowed = asked.party !== undefined || asked.issue !== undefined;
  const nothing = state.positions.length === 0 && !narrowed;
  return blocks(
    stateHeader(state, width),
    oneCell ? [] : gridOf(state, width),
    nothing ? paragraph('No stated position on record, anywhere.', { width }) : positionsOf(state, asked, width),
    narrowed ? [] : proceedingsOf(state, width),
  );
}
