/** The history of one cell: how a stance evolved, one row an event of the log, corrections and retractions in place. */
import { type Development, isPosition } from '../events/index.ts';
import type { HistoryEntry, Standard } from './answers.ts';
import { momentOrAlways } from './moments.ts';
import { type CellDevelopment, type CellKey, cellsOf, EMPTY_CELL, type Points, pointOf, step } from './positions.ts';
import type { Remark, Standing } from './record.ts';

type Row = { entry: HistoryEntry; readonly about: Points; readonly withdraws: boolean };

/**
 * What one party stated on one issue, oldest first.
 * @param standing the record as it stands, in the order in which it counts, as far as the gates let it through
 */
export function historyOf(standing: readonly Standing[], key: CellKey, standard: Standard): readonly HistoryEntry[] {
  const positions = new Map(
    standing.flatMap(({ development, removedBy }) =>
      removedBy === null && isPosition(development) ? [[development.id, development] as const] : [],
    ),
  );
  const touches = (development: Development) =>
    cellsOf(development, (id) => positions.get(id)).some(
      ({ party, issue }) => party === key.party && issue === key.issue,
    );
  const rows: Row[] = [];
  let cell = EMPTY_CELL;
  for (const one of standing) {
    const original = one.entry.development;
    if (one.removedBy?.development.type === 'DevelopmentRetracted') {
      if (touches(one.development) || touches(original)) rows.push(...retractedRows(one, one.removedBy).map(aside));
    } else if (one.removedBy === null && touches(one.development)) {
      const development = one.development as CellDevelopment;
      const { cell: next, effect, about, ends } = step(cell, development, one.clocks.effective, standard);
      cell = next;
      settle(rows, ends, effect === 'withdrawn' ? 'withdrawn' : 'superseded');
      const fate: Fate = { effect, status: effect === 'beside' ? 'beside' : 'in-force' };
      const withdraws = effect === 'withdrawn';
      const entries = one.corrections.length > 0 ? correctedRows(one, fate) : [rowOf(one, one.development, fate)];
      rows.push(...entries.map((entry) => ({ entry, about, withdraws })));
    } else if (one.removedBy === null && one.corrections.length > 0 && touches(original)) {
      // Corrected into another cell: what was on record here stays to be seen.
      rows.push(...correctedRows(one, { effect: 'corrected', status: 'corrected' }).map(aside));
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

/** First what was recorded, marked as corrected; then each correction, the last one with the words as they now stand. */
function correctedRows(one: Standing, { effect, status }: Fate): readonly HistoryEntry[] {
  const last = one.corrections.length - 1;
  return [
    rowOf(one, one.entry.development, { effect, status: 'corrected' }),
    ...one.corrections.map((correction, index) =>
      index === last
        ? remarkRow(one, correction, { effect: 'corrected', status })
        : { ...remarkRow(one, correction, { effect: 'corrected', status: 'corrected' }), stance: null },
    ),
  ];
}

const retractedRows = (one: Standing, retraction: Remark): readonly HistoryEntry[] => [
  rowOf(one, one.development, { effect: 'retracted', status: 'retracted' }),
  { ...remarkRow(one, retraction, { effect: 'retracted', status: 'in-force' }), stance: null },
];

/** A row for a correction or retraction: who said so and when, beside what the development then said. */
const remarkRow = (one: Standing, { development, clocks }: Remark, fate: Fate): HistoryEntry => ({
  ...rowOf(one, one.development, fate),
  id: development.id,
  type: development.type,
  reported: momentOrAlways(clocks.reported),
  recorded: new Date(clocks.recorded).toISOString(),
  source: development.source ?? null,
  corroboratedBy: [],
  reason: development.type === 'DevelopmentRetracted' ? development.reason : null,
});

function rowOf(one: Standing, development: Development, fate: Fate): HistoryEntry {
  const about = isPosition(development) ? development : undefined;
  return {
    id: development.id,
    type: development.type,
    ...fate,
    shift: (about && 'shift' in about ? about.shift : undefined) ?? null,
    point: about ? pointOf(about) : null,
    stance: ('stance' in development ? development.stance : undefined) ?? null,
    occurred: development.occurred ?? null,
    effective: momentOrAlways(one.clocks.effective),
    reported: momentOrAlways(one.clocks.reported),
    recorded: new Date(one.entry.recorded).toISOString(),
    attribution: development.attribution ?? null,
    speaker: development.speaker ?? null,
    source: development.source ?? null,
    corroboratedBy: one.corroboratedBy,
    reason: null,
  };
}
