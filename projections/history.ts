/** The history of one cell: how a stance evolved, one row an event of the log, corrections and retractions in place. */
import { clocksOf, type Development, isPosition } from '../events/index.ts';
import type { HistoryEntry, Standard } from './answers.ts';
import { type Row, rowsInForce } from './in-force.ts';
import { moment, momentOrAlways } from './moments.ts';
import {
  byPlace,
  type CellDevelopment,
  type CellKey,
  cellsOf,
  deniedBy,
  EMPTY_CELL,
  placeInCell,
  pointOf,
  statedByOf,
  step,
} from './positions.ts';
import type { Standing } from './record.ts';
import { type Saying, sayingsOf, type TakenBack, type Version } from './sayings.ts';

/**
 * What one party stated on one issue, oldest first.
 * @param standing the record as it stands, in the order in which it counts, as far as the gates let it through
 */
export function historyOf(
  standing: readonly Standing[],
  key: CellKey,
  standard: Standard,
  timeZone: string,
): readonly HistoryEntry[] {
  const rows: Row[] = [];
  const inForce = rowsInForce();
  let cell = EMPTY_CELL;
  for (const { one, sayings } of toldIn(standing, key)) {
    const telling: Telling = { one, key, timeZone };
    if (!counts(one, key)) {
      // Retracted, or corrected into another cell: what was on record here stays to be seen.
      const fate = one.removedBy === null ? 'corrected' : 'retracted';
      rows.push(...sayings.map((saying) => aside(rowOf(telling, saying, { effect: fate, status: fate }))));
      continue;
    }
    const next = step(cell, one.development as CellDevelopment, one.clocks.effective, standard);
    const { effect, about } = next;
    cell = next.cell;
    inForce.end(next.ends, effect === 'withdrawn' ? 'withdrawn' : 'superseded');
    const fate: Fate = { effect, status: effect === 'beside' ? 'beside' : 'in-force' };
    for (const saying of sayings) {
      const entry = rowOf(telling, saying, fate);
      const row = saying.kind === 'taken back' ? aside(entry) : { entry, about, withdraws: effect === 'withdrawn' };
      rows.push(row);
      inForce.add(row);
    }
  }
  return rows.map(({ entry }) => entry);
}

interface Told {
  readonly one: Standing;
  readonly sayings: readonly Saying[];
}

/**
 * What a cell has to tell: all that was ever on record there, whatever became of it, and who denied it. A duplicate is not told of: it is
 * a further report of what it went into.
 */
function toldIn(standing: readonly Standing[], key: CellKey): readonly Told[] {
  const all = standing.flatMap((one): Told[] =>
    one.removedBy?.development.type === 'DevelopmentMerged' ? [] : [{ one, sayings: sayingsOf(one) }],
  );
  const here = new Map(
    all.flatMap(({ one, sayings }) =>
      sayings.some((saying) => saying.kind === 'version' && isIn(key, saying.development))
        ? [[one.development.id, one] as const]
        : [],
    ),
  );
  return all
    .filter(({ one: { development } }) => here.has(deniedBy(development) ?? development.id))
    .map((told) => ({ ...told, ...placeInCell(told.one, here) }))
    .sort(byPlace);
}

const isIn = (key: CellKey, development: Development): boolean =>
  cellsOf(development, () => undefined).some(({ party, issue }) => party === key.party && issue === key.issue);

/** Of what is told in a cell, what the fold takes. A denial sets nothing, and stands there whatever became of what it denies. */
const counts = ({ development, removedBy }: Standing, key: CellKey): boolean =>
  removedBy === null && (deniedBy(development) !== null || isIn(key, development));

/** A row that no later word bears on. */
const aside = (entry: HistoryEntry): Row => ({ entry, about: [], withdraws: false });

type Fate = Pick<HistoryEntry, 'effect' | 'status'>;

interface Telling {
  readonly one: Standing;
  readonly key: CellKey;
  readonly timeZone: string;
}

/** @param fate of the development as it stands */
function rowOf(telling: Telling, saying: Saying, fate: Fate): HistoryEntry {
  return saying.kind === 'version' ? versionRow(telling, saying, fate) : takenBackRow(telling, saying);
}

/** Of what was said of another cell there are no words. */
function versionRow({ one, key, timeZone }: Telling, { by, development, fate }: Version, { effect, status }: Fate) {
  const { effective } = clocksOf(development, one.entry.recorded, timeZone, one.corroboratedBy);
  const about = isPosition(development) ? development : undefined;
  const isOurs = about === undefined || isIn(key, about);
  return {
    ...saidBy(by),
    effect: by === one ? effect : 'corrected',
    status: fate === 'stands' ? status : fate,
    shift: (isOurs && about && 'shift' in about ? about.shift : undefined) ?? null,
    point: about ? pointOf(about) : null,
    stance: (isOurs && 'stance' in development ? development.stance : undefined) ?? null,
    occurred: development.occurred ?? null,
    effective: momentOrAlways(effective),
    attribution: development.attribution ?? null,
    speaker: development.speaker ?? null,
    statedBy: statedByOf(development),
    denies: deniedBy(one.development),
    reason: null,
  } satisfies HistoryEntry;
}

/** Of a retraction there is who took it back, when and why: not who had said it. */
const takenBackRow = ({ one: { development } }: Telling, { by, retraction, fate }: TakenBack): HistoryEntry => ({
  ...saidBy(by),
  effect: 'retracted',
  status: fate === 'stands' ? 'in-force' : fate,
  shift: null,
  point: isPosition(development) ? pointOf(development) : null,
  stance: null,
  occurred: retraction.occurred ?? null,
  effective: momentOrAlways(by.clocks.effective),
  attribution: retraction.attribution ?? null,
  speaker: retraction.speaker ?? null,
  statedBy: statedByOf(retraction),
  denies: null,
  reason: retraction.reason,
});

/** Which event of the log a row is, of what it speaks, by whose report, and when that was known. */
const saidBy = ({ entry, clocks, corroboratedBy }: Standing) => ({
  id: entry.development.id,
  type: entry.development.type,
  speaksOf: spokenOf(entry.development),
  reported: momentOrAlways(clocks.reported),
  recorded: moment(entry.recorded),
  source: entry.development.source ?? null,
  corroboratedBy,
});

function spokenOf(development: Development): string | null {
  if (development.type === 'DevelopmentCorrected') return development.corrects;
  return development.type === 'DevelopmentRetracted' ? development.retracts : null;
}
