/**
 * Rows: a development as it counts, in numbers. What nothing speaks of has one row, under its own revision. What was corrected,
 * retracted, corroborated or merged has a *version* for each way in which it reads, and each is seen through some gates only.
 */
import { type Clocks, compare as compareNumbers } from '../../events/index.ts';
import { type CellClocks, NO_WAIT } from '../positions.ts';
import { type Facts, KIND } from './facts.ts';
import type { Hash } from './hash.ts';
import { createSpans } from './spans.ts';
import { createTable } from './table.ts';

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

/** What is said of a row where it is filed: the bits of its code that say what it does, and three of the hash of its words. */
const DOES = 31;
export const sameLooks = (a: number, b: number): boolean => (a ^ b) >>> 5 === 0;

/**
 * @param alone stands for its development where cells do not matter
 * @param ofContext denies what is context
 */
export const codeOf = (
  { act, worth, resets, kind }: Facts,
  { start, effective }: Clocks,
  alone: boolean,
  ofContext = false,
): number =>
  act |
  (worth << 2) |
  (resets ? RESETS : 0) |
  (alone && start < effective ? UNCERTAIN : 0) |
  (ofContext || (alone && kind === KIND.context) ? CONTEXT : 0);

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
  /** nothing that counts later is seen: what is known by a moment counted by then, and so did what was recorded by it */
  readonly by: number;
}

/** A version as it is made. Of spans, the end is outside. */
export interface Version {
  readonly revision: number;
  readonly start: number;
  readonly effective: number;
  /** where it waits for what it denies: when it would count */
  readonly waits: CellClocks['waits'];
  readonly code: number;
  readonly stance: Hash;
  /** stands for everything it says: other content is another version */
  readonly content: Hash;
  /** its cell; `NONE` where it has none */
  readonly cell: number;
  /** seen by who knows from `knownFrom` up to `knownTo` */
  readonly knownFrom: number;
  readonly knownTo: number;
  /** the event that made it read so */
  readonly since: number;
}

export type Rows = ReturnType<typeof createRows>;

/** So many events share a moment from which on that of their recording is counted. */
const SHARED = 256;

