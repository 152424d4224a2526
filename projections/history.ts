/** The history of one cell: how a stance evolved, one row an event of the log, corrections and retractions in place. */
import { clocksOf, type Development, isPosition } from '../events/index.ts';
import type { HistoryEntry, Standard } from './answers.ts';
import { corrected } from './corrected.ts';
import { momentOrAlways } from './moments.ts';
import {
  type CellDevelopment,
  type CellKey,
  cellsOf,
  deniedBy,
  EMPTY_CELL,
  type Points,
  pointOf,
  statedByOf,
  step,
} from './positions.ts';
import type { Remark, Standing } from './record.ts';

type Row = { entry: HistoryEntry; readonly about: Points; readonly withdraws: boolean };

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
  const positions = new Map(
    standing.flatMap(({ development, removedBy }) =>
      removedBy === null && isPosition(development) ? [[development.id, development] as const] : [],
    ),
  );
  const touches = (development: Development) =>
    cellsOf(development, (id) => positions.get(id)).some(
      ({ party, issue }) => party === key.party && issue === key.issue,
    );
  const telling: Telling = { touches, timeZone };
  const rows: Row[] = [];
  let cell = EMPTY_CELL;
  for (const one of standing) {
    const original = one.entry.development;
    if (one.removedBy?.development.type === 'DevelopmentRetracted') {
      if (touches(one.development) || touches(original))
        rows.push(...retractedRows(telling, one, one.removedBy).map(aside));
    } else if (one.removedBy === null && touches(one.development)) {
      const development = one.development as CellDevelopment;
      const { cell: next, effect, about, ends } = step(cell, development, one.clocks.effective, standard);
      cell = next;
      settle(rows, ends, effect === 'withdrawn' ? 'withdrawn' : 'superseded');
      const fate: Fate = { effect, status: effect === 'beside' ? 'beside' : 'in-force' };
      const withdraws = effect === 'withdrawn';
      const entries =
        one.corrections.length > 0 ? correctedRows(telling, one, fate) : [rowOf(telling, one, one.development, fate)];
      rows.push(...entries.map((entry) => ({ entry, about, withdraws })));
    } else if (one.removedBy === null && one.corrections.length > 0 && touches(original)) {
      // Corrected into another cell: what was on record here stays to be seen.
      rows.push(...correctedRows(telling, one, { effect: 'corrected', status: 'corrected' }).map(aside));
    }
  }
  return rows.map(({ entry }) => entry);
}

/** A row that no later word bears on. */
const aside = (entry: HistoryEntry): Row => ({ entry, about: [], withdraws: false });

/** What was in force about these points is so no longer. A withdrawal that a later word overtook is superseded as well. */
function settle(rows: readonly Row[], ends: Points, status: 'superseded' | 'withdrawn'): void {
  for (const row of rows) {
    if (row.entry.status !== 'in-force' || !meet(row.about, ends)) continue;
    row.entry = { ...row.entry, status: row.withdraws ? 'superseded' : status };
  }
}

function meet(a: Points, b: Points): boolean {
  if (a?.length === 0 || b?.length === 0) return false;
  return a === null || b === null || a.some((point) => b.includes(point));
}

type Fate = Pick<HistoryEntry, 'effect' | 'status'>;

interface Telling {
  /** is it of this cell? */
  readonly touches: (development: Development) => boolean;
  readonly timeZone: string;
}

/**
 * First what was recorded, marked as corrected; then each correction, with the words as it left them. A correction that was itself
 * corrected has a row for what it said at first, and one under whoever corrected it. Of what it said of another cell there are no words.
 */
function correctedRows(telling: Telling, one: Standing, { effect, status }: Fate): readonly HistoryEntry[] {
  const versions = versionsOf(one);
  const isOurs = [one.entry.development, ...versions.map(({ development }) => development)].map(telling.touches);
  const rows = [
    rowOf(telling, one, one.entry.development, { effect, status: 'corrected' }),
    ...versions.map(({ by, development }, index) =>
      remarkRow(telling, one, by, development, {
        effect: 'corrected',
        status: index === versions.length - 1 ? status : 'corrected',
      }),
    ),
  ];
  return rows.map((row, index) => (isOurs[index] ? row : { ...row, stance: null, shift: null }));
}

/** What was retracted, and who said so: where the retraction was corrected, what it said at first and then each correction of it. */
function retractedRows(telling: Telling, one: Standing, retraction: Remark): readonly HistoryEntry[] {
  const sayings = sayingsOf(retraction);
  return [
    rowOf(telling, one, one.development, { effect: 'retracted', status: 'retracted' }),
    ...sayings.map(
      ({ by, says }, index): HistoryEntry => ({
        ...remarkRow(telling, one, by, one.development, {
          effect: 'retracted',
          status: index === sayings.length - 1 ? 'in-force' : 'corrected',
        }),
        stance: null,
        reason: says.type === 'DevelopmentRetracted' ? says.reason : null,
      }),
    ),
  ];
}

/** A development after a correction of it, or a correction of that. */
interface Version {
  readonly by: Remark;
  readonly development: Development;
}

/** A development as recorded, with what it carries. */
type Correctable = Pick<Remark, 'entry' | 'corrections'>;

function versionsOf({ entry, corrections }: Correctable): readonly Version[] {
  let before = entry.development;
  return corrections.flatMap((correction) => {
    const versions = sayingsOf(correction).flatMap(({ by, says }): readonly Version[] => {
      const development = says.type === 'DevelopmentCorrected' ? corrected(before, says) : null;
      return development ? [{ by, development }] : [];
    });
    before = versions.at(-1)?.development ?? before;
    return versions;
  });
}

/** What a remark said at first, and then under each who corrected it. */
const sayingsOf = (remark: Remark): readonly { readonly by: Remark; readonly says: Development }[] => [
  { by: { ...remark, development: remark.entry.development }, says: remark.entry.development },
  ...versionsOf(remark).map(({ by, development }) => ({ by, says: development })),
];

/** A row for a correction or retraction: who said so and when, beside what the development then said. */
const remarkRow = (
  telling: Telling,
  one: Standing,
  { development: { id, type, source }, clocks }: Remark,
  then: Development,
  fate: Fate,
): HistoryEntry => ({
  ...rowOf(telling, one, then, fate),
  ...{ id, type },
  reported: momentOrAlways(clocks.reported),
  recorded: new Date(clocks.recorded).toISOString(),
  source: source ?? null,
  corroboratedBy: [],
});

function rowOf({ timeZone }: Telling, one: Standing, development: Development, fate: Fate): HistoryEntry {
  const { effective } = clocksOf(development, one.entry.recorded, timeZone, one.corroboratedBy);
  const about = isPosition(development) ? development : undefined;
  return {
    id: development.id,
    type: development.type,
    ...fate,
    shift: (about && 'shift' in about ? about.shift : undefined) ?? null,
    point: about ? pointOf(about) : null,
    stance: ('stance' in development ? development.stance : undefined) ?? null,
    occurred: development.occurred ?? null,
    effective: momentOrAlways(effective),
    reported: momentOrAlways(one.clocks.reported),
    recorded: new Date(one.entry.recorded).toISOString(),
    attribution: development.attribution ?? null,
    speaker: development.speaker ?? null,
    statedBy: statedByOf(development),
    denies: deniedBy(development),
    source: development.source ?? null,
    corroboratedBy: one.corroboratedBy,
    reason: null,
  };
}
