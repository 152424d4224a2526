/** How often the log spoke of each round. It only ever grows, as the SEQUENCE of a calendar entry must. */
import { type Development, isRecord } from '../../../events/index.ts';
import { targetsOf } from '../../../projections/related.ts';

/** @param log the developments of a negotiation as recorded, in the order of the log */
export function roundRevisions(log: readonly Development[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const roundsOf = new Map<string, readonly string[]>();
  for (const development of log) {
    const rounds = isRecord(development)
      ? targetsOf(development).flatMap(({ id }) => roundsOf.get(id) ?? [])
      : isAboutRound(development)
        ? [development.round]
        : [];
    const corrected = development.type === 'DevelopmentCorrected' ? development.changes.round : undefined;
    const all = [...new Set(typeof corrected === 'string' ? [...rounds, corrected] : rounds)];
    if (all.length === 0) continue;
    roundsOf.set(development.id, all);
    for (const round of all) counts.set(round, (counts.get(round) ?? 0) + 1);
  }
  return counts;
}

type AboutRound = Development & { readonly round: string };

const isAboutRound = (development: Development): development is AboutRound =>
  (development.type.startsWith('Round') || development.type === 'DelegationNamed') && development.round !== undefined;
