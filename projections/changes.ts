/**
 * Changes: what each event of the log did to positions. Each is found on its own, in the index of the log, so that a reader may begin
 * anywhere and stop at any change, and goes on from there later, here or in another process.
 */
import {
  type Clocks,
  clocksOf,
  type Development,
  type Entry,
  isPosition,
  isRecord,
  type PositionDevelopment,
} from '../events/index.ts';
import type { Change, Difference, Standard } from './answers.ts';
import { differenceOf } from './difference.ts';
import { moment } from './moments.ts';
import { type CellKey, cellsOf, clocksInCell, EMPTY_CELL, nameOfCell } from './positions.ts';
import { type Standing, standingRecord } from './record.ts';
import { growRelations, relatedTo } from './related.ts';
import { type IndexedCell, isSameInRows, type ResolvedCell } from './time-index/cell.ts';
import { cellFrom, type Read, rowsOf } from './time-index/cell-answer.ts';
import { EVER, type Sight } from './time-index/rows.ts';
import type { TimeIndex } from './time-index/time-index.ts';

/** A log and its index, from which words are read back. */
export interface IndexedLog {
  readonly index: TimeIndex;
  /** events by their revisions, in the order asked for */
  entries(revisions: readonly number[]): Promise<readonly Entry[]>;
  /** the developments of rows of the index, each as it reads there */
  read(rows: readonly number[], sight: Sight): Promise<Read>;
}

/**
 * Which positions an event of the log changed under a standard, in the order of its parties, whatever was recorded after it.
 * @param entry of that log, indexed already
 */
export async function changesOf(log: IndexedLog, entry: Entry, standard: Standard): Promise<readonly Change[]> {
  const changes: Omit<Change, 'cursor'>[] = [];
  const family = await familyOf(log, entry);
  for (const touched of touchedBy(family, entry, log.index.timeZone)) {
    const movement = await movementIn(log, touched, entry.revision, standard);
    if (movement) changes.push({ ...changeOf(entry, family, movement), standard });
  }
  return changes.map((change, index) => ({ ...change, cursor: cursorOf(change.position, index, changes.length) }));
}

/** A cell, and when what an event altered in it counts: its first moment and its last. */
interface Touched extends CellKey {
  readonly from: number;
  readonly to: number;
}

/** An event, the last of them, with all that bore on it when it was recorded. */
async function familyOf({ index, entries }: IndexedLog, entry: Entry): Promise<readonly Entry[]> {
  const { development, revision } = entry;
  const family = index.familyOf(revision).filter((member) => member <= revision);
  return family.length === 1 && !isRecord(development) ? [entry] : relatedAmong(await entries(family), entry);
}

function touchedBy(family: readonly Entry[], entry: Entry, timeZone: string): readonly Touched[] {
  const { development, recorded } = entry;
  if (family.length > 1 || isRecord(development))
    return parted(placed(family.slice(0, -1), timeZone), placed(family, timeZone));
  const { effective } = clocksOf(development, recorded, timeZone);
  return cellsOf(development, () => undefined).map((key) => ({ ...key, from: effective, to: effective }));
}

/** What bears on an event: some of its family were tied to it by later ones only. It is the last of them itself. */
function relatedAmong(family: readonly Entry[], { development }: Entry): readonly Entry[] {
  const relations = growRelations();
  for (const member of family) relations.add(member);
  return relatedTo(relations, [development.id]);
}

/** A development where it counts, and from when on: a denial not before what it denies. */
export interface Placed {
  readonly key: CellKey;
  readonly row: Standing;
  readonly from: number;
}

/** Developments, all that speak of one another among them, as they stand in hindsight, each in the cells in which it counts. */
export function placed(related: readonly Entry[], timeZone: string): readonly Placed[] {
  const { standing } = standingRecord(related, timeZone, { knownOn: null, recordedBy: null });
  const rows = standing.filter(({ removedBy }) => removedBy === null);
  const positions = new Map<string, { readonly development: PositionDevelopment; readonly clocks: Clocks }>();
  for (const { development, clocks } of rows)
    if (isPosition(development)) positions.set(development.id, { development, clocks });
  return rows.flatMap((row) => {
    const { development, clocks } = row;
    const denied = development.type === 'DevelopmentDenied' ? positions.get(development.denies) : undefined;
    const from = clocksInCell(clocks, denied?.clocks).effective;
    return cellsOf(development, () => denied?.development).map((key) => ({ key, row, from }));
  });
}

/** The cells in which not the same counts before and after. */
function parted(before: readonly Placed[], after: readonly Placed[]): readonly Touched[] {
  const [had, has] = [new Set(before.map(textOf)), new Set(after.map(textOf))];
  const cells = new Map<string, { -readonly [field in keyof Touched]: Touched[field] }>();
  for (const one of [...before, ...after]) {
    const name = nameOfCell(one.key);
    const cell = cells.get(name) ?? { ...one.key, ...NOWHERE };
    cells.set(name, cell);
    const text = textOf(one);
    if (had.has(text) && has.has(text)) continue;
    cell.from = Math.min(cell.from, one.from);
    cell.to = Math.max(cell.to, one.from);
  }
  return [...cells.values()].filter(({ from, to }) => from <= to);
}

