/**
 * The record as it stands: every development with its corrections, corroborations and merges applied, as far as they were recorded and
 * known by the gates. Corrections and retractions are about the record, so `asOf` does not hold them back.
 */
import {
  byOrder,
  type Clocks,
  clocksOf,
  type Development,
  type DevelopmentOf,
  type Entry,
  isRecord,
  type RecordDevelopment,
  type Source,
} from '../events/index.ts';
import { corrected } from './corrected.ts';
import { targetsOf } from './related.ts';

/** Milliseconds since 1970, the last one inside; null: no gate. */
export interface RecordGates {
  readonly knownOn: number | null;
  readonly recordedBy: number | null;
}

export interface Gates extends RecordGates {
  readonly asOf: number;
}

type Correction = DevelopmentOf<'DevelopmentCorrected'>;

/** A development that counts, with its clocks: what most folds need of it. */
export interface Counted {
  /** as corrected */
  readonly development: Development;
  readonly clocks: Clocks;
}

/** A development as it stands under the gates. */
export interface Standing<D extends Development = Development> {
  readonly entry: Entry;
  /** as corrected */
  readonly development: D;
  readonly clocks: Clocks;
  readonly revision: number;
  readonly corroboratedBy: readonly Source[];
  /** those it carries: what a gate leaves without the ground it was built on is not among them */
  readonly corrections: readonly Remark<Correction>[];
  /** all that is known to have been said of it about the record but merges, in effect or not, in the order in which it counts */
  readonly remarks: readonly Remark[];
  /** what took it off the record: a retraction, or a merge into another development */
  readonly removedBy: Remark | null;
}

/** An event about the record, which can itself be corrected, corroborated and retracted. */
export type Remark<D extends RecordDevelopment = RecordDevelopment> = Standing<D>;

export interface StandingRecord {
  /** everything known by the gates that is not about the record (denials are of the world), in the order in which it counts */
  readonly standing: readonly Standing[];
  /** what is known by the gates about the record, in effect or not, by id */
  readonly remarks: ReadonlyMap<string, Remark>;
  /** corrections in effect that would leave no whole development behind, by id */
  readonly leftOut: ReadonlySet<string>;
  /** the revision of the last event that passed `recordedBy`, or -1 */
  readonly revision: number;
}

/** Applies what is about the record to the record. The entries are those of one negotiation, in the order of its log. */
export function standingRecord(entries: readonly Entry[], timeZone: string, gates: RecordGates): StandingRecord {
  const { recordedBy, knownOn } = gates;
  const recorded = recordedBy === null ? entries : entries.filter((entry) => entry.recorded <= recordedBy);
  const known = (clocks: Clocks) => knownOn === null || clocks.reported <= knownOn;
  const remarks = remarksByTarget();
  const leftOut = new Set<string>();
  const drafts: Draft[] = [];
  // A remark always comes after what it is about: from the last to the first, each is settled before it is needed.
  for (const entry of recorded.toReversed()) {
    const draft = drafted(entry, remarks.on(entry.development.id), leftOut);
    const { development, corroboratedBy } = draft;
    if (isRecord(development) && development.type !== 'DevelopmentDenied') {
      const clocks = clocksOf(development, entry.recorded, timeZone, corroboratedBy);
      if (known(clocks)) remarks.add({ ...draft, development, clocks, removedBy: retractionIn(draft.remarks) });
    } else drafts.push(draft);
  }
  drafts.reverse();
  const merges = settleMerges(drafts, remarks);
  const standing = drafts.flatMap((draft): Standing[] => {
    const { id } = draft.development;
    const corroboratedBy = [...draft.corroboratedBy, ...(merges.sourcesInto.get(id) ?? [])];
    const clocks = clocksOf(draft.development, draft.entry.recorded, timeZone, corroboratedBy);
    const removedBy = retractionIn(draft.remarks) ?? merges.mergeOf.get(id) ?? null;
    const development = aimed(draft.development, merges.rootOf);
    return known(clocks) ? [{ ...draft, development, clocks, corroboratedBy, removedBy }] : [];
  });
  const revision = recorded.at(-1)?.revision ?? -1;
  return { standing: standing.sort(byOrder), remarks: remarks.all, leftOut, revision };
}

