/**
 * Positions: the fold for one party and one issue. What a party holds is a set of points in force; what does not meet the standard
 * is kept beside them.
 */
import {
  type Attribution,
  actOf,
  type Clocks,
  civilDay,
  compare,
  type Development,
  type DevelopmentOf,
  isPosition,
  type Ordered,
  type PositionDevelopment,
  partiesOf,
} from '../events/index.ts';
import type { Beside, Effect, Point, Position, Standard } from './answers.ts';
import type { Standing } from './record.ts';
import { meets } from './standards.ts';

export const MAIN = 'main';

/** A point in force. Moments in milliseconds since 1970. */
export interface HeldPoint {
  readonly point: string;
  readonly stance: string | null;
  readonly act: PositionDevelopment['type'];
  readonly setBy: string;
  readonly since: number;
  readonly lastAffirmed: number;
  readonly timesReiterated: number;
  readonly attribution: Attribution;
  /** who says so, where it is not the party itself */
  readonly statedBy: string | null;
  readonly shift: NonNullable<Extract<PositionDevelopment, { shift?: unknown }>['shift']> | null;
  /** what set it in these words, and what affirmed it since, in the order in which it counts */
  readonly restsOn: readonly string[];
}

/** All that one party holds on one issue. */
export interface Cell {
  /** in the order in which their words were set */
  readonly points: readonly HeldPoint[];
  readonly beside: readonly Beside[];
  /** what withdrew the last of it; null while anything is in force, or when nothing ever was */
  readonly withdrawnBy: string | null;
}

export const EMPTY_CELL: Cell = { points: [], beside: [], withdrawnBy: null };

/** Some points of a cell; null: all of them, whatever they are named. */
export type Points = readonly string[] | null;

/** One development in a cell, and what it did there. */
export interface Step {
  readonly cell: Cell;
  readonly effect: Effect;
  /** the points it set, affirmed or withdrew */
  readonly about: Points;
  /** the points whose earlier words it took out of force */
  readonly ends: Points;
}

type Denial = DevelopmentOf<'DevelopmentDenied'>;
export type CellDevelopment = PositionDevelopment | Denial;

/** The fold: a cell, and the next development that counts in it. */
export function step(cell: Cell, development: CellDevelopment, effective: number, standard: Standard): Step {
  if (development.type === 'DevelopmentDenied' || !meets(standard, development.attribution))
    return {
      cell: { ...cell, beside: [...cell.beside, besideOf(development)] },
      effect: 'beside',
      about: [],
      ends: [],
    };
  switch (actOf(development.type)) {
    case 'set':
      return set(cell, development, effective);
    case 'reiterate':
      return reiterate(cell, development, effective);
    case 'withdraw':
      return withdraw(cell, development);
  }
}

/** The point a development is about; for a withdrawal without one, null: all of them. */
export function pointOf(development: PositionDevelopment): string | null {
  if (development.point !== undefined) return development.point;
  if (development.type === 'ConditionAttached') return development.id;
  return actOf(development.type) === 'withdraw' ? null : MAIN;
}

/** Does it stand for everything that was held, not for its point alone? */
export const replacesAll = (development: Development): boolean =>
  'replaces' in development && development.replaces === 'position';

function set(cell: Cell, development: PositionDevelopment, effective: number): Step {
  const key = pointOf(development) ?? MAIN;
  const stance = development.stance ?? null;
  const before = cell.points.find(({ point }) => point === key);
  const same = before !== undefined && before.stance === stance;
  const next: HeldPoint = {
    point: key,
    stance,
    act: development.type,
    setBy: development.id,
    since: same ? before.since : effective,
    lastAffirmed: effective,
    timesReiterated: same ? before.timesReiterated : 0,
    attribution: development.attribution,
    statedBy: statedByOf(development),
    shift: ('shift' in development ? development.shift : undefined) ?? null,
    restsOn: same ? [...before.restsOn, development.id] : [development.id],
  };
  const all = replacesAll(development);
  const others = cell.points.filter(({ point }) => point !== key);
  const points = all ? [next] : same ? replaced(cell.points, next) : [...others, next];
  return {
    cell: { points, beside: key === MAIN ? [] : cell.beside, withdrawnBy: null },
    effect: effectOfSetting(development.type, {
      same: same && (!all || cell.points.length === 1),
      replacing: before !== undefined || (all && cell.points.length > 0),
    }),
    about: [key],
    ends: same ? otherPoints(all ? cell : EMPTY_CELL, key) : all ? null : [key],
  };
}

