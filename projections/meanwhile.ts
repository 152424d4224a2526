/** Meanwhile: what happened to a cell between two moments, and what was said of the record. */
import {
  actOf,
  type Development,
  type DevelopmentOf,
  type Entry,
  isPosition,
  type PositionDevelopment,
} from '../events/index.ts';
import type { Difference } from './answers.ts';
import { shownBy } from './difference.ts';
import { byCell, type CellKey, nameOfCell, replacesAll } from './positions.ts';
import { type Gates, type Remark, type Standing, standingRecord } from './record.ts';
import { targetsOf } from './related.ts';

type Merge = DevelopmentOf<'DevelopmentMerged'>;
type Correction = DevelopmentOf<'DevelopmentCorrected'>;

const isMerge = (remark: Remark): remark is Remark<Merge> => remark.development.type === 'DevelopmentMerged';

/** What counts in each cell at a moment, and everything known then. */
export interface Account {
  readonly asOf: number;
  readonly known: ReadonlyMap<string, Standing>;
  readonly remarks: ReadonlyMap<string, Remark>;
  /** by the development that gained by them */
  readonly merges: ReadonlyMap<string, readonly Remark<Merge>[]>;
  readonly cells: ReturnType<typeof byCell>;
}

export function accountOf(entries: readonly Entry[], timeZone: string, gates: Gates): Account {
  const { standing, remarks } = standingRecord(entries, timeZone, gates);
  const counted = standing.filter(({ clocks, removedBy }) => removedBy === null && clocks.effective <= gates.asOf);
  return {
    asOf: gates.asOf,
    known: new Map(standing.map((one) => [idOf(one), one])),
    remarks,
    merges: Map.groupBy([...remarks.values()].filter(isMerge), ({ development }) => development.into),
    cells: byCell(counted),
  };
}

/** What was known before, as it stood and as it stands now; null: nobody knows of it any more. */
interface Rewritten {
  readonly before: Standing;
  readonly after: Standing | null;
}

export interface Moves {
  /** what had not happened before, or was not known, and is shown or ends other words, in the order in which it counts */
  readonly happened: readonly Standing[];
  /** what is back on the record */
  readonly restored: readonly Rewritten[];
  /** what counted before, and does so no longer */
  readonly left: readonly Rewritten[];
  /** what counts at both moments and reads differently now */
  readonly altered: readonly Rewritten[];
  /** what was said of all these meanwhile, or of what had been said of them, by id */
  readonly remarks: readonly string[];
}

export function movesOf(difference: Difference, before: Account, after: Account): Moves {
  const [was, is] = [countedIn(before, difference), countedIn(after, difference)];
  const shown = new Set(shownBy(difference.after));
  const entered = [...is.values()].filter((one) => !was.has(idOf(one)));
  const earlierOf = (one: Standing): Standing | undefined => {
    const earlier = before.known.get(idOf(one));
    return earlier && earlier.clocks.effective <= before.asOf ? earlier : undefined;
  };
  const back = entered.flatMap((one): readonly Rewritten[] => {
    const earlier = earlierOf(one);
    return earlier ? [{ before: earlier, after: one }] : [];
  });
  const had = [...was.values()].map((one): Rewritten => ({ before: one, after: after.known.get(idOf(one)) ?? null }));
  const stays = ({ before }: Rewritten): boolean => is.has(idOf(before));
  const restored = back.filter(isTouched);
  const left = had.filter((one) => !stays(one) && isTouched(one));
  const altered = had.filter((one) => stays(one) && isTouched(one));
  return {
    happened: entered.filter((one) => !earlierOf(one) && (shown.has(idOf(one)) || endsOthers(one.development))),
    ...{ restored, left, altered },
    remarks: [...restored, ...left, ...altered].flatMap((one) => saidMeanwhile(one, before, after)),
  };
}

/** Was anything said of it? Where nothing was, as of a denial, it came or went with what it speaks of. */
const isTouched = ({ before, after }: Rewritten): boolean =>
  after === null || before.removedBy !== after.removedBy || textOf(before) !== textOf(after);

/** What was said of a development since, or of what had been said of it, and bears on how it reads. */
function saidMeanwhile({ before, after }: Rewritten, { remarks: known }: Account, now: Account): readonly string[] {
  const one = after ?? unknownNow(before, now);
  const removal = before.removedBy ?? one.removedBy;
  const said = [...before.remarks, ...(removal ? [removal] : [])].map(
    (remark) => now.remarks.get(idOf(remark)) ?? unknownNow(remark, now),
  );
  const isRedated = before.clocks.effective !== after?.clocks.effective;
  return [
    ...remarksOn(one, known),
    ...said.flatMap((remark) => toldAnew(remark, true, known)),
    ...(isRedated ? furtherReports(one, known, now) : []),
  ];
}

/** What nobody knows of yet, as it turns out, with what is known all the same to have been said of it. */
function unknownNow<D extends Development>(before: Standing<D>, { remarks: known }: Account): Standing<D> {
  const remarks = [...known.values()].filter(({ development }) =>
    targetsOf(development).some(({ id }) => id === idOf(before)),
  );
  return { ...before, remarks, corrections: remarks.filter(isCorrectionInEffect) };
}

const isCorrectionInEffect = (remark: Remark): remark is Remark<Correction> =>
  remark.removedBy === null && remark.development.type === 'DevelopmentCorrected';

const remarksOn = (one: Standing, known: Account['remarks']): readonly string[] =>
  one.remarks.flatMap((remark) => {
    const bears = remark === one.removedBy || one.corrections.some((correction) => correction === remark);
    return toldAnew(remark, bears, known);
  });

/** A remark that was not known before, if it bears on what it is about; and what was said since of that one. */
function toldAnew(remark: Remark, bears: boolean, known: Account['remarks']): readonly string[] {
  const since = remarksOn(remark, known);
  if (known.has(idOf(remark))) return since;
  return bears ? [idOf(remark), ...since] : [];
}

/** What moved the moment from which on something is known: further reports, of itself or of what went into it. */
const furtherReports = (one: Standing, known: Account['remarks'], now: Account): readonly string[] => [
  ...one.remarks
    .filter(({ development }) => development.type === 'DevelopmentCorroborated')
    .flatMap((remark) => toldAnew(remark, remark.removedBy === null, known)),
  ...(now.merges.get(idOf(one)) ?? []).flatMap((merge) => {
    const duplicate = now.known.get(merge.development.duplicate);
    if (duplicate?.removedBy !== merge) return toldAnew(merge, false, known);
    return [...toldAnew(merge, true, known), ...remarksOn(duplicate, known), ...furtherReports(duplicate, known, now)];
  }),
];

/** A withdrawal, or words instead of all that was held: they may be gone again by the later moment, and what they ended is gone still. */
const endsOthers = (development: Development): boolean => isWithdrawal(development) || replacesAll(development);

export const isWithdrawal = (development: Development): development is PositionDevelopment =>
  isPosition(development) && actOf(development.type) === 'withdraw';

const countedIn = ({ cells }: Account, key: CellKey): ReadonlyMap<string, Standing> =>
  new Map((cells.get(nameOfCell(key))?.standing ?? []).map((one) => [one.development.id, one]));

const textOf = ({ development, clocks }: Standing): string => JSON.stringify([development, clocks.effective]);

export const idOf = ({ development }: Standing): string => development.id;