const NOWHERE = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

const textOf = ({ key: { party, issue }, row: { revision, development, clocks }, from }: Placed): string =>
  JSON.stringify([party, issue, revision, development, clocks.effective, clocks.start, from]);

interface Movement {
  readonly difference: Difference;
  /** the current position is the same with and without it */
  readonly past: boolean;
  /** the span of asOf in which the cell reads differently */
  readonly from: number;
  readonly to: number | null;
}

/** Where the histories of a cell without an event and with it part, and where they come together again. */
async function movementIn(
  log: IndexedLog,
  { from, to, ...key }: Touched,
  revision: number,
  standard: Standard,
): Promise<Movement | undefined> {
  const { index } = log;
  const cell = index.cellOf(key);
  if (!cell) return undefined;
  const compare = comparison(log, cell, revision, standard);
  const { difference: current } = await compare(EVER);
  let first: { readonly at: number; readonly difference: Difference } | undefined;
  let together: number | null = null;
  for (let at = from; at < Number.POSITIVE_INFINITY; at = index.nextMoment(cell, at)) {
    const { difference, alike } = await compare(at);
    if (difference) {
      first ??= { at, difference };
      together = null;
      if (current) break;
    } else if (first) together ??= at;
    // What rests on the same rows goes on so.
    if (alike && at >= to) break;
  }
  if (!first) return undefined;
  return current
    ? { difference: current, past: false, from: first.at, to: null }
    : { difference: first.difference, past: true, from: first.at, to: together };
}

interface Compared {
  readonly before: ResolvedCell | undefined;
  readonly after: ResolvedCell | undefined;
  /** they rest on the very same rows */
  readonly alike: boolean;
  /** how they read differently */
  readonly difference: Difference | undefined;
}

/** What a cell holds at a moment without an event and with it. */
function comparison(log: IndexedLog, cell: IndexedCell, revision: number, standard: Standard) {
  const { index } = log;
  const sightAt = (asOf: number, upTo: number): Sight => ({ asOf, by: asOf, knownOn: EVER, upTo });
  let last: Compared | undefined;

  async function told(resolved: ResolvedCell | undefined, sight: Sight) {
    return resolved ? cellFrom(resolved, await log.read(rowsOf(resolved), sight)) : EMPTY_CELL;
  }

  return async (asOf: number): Promise<Compared> => {
    const [without, within] = [sightAt(asOf, revision - 1), sightAt(asOf, revision)];
    const [before] = index.resolve([cell], without, standard);
    const [after] = index.resolve([cell], within, standard);
    if (isSameInRows(before, after)) return { before, after, alike: true, difference: undefined };
    if (last && isSameInRows(last.before, before) && isSameInRows(last.after, after)) return last;
    const difference = differenceOf(cell, await told(before, without), await told(after, within), index.timeZone);
    last = { before, after, alike: false, difference };
    return last;
  };
}

function changeOf(
  { development, position, revision, recorded }: Entry,
  family: readonly Entry[],
  { difference, past, from, to }: Movement,
): Omit<Change, 'cursor' | 'standard'> {
  const { negotiation } = development;
  const pinned = moment(recorded);
  const asOf = past && Number.isFinite(from) ? moment(from) : pinned;
  return {
    negotiation,
    position,
    revision: String(revision),
    development: development.id,
    type: development.type,
    recorded: pinned,
    party: difference.party,
    issue: difference.issue,
    change: effectOfRemark(development, family) ?? difference.change,
    shift: difference.shift,
    before: difference.before,
    after: difference.after,
    past,
    alters: { from: Number.isFinite(from) ? moment(from) : null, to: to === null ? null : moment(to) },
    link: `/api/negotiations/${negotiation}/state?${new URLSearchParams({ asOf, knownOn: pinned, recordedBy: pinned })}`,
  };
}

/** *Superseded* (the world moved) and *corrected* or *retracted* (the record was wrong) are different words. */
function effectOfRemark(development: Development, family: readonly Entry[]): Change['change'] | undefined {
  switch (development.type) {
    case 'DevelopmentRetracted':
      // Who takes back what was said about the record takes no words away, but puts the record right.
      return family.some((member) => isRemark(member.development) && member.development.id === development.retracts)
        ? 'corrected'
        : 'retracted';
    // A merge takes a second telling of one thing off the record.
    case 'DevelopmentCorrected':
    case 'DevelopmentCorroborated':
    case 'DevelopmentMerged':
      return 'corrected';
    default:
      return undefined;
  }
}

const isRemark = (development: Development): boolean =>
  isRecord(development) && development.type !== 'DevelopmentDenied';

/** A reader that has seen the last change of a position goes on after it; within one, after the change of that number. */
const cursorOf = (position: string, index: number, of: number): string =>
  index === of - 1 ? position : `${position}.${index}`;
