/** Why a cell reads differently at another moment: what happened meanwhile, and what the record had wrong. */
import { civilDay, type Entry, isPosition } from '../events/index.ts';
import type { Difference, Effect, Position, Standard } from './answers.ts';
import { accountOf, idOf, isWithdrawal, type Moves, movesOf } from './meanwhile.ts';
import { pointOf, replacesAll } from './positions.ts';
import type { Gates, Standing } from './record.ts';
import { meets } from './standards.ts';

/**
 * Tells differences by what made them so.
 * @param entries the whole log; or at least each event that counts in one of these cells at one moment and not at the other, if something
 *   speaks of it, it ends other words or the later position shows it, with all that bears on it
 */
export function accounted(
  differences: readonly Difference[],
  entries: readonly Entry[],
  { timeZone, from, to, standard }: { timeZone: string; from: Gates; to: Gates; standard: Standard },
): readonly Difference[] {
  const [before, after] = [accountOf(entries, timeZone, from), accountOf(entries, timeZone, to)];
  return differences.map((difference) => told(difference, movesOf(difference, before, after), { timeZone, standard }));
}

interface Reading {
  readonly timeZone: string;
  readonly standard: Standard;
}

function told(difference: Difference, moves: Moves, reading: Reading): Difference {
  const isNews = new Set([...moves.happened, ...moves.altered.map(({ before }) => before)].map(idOf));
  const endings = endingsAmong(moves.happened, difference, reading.standard);
  const change = effectOf(difference, moves, endings, reading);
  return {
    ...difference,
    change,
    shift: change === 'changed' ? difference.shift : null,
    developments: [
      ...new Set([...difference.developments.filter((id) => isNews.has(id)), ...endings.map(idOf), ...moves.remarks]),
    ],
  };
}

/** The word for it, where the two states alone do not say: the world moved, or the record was wrong. */
function effectOf(
  { change, before, after }: Difference,
  { happened, restored, left, altered }: Moves,
  endings: readonly Standing[],
  reading: Reading,
): Effect {
  if (change === 'beside') return change;
  const byTheRecord = byRecord({ restored, left, altered });
  if (happened.length === 0) return byTheRecord ?? change;
  const anew = saidAnew(before, after);
  if (anew.length > 0)
    return anew.some((point) => happened.some(isBeginningOf(point, reading))) ? change : (byTheRecord ?? change);
  if (endings.some((one) => isWithdrawal(one.development))) return 'withdrawn';
  // Words instead of all that was held, and gone again themselves.
  if (endings.length > 0) return after?.status === 'held' ? 'changed' : change;
  return endedIn(before, after).size > 0 ? (byTheRecord ?? change) : change;
}

/** Retracted is what is gone because it was wrong; of all else that is not as it was on record, the record was put right. */
function byRecord({ restored, left, altered }: Pick<Moves, 'restored' | 'left' | 'altered'>): Effect | null {
  if (left.length + restored.length + altered.length === 0) return null;
  const isGone = left.every(({ after }) => after?.removedBy?.development.type === 'DevelopmentRetracted');
  return isGone && restored.length + altered.length === 0 ? 'retracted' : 'corrected';
}

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
export const endedIn = (before: Position | null, after: Position | null): ReadonlySet<string> =>
  pointsIn(before).difference(pointsIn(after));

const pointsIn = (position: Position | null): ReadonlySet<string> =>
  new Set(position?.points.map(({ point }) => point));

/** What ended points that were in force: the withdrawals of them, and where there is none, the first words that stood for all that was held. */
function endingsAmong(
  happened: readonly Standing[],
  { before, after }: Difference,
  standard: Standard,
): readonly Standing[] {
  const ended = [...endedIn(before, after)];
  const met = happened.filter(({ development }) => isPosition(development) && meets(standard, development.attribution));
  const withdrawals = met.filter((one) => ended.some((point) => withdraws(one, point)));
  const others = ended.filter((point) => !withdrawals.some((one) => withdraws(one, point)));
  return [...withdrawals, ...others.flatMap((point) => met.find((one) => replaces(one, point)) ?? [])];
}

const withdraws = ({ development }: Standing, point: string): boolean =>
  isWithdrawal(development) && [null, point].includes(pointOf(development));

const replaces = ({ development }: Standing, point: string): boolean =>
  isPosition(development) && replacesAll(development) && pointOf(development) !== point;
