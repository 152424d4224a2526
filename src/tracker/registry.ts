/** What deciding needs to know of a negotiation's log: a fold over it, and a draft on top of it while a batch is decided. */
import type { Development, Entry } from '../../events/index.ts';
import { timeZoneOf } from '../../projections/index.ts';
import { growRelations, type Relations } from '../../projections/related.ts';
import { namedBy } from '../../projections/time-index/facts.ts';
import type { NegotiationLog } from './log.ts';

export interface Registry extends Relations {
  /** how many developments the log holds */
  readonly size: number;
  readonly timeZone: string;
  hasParty(party: string): boolean;
  hasIssue(issue: string): boolean;
  parties(): readonly string[];
  issues(): readonly string[];
}

export interface GrowingRegistry extends Registry {
  add(entry: Entry): void;
}

/** A registry that grows; what is not found in it is looked for in the one it stands on. */
export function growRegistry(base?: Registry): GrowingRegistry {
  const relations = growRelations();
  const parties = new Set<string>();
  const issues = new Set<string>();
  let timeZone = base?.timeZone;
  let size = base?.size ?? 0;
  return {
    get size() {
      return size;
    },
    get timeZone() {
      return timeZone ?? 'UTC';
    },
    find: (id) => relations.find(id) ?? base?.find(id),
    remarksOn: (id) => [...(base?.remarksOn(id) ?? []), ...relations.remarksOn(id)],
    hasParty: (party) => parties.has(party) || (base?.hasParty(party) ?? false),
    hasIssue: (issue) => issues.has(issue) || (base?.hasIssue(issue) ?? false),
    parties: () => [...(base?.parties() ?? []), ...parties],
    issues: () => [...(base?.issues() ?? []), ...issues],
    add(entry) {
      const { development } = entry;
      relations.add(entry);
      size += 1;
      if (development.type === 'NegotiationOpened') timeZone = timeZoneOf([entry]);
      if (development.type === 'PartyJoined') parties.add(development.party);
      if (development.type === 'IssueRaised') issues.add(development.issue);
    },
  };
}

/** What deciding on some developments needs to know: those already there under their ids, and all that bears on what they name. */
export async function registryFor(
  { index, size, timeZone, words }: NegotiationLog,
  developments: readonly Development[],
): Promise<Registry> {
  const ids = new Set(developments.flatMap((development) => [development.id, ...namedBy(development)]));
  const revisions = new Set([...ids].flatMap((id) => index.candidates(id)).flatMap(index.familyOf));
  const relations = growRelations();
  for (const entry of await words.entries([...revisions].sort((a, b) => a - b))) relations.add(entry);
  const { party, issue } = index.declared;
  return {
    size,
    timeZone,
    find: relations.find,
    remarksOn: relations.remarksOn,
    hasParty: (name) => party.has(name),
    hasIssue: (name) => issue.has(name),
    parties: () => [...party],
    issues: () => [...issue],
  };
}