/** The columns of all rows, and what is asked of one. */
export function createRows() {
  // What an answer reads of a row lies together, since rows are read here and there: when it is effective, then six of 32 bits: how
  // long after that it was reported, when it was recorded, the stance's hash in 56 bits and the code in 8, how long before it began,
  // and the next member of its family.
  const simpleRows = createTable({ line: 'packed' }, bind);
  const simple = simpleRows.columns;
  let numbers = simple.line;
  let words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  const recordedFrom = createTable({ moment: 'f64' });
  const spans = { reported: createSpans(), recorded: createSpans(), begun: createSpans() };

  function bind(): void {
    numbers = simple.line;
    words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  }

  const versionRows = createTable({
    revision: 'u32',
    effective: 'f64',
    start: 'f64',
    waitsEffective: 'f64',
    waitsStart: 'f64',
    code: 'u8',
    stanceHigh: 'u32',
    stanceLow: 'u32',
    contentHigh: 'u32',
    contentLow: 'u32',
    cell: 'u32',
    knownFrom: 'f64',
    knownTo: 'f64',
    since: 'u32',
    /** from this event on it is seen only up to `knownUntil`, which may be `knownFrom` */
    until: 'u32',
    knownUntil: 'f64',
    /** the one before among those of its development that are seen today by some */
    earlier: 'u32',
  });
  const versions = versionRows.columns;
  const effective = (row: number): number =>
    (row < VERSIONS ? numbers[4 * row] : versions.effective[row - VERSIONS]) as number;

  const reported = (row: number): number =>
    (numbers[4 * row] as number) + spans.reported.unpack(words[8 * row + 2] as number, row);

  function recorded(row: number): number {
    const after = spans.recorded.unpack(words[8 * row + 3] as number, row);
    return (recordedFrom.columns.moment[Math.floor(row / SHARED)] as number) + after;
  }
  const revision = (row: number): number => (row < VERSIONS ? row : (versions.revision[row - VERSIONS] as number));
  const code = (row: number): number =>
    row < VERSIONS ? (words[8 * row + 5] as number) & 0xff : (versions.code[row - VERSIONS] as number);
  const stanceLow = (row: number): number =>
    (row < VERSIONS ? words[8 * row + 4] : versions.stanceLow[row - VERSIONS]) as number;
  const stanceHigh = (row: number): number =>
    row < VERSIONS ? (words[8 * row + 5] as number) >>> 8 : (versions.stanceHigh[row - VERSIONS] as number) >>> 8;

  const start = (row: number): number =>
    row < VERSIONS
      ? (numbers[4 * row] as number) - spans.begun.unpack(words[8 * row + 6] as number, row)
      : (versions.start[row - VERSIONS] as number);

  function waits(row: number): CellClocks['waits'] {
    const version = row - VERSIONS;
    if (version < 0) return NO_WAIT;
    return { effective: versions.waitsEffective[version] as number, start: versions.waitsStart[version] as number };
  }

  function writeClocks(row: number, clocks: Clocks): void {
    const { effective: from } = clocks;
    numbers[4 * row] = from;
    // What counts since ever is known since ever, and the length between is NaN.
    const always = from === Number.NEGATIVE_INFINITY;
    words[8 * row + 2] = spans.reported.pack(always ? 0 : clocks.reported - from, row);
    if (row % SHARED === 0) {
      const line = recordedFrom.push();
      recordedFrom.columns.moment[line] = clocks.recorded;
    }
    const shared = recordedFrom.columns.moment[Math.floor(row / SHARED)] as number;
    words[8 * row + 3] = spans.recorded.pack(clocks.recorded - shared, row);
    words[8 * row + 6] = spans.begun.pack(always ? 0 : from - clocks.start, row);
  }

  function isSeen(row: number, { knownOn, upTo }: Sight): boolean {
    if (row < VERSIONS) return row <= upTo && reported(row) <= knownOn && ((words[8 * row + 5] as number) & DEAD) === 0;
    const version = row - VERSIONS;
    if ((versions.since[version] as number) > upTo) return false;
    if ((versions.knownFrom[version] as number) > knownOn) return false;
    const to = upTo >= (versions.until[version] as number) ? versions.knownUntil : versions.knownTo;
    return knownOn < (to[version] as number);
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
    const [waitsA, waitsB] = [waits(a), waits(b)];
    return (
      compareNumbers(waitsA.effective, waitsB.effective) ||
      compareNumbers(waitsA.start, waitsB.start) ||
      revision(a) - revision(b) ||
      a - b
    );
  }

  return {
    tables: { simple: simpleRows, recordedFrom, versions: versionRows },
    spans,
    versions,
    /** how many events the log has */
    get size(): number {
      return simpleRows.length;
    },
    effective,
    start,
    waits,
    revision,
    code,
    isSeen,
    compare,
    sameWords: (a: number, b: number): boolean => stanceLow(a) === stanceLow(b) && stanceHigh(a) === stanceHigh(b),
    /** its words as a number: the same for the same words */
    stanceOf: (row: number): number => stanceHigh(row) * 0x100000000 + stanceLow(row),
    said: (row: number): number => (code(row) & DOES) | ((stanceLow(row) & 7) << 5),
    recorded,
    isVersion: (row: number): boolean => row >= VERSIONS,
    isUncertain: (row: number): boolean => (code(row) & UNCERTAIN) !== 0,
    isContext: (row: number): boolean => (code(row) & CONTEXT) !== 0,

    /** the first moment of knowing from which a row may be seen, and the first event */
    knownFrom: (row: number): number =>
      row < VERSIONS ? reported(row) : (versions.knownFrom[row - VERSIONS] as number),
    since: (row: number): number => (row < VERSIONS ? row : (versions.since[row - VERSIONS] as number)),
    /** from which event on a version is out of sight for who knows so much; `NONE`: never. Other rows are never out of sight. */
    goneSince: (version: number): number => versions.until[version - VERSIONS] as number,
    goneFrom: (version: number): number => versions.knownUntil[version - VERSIONS] as number,

    /** the row of the next development in the log */
    addSimple(facts: Facts, clocks: Clocks): number {
      const row = simpleRows.push();
      words[8 * row + 4] = facts.stance.low;
      words[8 * row + 5] = (facts.stance.high & ~0xff) | codeOf(facts, clocks, true);
      words[8 * row + 7] = row;
      writeClocks(row, clocks);
      return row;
    },

    addVersion(one: Version): number {
      const version = versionRows.push();
      versions.revision[version] = one.revision;
      versions.effective[version] = one.effective;
      versions.start[version] = one.start;
      versions.waitsEffective[version] = one.waits.effective;
      versions.waitsStart[version] = one.waits.start;
      versions.code[version] = one.code;
      versions.stanceHigh[version] = one.stance.high;
      versions.stanceLow[version] = one.stance.low;
      versions.contentHigh[version] = one.content.high;
      versions.contentLow[version] = one.content.low;
      versions.cell[version] = one.cell;
      versions.knownFrom[version] = one.knownFrom;
      versions.knownTo[version] = one.knownTo;
      versions.since[version] = one.since;
      versions.until[version] = NONE;
      versions.knownUntil[version] = EVER;
      versions.earlier[version] = NONE;
      return version + VERSIONS;
    },

    link: (revision: number): number => words[8 * revision + 7] as number,
    setLink(revision: number, to: number): void {
      words[8 * revision + 7] = to;
    },

    isDead: (row: number): boolean => (code(row) & DEAD) !== 0,
    /** A development that is spoken of is seen through its versions. */
    kill(row: number): void {
      words[8 * row + 5] = (words[8 * row + 5] as number) | DEAD;
      words[8 * row + 4] = NONE;
    },
    /** The last of the versions of a dead row that are seen today by some, as they were put there; `NONE`. They are told by `earlier`. */
    lastOpen: (row: number): number => words[8 * row + 4] as number,
    setLastOpen(row: number, version: number): void {
      words[8 * row + 4] = version;
    },
  };
}
