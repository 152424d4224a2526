/** Plans and their versions, point by point. A point keeps its id when the list is renumbered. */
import type { DevelopmentOf } from '../events/index.ts';
import type { Plan } from './answers.ts';
import { type DenialsOf, denialsIn } from './denials.ts';
import type { Counted } from './record.ts';

type Version = Plan['versions'][number];
type PlanPoint = NonNullable<Version['points']>[number];
type Step = DevelopmentOf<'PlanPublished' | 'PlanAdjusted'>;

/** The plans on record, in the order of their first version. */
export function plansOf(counted: readonly Counted[]): readonly Plan[] {
  const plans = new Map<string, readonly Step[]>();
  for (const { development } of counted) {
    if (development.type !== 'PlanPublished' && development.type !== 'PlanAdjusted') continue;
    plans.set(development.plan, placed(plans.get(development.plan) ?? [], development));
  }
  const denials = denialsIn(counted);
  return [...plans].map(([plan, steps]) => {
    const versions = steps.map((step, place) => versionOf(step, steps.slice(0, place), denials));
    return { plan, version: versions.at(-1)?.version ?? '', versions };
  });
}

/**
 * The versions with one more. What an earlier one says it came from is before it, though its day is not known and it counts later;
 * unless that version was there already, or itself came from one that followed.
 */
function placed(earlier: readonly Step[], step: Step): readonly Step[] {
  const { version, from } = step;
  const heir = earlier.findIndex((one) => one.from === version && one.version !== version);
  const isKnown = earlier.slice(0, heir).some((one) => one.version === version);
  const followed = earlier.slice(heir).some((one) => one.version === from);
  return heir < 0 || isKnown || followed ? [...earlier, step] : earlier.toSpliced(heir, 0, step);
}

function versionOf(step: Step, earlier: readonly Step[], denials: DenialsOf): Version {
  const { version, from, occurred, parties, summary = null, points = null, id } = step;
  const base = from === undefined ? earlier.at(-1) : earlier.findLast((one) => one.version === from);
  return {
    version,
    from: from ?? base?.version ?? null,
    occurred,
    parties,
    summary,
    points,
    ...planPointsMoved(base?.points ?? null, points),
    beside: denials([id]),
    development: id,
  };
}

/** What moved between two lists of points; nothing can be said where either is not on record. */
function planPointsMoved(before: readonly PlanPoint[] | null, after: readonly PlanPoint[] | null) {
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
