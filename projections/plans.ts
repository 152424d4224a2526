/** Plans and their versions, point by point. A point keeps its id when the list is renumbered. */
import type { DevelopmentOf } from '../events/index.ts';
import type { Plan } from './answers.ts';
import type { Counted } from './record.ts';

type Version = Plan['versions'][number];
type PlanPoint = NonNullable<Version['points']>[number];

/** The plans on record, in the order of their first version. */
export function plansOf(counted: readonly Counted[]): readonly Plan[] {
  const plans = new Map<string, readonly Version[]>();
  for (const { development } of counted) {
    if (development.type !== 'PlanPublished' && development.type !== 'PlanAdjusted') continue;
    const earlier = plans.get(development.plan) ?? [];
    plans.set(development.plan, [...earlier, versionOf(development, earlier)]);
  }
  return [...plans].map(([plan, versions]) => ({ plan, version: versions.at(-1)?.version ?? '', versions }));
}

function versionOf(development: DevelopmentOf<'PlanPublished' | 'PlanAdjusted'>, earlier: readonly Version[]): Version {
  const { version, from, occurred, parties, summary = null, points = null, id } = development;
  const base = from === undefined ? earlier.at(-1) : earlier.findLast((one) => one.version === from);
  return {
    version,
    from: from ?? base?.version ?? null,
    occurred,
    parties,
    summary,
    points,
    ...pointsMoved(base?.points ?? null, points),
    development: id,
  };
}

/** What moved between two lists of points; nothing can be said where either is not on record. */
function pointsMoved(before: readonly PlanPoint[] | null, after: readonly PlanPoint[] | null) {
  if (!before || !after) return { added: [], removed: [], changed: [] };
  const texts = new Map(before.map(({ id, text }) => [id, text]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !texts.has(id)),
    removed: before.filter(({ id }) => !kept.has(id)),
    changed: after.flatMap(({ id, text }) => {
      const earlier = texts.get(id);
      return earlier === undefined || earlier === text ? [] : [{ id, before: earlier, after: text }];
    }),
  };
}
