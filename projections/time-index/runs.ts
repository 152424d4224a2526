/**
 * The points of a cell as they are found while its timeline is read backwards: the fold of `positions.ts` from its end. Used again for
 * every cell, and nothing is allocated but the answer.
 */
import type { IndexedCell, ResolvedPoint } from './cell.ts';
import { ACT } from './facts.ts';
import { actOfCode, type Rows, sameLooks } from './rows.ts';
import type { Timelines } from './timelines.ts';

export function createRuns(rows: Rows, timelines: Timelines) {
  const { held } = timelines;
  /** which points have been met: that of this reading, by the number of the point */
  const readings: number[] = [];
  const met: number[] = [];
  let reading = 0;
  let meetings = 0;
  /** the point is decided: nothing earlier matters to it */
  const decided: boolean[] = [];
  const setBy: number[] = [];
  const setCode: number[] = [];
  /** What set and affirmed a point since its words last changed, from the last to the first: a chain, of which this is the first. */
  const earliest: number[] = [];
  /** its part that is certain to count, and what is its last */
  const kept: number[] = [];
  const latest: number[] = [];
  /** the links of all chains: where their rows lie, what they do, and which comes after */
  const linkAt: number[] = [];
  const linkAct: number[] = [];
  const linkNext: number[] = [];
  let links = 0;
  const points: ResolvedPoint[] = [];
  let found = 0;

  function meet(slot: number): void {
    if (readings[slot] === reading) return;
    readings[slot] = reading;
    met[meetings] = slot;
    meetings += 1;
    decided[slot] = false;
    setBy[slot] = -1;
    earliest[slot] = -1;
    kept[slot] = -1;
    latest[slot] = -1;
  }

  const rowOf = (link: number): number => held.rows[linkAt[link] as number] as number;

  function link(slot: number, at: number, act: number): void {
    linkAt[links] = at;
    linkAct[links] = act;
    linkNext[links] = earliest[slot] as number;
    earliest[slot] = links;
    if ((latest[slot] as number) < 0) latest[slot] = links;
    links += 1;
  }

  /** A point in force, told from the first of what it rests on to the last. */
  function pointFrom({ names }: IndexedCell, slot: number): ResolvedPoint {
    const from = kept[slot] as number;
    const point = names[slot] as string;
    const by = setBy[slot] as number;
    const since = timelines.effectiveAt(linkAt[from] as number);
    const last = latest[slot] as number;
    if (from === last) return { point, setBy: by, since, lastAffirmed: since, timesReiterated: 0, restsOn: [by] };
    const restsOn: number[] = [];
    let timesReiterated = 0;
    for (let one = from; one >= 0; one = linkNext[one] as number) {
      restsOn.push(rowOf(one));
      // What is reiterated with nothing before it sets the point.
      if (one !== from && linkAct[one] !== ACT.set) timesReiterated += 1;
    }
    const lastAffirmed = timelines.effectiveAt(linkAt[last] as number);
    return { point, setBy: by, since, lastAffirmed, timesReiterated, restsOn };
  }

  function add(point: ResolvedPoint): void {
    points[found] = point;
    found += 1;
  }

  function decide(cell: IndexedCell, slot: number, ended: boolean): void {
    meet(slot);
    decided[slot] = true;
    const first = earliest[slot] as number;
    if (ended && first !== kept[slot]) {
      const row = rowOf(first);
      if ((setBy[slot] as number) < 0) setBy[slot] = row;
      if (row === setBy[slot] || rows.sameWords(row, setBy[slot] as number)) kept[slot] = first;
    }
    if ((setBy[slot] as number) >= 0) add(pointFrom(cell, slot));
  }

  return {
    /** how many points are in force, of those decided */
    get found(): number {
      return found;
    },
    begin(): void {
      reading += 1;
      meetings = 0;
      links = 0;
      found = 0;
    },
    isDecided: (slot: number): boolean => readings[slot] === reading && decided[slot] === true,
    /** Whether anything was found that sets or affirms a point. */
    isHeld: (slot: number): boolean => readings[slot] === reading && (earliest[slot] as number) >= 0,

    /** Decides a point. @param ended nothing earlier is part of it: it was ended, or nothing is earlier */
    decide,

    /** Takes the next earlier entry of a point, which does not end it. Answers whether the point is decided by it: other words. */
    take(slot: number, at: number, code: number): boolean {
      meet(slot);
      const act = actOfCode(code);
      if (act === ACT.set) {
        const by = setBy[slot] as number;
        const row = held.rows[at] as number;
        if (by >= 0 && !(sameLooks(code, setCode[slot] as number) && rows.sameWords(row, by))) return true;
        if (by < 0) {
          setBy[slot] = row;
          setCode[slot] = code;
        }
        kept[slot] = links;
      }
      link(slot, at, act);
      return false;
    },

    /** A condition of its own: it is set once. */
    takeSingle(at: number): void {
      const row = held.rows[at] as number;
      const since = timelines.effectiveAt(at);
      add({ point: null, setBy: row, since, lastAffirmed: since, timesReiterated: 0, restsOn: [row] });
    },

    /** Decides what is left of the points that were met, but one. */
    decideRest(cell: IndexedCell, but: number): void {
      for (let index = 0; index < meetings; index += 1) {
        const slot = met[index] as number;
        if (slot !== but && decided[slot] === false) decide(cell, slot, true);
      }
    },

    /** The points that were found, in the order in which their words were set: few, and mostly from the last to the first. */
    inOrder(): readonly ResolvedPoint[] {
      for (let index = 1; index < found; index += 1) {
        const point = points[index] as ResolvedPoint;
        let place = index;
        for (; place > 0 && comesBefore(point, points[place - 1] as ResolvedPoint); place -= 1)
          points[place] = points[place - 1] as ResolvedPoint;
        points[place] = point;
      }
      return points.slice(0, found);
    },
  };

  function comesBefore(a: ResolvedPoint, b: ResolvedPoint): boolean {
    return a.since !== b.since ? a.since < b.since : rows.compare(a.restsOn[0] as number, b.restsOn[0] as number) < 0;
  }
}
