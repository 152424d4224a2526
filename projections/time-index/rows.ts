/**
 * Rows: a development as it counts, in numbers. What nothing speaks of has one row, under its own revision. What was corrected,
 * retracted, corroborated or merged has a *version* for each way in which it reads, and each is seen through some gates only.
 */
import type { Clocks } from '../../events/index.ts';
import { type Facts, KIND } from './facts.ts';
import { float64Column, uint8Column, uint32Column } from './growable.ts';
import type { Hash } from './hash.ts';

/** Row numbers from here on are versions. */
export const VERSIONS = 0x80000000;
/** A revision that never comes; a place that is none. */
export const NONE = 0xffffffff;
/** Stands for "no gate": later than any moment there is. */
export const EVER = Number.MAX_VALUE;

/** The code of a row: two bits for its act, two for its worth, and these. */
const RESETS = 16;
const DEAD = 32;
/** For a time, it may have happened. */
const UNCERTAIN = 64;
const CONTEXT = 128;

/** @param alone stands for its development where cells do not matter */
export const codeOf = ({ act, worth, resets, kind }: Facts, { start, effective }: Clocks, alone: boolean): number =>
  act |
  (worth << 2) |
  (resets ? RESETS : 0) |
  (alone && start < effective ? UNCERTAIN : 0) |
  (alone && kind === KIND.context ? CONTEXT : 0);

export const actOfCode = (code: number): number => code & 3;
export const worthOfCode = (code: number): number => (code >> 2) & 3;
export const resetsByCode = (code: number): boolean => (code & RESETS) !== 0;

/** Gates in numbers that compare without exceptions. */
export interface Sight {
  readonly asOf: number;
  /** `EVER`: no gate */
  readonly knownOn: number;
  /** the last revision that passes `recordedBy` */
  readonly upTo: number;
}

/** A version as it is made. Of spans, the end is outside. */
export interface Version {
  readonly revision: number;
  readonly start: number;
  readonly effective: number;
  readonly code: number;
  readonly stance: Hash;
  /** stands for everything it says: other content is another version */
  readonly content: Hash;
  /** its cell and the point list there; `NONE` where it has none */
  readonly cell: number;
  readonly point: number;
  /** seen from this asOf on only: a denial waits for what it denies */
  readonly after: number;
  /** seen by who knows from `knownFrom` up to `knownTo` */
  readonly knownFrom: number;
  readonly knownTo: number;
  /** the event that made it read so */
  readonly since: number;
}

export type Rows = ReturnType<typeof createRows>;

