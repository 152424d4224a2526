/** Families among some events: what speaks of one another, directly or through others. Most have one member. */
import type { Entry } from '../events/index.ts';
import { namedBy } from './related.ts';

interface Family {
  readonly ids: string[];
  readonly entries: Entry[];
}

/**
 * Each family in the order of the log. How one stands depends on no other.
 * @param entries in the order of the log
 */
export function familiesAmong(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const byId = new Map<string, Family>();
  for (const entry of entries) {
    const ids = [entry.development.id, ...namedBy(entry.development)];
    const met = [...new Set(ids.map((id) => byId.get(id)))].filter((one) => one !== undefined);
    const [family = { ids: [], entries: [] }, ...others] = met.sort((a, b) => b.ids.length - a.ids.length);
    family.ids.push(...ids);
    family.entries.push(entry);
    for (const id of ids) byId.set(id, family);
    for (const other of others) {
      family.entries.push(...other.entries);
      family.ids.push(...other.ids);
      for (const id of other.ids) byId.set(id, family);
    }
  }
  return [...new Set(byId.values())].map((family) => family.entries.sort((a, b) => a.revision - b.revision));
}
