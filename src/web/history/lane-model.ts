/** The history of one cell as a lane in time: spans in which words were in force, and typed marks. */
import type { Effect, HistoryEntry } from '../../../projections/answers.ts';

interface LaneMark {
  readonly id: string;
  readonly at: number;
  readonly effect: Effect;
  readonly shift: HistoryEntry['shift'];
  readonly words: string;
}

interface LaneSpan {
  readonly from: number;
  /** null: still in force at the end of the view */
  readonly to: number | null;
}

export interface LaneRow {
  /** the name of the point; null for what stands beside the position */
  readonly point: string | null;
  readonly spans: readonly LaneSpan[];
  readonly marks: readonly LaneMark[];
}

const SETS: ReadonlySet<Effect> = new Set(['new', 'changed', 'conditioned']);
const ENDS: ReadonlySet<Effect> = new Set(['new', 'changed', 'conditioned', 'withdrawn']);

/** One row a point, `main` first, and a last one for what stands beside. */
export function laneRows(history: readonly HistoryEntry[]): readonly LaneRow[] {
  const dated = history.flatMap((entry) =>
    entry.effective === null ? [] : [{ entry, at: Date.parse(entry.effective) }],
  );
  const rows = Map.groupBy(dated, ({ entry }) => (entry.effect === 'beside' ? null : (entry.point ?? 'main')));
  return [...rows]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([point, own]) => ({
      point,
      spans: point === null ? [] : spansOf(own, dated),
      marks: own.map(({ entry, at }) => ({
        id: entry.id,
        at,
        effect: entry.effect,
        shift: entry.shift,
        words: entry.stance ?? entry.reason ?? '',
      })),
    }));
}

const rank = (point: string | null): number => (point === 'main' ? 0 : point === null ? 2 : 1);

interface Dated {
  readonly entry: HistoryEntry;
  readonly at: number;
}

function spansOf(own: readonly Dated[], all: readonly Dated[]): readonly LaneSpan[] {
  return own.flatMap(({ entry, at }): LaneSpan[] => {
    // A correction stands for what it corrects: the words are in force from the same moment.
    const sets = SETS.has(entry.effect) || entry.effect === 'corrected';
    if (!sets || entry.stance === null) return [];
    if (entry.status === 'in-force') return [{ from: at, to: null }];
    if (entry.status !== 'superseded' && entry.status !== 'withdrawn') return [];
    const after = (one: Dated) =>
      one.at >= at && one.entry !== entry && all.indexOf(one) > all.findIndex((two) => two.entry === entry);
    const end =
      own.find((one) => after(one) && ENDS.has(one.entry.effect)) ??
      all.find(
        (one) => after(one) && one.at > at && (one.entry.effect === 'changed' || one.entry.effect === 'withdrawn'),
      );
    return [{ from: at, to: end?.at ?? null }];
  });
}
