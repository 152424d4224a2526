/** Versions: the rows of a family, kept so that whoever asks with any gates sees each development as it read then. */
import { clocksOf, type Entry } from '../../events/index.ts';
import { type CellClocks, clocksInCell } from '../positions.ts';
import type { Cells } from './cells.ts';
import { factsOf } from './facts.ts';
import { hashOf } from './hash.ts';
import type { Outside } from './outside.ts';
import { placesOf, type Reading } from './readings.ts';
import { codeOf, NONE, type Rows, VERSIONS } from './rows.ts';
import { SLOT } from './timelines.ts';

export function createVersions(rows: Rows, cells: Cells, outside: Outside, timeZone: string) {
  const { versions } = rows;

  /** One more of the versions of a development that are seen today by some: those last that are known of for ever. */
  function push(revision: number, row: number): void {
    versions.earlier[row - VERSIONS] = rows.lastOpen(revision);
    rows.setLastOpen(revision, row);
  }

  /** Takes the last of them, if it is there and known of for ever; else `NONE`. */
  function popEndless(revision: number): number {
    const row = rows.lastOpen(revision);
    if (row === NONE || !isEndless(row)) return NONE;
    rows.setLastOpen(revision, versions.earlier[row - VERSIONS] as number);
    return row;
  }

  /** Those of a development that is spoken of, the last first. */
  function openOf(revision: number): readonly number[] {
    const open: number[] = [];
    for (let row = rows.lastOpen(revision); row !== NONE; row = versions.earlier[row - VERSIONS] as number)
      open.push(row);
    return open;
  }

  const rangeOf = (row: number) => {
    const version = row - VERSIONS;
    const shrunk = versions.until[version] !== NONE;
    return {
      from: versions.knownFrom[version] as number,
      to: (shrunk ? versions.knownUntil : versions.knownTo)[version] as number,
    };
  };

  const isEndless = (row: number): boolean => rangeOf(row).to === Number.POSITIVE_INFINITY;

  function touch(row: number): void {
    cells.touch(row);
    outside.touch(row);
  }

  /** From an event on, a version is seen only up to some moment of knowing. */
  function shrink(row: number, upTo: number, since: number): readonly number[] {
    const version = row - VERSIONS;
    const { from, to } = rangeOf(row);
    if (versions.until[version] === NONE) {
      versions.until[version] = since;
      versions.knownUntil[version] = upTo;
      touch(row);
      return upTo > from ? [row] : [];
    }
    // It shrank before: a second version takes over from there.
    const copy = rows.addVersion({
      revision: versions.revision[version] as number,
      start: rows.start(row),
      effective: rows.effective(row),
      waits: rows.waits(row),
      code: rows.code(row),
      stance: { high: versions.stanceHigh[version] as number, low: versions.stanceLow[version] as number },
      content: { high: versions.contentHigh[version] as number, low: versions.contentLow[version] as number },
      cell: versions.cell[version] as number,
      knownFrom: from,
      knownTo: to,
      since: versions.until[version] as number,
    });
    versions.until[copy - VERSIONS] = since;
    versions.knownUntil[copy - VERSIONS] = upTo;
    versions.knownUntil[version] = from;
    cells.fileBeside(copy, row);
    outside.file(copy);
    touch(row);
    return upTo > from ? [copy] : [];
  }

  function add(reading: Reading, since: number): number {
    const { development, clocks, cell: key, revision, first, ofContext, knownFrom, knownTo } = reading;
    const facts = factsOf(development, timeZone);
    const cell = key ? cells.open(key.party, key.issue) : undefined;
    const row = rows.addVersion({
      revision,
      ...{ start: clocks.start, effective: clocks.effective, waits: clocks.waits },
      code: codeOf(facts, clocks, first, ofContext),
      stance: facts.stance,
      content: contentOf(reading),
      cell: cell?.number ?? NONE,
      ...{ knownFrom, knownTo, since },
    });
    if (cell) {
      // A denial stands in the cells of what it denies, and is about none of their points.
      cells.insert(cell, row, facts.place ? cells.slotOf(cell, facts.place) : SLOT.none);
    }
    outside.file(row);
    return row;
  }

  /** A version goes on where it says the same in the same cell, and counts from the same moment on: when it began, it says itself. */
  function continues(row: number, reading: Reading): boolean {
    const version = row - VERSIONS;
    const content = contentOf(reading);
    const { cell, development, ofContext } = reading;
    return (
      versions.contentLow[version] === content.low &&
      versions.contentHigh[version] === content.high &&
      rows.effective(row) === reading.clocks.effective &&
      rows.start(row) === reading.clocks.start &&
      isSameWait(rows.waits(row), reading.clocks.waits) &&
      (development.type !== 'DevelopmentDenied' || rows.isContext(row) === ofContext) &&
      versions.cell[version] === (cell ? cells.open(cell.party, cell.issue).number : NONE)
    );
  }

  return {
    /** A development that is spoken of for the first time: until then it read as it was recorded. */
    begin(entry: Entry): void {
      const { development, revision } = entry;
      const clocks = clocksOf(development, rows.recorded(revision), timeZone);
      const span = { knownFrom: Math.max(clocks.reported, -Number.MAX_VALUE), knownTo: Number.POSITIVE_INFINITY };
      const common = { revision, development, clocks: clocksInCell(clocks), ...span };
      const readings = placesOf(development).map((cell, index) => ({
        ...common,
        cell,
        first: index === 0,
        ofContext: false,
      }));
      for (const reading of readings) push(revision, add(reading, revision));
    },
    /**
     * One more remark is known from some moment on, and all that came before it was known earlier: what is seen today is seen only up
     * to there, and from there on the development reads as given. What reads the same goes on.
     */
    advance(revision: number, readings: readonly Reading[], knownFrom: number, since: number): void {
      const left = new Set(readings);
      const endless: number[] = [];
      for (let row = popEndless(revision); row !== NONE; row = popEndless(revision)) endless.push(row);
      const going: number[] = [];
      for (const row of endless) {
        const same = [...left].find((one) => continues(row, one) && rangeOf(row).from <= one.knownFrom);
        if (same) left.delete(same);
        if (same) going.push(row);
        else for (const kept of shrink(row, Math.max(knownFrom, rangeOf(row).from), since)) push(revision, kept);
      }
      for (const row of going) push(revision, row);
      for (const reading of left) push(revision, add(reading, since));
    },
    /**
     * The family reads so from its last event on, for who knows as much as was known from a moment on: what does not go on is closed,
     * what is new is added. For who knows less, it reads as before.
     */
    update(members: readonly number[], readings: readonly Reading[], since: number, knownFrom: number): void {
      const byRevision = Map.groupBy(coalesced(readings), (one) => one.revision);
      for (const revision of members) {
        const left = new Set(byRevision.get(revision));
        const kept: number[] = [];
        for (const row of openOf(revision)) {
          const { from, to } = rangeOf(row);
          if (to <= knownFrom) {
            kept.push(row);
            continue;
          }
          const start = Math.max(from, knownFrom);
          const same = [...left].find((one) => one.knownFrom === start && one.knownTo <= to && continues(row, one));
          if (same) left.delete(same);
          kept.push(...(same?.knownTo === to ? [row] : shrink(row, same?.knownTo ?? start, since)));
        }
        for (const reading of left) kept.push(add(reading, since));
        rows.setLastOpen(revision, NONE);
        for (const row of kept) if (!isEndless(row)) push(revision, row);
        for (const row of kept) if (isEndless(row)) push(revision, row);
      }
    },
  };
}

