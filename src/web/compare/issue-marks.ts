/** Every statement on record as a mark in the lane of its issue, drawn from the chronicle. */
import type { ChronicleEntry, Effect, Standard } from '../../../projections/answers.ts';
import { meets } from '../../../projections/standards.ts';
import { isPosition } from '../time/stops.ts';

interface IssueMark {
  readonly id: string;
  readonly at: number;
  readonly effect: Effect;
  readonly type: ChronicleEntry['type'];
  readonly words: string;
}

interface PartyLane {
  readonly party: string;
  readonly marks: readonly IssueMark[];
}

export interface IssueLane {
  readonly issue: string;
  readonly lanes: readonly PartyLane[];
}

/** One lane an issue, and within it one a party, in the order of the matrix; those without a mark are left out. */
export function issueLanes(
  chronicle: readonly ChronicleEntry[],
  standard: Standard,
  issues: readonly string[],
  parties: readonly string[],
): readonly IssueLane[] {
  const cells = new Map<string, Map<string, IssueMark[]>>();
  for (const entry of chronicle) {
    if (!isPosition(entry) || entry.issue === null || entry.effective === null) continue;
    const lanes = cells.get(entry.issue) ?? new Map<string, IssueMark[]>();
    cells.set(entry.issue, lanes);
    for (const party of entry.parties) {
      const marks = lanes.get(party) ?? [];
      lanes.set(party, marks);
      const first = !marks.some(({ effect }) => effect === 'new');
      marks.push({
        id: entry.id,
        at: Date.parse(entry.effective),
        effect: effectOf(entry, standard, first),
        type: entry.type,
        words: entry.headline,
      });
    }
  }
  return issues.flatMap((issue) => {
    const lanes = parties.flatMap((party) => {
      const marks = cells.get(issue)?.get(party);
      return marks ? [{ party, marks }] : [];
    });
    return lanes.length === 0 ? [] : [{ issue, lanes }];
  });
}

/** The shape that a development of this type has; what it did to the position, word for word, is in the history of the cell. */
function effectOf({ type, attribution, status }: ChronicleEntry, standard: Standard, first: boolean): Effect {
  if (status === 'retracted' || status === 'merged') return 'retracted';
  if (attribution !== null && !meets(standard, attribution)) return 'beside';
  switch (type) {
    case 'ConditionAttached':
      return 'conditioned';
    case 'PositionReiterated':
    case 'DemandReiterated':
      return first ? 'new' : 'reiterated';
    case 'PositionWithdrawn':
    case 'DemandDropped':
      return 'withdrawn';
    default:
      return first ? 'new' : 'changed';
  }
}
