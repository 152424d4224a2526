/** May this be said about the record? What it speaks of must exist, and what it leaves behind must be whole. Pure. */
import {
  type Development,
  type DevelopmentOf,
  type Fault,
  isRecord,
  type RecordDevelopment,
} from '../../../events/index.ts';
import { targetsOf } from '../../../projections/related.ts';
import { correctionFaults, leftOut } from './corrections.ts';
import type { Registry } from './registry.ts';
import { fault, wrong } from './rules.ts';

/** @param now milliseconds since 1970 */
export function remarkFaults(registry: Registry, remark: RecordDevelopment, now: number): readonly Fault[] {
  const named = targetsOf(remark).map((target) => ({ ...target, development: registry.find(target.id)?.development }));
  const missing = named.filter(({ development }) => development === undefined);
  if (missing.length > 0)
    return missing.map(({ field, id }) =>
      fault('DEVELOPMENT_UNKNOWN', field, id, 'no development with this id is on record'),
    );
  const targets = named.flatMap(({ development, ...target }) => (development ? [{ ...target, development }] : []));
  switch (remark.type) {
    case 'DevelopmentCorrected':
      return targets.flatMap(({ development }) => correctionFaults(registry, remark, development, now));
    case 'DevelopmentRetracted':
      return targets.flatMap(({ development }) => retractionFaults(registry, remark, development, now));
    case 'DevelopmentCorroborated':
      return targets.flatMap(notOfTheWorld);
    case 'DevelopmentDenied':
      return targets.flatMap((target) =>
        isDenial(target.development)
          ? wrong(
              target.field,
              target.id,
              'a denial is not denied again; record what is said against it as a statement',
            )
          : notOfTheWorld(target),
      );
    case 'DevelopmentMerged':
      return mergeFaults(remark, targets);
  }
}

interface Target {
  readonly field: string;
  readonly id: string;
  readonly development: Development;
}

/** Of the world is what somebody reports to have happened: a denial too. */
const isDenial = ({ type }: Development): boolean => type === 'DevelopmentDenied';

const notOfTheWorld = ({ field, id, development }: Target): readonly Fault[] =>
  isRecord(development) && !isDenial(development)
    ? wrong(field, id, 'name a development of the world, not one about the record')
    : [];

function mergeFaults(
  { duplicate, into }: DevelopmentOf<'DevelopmentMerged'>,
  targets: readonly Target[],
): readonly Fault[] {
  if (duplicate === into) return wrong('into', into, 'name two different developments');
  const faults = targets.flatMap((target) =>
    target.development.type === 'NegotiationOpened'
      ? wrong(target.field, target.id, 'only developments of the world are merged, not the opening of a negotiation')
      : notOfTheWorld(target),
  );
  if (faults.length > 0) return faults;
  if (new Set(targets.map(({ development }) => isDenial(development))).size > 1)
    return wrong('into', into, 'a denial is the same as another denial, not as what is no denial');
  // Whatever a duplicate declares is declared by nothing once it is merged into what declares something else.
  return new Set(targets.map(({ development }) => declaredBy(development))).size > 1
    ? wrong(
        'into',
        into,
        'a party or an issue is declared by one of them: it is merged only with what declares the same',
      )
    : [];
}

/** "PartyJoined norway": what a development sets up, or nothing. */
function declaredBy(development: Development): string | undefined {
  switch (development.type) {
    case 'PartyJoined':
    case 'PartyLeft':
      return `${development.type} ${development.party}`;
    case 'IssueRaised':
      return `${development.type} ${development.issue}`;
    default:
      return undefined;
  }
}

function retractionFaults(
  registry: Registry,
  retraction: DevelopmentOf<'DevelopmentRetracted'>,
  target: Development,
  now: number,
): readonly Fault[] {
  if (target.type === 'NegotiationOpened')
    return wrong('retracts', target.id, 'the opening of a negotiation is not retracted; everything else in it can be');
  if (!isRecord(target)) return [];
  return leftOut(registry, retraction, now).flatMap(({ id }) =>
    wrong(
      'retracts',
      target.id,
      `${id} builds on it and would no longer leave a whole development; retract ${id} first`,
    ),
  );
}