const contents = new WeakMap<object, ReturnType<typeof hashOf>>();

function contentOf({ development }: Reading) {
  let content = contents.get(development);
  if (!content) {
    content = hashOf(JSON.stringify(development));
    contents.set(development, content);
  }
  return content;
}

/** Neighbours that read alike are one. */
function coalesced(readings: readonly Reading[]): readonly Reading[] {
  const last = new Map<string, Reading>();
  const done: Reading[] = [];
  for (const reading of readings) {
    const key = `${reading.revision} ${reading.cell?.party} ${reading.cell?.issue}`;
    const before = last.get(key);
    if (before && before.knownTo === reading.knownFrom && alike(before, reading)) {
      last.set(key, { ...before, knownTo: reading.knownTo });
      continue;
    }
    if (before) done.push(before);
    last.set(key, reading);
  }
  return [...done, ...last.values()];
}

function alike(a: Reading, b: Reading): boolean {
  const [left, right] = [contentOf(a), contentOf(b)];
  return (
    left.low === right.low &&
    left.high === right.high &&
    a.clocks.effective === b.clocks.effective &&
    a.clocks.start === b.clocks.start &&
    isSameWait(a.clocks.waits, b.clocks.waits) &&
    a.ofContext === b.ofContext
  );
}

const isSameWait = (a: CellClocks['waits'], b: CellClocks['waits']): boolean =>
  a.effective === b.effective && a.start === b.start;
