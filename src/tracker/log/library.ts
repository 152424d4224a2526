/**
 * The words of one negotiation. Where the store reads them back cheaply, what was used last is kept, up to a bound for all negotiations
 * together; else all of them are, so that a reader goes on answering while a server is away.
 */
import { type DemarcheError, type Development, type Entry, isDemarcheError } from '../../../events/index.ts';
import { standingRecord } from '../../../projections/record.ts';
import { type Bounded, bounded } from '../../../projections/time-index/bounded.ts';
import type { Sight } from '../../../projections/time-index/rows.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import type { EventStore, RecordedEvent } from '../../store/port.ts';
import { inPages, nextTurn } from './turns.ts';

export interface Library {
  /** entries of the log by their revisions, in the order asked for */
  entries(revisions: readonly number[]): Promise<readonly Entry[]>;
  /** the same, of which none will be asked for again soon */
  passing(revisions: readonly number[]): Promise<readonly Entry[]>;
  /** keeps an entry at hand that was read anyway */
  keep(entry: Entry): void;
  /** the developments of rows of the index, each as it reads there */
  developments(index: TimeIndex, rows: readonly number[], sight: Sight): Promise<(row: number) => Development>;
  /** the same, for who keeps what it needs of them */
  passingDevelopments(index: TimeIndex, rows: readonly number[], sight: Sight): Promise<(row: number) => Development>;
}

/** What was used last of the words of many logs, by where a log begins and the number of a row in it. */
export interface Shelf {
  readonly entries: Bounded<number, Entry>;
  /** developments as they read after what was said of them */
  readonly versions: Bounded<number, Development>;
  /** where one more log begins */
  begin(): number;
}

/** About a kilobyte each. */
const ENTRIES = 8192;
const VERSIONS = 4096;
const AT_ONCE = 500;

/** More than any row has. */
const ROWS = 2 ** 32;

/** @param entries how many it holds @param versions the same */
export function openShelf(entries = ENTRIES, versions = VERSIONS): Shelf {
  let logs = 0;
  return {
    entries: bounded(entries),
    versions: bounded(versions),
    begin() {
      logs += 1;
      return ROWS * (logs - 1);
    },
  };
}

/**
 * @param shelf where words are kept that are read back cheaply
 * @param entryOf what an event of the store says
 * @param onDamage told of what cannot be read back as it was written
 */
export function library(
  store: EventStore,
  stream: string,
  shelf: Shelf,
  entryOf: (event: RecordedEvent) => Entry,
  onDamage: (error: DemarcheError) => void,
): Library {
  const { versions } = shelf;
  const kept = store.readRevisions ? shelf.entries : bounded<number, Entry>(Number.POSITIVE_INFINITY);
  const first = shelf.begin();
  const keyOf = (row: number): number => first + row;
  const keep = (entry: Entry): void => kept.set(keyOf(entry.revision), entry);

  async function read(revisions: readonly number[], keeps: boolean): Promise<ReadonlyMap<number, Entry>> {
    const found = new Map<number, Entry>();
    const missing: number[] = [];
    for (const revision of new Set(revisions)) {
      const entry = kept.get(keyOf(revision));
      if (entry) found.set(revision, entry);
      else missing.push(revision);
    }
    for (const page of inPages(missing, AT_ONCE)) {
      for (const entry of await readBack(page).catch(noticed)) {
        found.set(entry.revision, entry);
        if (keeps) keep(entry);
      }
      // A long answer does not hold up all others.
      if (missing.length > AT_ONCE) await nextTurn();
    }
    return found;
  }

  const readBack = async (revisions: readonly number[]): Promise<readonly Entry[]> =>
    (await fetch(revisions)).map((event) => entryOf(event));

  function noticed(error: unknown): never {
    if (isDemarcheError(error) && error.code === 'STORE_CORRUPT') onDamage(error);
    throw error;
  }

  async function fetch(revisions: readonly number[]): Promise<readonly RecordedEvent[]> {
    if (store.readRevisions) return store.readRevisions(stream, revisions.map(BigInt));
    const events: RecordedEvent[] = [];
    for (const { from, count } of runsOf(revisions))
      for await (const event of store.readStream(stream, { from: BigInt(from), limit: count })) events.push(event);
    return events;
  }

  async function entries(revisions: readonly number[], keeps = true): Promise<readonly Entry[]> {
    const found = await read(revisions, keeps);
    return revisions.map((revision) => found.get(revision) ?? lost(stream, revision));
  }

  async function developments(
    index: TimeIndex,
    rows: readonly number[],
    { knownOn, upTo }: Sight,
    keeps: boolean,
  ): Promise<(row: number) => Development> {
    const { rows: columns } = index;
    const found = new Map<number, Development>();
    const simple: number[] = [];
    const families = new Map<number, readonly number[]>();
    for (const row of new Set(rows)) {
      const known = columns.isVersion(row) ? versions.get(keyOf(row)) : undefined;
      if (known) found.set(row, known);
      else if (columns.isVersion(row))
        families.set(
          row,
          index.familyOf(columns.revision(row)).filter((member) => member <= upTo),
        );
      else simple.push(row);
    }
    const read = new Map(
      (await entries([...simple, ...[...families.values()].flat()], keeps)).map((entry) => [entry.revision, entry]),
    );
    for (const revision of simple) found.set(revision, read.get(revision)?.development ?? lost(stream, revision));
    for (const [row, members] of families) {
      const family = members.map((member) => read.get(member) ?? lost(stream, member));
      const revision = columns.revision(row);
      const { standing } = standingRecord(family, index.timeZone, { knownOn, recordedBy: null });
      const development = standing.find((one) => one.revision === revision)?.development ?? lost(stream, revision);
      if (keeps) versions.set(keyOf(row), development);
      found.set(row, development);
    }
    return (row) => found.get(row) ?? lost(stream, columns.revision(row));
  }

  return {
    entries: (revisions) => entries(revisions),
    // Where reading back is dear, all is kept.
    passing: (revisions) => entries(revisions, store.readRevisions === undefined),
    keep,
    developments: (index, rows, sight) => developments(index, rows, sight, true),
    passingDevelopments: (index, rows, sight) => developments(index, rows, sight, store.readRevisions === undefined),
  };
}

/** The index and the log do not speak of the same events: nothing can be answered from them. */
function lost(stream: string, revision: number): never {
  throw new Error(`${stream} lost its event ${revision}`);
}

/** Revisions that lie near each other are read together. */
function runsOf(revisions: readonly number[]): readonly { readonly from: number; readonly count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (const revision of revisions.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && revision - run.from < 64) run.count = revision - run.from + 1;
    else runs.push({ from: revision, count: 1 });
  }
  return runs;
}
