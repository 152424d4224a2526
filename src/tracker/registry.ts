/** What deciding needs to know of a negotiation's log: a fold over it, and a draft on top of it while a batch is decided. */
import type { Development, Entry, RecordDevelopment } from '../../events/index.ts';
import { isRecord } from '../../events/index.ts';
import { timeZoneOf } from '../../projections/index.ts';

export interface Registry {
  /** how many developments the log holds */
  readonly size: number;
  readonly timeZone: string;
  find(id: string): Entry | undefined;
  /** what is about the record and names this development, in the order of the log */
  remarksOn(id: string): readonly Entry[];
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
  const entries = new Map<string, Entry>();
  const remarks = new Map<string, Entry[]>();
  const parties = new Set<string>();
  const issues = new Set<string>();
  let timeZone = base?.timeZone;
  return {
    get size() {
      return (base?.size ?? 0) + entries.size;
    },
    get timeZone() {
      return timeZone ?? 'UTC';
    },
    find: (id) => entries.get(id) ?? base?.find(id),
    remarksOn: (id) => [...(base?.remarksOn(id) ?? []), ...(remarks.get(id) ?? [])],
    hasParty: (party) => parties.has(party) || (base?.hasParty(party) ?? false),
    hasIssue: (issue) => issues.has(issue) || (base?.hasIssue(issue) ?? false),
    parties: () => [...(base?.parties() ?? []), ...parties],
    issues: () => [...(base?.issues() ?? []), ...issues],
    add(entry) {
      const { development } = entry;
      entries.set(development.id, entry);
      if (development.type === 'NegotiationOpened') timeZone = timeZoneOf([entry]);
      if (development.type === 'PartyJoined') parties.add(development.party);
      if (development.type === 'IssueRaised') issues.add(development.issue);
      if (isRecord(development)) for (const { id } of targetsOf(development)) pushTo(remarks, id, entry);
    },
  };
}

/** The developments something about the record speaks of, with the field that names each. */
export function targetsOf(development: RecordDevelopment): readonly { readonly field: string; readonly id: string }[] {
  switch (development.type) {
    case 'DevelopmentCorrected':
      return [{ field: 'corrects', id: development.corrects }];
    case 'DevelopmentRetracted':
      return [{ field: 'retracts', id: development.retracts }];
    case 'DevelopmentCorroborated':
      return [{ field: 'corroborates', id: development.corroborates }];
    case 'DevelopmentDenied':
      return [{ field: 'denies', id: development.denies }];
    case 'DevelopmentMerged':
      return [
        { field: 'duplicate', id: development.duplicate },
        { field: 'into', id: development.into },
      ];
  }
}

/** A development with everything that speaks of it, directly or through another, in the order of the log. */
export function withRemarks(registry: Registry, development: Development): readonly Entry[] {
  const found = new Map<string, Entry>();
  const visit = (id: string) => {
    const entry = registry.find(id);
    if (!entry || found.has(id)) return;
    found.set(id, entry);
    for (const remark of registry.remarksOn(id)) visit(remark.development.id);
  };
  visit(development.id);
  return [...found.values()].sort((a, b) => a.revision - b.revision);
}

function pushTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
