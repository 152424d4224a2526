/** The history of one cell: how a stance evolved, one row an event of the log, corrections and retractions in place. */
import { type Development, isPosition } from '../events/index.ts';
import type { HistoryEntry, Standard } from './answers.ts';
import { momentOrAlways } from './moments.ts';
import { type CellDevelopment, type CellKey, cellsOf, EMPTY_CELL, pointOf, step } from './positions.ts';
import type { Remark, Standing } from './record.ts';

type Row = { entry: HistoryEntry; readonly about: readonly string[] };

/**
 * What one party stated on one issue, oldest first.
 * @param standing the record as it stands, in the order in which it counts, as far as the gates let it through
 */
export function historyOf(standing: readonly Standing[], key: CellKey, standard: Standard): readonly HistoryEntry[] {
  const positions = new Map(
    standing.flatMap(({ development }) => (isPosition(development) ? [[development.id, development] as const] : [])),
  );
  const touches = (development: Development) =>
    cellsOf(development, (id) => positions.get(id)).some(
      ({ party, issue }) => party === key.party && issue === key.issue,
    );
  const rows: Row[] = [];
  let cell = EMPTY_CELL;
  for (const one of standing) {
    const counts = one.removedBy === null && touches(one.development);
    const original = one.entry.development;
    if (counts) {
      const development = one.development as CellDevelopment;
      const { cell: next, effect, points } = step(cell, development, one.clocks.effective, standard);
      cell = next;
      if (effect !== 'beside')
        settle(rows, points, effect === 'withdrawn' ? 'withdrawn' : effect === 'reiterated' ? null : 'superseded');
      const status = effect === 'beside' ? 'beside' : 'in-force';
      const row = rowOf(one, one.development, { effect, status });
      if (one.corrections.length === 0) rows.push({ entry: row, about: effect === 'beside' ? [] : points });
      else rows.push(...correctedRows(one, { effect, status, about: effect === 'beside' ? [] : points }));
    } else if (
      one.removedBy?.development.type === 'DevelopmentRetracted' &&
      (touches(one.development) || touches(original))
    ) {
      rows.push(...retractedRows(one, one.removedBy));
    } else if (one.corrections.length > 0 && touches(original)) {
      rows.push(...correctedRows(one, { effect: 'corrected', status: 'corrected', about: [] }));
    }
  }
  return rows.map(({ entry }) => entry);
}

/** What was in force about these points is so no longer. A withdrawal that a later word overtook is superseded as well. */
function settle(rows: readonly Row[], points: readonly string[], status: 'superseded' | 'withdrawn' | null): void {
  if (status === null) return;
  for (const row of rows) {
    if (row.entry.status !== 'in-force' || !row.about.some((point) => points.includes(point))) continue;
    row.entry = { ...row.entry, status: row.entry.effect === 'withdrawn' ? 'superseded' : status };
  }
}

type Fate = Pick<HistoryEntry, 'effect' | 'status'>;

/** First what was recorded, marked as corrected; then each correction with the words as they then stood. */
function correctedRows(one: Standing, { about, ...fate }: Fate & { readonly about: readonly string[] }): Row[] {
  const last = one.corrections.length - 1;
  return [
    { entry: rowOf(one, one.entry.development, { effect: fate.effect, status: 'corrected' }), about: [] },
    ...one.corrections.map((correction, index): Row => {
      const row = remarkRow(one, correction, {
        effect: 'corrected',
        status: index === last ? fate.status : 'corrected',
      });
      return { entry: index === last ? row : { ...row, stance: null }, about: index === last ? about : [] };
    }),
  ];
}

const retractedRows = (one: Standing, retraction: Remark): Row[] => [
  { entry: rowOf(one, one.development, { effect: 'retracted', status: 'retracted' }), about: [] },
  {
    entry: { ...remarkRow(one, retraction, { effect: 'retracted', status: 'in-force' }), stance: null },
    about: [],
  },
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
