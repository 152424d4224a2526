/** Printed names of parties, issues and the rest, and the slugs they stand for. */
import { type Development, type Fault, NAMING_FIELDS, type NamedKind } from '../../../events/index.ts';
import { slugOf } from '../recording/slugs.ts';

/** What is named by a slug. */
type Kind = Exclude<NamedKind, 'development'>;

/** The fields that hold a slug, or several, and what it is of. */
const SLUG_FIELDS = Object.entries(NAMING_FIELDS).filter(
  (entry): entry is [string, Kind] => entry[1] !== 'development',
);

/** Whether a field holds slugs that printed names can be made into. */
export const isSlugField = (field: string): boolean => SLUG_FIELDS.some(([one]) => one === field);

export interface NameBook {
  /** the fields of a row with its printed names as slugs; what is no text is left for the catalogue to refuse */
  resolve(
    fields: Readonly<Record<string, unknown>>,
    line: number,
  ): { readonly fields: Readonly<Record<string, unknown>>; readonly faults: readonly Fault[] };
  /** the name under which a slug was printed; the slug itself where it never was */
  printed(kind: 'party' | 'issue', slug: string): string;
}

type Resolved = { readonly slug: string } | { readonly wrong: string };

/** A book of names that begins with those on record. Each printed name has its slug; two names never share one. */
export function nameBook(onRecord: readonly Development[]): NameBook {
  const recorded = { party: namesOnRecord(onRecord, 'party'), issue: namesOnRecord(onRecord, 'issue') };
  const seen = new Map<string, Resolved>();
  const firstUse = new Map<string, { readonly name: string; readonly line: number }>();

  function resolveName(kind: Kind, name: string, line: number): Resolved {
    const key = `${kind}\n${name}`;
    let resolved = seen.get(key);
    if (!resolved) {
      const found = kind === 'party' || kind === 'issue' ? recorded[kind](name) : undefined;
      resolved = found ?? fresh(kind, name, line);
      seen.set(key, resolved);
    }
    return resolved;
  }

  /** Names that differ in case, accents or punctuation only may be one party or two: that is not for a program to guess. */
  function fresh(kind: Kind, name: string, line: number): Resolved {
    const slug = slugOf(name, kind);
    const first = firstUse.get(`${kind}\n${slug}`);
    if (!first) {
      firstUse.set(`${kind}\n${slug}`, { name, line });
      return { slug };
    }
    return {
      wrong: `this and "${first.name}" (line ${first.line}) would both be "${slug}"; write one name in one way, and two in ways that differ in more than case, accents and punctuation`,
    };
  }

  return {
    resolve(fields, line) {
      const faults: Fault[] = [];
      const resolveValue = (kind: Kind, field: string, value: unknown): unknown => {
        if (Array.isArray(value)) return value.map((item, index) => resolveValue(kind, `${field}.${index}`, item));
        if (typeof value !== 'string' || value === '') return value;
        const resolved = resolveName(kind, value, line);
        if ('slug' in resolved) return resolved.slug;
        faults.push({ field, value, message: resolved.wrong });
        return value;
      };
      const result: Record<string, unknown> = { ...fields };
      for (const [field, kind] of SLUG_FIELDS)
        if (fields[field] !== undefined) result[field] = resolveValue(kind, field, fields[field]);
      return { fields: result, faults };
    },
    printed: (kind, slug) => firstUse.get(`${kind}\n${slug}`)?.name ?? slug,
  };
}

/**
 * Which slug on record a printed name means: the one it is, in any case; the one that would be made of it, if it bears this name; the
 * only one that bears it. Undefined: none, and the slug is free.
 */
function namesOnRecord(onRecord: readonly Development[], kind: 'party' | 'issue') {
  const names = new Map<string, Set<string>>();
  const slugs = new Map<string, Set<string>>();
  for (const development of onRecord) {
    const named = nameIn(development);
    if (named?.kind !== kind) continue;
    addTo(names, named.slug, named.name);
    addTo(slugs, named.name, named.slug);
  }
  return (printed: string): Resolved | undefined => {
    const id = printed.toLowerCase();
    if (names.has(id)) return { slug: id };
    const slug = slugOf(printed, kind);
    const bearers = slugs.get(printed);
    if (bearers?.has(slug)) return { slug };
    const [only] = bearers ?? [];
    if (only !== undefined && bearers?.size === 1) return { slug: only };
    const taken = names.get(slug);
    if (!taken) return undefined;
    const [name = ''] = taken;
    return {
      wrong: `this would be "${slug}", which is on record as "${name}"; write ${slug} where that ${kind} is meant, and another name where it is not`,
    };
  };
}

function nameIn(development: Development) {
  switch (development.type) {
    case 'PartyJoined':
      return { kind: 'party', slug: development.party, name: development.name };
    case 'IssueRaised':
      return { kind: 'issue', slug: development.issue, name: development.title };
    default:
      return undefined;
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}
