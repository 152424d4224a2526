/** What the index needs to know of a development: its dates, whose position it is about and what it does to it. Not its words. */
import {
  type Attribution,
  actOf,
  type Clocks,
  type Development,
  type DevelopmentType,
  groupOf,
  isPosition,
  isRecord,
  partiesOf,
  spanOf,
} from '../../events/index.ts';
import { pointOf, replacesAll } from '../positions.ts';
import { type Hash, hashOf, NO_WORDS } from './hash.ts';

/** What a development does in a cell. */
export const ACT = { set: 0, reiterate: 1, withdraw: 2, none: 3 } as const;
/** What a development must be to set a position: the standards let in 0, 0 and 1, all three. Denials never do. */
export const WORTH = { onRecord: 0, narrative: 1, lower: 2, denial: 3 } as const;
/** How a development comes into answers beside positions. */
export const KIND = { other: 0, position: 1, context: 2, denial: 3, remark: 4 } as const;

/** Where a position stands: whose, and on what. */
export interface Place {
  readonly parties: readonly string[];
  readonly issue: string;
  /** the point it is about; null: all of them */
  readonly point: string | null;
  /** the point is named after the development itself */
  readonly ownPoint: boolean;
}

export interface Facts {
  readonly id: Hash;
  readonly kind: (typeof KIND)[keyof typeof KIND];
  /** `occurred` as a span; NaN where it is absent */
  readonly start: number;
  readonly end: number;
  /** the end of the day of publication; NaN where it is absent */
  readonly published: number;
  readonly act: (typeof ACT)[keyof typeof ACT];
  readonly worth: (typeof WORTH)[keyof typeof WORTH];
  /** ends everything else the party held on the issue */
  readonly resets: boolean;
  readonly stance: Hash;
  /** null for what is about no position */
  readonly place: Place | null;
  /** a party or an issue that is there from now on, for others to name */
  readonly declares: { readonly kind: 'party' | 'issue'; readonly name: string } | null;
}

/** The facts of a development. @throws RangeError for dates that EDTF cannot read */
export function factsOf(development: Development, timeZone: string): Facts {
  const { occurred, source } = development;
  const span = occurred === undefined ? undefined : spanOf(occurred, timeZone);
  const published = source?.published === undefined ? Number.NaN : spanOf(source.published, timeZone).end;
  const common = {
    id: hashOf(development.id),
    kind: kindOf(development),
    start: span?.start ?? Number.NaN,
    end: span?.end ?? Number.NaN,
    published,
    declares: declaredBy(development),
  };
  if (!isPosition(development)) return { ...common, act: ACT.none, worth: WORTH.denial, ...NOWHERE };
  const act = ACT[actOf(development.type)];
  const point = pointOf(development);
  return {
    ...common,
    act,
    worth: worthOf(development.attribution),
    resets: point === null || replacesAll(development),
    stance: development.stance === undefined ? NO_WORDS : hashOf(development.stance),
    place: {
      parties: partiesOf(development),
      issue: development.issue,
      point,
      ownPoint: development.point === undefined && development.type === 'ConditionAttached',
    },
  };
}

function declaredBy(development: Development): Facts['declares'] {
  if (development.type === 'PartyJoined') return { kind: 'party', name: development.party };
  return development.type === 'IssueRaised' ? { kind: 'issue', name: development.issue } : null;
}

const NOWHERE = { resets: false, stance: NO_WORDS, place: null } as const;

function worthOf(attribution: Attribution): Facts['worth'] {
  switch (attribution) {
    case 'on-record':
      return WORTH.onRecord;
    case 'narrative':
      return WORTH.narrative;
    case 'unnamed-official':
    case 'anonymous':
    case 'counterpart':
      return WORTH.lower;
  }
}

function kindOf(development: Development): Facts['kind'] {
  if (development.type === 'DevelopmentDenied') return KIND.denial;
  if (isRecord(development)) return KIND.remark;
  if (isPosition(development)) return KIND.position;
  return isContext(development.type) ? KIND.context : KIND.other;
}

/** What the state lists beside positions: who takes part, issues, rounds, plans, exchanges, agreements. */
export function isContext(type: DevelopmentType): boolean {
  switch (groupOf(type)) {
    case 'set-up':
    case 'rounds':
      return true;
    case 'papers':
      return type === 'PlanPublished' || type === 'PlanAdjusted';
    case 'outcomes':
      return true;
    default:
      return false;
  }
}

/** The clocks of a development that nothing speaks of: what `clocksOf` says, from facts. */
export function clocksFrom({ kind, start, end, published }: Facts, recorded: number): Clocks {
  const undated = Number.isNaN(end);
  if (undated && kind !== KIND.remark && kind !== KIND.denial) {
    const always = Number.NEGATIVE_INFINITY;
    return { start: always, effective: always, reported: always, recorded };
  }
  const last = undated ? recorded : end;
  const reported = Math.min(Number.isNaN(published) ? last : published, recorded);
  return { start: undated ? reported : start, effective: Math.min(last, reported), reported, recorded };
}
