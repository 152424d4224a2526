/** What deciding needs to know of a negotiation's log: a fold over it, and a draft on top of it while a batch is decided. */
import type { Development, Entry } from '../../../events/index.ts';
import { timeZoneOf } from '../../../projections/index.ts';
import { growRelations, namedBy, type Relations } from '../../../projections/related.ts';
import type { NegotiationLog } from '../log/log.ts';

/** What a log has declared. */
export interface Declared {
  /** how many developments the log holds */
  readonly size: number;
  readonly timeZone: string;
  hasParty(party: string): boolean;
  hasIssue(issue: string): boolean;
  parties(): readonly string[];
  issues(): readonly string[];
}

export interface Registry extends Declared, Relations {}

export interface Growing {
  add(entry: Entry): void;
}

/** What was declared, growing; what is not found in it is looked for in what it stands on. Its memory is that of the names. */
export function growDeclared(base?: Declared): Declared & Growing {
  // Nearly everything that is recorded declares nothing: its sets are made when they are needed.
  let parties: Set<string> | undefined;
  let issues: Set<string> | undefined;
  let timeZone = base?.timeZone;
  let size = base?.size ?? 0;
  return {
    get size() {
      return size;
    },
    get timeZone() {
      return timeZone ?? 'UTC';
    },
    hasParty: (party) => parties?.has(party) === true || base?.hasParty(party) === true,
    hasIssue: (issue) => issues?.has(issue) === true || base?.hasIssue(issue) === true,
    parties: () => [...(base?.parties() ?? []), ...(parties ?? [])],
    issues: () => [...(base?.issues() ?? []), ...(issues ?? [])],
    add(entry) {
      const { development } = entry;
      size += 1;
      if (development.type === 'NegotiationOpened') timeZone = timeZoneOf([entry]);
      if (development.type === 'PartyJoined') {
        parties ??= new Set();
        parties.add(development.party);
      }
      if (development.type === 'IssueRaised') {
        issues ??= new Set();
        issues.add(development.issue);
      }
    },
  };
}

export type GrowingRegistry = Registry & Growing;

/** A registry that grows; what is not found in it is looked for in the one it stands on. */
export function growRegistry(base?: Registry): GrowingRegistry {
  const declared = growDeclared(base);
  const relations = growRelations();
  const registry = registryOf(declared, {
    find: (id) => relations.find(id) ?? base?.find(id),
    remarksOn: (id) => [...(base?.remarksOn(id) ?? []), ...relations.remarksOn(id)],
  });
  return Object.assign(registry, {
    add(entry: Entry) {
      relations.add(entry);
      declared.add(entry);
    },
  });
}

/** What is about to be recorded, at its place behind all that is there. */
export const drafted = ({ size }: Registry, development: Development, now: number): Entry => ({
  ...{ development, revision: size, position: '', recorded: now, recorder: null },
});

/** A registry of what is declared, which goes on changing, and of relations. */
export const registryOf = (declared: Declared, { find, remarksOn }: Relations): Registry => ({
  find,
  remarksOn,
  hasParty: declared.hasParty,
  hasIssue: declared.hasIssue,
  parties: declared.parties,
  issues: declared.issues,
  get size() {
    return declared.size;
  },
  get timeZone() {
    return declared.timeZone;
  },
});

/** The ids that deciding on some developments asks for. */
export const idsIn = (developments: readonly Development[]): readonly string[] => [
  ...new Set(developments.flatMap((development) => [development.id, ...namedBy(development)])),
];

/** What deciding on some developments needs to know: those already there under their ids, and all that bears on what they name. */
export async function registryFor(log: NegotiationLog, developments: readonly Development[]): Promise<Registry> {
  const entries = await entriesIn(log, idsIn(developments));
  return registryOf(declaredIn(log), entries.length > 0 ? relationsAmong(entries) : NO_RELATIONS);
}

const NO_RELATIONS: Relations = { find: () => undefined, remarksOn: () => [] };

/** @param entries in the order of the log */
export function relationsAmong(entries: readonly Entry[]): Relations {
  const relations = growRelations();
  for (const entry of entries) relations.add(entry);
  return relations;
}

/** The developments a log holds under some ids, with all that bears on them there, in its order. */
export async function entriesIn({ index, words }: NegotiationLog, ids: readonly string[]): Promise<readonly Entry[]> {
  const named = ids.flatMap((id) => index.candidates(id));
  if (named.length === 0) return [];
  return words.entries([...new Set(named.flatMap(index.familyOf))].sort((a, b) => a - b));
}

/** What a log has declared now. */
export function declaredIn({ index, size, timeZone }: NegotiationLog): Declared {
  const { party, issue } = index.declared;
  return {
    size,
    timeZone,
    hasParty: (name) => party.has(name),
    hasIssue: (name) => issue.has(name),
    parties: () => [...party],
    issues: () => [...issue],
  };
}