type Draft = Omit<Standing, 'clocks' | 'removedBy'>;

/** A development with what is in effect of all that was said of it. */
function drafted(entry: Entry, remarks: readonly Remark[], leftOut: Set<string>): Draft {
  return {
    ...{ entry, revision: entry.revision, remarks },
    ...withCorrections(entry.development, remarks.filter(inEffect('DevelopmentCorrected')), leftOut),
    corroboratedBy: remarks.filter(inEffect('DevelopmentCorroborated')).map(({ development }) => development.source),
  };
}

/**
 * A development with its corrections applied. Under a gate a correction can stand without an earlier one it was built on; where the
 * two do not make a whole development, it is left out.
 */
function withCorrections(recorded: Development, said: readonly Remark<Correction>[], leftOut: Set<string>) {
  let development = recorded;
  const corrections = said.filter((correction) => {
    const next = corrected(development, correction.development);
    if (next) development = next;
    else leftOut.add(correction.development.id);
    return next !== null;
  });
  return { development, corrections };
}

/** What is said of each development, in the order in which it counts: like everything else, whatever order it was recorded in. */
function remarksByTarget() {
  const all = new Map<string, Remark>();
  const byTarget = new Map<string, Remark[]>();
  return {
    all,
    add(remark: Remark): void {
      all.set(remark.development.id, remark);
      if (remark.development.type === 'DevelopmentMerged') return;
      for (const { id } of targetsOf(remark.development)) append(byTarget, id, remark);
    },
    on: (id: string): readonly Remark[] => byTarget.get(id)?.toSorted(byOrder) ?? NOTHING,
    merges: () => [...all.values()].filter(inEffect('DevelopmentMerged')).sort(byOrder),
  };
}

const NOTHING: readonly Remark[] = [];

const inEffect =
  <T extends RecordDevelopment['type']>(type: T) =>
  (remark: Remark): remark is Remark<Extract<RecordDevelopment, { type: T }>> =>
    remark.removedBy === null && remark.development.type === type;

/** Of several retractions in effect, the first. */
const retractionIn = (remarks: readonly Remark[]): Remark | null =>
  remarks.find(inEffect('DevelopmentRetracted')) ?? null;

type Merge = DevelopmentOf<'DevelopmentMerged'>;

/** Which developments went into others, and whose sources those thereby gain. A merge that would close a circle has no effect. */
function settleMerges(drafts: readonly Draft[], remarks: ReturnType<typeof remarksByTarget>) {
  const mergeOf = new Map<string, Remark<Merge>>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let merge = mergeOf.get(root); merge; merge = mergeOf.get(root)) root = merge.development.into;
    return root;
  };
  for (const merge of remarks.merges()) {
    const { duplicate, into } = merge.development;
    if (!mergeOf.has(duplicate) && !retractionIn(remarks.on(duplicate)) && rootOf(into) !== duplicate)
      mergeOf.set(duplicate, merge);
  }
  const sourcesInto = new Map<string, Source[]>();
  if (mergeOf.size === 0) return { mergeOf, rootOf, sourcesInto };
  for (const { development, corroboratedBy } of drafts) {
    if (!mergeOf.has(development.id)) continue;
    const sources = [...(development.source ? [development.source] : []), ...corroboratedBy];
    for (const source of sources) append(sourcesInto, rootOf(development.id), source);
  }
  return { mergeOf, rootOf, sourcesInto };
}

/** Who denied a report denied what it turned out to be another report of. */
function aimed(development: Development, rootOf: (id: string) => string): Development {
  if (development.type !== 'DevelopmentDenied') return development;
  const denies = rootOf(development.denies);
  return denies === development.denies ? development : { ...development, denies };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