const otherPoints = ({ points }: Cell, key: string): readonly string[] =>
  points.flatMap(({ point }) => (point === key ? [] : [point]));

function effectOfSetting(
  type: PositionDevelopment['type'],
  { same, replacing }: { same: boolean; replacing: boolean },
): Effect {
  if (same) return 'reiterated';
  if (type === 'ConditionAttached') return 'conditioned';
  return replacing ? 'changed' : 'new';
}

function reiterate(cell: Cell, development: PositionDevelopment, effective: number): Step {
  const key = pointOf(development) ?? MAIN;
  const before = cell.points.find(({ point }) => point === key);
  if (!before) return set(cell, development, effective);
  const next: HeldPoint = {
    ...before,
    lastAffirmed: effective,
    timesReiterated: before.timesReiterated + 1,
    restsOn: [...before.restsOn, development.id],
  };
  return { cell: { ...cell, points: replaced(cell.points, next) }, effect: 'reiterated', about: [key], ends: [] };
}

function withdraw(cell: Cell, development: PositionDevelopment): Step {
  const key = pointOf(development);
  const points = key === null ? [] : cell.points.filter(({ point }) => point !== key);
  return {
    cell: { ...cell, points, withdrawnBy: points.length === 0 ? development.id : null },
    effect: 'withdrawn',
    about: key === null ? null : [key],
    ends: key === null ? null : [key],
  };
}

const replaced = (points: readonly HeldPoint[], next: HeldPoint): readonly HeldPoint[] =>
  points.map((point) => (point.point === next.point ? next : point));

/** What does not meet the standard, or is a denial, as it is shown beside a position. */
export const besideOf = (development: CellDevelopment): Beside => ({
  id: development.id,
  type: development.type,
  stance: development.stance ?? null,
  attribution: development.attribution,
  statedBy: statedByOf(development),
  occurred: development.occurred,
  denies: deniedBy(development),
});

/** Who says so, where that has to be said: of a denial the party that denies, of an account the party that gives it. */
export const statedByOf = (development: Development): string | null =>
  (development.type === 'DevelopmentDenied' ? development.party : development.statedBy) ?? null;

/** The development that a denial denies. */
export const deniedBy = (development: Development): string | null =>
  development.type === 'DevelopmentDenied' ? development.denies : null;

/** A cell as it is answered. */
export function positionOf(party: string, issue: string, cell: Cell, timeZone: string): Position {
  const isMain = ({ point }: HeldPoint): boolean => point === MAIN;
  const held = [...cell.points.filter(isMain), ...cell.points.filter((point) => !isMain(point))];
  const points = held.map((point) => pointAnswer(point, timeZone));
  const main = points.find(({ point }) => point === MAIN);
  return {
    party,
    issue,
    stance: main?.stance ?? null,
    act: main?.act ?? null,
    setBy: main?.setBy ?? null,
    since: main?.since ?? null,
    lastAffirmed: main?.lastAffirmed ?? null,
    timesReiterated: main?.timesReiterated ?? null,
    attribution: main?.attribution ?? null,
    statedBy: main?.statedBy ?? null,
    status: points.length > 0 ? 'held' : cell.withdrawnBy !== null ? 'withdrawn' : 'none',
    points,
    beside: cell.beside,
    developments: [
      ...new Set([...held.flatMap(({ restsOn }) => restsOn), ...(cell.withdrawnBy === null ? [] : [cell.withdrawnBy])]),
    ],
  };
}

