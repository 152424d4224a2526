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
  type Source,
} from '../events/index.ts';
import { corrected } from './corrected.ts';

/** Milliseconds since 1970, the last one inside; null: no gate. */
export interface RecordGates {
  readonly knownOn: number | null;
  readonly recordedBy: number | null;
}

export interface Gates extends RecordGates {
  readonly asOf: number;
}

type Correction = DevelopmentOf<'DevelopmentCorrected'>;

/** An event about the record that is in effect, as itself corrected. */
export interface Remark<D extends Development = Development> {
  readonly development: D;
  readonly entry: Entry;
  readonly clocks: Clocks;
  /** those it carries itself */
  readonly corrections: readonly Remark<Correction>[];
}

/** A development that counts, with its clocks: what most folds need of it. */
export interface Counted {
  /** as corrected */
  readonly development: Development;
  readonly clocks: Clocks;
}

/** A development as it stands under the gates. */
export interface Standing {
  readonly entry: Entry;
  /** as corrected */
  readonly development: Development;
  readonly clocks: Clocks;
  readonly revision: number;
  readonly corroboratedBy: readonly Source[];
  /** those it carries: what a gate leaves without the ground it was built on is not among them */
  readonly corrections: readonly Remark<Correction>[];
  /** what took it off the record: a retraction, or a merge into another development */
  readonly removedBy: Remark | null;
}

export interface StandingRecord {
  /** everything known by the gates that is not about the record (denials are of the world), in the order in which it counts */
  readonly standing: readonly Standing[];
  /** what is about the record, as itself corrected, in effect or not, by id */
  readonly remarks: ReadonlyMap<string, Development>;
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
  const remarkContents = new Map<string, Development>();
  const leftOut = new Set<string>();
  const drafts: Draft[] = [];
  // A remark always comes after what it is about: from the last to the first, each is settled before it is needed.
  for (const entry of recorded.toReversed()) {
    const { id } = entry.development;
    const { development, corrections } = withCorrections(entry.development, remarks.corrections(id), leftOut);
    const corroboratedBy = remarks.corroborations(id);
    const draft: Draft = { entry, development, corrections, corroboratedBy };
    if (isRecord(development) && development.type !== 'DevelopmentDenied') {
      remarkContents.set(id, development);
      const clocks = clocksOf(development, entry.recorded, timeZone, corroboratedBy);
      if (known(clocks) && !remarks.retraction(id)) remarks.add({ development, entry, clocks, corrections });
    } else drafts.push(draft);
  }
  drafts.reverse();
  const merges = settleMerges(drafts, remarks);
  const standing = drafts.flatMap((draft): Standing[] => {
    const { id } = draft.development;
    const corroboratedBy = [...draft.corroboratedBy, ...(merges.sourcesInto.get(id) ?? [])];
    const clocks = clocksOf(draft.development, draft.entry.recorded, timeZone, corroboratedBy);
    const removedBy = remarks.retraction(id) ?? merges.mergeOf.get(id) ?? null;
    const development = aimed(draft.development, merges.rootOf);
    const { revision } = draft.entry;
    return known(clocks) ? [{ ...draft, development, clocks, corroboratedBy, removedBy, revision }] : [];
  });
  const revision = recorded.at(-1)?.revision ?? -1;
  return { standing: standing.sort(byOrder), remarks: remarkContents, leftOut, revision };
}

interface Draft {
  readonly entry: Entry;
  readonly development: Development;
  readonly corrections: readonly Remark<Correction>[];
  readonly corroboratedBy: readonly Source[];
}

/**
 * A development with its corrections applied. Under a gate a correction can stand without an earlier one it was built on; where the
 * two do not make a whole development, it is left out.
 */
function withCorrections(recorded: Development, inEffect: readonly Remark<Correction>[], leftOut: Set<string>) {
  let development = recorded;
  const corrections = inEffect.filter((correction) => {
    const next = corrected(development, correction.development);
    if (next) development = next;
    else leftOut.add(correction.development.id);
    return next !== null;
  });
  return { development, corrections };
}

/** What is in effect about each development, in the order in which it counts: like everything else, whatever order it was recorded in. */
function remarksByTarget() {
  const corrections = new Map<string, Remark<Correction>[]>();
  const retractions = new Map<string, Remark[]>();
  const corroborations = new Map<string, Remark<Corroboration>[]>();
  const merges: Remark<Merge>[] = [];
  return {
    add({ development, ...rest }: Remark): void {
      switch (development.type) {
        case 'DevelopmentCorrected':
          append(corrections, development.corrects, { development, ...rest });
          break;
        case 'DevelopmentRetracted':
          append(retractions, development.retracts, { development, ...rest });
          break;
        case 'DevelopmentCorroborated':
          append(corroborations, development.corroborates, { development, ...rest });
          break;
        case 'DevelopmentMerged':
          merges.push({ development, ...rest });
      }
    },
    corrections: (id: string) => corrections.get(id)?.toSorted(inOrder) ?? [],
    corroborations: (id: string) =>
      corroborations
        .get(id)
        ?.toSorted(inOrder)
        .map(({ development }) => development.source) ?? [],
    retraction: (id: string) => retractions.get(id)?.toSorted(inOrder)[0],
    merges: () => merges.toSorted(inOrder),
  };
}

const inOrder = (a: Remark, b: Remark): number =>
  byOrder({ clocks: a.clocks, revision: a.entry.revision }, { clocks: b.clocks, revision: b.entry.revision });

type Corroboration = DevelopmentOf<'DevelopmentCorroborated'>;
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
    if (!mergeOf.has(duplicate) && !remarks.retraction(duplicate) && rootOf(into) !== duplicate)
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
