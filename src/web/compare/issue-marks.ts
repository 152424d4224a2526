/** Every statement on record as a mark in the lane of its issue, drawn from the chronicle. */
import type { ChronicleEntry, Effect, Standard } from '../../../projections/answers.ts';
import { meets } from '../../../projections/standards.ts';
import { isAboutPosition } from '../time/stops.ts';

/**
 * The kinds of statement that are told apart, each by the shape of the effect that it is named after. It is no effect: whether a later
 * statement changed the words, affirmed them or made a further point is in the history of the cell.
 */
export type Kind = Exclude<Effect, 'corrected'>;

const KINDS: Readonly<Record<Kind, string>> = {
  new: 'first statement',
  changed: 'later statement',
  conditioned: 'condition',
  reiterated: 'reiteration',
  withdrawn: 'withdrawal',
  beside: 'beside the position',
  retracted: 'retracted or merged',
};

export const sayKind = (kind: Kind): string => KINDS[kind];

/** The kinds that are drawn, in the order of the legend. */
export function kindsIn(lanes: readonly IssueLane[]): readonly Kind[] {
  const drawn = new Set(lanes.flatMap((issue) => issue.lanes.flatMap(({ marks }) => marks.map(({ kind }) => kind))));
  return (Object.keys(KINDS) as Kind[]).filter((kind) => drawn.has(kind));
}

interface IssueMark {
  readonly id: string;
  readonly at: number;
  readonly kind: Kind;
  readonly type: ChronicleEntry['type'];
  readonly status: ChronicleEntry['status'];
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
    if (!isAboutPosition(entry) || entry.issue === null || entry.effective === null) continue;
    const lanes = cells.get(entry.issue) ?? new Map<string, IssueMark[]>();
    cells.set(entry.issue, lanes);
    for (const party of entry.parties) {
      const marks = lanes.get(party) ?? [];
      lanes.set(party, marks);
      const first = !marks.some(({ kind }) => kind === 'new');
      marks.push({
        id: entry.id,
        at: Date.parse(entry.effective),
        kind: kindOf(entry, standard, first),
        type: entry.type,
        status: entry.status,
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

function kindOf({ type, attribution, status }: ChronicleEntry, standard: Standard, first: boolean): Kind {
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
