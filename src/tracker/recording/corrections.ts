/** May this be corrected so? Nothing that stands on record may be left without a whole development. Pure. */
import {
  type Development,
  type DevelopmentOf,
  type Entry,
  type Fault,
  groupOf,
  isRecord,
  mergePatch,
  parseDevelopment,
  type RecordDevelopment,
} from '../../../events/index.ts';
import { type StandingRecord, standingRecord } from '../../../projections/record.ts';
import { relatedTo, targetsOf } from '../../../projections/related.ts';
import { drafted, type Registry } from './registry.ts';
import { futureFaults, nameFaults, wrong } from './rules.ts';

type Correction = DevelopmentOf<'DevelopmentCorrected'>;

/**
 * A correction must leave whole what it corrects, and, where that is about the record itself, all that this speaks of in turn: with
 * declared names and possible dates.
 */
export function correctionFaults(
  registry: Registry,
  correction: Correction,
  target: Development,
  now: number,
): readonly Fault[] {
  const before = recordOf(registry, correction);
  const parsed = parseDevelopment(mergePatch(contentIn(before, target), correction.changes));
  if (!parsed.ok) return parsed.faults.map((inner) => inChanges(ofWhatStays(inner, correction), 1));
  const identity = identityFaults(target, { ...parsed.value, id: target.id } as Development, 1);
  if (identity.length > 0) return identity;
  const after = recordOf(registry, correction, drafted(registry, correction, now));
  const spoilt = leftOutIn(registry, before, after).flatMap(({ id, content, faults }) => {
    const depth = id === correction.id ? 1 : id === target.id ? 2 : 0;
    const why = depth === 1 ? 'where it counts, before a later correction' : `with this, ${content.id} is not whole`;
    return faults.map((inner) => inChanges({ ...inner, message: `${why}: ${inner.message}` }, depth));
  });
  if (spoilt.length > 0) return spoilt;
  const { root, depth } = rootOf(registry, target);
  const result = contentIn(after, root);
  const consequences = [...nameFaults(registry, result), ...futureFaults(result, registry.timeZone, now)];
  return [
    ...(depth > 1 ? identityFaults(root, result, depth) : []),
    ...consequences.map((inner) => inChanges(inner, depth)),
  ];
}

/** What a development is, is not corrected: another one has to be recorded. */
function identityFaults(before: Development, after: Development, depth: number): readonly Fault[] {
  const stays = (field: string, value: unknown, message: string) =>
    wrong(field, value, message).map((inner) => inChanges(inner, depth));
  const fixed = ({ type }: Development) => groupOf(type) === 'record' || groupOf(type) === 'set-up';
  if (before.type !== after.type && (fixed(before) || fixed(after)))
    return stays('type', after.type, `a ${before.type} is not corrected into a ${after.type}: retract it`);
  if (isRecord(before) && isRecord(after)) {
    const now = targetsOf(after);
    return targetsOf(before).flatMap(({ field, id }, at) =>
      now[at]?.id === id
        ? []
        : stays(field, now[at]?.id, `this is about ${id} and stays so: retract it, and record another`),
    );
  }
  if (before.type === 'PartyJoined' && after.type === 'PartyJoined' && before.party !== after.party)
    return stays('party', after.party, `${before.party} was declared: retract this, and declare ${after.party}`);
  if (before.type === 'IssueRaised' && after.type === 'IssueRaised' && before.issue !== after.issue)
    return stays('issue', after.issue, `${before.issue} was declared: retract this, and declare ${after.issue}`);
  if (before.type !== 'NegotiationOpened' || after.type !== 'NegotiationOpened' || before.timeZone === after.timeZone)
    return [];
  const message = `the time zone stays ${before.timeZone}: every day on record is counted in it`;
  return stays('timeZone', after.timeZone, message);
}

/** A field that the changes do not name, but leave without a place, is not left out by whoever writes them. */
function ofWhatStays(inner: Fault, { corrects, changes }: Correction): Fault {
  const [field = ''] = inner.field.split('.');
  if (inner.value === undefined || field in changes) return inner;
  return { ...inner, message: `this is of ${corrects}, and stays unless null is said here: ${inner.message}` };
}

const inChanges = (inner: Fault, depth: number): Fault => ({
  ...inner,
  field: [
    ...Array<string>(Math.max(depth, 1)).fill('changes'),
    ...(depth > 0 && inner.field ? [inner.field] : []),
  ].join('.'),
});

interface LeftOut {
  /** the correction that would be left out */
  readonly id: string;
  /** what it corrects, without it */
  readonly content: Development;
  readonly faults: readonly Fault[];
}

/** The corrections that would no longer leave a whole development behind, were this remark recorded now. */
export const leftOut = (registry: Registry, remark: RecordDevelopment, now: number): readonly LeftOut[] =>
  leftOutIn(registry, recordOf(registry, remark), recordOf(registry, remark, drafted(registry, remark, now)));

function leftOutIn(registry: Registry, before: StandingRecord, after: StandingRecord): readonly LeftOut[] {
  return [...after.leftOut].flatMap((id): LeftOut[] => {
    const correction = after.remarks.get(id)?.development;
    const target = correction?.type === 'DevelopmentCorrected' ? registry.find(correction.corrects) : undefined;
    if (before.leftOut.has(id) || correction?.type !== 'DevelopmentCorrected' || !target) return [];
    const content = contentIn(after, target.development);
    const parsed = parseDevelopment(mergePatch(content, correction.changes));
    const other = [{ field: '', message: `${id} would leave no whole development` }];
    return [{ id, content, faults: parsed.ok ? other : parsed.faults }];
  });
}

/** The record as it stands today for a development and all that bears on it. */
function recordOf(registry: Registry, development: Development, draft?: Entry): StandingRecord {
  const ids = [development.id, ...(isRecord(development) ? targetsOf(development).map(({ id }) => id) : [])];
  const entries = relatedTo(registry, ids);
  const today = { knownOn: null, recordedBy: null };
  return standingRecord(draft ? [...entries, draft] : entries, registry.timeZone, today);
}

const contentIn = ({ standing, remarks }: StandingRecord, { id, ...as }: Development): Development =>
  standing.find(({ development }) => development.id === id)?.development ??
  remarks.get(id)?.development ??
  ({ id, ...as } as Development);

/** The development of the world that a chain of corrections ends at, and how many corrections deep it is from here. */
function rootOf(registry: Registry, target: Development): { readonly root: Development; readonly depth: number } {
  let root = target;
  let depth = 1;
  while (root.type === 'DevelopmentCorrected') {
    const next = registry.find(root.corrects)?.development;
    if (!next) break;
    root = next;
    depth += 1;
  }
  return { root, depth };
}
