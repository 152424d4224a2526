/**
 * What is in force in a cell, found by reading its timeline backwards from `asOf`: the fold of `positions.ts` read from its end, which
 * stops where nothing earlier matters any more. Blocks that say nothing of what is still looked for are passed over.
 */
import type { Standard } from '../answers.ts';
import type { IndexedCell, ResolvedCell } from './cell.ts';
import { ACT, WORTH } from './facts.ts';
import { actOfCode, EVER, type Rows, resetsByCode, type Sight, worthOfCode } from './rows.ts';
import { createRuns } from './runs.ts';
import { bitOf, EVERY_POINT, RESETS_BIT, SINGLES_BIT, SLOT, secondOf, type Timelines } from './timelines.ts';

/** A cell, or undefined where nothing counts in it. */
export type Resolve = (cell: IndexedCell, sight: Sight, standard: Standard) => ResolvedCell | undefined;

/** The worst worth that sets a position. */
const worstOf = (standard: Standard): number =>
  standard === 'strict' ? WORTH.onRecord : standard === 'stated' ? WORTH.narrative : WORTH.lower;

const NOTHING: readonly number[] = [];

export function createResolver(rows: Rows, timelines: Timelines): Resolve {
  const runs = createRuns(rows, timelines);
  const { held, columns, size } = timelines;
  /** what does not meet the standard and came after the last setting of `main`, from the last to the first */
  const beside: number[] = [];
  let besides = 0;

  let cell: IndexedCell;
  /** how many points are not decided */
  let left = 0;
  /** nothing ended all points yet */
  let unended = true;
  /** the only point that may go on before what ended all others; -1: none */
  let own = -1;
  /** whether conditions of their own may still come */
  let singles = false;
  /** whether what set `main` last, before which nothing is beside, is still looked for; and that `main` is not in force */
  let besideOpen = false;
  let seeking = false;
  /** how much was beside when `main` was last found reiterated; -1: it was not */
  let pending = -1;
  let lastWord = -1;

  function begin(of: IndexedCell, worst: number): void {
    cell = of;
    left = cell.names.length;
    unended = true;
    own = -1;
    ({ singles } = cell);
    besideOpen = cell.worst > worst;
    seeking = false;
    pending = -1;
    lastWord = -1;
    besides = 0;
    runs.begin();
  }

  const isDone = (): boolean => left === 0 && !singles && !besideOpen;

  /** What a block has to speak of to be read. */
  function wanted(): number {
    const points = unended ? EVERY_POINT | RESETS_BIT : own >= 0 ? bitOf(own) | RESETS_BIT : 0;
    const main = besideOpen && cell.main >= 0 ? bitOf(cell.main) | RESETS_BIT : 0;
    return points | main | (singles ? SINGLES_BIT : 0);
  }

  /** @param upTo how much that was found beside came after the last setting of `main` */
  function closeBeside(upTo: number): void {
    besideOpen = false;
    seeking = false;
    besides = upTo;
  }

  function decide(slot: number, ended: boolean): void {
    runs.decide(cell, slot, ended);
    left -= 1;
    if (slot === own) own = -1;
    // What set it has closed what is beside.
    if (slot !== cell.main || !besideOpen) return;
    if (runs.isHeld(slot)) closeBeside(pending);
    else seeking = true;
  }

  /** Something ends all points but its own, which goes on. */
  function endOthers(slot: number): void {
    if (seeking && slot !== cell.main && pending >= 0) closeBeside(pending);
    if (unended) {
      unended = false;
      singles = false;
      const open = slot !== SLOT.single && slot !== SLOT.none && !runs.isDecided(slot);
      if (cell.main >= 0 && slot !== cell.main && !runs.isDecided(cell.main)) decide(cell.main, true);
      runs.decideRest(cell, open ? slot : -1);
      left = open ? 1 : 0;
      own = open ? slot : -1;
    } else if (own >= 0 && slot !== own) decide(own, true);
  }

  /** A row of `main`, which is not in force: the one that last set it is looked for. */
  function seek(act: number): void {
    if (act === ACT.set) closeBeside(besides);
    else if (act === ACT.reiterate) pending = besides;
    else if (pending >= 0) closeBeside(pending);
  }

  /** An entry of a point that is not decided. */
  function read(slot: number, at: number, code: number): void {
    const act = actOfCode(code);
    const withdrawn = act === ACT.withdraw;
    if (withdrawn || runs.take(slot, at, code)) decide(slot, withdrawn);
    else if (slot === cell.main && besideOpen) {
      if (act === ACT.set) closeBeside(besides);
      else pending = besides;
    }
  }

  /** The next earlier entry that meets the standard. */
  function take(slot: number, at: number, code: number): void {
    if (slot === SLOT.single) {
      if (unended) runs.takeSingle(at);
    } else {
      if (lastWord < 0) lastWord = held.rows[at] as number;
      if (slot !== SLOT.none) {
        if (slot === cell.main && seeking) seek(actOfCode(code));
        if ((unended || slot === own) && !runs.isDecided(slot)) read(slot, at, code);
      }
    }
    if (resetsByCode(code)) endOthers(slot);
  }

  /** Reads a block backwards. Answers whether that was enough. */
  function readBlock(base: number, end: number, sight: Sight, knownBy: number, worst: number): boolean {
    const { rows: entries } = held;
    const { code: codes, slot: slots } = columns;
    for (let at = end - 1; at >= base; at -= 1) {
      const row = entries[at] as number;
      if (!timelines.isSeenAt(at, row, sight, knownBy)) continue;
      const code = codes[at] as number;
      if (worthOfCode(code) <= worst) {
        take(slots[at] as number, at, code);
        if (left === 0 && isDone()) return true;
      } else if (besideOpen) {
        beside[besides] = row;
        besides += 1;
      }
    }
    return false;
  }

  function readTimeline(sight: Sight, worst: number): void {
    const knownBy = secondOf(sight.knownOn);
    const { blocks } = cell;
    const last = timelines.lastBlockBy(cell, sight.by);
    for (let place = last; place >= 0; place -= 1) {
      const block = blocks[place] as number;
      if (place < last) {
        if (!timelines.isSeen(block, sight)) continue;
        if (!timelines.speaksOf(block, wanted(), worst) && !(besideOpen && timelines.isBeside(block, worst))) continue;
      }
      const end = place === last ? timelines.endBy(block, sight.by) : timelines.endOf(block);
      if (readBlock(block * size, end, sight, knownBy, worst)) return;
    }
  }

  function resolve(of: IndexedCell, sight: Sight, worst: number): ResolvedCell | undefined {
    begin(of, worst);
    readTimeline(sight, worst);
    runs.decideRest(cell, -1);
    // What is reiterated with nothing before it sets the point.
    if (besideOpen && pending >= 0) closeBeside(pending);
    const withdrawnBy = runs.found > 0 ? -1 : lastWord;
    if (runs.found === 0 && besides === 0 && withdrawnBy < 0) return undefined;
    return {
      cell,
      points: runs.inOrder(),
      beside: besides === 0 ? NOTHING : beside.slice(0, besides).reverse(),
      withdrawnBy,
    };
  }

  return (of, sight, standard) => {
    const worst = worstOf(standard);
    if (sight.asOf < of.lastEffective || sight.upTo < of.lastChanged || sight.knownOn !== EVER)
      return resolve(of, sight, worst);
    // What everybody asks for, the current state, changes with an event only: it is kept.
    const known = of.current[worst];
    if (known !== undefined) return known ?? undefined;
    const resolved = resolve(of, sight, worst);
    of.current[worst] = resolved ?? null;
    return resolved;
  };
}