const pointAnswer = (held: HeldPoint, timeZone: string): Point => ({
  point: held.point,
  stance: held.stance,
  act: held.act,
  setBy: held.setBy,
  since: civilDay(held.since, timeZone),
  lastAffirmed: civilDay(held.lastAffirmed, timeZone),
  timesReiterated: held.timesReiterated,
  attribution: held.attribution,
  statedBy: held.statedBy,
});

export interface CellKey {
  readonly party: string;
  readonly issue: string;
}

/** A cell as the key of a map: no slug has a space. */
export const nameOfCell = ({ party, issue }: CellKey): string => `${party} ${issue}`;

/** The clocks of a development in a cell. */
export interface CellClocks extends Clocks {
  /** when a denial would count that waits for what it denies; of all else `NO_WAIT` */
  readonly waits: Pick<Clocks, 'effective' | 'start'>;
}

export const NO_WAIT: CellClocks['waits'] = { effective: Number.NEGATIVE_INFINITY, start: Number.NEGATIVE_INFINITY };

/**
 * When a development counts in a cell. What is denied may count later than the denial, being known to the month only: it would clear
 * the denial away. So a denial counts from where both do, behind what it denies.
 */
export function clocksInCell(clocks: Clocks, denied?: Clocks): CellClocks {
  const { effective, start } = denied ?? clocks;
  const isLater = effective > clocks.effective || (effective === clocks.effective && start > clocks.start);
  return isLater ? { ...clocks, effective, start, waits: clocks } : { ...clocks, waits: NO_WAIT };
}

/** What is put in order in a cell. */
export interface InCell extends Ordered {
  readonly clocks: CellClocks;
}

/** The order in a cell: as everywhere, but that denials come behind what they waited for, in their own order. */
export const byPlace = (a: InCell, b: InCell): number =>
  compare(a.clocks.effective, b.clocks.effective) ||
  compare(a.clocks.start, b.clocks.start) ||
  compare(a.clocks.waits.effective, b.clocks.waits.effective) ||
  compare(a.clocks.waits.start, b.clocks.waits.start) ||
  a.revision - b.revision;

/** What counts in which cell, in the order in which it counts there. A denial counts where the denied development does. */
export function byCell(
  counted: readonly Standing[],
): ReadonlyMap<string, CellKey & { readonly standing: readonly Standing[] }> {
  const cells = new Map<string, CellKey & { readonly standing: Standing[] }>();
  const positions = new Map<string, Standing<PositionDevelopment>>();
  for (const one of counted) if (isPositionStanding(one)) positions.set(one.development.id, one);
  for (const { one } of counted.map((one) => ({ one, ...placeInCell(one, positions) })).sort(byPlace)) {
    for (const key of cellsOf(one.development, (id) => positions.get(id)?.development)) {
      const name = nameOfCell(key);
      const cell = cells.get(name);
      if (cell) cell.standing.push(one);
      else cells.set(name, { ...key, standing: [one] });
    }
  }
  return cells;
}

const isPositionStanding = (one: Standing): one is Standing<PositionDevelopment> => isPosition(one.development);

/** The place of a development in a cell. @param deniable what it may deny there, by id */
export const placeInCell = (one: Standing, deniable: ReadonlyMap<string, Standing>): InCell => ({
  revision: one.revision,
  clocks: clocksInCell(one.clocks, deniable.get(deniedBy(one.development) ?? '')?.clocks),
});

/** The cells a development touches. */
export function cellsOf(
  development: Development,
  find: (id: string) => PositionDevelopment | undefined,
): readonly CellKey[] {
  const about =
    development.type === 'DevelopmentDenied'
      ? find(development.denies)
      : isPosition(development)
        ? development
        : undefined;
  return about ? partiesOf(about).map((party) => ({ party, issue: about.issue })) : [];
}

/** Folds the developments of one cell. */
export const foldCell = (standing: readonly Standing[], standard: Standard): Cell =>
  standing.reduce(
    (cell, { development, clocks }) => step(cell, development as CellDevelopment, clocks.effective, standard).cell,
    EMPTY_CELL,
  );
