/** Why a cell reads differently at another moment: what happened meanwhile, and what the record had wrong. */
import {
  actOf,
  civilDay,
  type Development,
  type Entry,
  isPosition,
  type PositionDevelopment,
} from '../events/index.ts';
import type { Difference, Effect, Position, Standard } from './answers.ts';
import { byCell, type CellKey, pointOf } from './positions.ts';
import { type Gates, type Standing, standingRecord } from './record.ts';
import { meets } from './standards.ts';

/** What counts in each cell at a moment, and everything known then. */
interface Account {
  readonly asOf: number;
  readonly known: ReadonlyMap<string, Standing>;
  readonly cells: ReturnType<typeof byCell>;
}

/**
 * Tells differences by what made them so.
 * @param entries of the log; or those that count in a cell at one of the two moments only, with all that bears on them, as far as they were
 * spoken of, withdraw, or are what the later position shows
 */
export function accounted(
  differences: readonly Difference[],
  entries: readonly Entry[],
  { timeZone, from, to, standard }: { timeZone: string; from: Gates; to: Gates; standard: Standard },
): readonly Difference[] {
  const [before, after] = [accountOf(entries, timeZone, from), accountOf(entries, timeZone, to)];
  return differences.map((difference) => told(difference, movesOf(difference, before, after), { timeZone, standard }));
}

function accountOf(entries: readonly Entry[], timeZone: string, gates: Gates): Account {
  const { standing } = standingRecord(entries, timeZone, gates);
  const counted = standing.filter(({ clocks, removedBy }) => removedBy === null && clocks.effective <= gates.asOf);
  return {
    asOf: gates.asOf,
    known: new Map(standing.map((one) => [one.development.id, one])),
    cells: byCell(counted),
  };
}

interface Moves {
  /** what had not happened before, or was not known, and is shown or withdraws, in the order in which it counts */
  readonly happened: readonly Standing[];
  /** what is back on the record */
  readonly restored: readonly Standing[];
  /** what counted before, as it stands now; null: nobody knows of it any more */
  readonly left: readonly (Standing | null)[];
  /** what counts at both moments and reads differently now */
  readonly altered: readonly { readonly before: Standing; readonly after: Standing }[];
}

function movesOf(difference: Difference, before: Account, after: Account): Moves {
  const [was, is] = [countedIn(before, difference), countedIn(after, difference)];
  const shown = new Set(shownBy(difference.after));
  const entered = [...is.values()].filter(({ development }) => !was.has(development.id));
  const isRestored = ({ development }: Standing): boolean => {
    const earlier = before.known.get(development.id);
    return earlier !== undefined && earlier.clocks.effective <= before.asOf;
  };
  return {
    happened: entered.filter((one) => !isRestored(one) && (shown.has(idOf(one)) || isWithdrawal(one.development))),
    restored: entered.filter(isRestored),
    left: [...was.keys()].filter((id) => !is.has(id)).map((id) => after.known.get(id) ?? null),
    altered: [...was.values()].flatMap((one) => {
      const now = is.get(one.development.id);
      return now && textOf(now) !== textOf(one) ? [{ before: one, after: now }] : [];
    }),
  };
}

/** What a position rests on, and what is beside it. */
const shownBy = (position: Position | null): readonly string[] =>
  position ? [...position.developments, ...position.beside.map(({ id }) => id)] : [];

const isWithdrawal = (development: Development): development is PositionDevelopment =>
  isPosition(development) && actOf(development.type) === 'withdraw';

const countedIn = ({ cells }: Account, { party, issue }: CellKey): ReadonlyMap<string, Standing> =>
  new Map((cells.get(`${party} ${issue}`)?.standing ?? []).map((one) => [one.development.id, one]));

const textOf = ({ development, clocks }: Standing): string => JSON.stringify([development, clocks.effective]);

interface Reading {
  readonly timeZone: string;
  readonly standard: Standard;
}

function told(difference: Difference, moves: Moves, reading: Reading): Difference {
  const { happened, restored, left, altered } = moves;
  const isNews = new Set([...happened, ...restored, ...altered.map(({ after }) => after)].map(idOf));
  const withdrawals = withdrawalsAmong(happened, difference, reading.standard);
  const change = effectOf(difference, moves, withdrawals, reading);
  return {
    ...difference,
    change,
    shift: change === 'changed' ? difference.shift : null,
    developments: [
      ...new Set([
        ...difference.developments.filter((id) => isNews.has(id)),
        ...withdrawals.map(idOf),
        ...left.flatMap((one) => (one ? remarksOn(one) : [])),
        ...altered.flatMap(({ before, after }) => {
          const known = new Set(remarksOn(before));
          return remarksOn(after).filter((id) => !known.has(id));
        }),
      ]),
    ],
  };
}

/** The word for it, where the two states alone do not say: the world moved, or the record was wrong. */
function effectOf(
  { change, before, after }: Difference,
  { happened, restored, left, altered }: Moves,
  withdrawals: readonly Standing[],
  reading: Reading,
): Effect {
  if (change === 'beside') return change;
  const isCorrected = altered.length > 0 || left.some((one) => one?.removedBy?.development.type !== REMOVAL);
  const byTheRecord =
    left.length + restored.length + altered.length === 0 ? null : isCorrected ? 'corrected' : 'retracted';
  if (happened.length === 0) return byTheRecord ?? change;
  const anew = saidAnew(before, after);
  if (anew.length > 0)
    return anew.some((point) => happened.some(isBeginningOf(point, reading))) ? change : (byTheRecord ?? change);
  if (withdrawals.length > 0) return 'withdrawn';
  return endedIn(before, after).size > 0 ? (byTheRecord ?? change) : change;
}

const REMOVAL = 'DevelopmentRetracted';

/** The points that are in force in other words than before, or in the same since another day. */
const saidAnew = (before: Position | null, after: Position | null): Position['points'] =>
  (after?.points ?? []).filter(
    ({ point, stance, since }) =>
      !before?.points.some((one) => one.point === point && one.stance === stance && one.since === since),
  );

/** Is a development what put the words of a point in force? */
const isBeginningOf =
  ({ point, since }: Position['points'][number], { timeZone, standard }: Reading) =>
  ({ development, clocks }: Standing): boolean =>
    isPosition(development) &&
    pointOf(development) === point &&
    civilDay(clocks.effective, timeZone) === since &&
    meets(standard, development.attribution);

/** The points that were in force and are so no longer. */
function endedIn(before: Position | null, after: Position | null): ReadonlySet<string> {
  const ended = new Set((before?.points ?? []).map(({ point }) => point));
  for (const { point } of after?.points ?? []) ended.delete(point);
  return ended;
}

/** What ended points that were in force. */
function withdrawalsAmong(
  happened: readonly Standing[],
  { before, after }: Difference,
  standard: Standard,
): readonly Standing[] {
  const ended = endedIn(before, after);
  return happened.filter(({ development }) => {
    if (!isWithdrawal(development) || !meets(standard, development.attribution)) return false;
    const point = pointOf(development);
    return point === null ? ended.size > 0 : ended.has(point);
  });
}

const idOf = ({ development }: Standing): string => development.id;

/** What was said about a development and bears on how it reads. */
const remarksOn = ({ corrections, removedBy }: Standing): readonly string[] => [
  ...corrections.map(({ development }) => development.id),
  ...(removedBy ? [removedBy.development.id] : []),
];
