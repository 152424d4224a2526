/** How often the log spoke of each round, and when last: what the SEQUENCE and LAST-MODIFIED of a calendar entry say. */
import { type Development, type Entry, isRecord } from '../../../events/index.ts';
import { targetsOf } from '../../../projections/related.ts';

export interface RoundRevision {
  /** only ever grows, as a SEQUENCE must */
  readonly times: number;
  /** when it was last recorded, milliseconds since 1970 */
  readonly last: number;
}

/** @param log entries of a negotiation, in the order of the log */
export function roundRevisions(log: readonly Entry[]): ReadonlyMap<string, RoundRevision> {
  const revisions = new Map<string, RoundRevision>();
  const roundsOf = new Map<string, readonly string[]>();
  for (const { development, recorded } of log) {
    const rounds = isRecord(development)
      ? targetsOf(development).flatMap(({ id }) => roundsOf.get(id) ?? [])
      : isAboutRound(development)
        ? [development.round]
        : [];
    const corrected = development.type === 'DevelopmentCorrected' ? development.changes.round : undefined;
    const all = [...new Set(typeof corrected === 'string' ? [...rounds, corrected] : rounds)];
    if (all.length === 0) continue;
    roundsOf.set(development.id, all);
    for (const round of all) revisions.set(round, { times: (revisions.get(round)?.times ?? 0) + 1, last: recorded });
  }
  return revisions;
}

type AboutRound = Development & { readonly round: string };

const isAboutRound = (development: Development): development is AboutRound =>
  (development.type.startsWith('Round') || development.type === 'DelegationNamed') && development.round !== undefined;