/** The columns of all rows, and what is asked of one. */
export function createRows() {
  const simple = {
    effective: float64Column(),
    start: float64Column(),
    reported: float64Column(),
    recorded: float64Column(),
    code: uint8Column(),
    stanceHigh: uint32Column(),
    stanceLow: uint32Column(),
    /** the members of a family point to each other in a circle; who has none points to itself */
    link: uint32Column(),
  };
  const versions = {
    revision: uint32Column(),
    effective: float64Column(),
    start: float64Column(),
    code: uint8Column(),
    stanceHigh: uint32Column(),
    stanceLow: uint32Column(),
    contentHigh: uint32Column(),
    contentLow: uint32Column(),
    cell: uint32Column(),
    point: uint32Column(),
    after: float64Column(),
    knownFrom: float64Column(),
    knownTo: float64Column(),
    since: uint32Column(),
    /** from this event on it is seen only up to `knownUntil`, which may be `knownFrom` */
    until: uint32Column(),
    knownUntil: float64Column(),
  };
  const count = { simple: 0, versions: 0 };
  const at = (row: number): number => row - VERSIONS;

  const effective = (row: number): number =>
    (row < VERSIONS ? simple.effective.data[row] : versions.effective.data[row - VERSIONS]) as number;
  const start = (row: number): number =>
    (row < VERSIONS ? simple.start.data[row] : versions.start.data[row - VERSIONS]) as number;
  const revision = (row: number): number => (row < VERSIONS ? row : (versions.revision.data[row - VERSIONS] as number));
  const code = (row: number): number =>
    (row < VERSIONS ? simple.code.data[row] : versions.code.data[row - VERSIONS]) as number;
  const stanceHigh = (row: number): number =>
    (row < VERSIONS ? simple.stanceHigh.data[row] : versions.stanceHigh.data[row - VERSIONS]) as number;
  const stanceLow = (row: number): number =>
    (row < VERSIONS ? simple.stanceLow.data[row] : versions.stanceLow.data[row - VERSIONS]) as number;

  function isSeen(row: number, { asOf, knownOn, upTo }: Sight): boolean {
    if (row < VERSIONS)
      return (
        row <= upTo &&
        (simple.reported.data[row] as number) <= knownOn &&
        ((simple.code.data[row] as number) & DEAD) === 0
      );
    const version = row - VERSIONS;
    if ((versions.since.data[version] as number) > upTo) return false;
    if ((versions.knownFrom.data[version] as number) > knownOn) return false;
    const to = upTo >= (versions.until.data[version] as number) ? versions.knownUntil : versions.knownTo;
    return knownOn < (to.data[version] as number) && (versions.after.data[version] as number) <= asOf;
  }

  /** The order in which rows count; versions of one development, which are never seen together, by number. */
  function compare(a: number, b: number): number {
    if (a === b) return 0;
    const effectiveA = effective(a);
    const effectiveB = effective(b);
    if (effectiveA !== effectiveB) return effectiveA < effectiveB ? -1 : 1;
    const startA = start(a);
    const startB = start(b);
    if (startA !== startB) return startA < startB ? -1 : 1;
    return revision(a) - revision(b) || a - b;
  }

  return {
    simple,
    versions,
    count,
    effective,
    start,
    revision,
    code,
    isSeen,
    compare,
    sameWords: (a: number, b: number): boolean => stanceLow(a) === stanceLow(b) && stanceHigh(a) === stanceHigh(b),
    recorded: (revision: number): number => simple.recorded.data[revision] as number,
    isVersion: (row: number): boolean => row >= VERSIONS,
    isUncertain: (row: number): boolean => (code(row) & UNCERTAIN) !== 0,
    isContext: (row: number): boolean => (code(row) & CONTEXT) !== 0,

    after: (row: number): number =>
      row < VERSIONS ? Number.NEGATIVE_INFINITY : (versions.after.data[at(row)] as number),
    /** the first moment of knowing from which a row may be seen, and the first event */
    knownFrom: (row: number): number =>
      (row < VERSIONS ? simple.reported.data[row] : versions.knownFrom.data[at(row)]) as number,
    since: (row: number): number => (row < VERSIONS ? row : (versions.since.data[at(row)] as number)),
    /** from which event on a row is out of sight for who knows so much; `NONE`: never */
    goneSince: (row: number): number => (row < VERSIONS ? NONE : (versions.until.data[at(row)] as number)),
    goneFrom: (row: number): number => (row < VERSIONS ? EVER : (versions.knownUntil.data[at(row)] as number)),

    /** the row of the next development in the log */
    addSimple(facts: Facts, clocks: Clocks): number {
      const row = count.simple;
      for (const column of Object.values(simple)) column.reserve(row + 1);
      simple.effective.data[row] = clocks.effective;
      simple.start.data[row] = clocks.start;
      simple.reported.data[row] = clocks.reported;
      simple.recorded.data[row] = clocks.recorded;
      simple.code.data[row] = codeOf(facts, clocks, true);
      simple.stanceHigh.data[row] = facts.stance.high;
      simple.stanceLow.data[row] = facts.stance.low;
      simple.link.data[row] = row;
      count.simple += 1;
      return row;
    },

    addVersion(one: Version): number {
      const version = count.versions;
      for (const column of Object.values(versions)) column.reserve(version + 1);
      versions.revision.data[version] = one.revision;
      versions.effective.data[version] = one.effective;
      versions.start.data[version] = one.start;
      versions.code.data[version] = one.code;
      versions.stanceHigh.data[version] = one.stance.high;
      versions.stanceLow.data[version] = one.stance.low;
      versions.contentHigh.data[version] = one.content.high;
      versions.contentLow.data[version] = one.content.low;
      versions.cell.data[version] = one.cell;
      versions.point.data[version] = one.point;
      versions.after.data[version] = one.after;
      versions.knownFrom.data[version] = one.knownFrom;
      versions.knownTo.data[version] = one.knownTo;
      versions.since.data[version] = one.since;
      versions.until.data[version] = NONE;
      versions.knownUntil.data[version] = EVER;
      count.versions += 1;
      return version + VERSIONS;
    },

    isDead: (row: number): boolean => (code(row) & DEAD) !== 0,
    /** A development that is spoken of is seen through its versions. */
    kill(row: number): void {
      simple.code.data[row] = code(row) | DEAD;
    },
  };
}
