/** May this be recorded? Every refusal of the catalogue, before anything is written. Pure. */
import {
  canonicalJson,
  type Development,
  type ErrorCode,
  type Fault,
  isRecord,
  mergePatch,
  nearest,
  type ParsedDevelopment,
  parseDevelopment,
  type RecordDevelopment,
  spanOf,
} from '../../events/index.ts';
import { standingRecord } from '../../projections/record.ts';
import { relatedTo, targetsOf } from '../../projections/related.ts';
import type { Registry } from './registry.ts';

export type Decision =
  | { readonly kind: 'record' }
  /** the same content is there under the same id: nothing to add */
  | { readonly kind: 'known' }
  | { readonly kind: 'refuse'; readonly faults: readonly Fault[] };

/**
 * Decides on one checked development against what the log already holds.
 * @param now milliseconds since 1970
 */
export function decide(registry: Registry, development: Development, now: number): Decision {
  const found = registry.find(development.id);
  if (found) return sameContent(found.development, development) ? { kind: 'known' } : refuse([conflict(development)]);
  const faults = [
    ...openingFaults(registry, development),
    ...(registry.size === 0
      ? []
      : [...nameFaults(registry, development), ...futureFaults(development, registry.timeZone, now)]),
    ...(isRecord(development) ? remarkFaults(registry, development, now) : []),
  ];
  return faults.length > 0 ? refuse(faults) : { kind: 'record' };
}

const refuse = (faults: readonly Fault[]): Decision => ({ kind: 'refuse', faults });

const fault = (code: ErrorCode, field: string, value: unknown, message: string, suggestion?: string): Fault => ({
  code,
  field,
  value,
  message,
  ...(suggestion === undefined ? {} : { suggestion }),
});

const conflict = ({ id }: Development): Fault =>
  fault(
    'ID_CONFLICT',
    'id',
    id,
    'this id is already used with different content; take another id, or record a DevelopmentCorrected',
  );

/** Content is compared as it reads today, so that an older version of the catalogue makes no difference. */
function sameContent(recorded: Development, offered: Development): boolean {
  const parsed = parseDevelopment(recorded);
  return canonicalJson(parsed.ok ? parsed.value : recorded) === canonicalJson(offered);
}

function openingFaults({ size }: Registry, { type, negotiation }: Development): readonly Fault[] {
  if (type === 'NegotiationOpened')
    return size === 0
      ? []
      : [
          fault(
            'DEVELOPMENT_INVALID',
            'type',
            type,
            'this negotiation is open already; correct what opened it instead',
          ),
        ];
  return size > 0
    ? []
    : [
        fault(
          'NEGOTIATION_NOT_OPEN',
          'negotiation',
          negotiation,
          'open it first: record a NegotiationOpened with its title',
        ),
      ];
}

/** Parties and issues are declared before they are named. */
function nameFaults(registry: Registry, development: Development): readonly Fault[] {
  const unknown =
    (kind: 'party' | 'issue', declared: () => readonly string[]) =>
    (named: Named): Fault => {
      const suggestion = nearest(named.name, declared());
      const how = kind === 'party' ? 'PartyJoined' : 'IssueRaised';
      const message = `no ${kind} of this name was declared${suggestion ? `; did you mean ${suggestion}?` : ''} (declare it with ${how})`;
      return fault(kind === 'party' ? 'PARTY_UNKNOWN' : 'ISSUE_UNKNOWN', named.field, named.name, message, suggestion);
    };
  return [
    ...partiesNamed(development)
      .filter(({ name }) => !registry.hasParty(name))
      .map(unknown('party', registry.parties)),
    ...issuesNamed(development)
      .filter(({ name }) => !registry.hasIssue(name))
      .map(unknown('issue', registry.issues)),
  ];
}

/** A party or issue that must be declared, and the field that names it. */
export interface Named {
  readonly field: string;
  readonly name: string;
}

export function partiesNamed(development: ParsedDevelopment): readonly Named[] {
  const named = (field: string, value: unknown): readonly Named[] =>
    typeof value === 'string'
      ? [{ field, name: value }]
      : Array.isArray(value)
        ? value.flatMap((name, index) => named(`${field}.${index}`, name))
        : [];
  const fields = development as Readonly<Record<string, unknown>>;
  const own = development.type === 'PartyJoined' ? [] : ['party'];
  return [
    ...[...own, 'parties', 'mediators', 'to', 'statedBy', 'memberOf'].flatMap((field) => named(field, fields[field])),
    ...Object.keys(('counts' in development && development.counts) || {}).map((name) => ({
      field: `counts.${name}`,
      name,
    })),
  ];
}

export function issuesNamed(development: ParsedDevelopment): readonly Named[] {
  if (development.type === 'IssueRaised')
    return development.parent === undefined ? [] : [{ field: 'parent', name: development.parent }];
  if ('issues' in development) return development.issues.map((name, index) => ({ field: `issues.${index}`, name }));
  return 'issue' in development ? [{ field: 'issue', name: development.issue }] : [];
}

/** What is said to have happened, or to have been published, cannot lie wholly in the future. What is scheduled may. */
export function futureFaults({ occurred, source }: Development, timeZone: string, now: number): readonly Fault[] {
  const ahead = (field: string, date: string | undefined): readonly Fault[] =>
    date === undefined || spanOf(date, timeZone).start <= now
      ? []
      : [
          fault(
            'DATE_IN_FUTURE',
            field,
            date,
            `this lies in the future; write a date up to ${new Date(now).toISOString()}`,
          ),
        ];
  return [...ahead('occurred', occurred), ...ahead('source.published', source?.published)];
}

function remarkFaults(registry: Registry, remark: RecordDevelopment, now: number): readonly Fault[] {
  const targets = targetsOf(remark);
  const missing = targets.filter(({ id }) => !registry.find(id));
  if (missing.length > 0)
    return missing.map(({ field, id }) =>
      fault('DEVELOPMENT_UNKNOWN', field, id, 'no development with this id is on record'),
    );
  const wrong = (field: string, value: unknown, message: string) => [
    fault('DEVELOPMENT_INVALID', field, value, message),
  ];
  const targetTypes = targets.map(({ field, id }) => ({ field, id, development: registry.find(id)?.development }));
  switch (remark.type) {
    case 'DevelopmentCorrected':
      return correctionFaults(registry, remark, now);
    case 'DevelopmentRetracted':
      return targetTypes[0]?.development?.type === 'NegotiationOpened'
        ? wrong(
            'retracts',
            remark.retracts,
            'the opening of a negotiation is not retracted; everything else in it can be',
          )
        : [];
    case 'DevelopmentCorroborated':
    case 'DevelopmentDenied':
      return targetTypes.flatMap(({ field, id, development }) =>
        development && isRecord(development)
          ? wrong(field, id, 'name a development of the world, not one about the record')
          : [],
      );
    case 'DevelopmentMerged':
      if (remark.duplicate === remark.into) return wrong('into', remark.into, 'name two different developments');
      return targetTypes.flatMap(({ field, id, development }) =>
        development && (isRecord(development) || development.type === 'NegotiationOpened')
          ? wrong(field, id, 'only developments of the world are merged')
          : [],
      );
  }
}

/** A correction must leave a whole development behind, with declared names and possible dates. */
function correctionFaults(
  registry: Registry,
  correction: Extract<RecordDevelopment, { type: 'DevelopmentCorrected' }>,
  now: number,
): readonly Fault[] {
  const { corrects, changes } = correction;
  const target = registry.find(corrects)?.development;
  if (!target) return [];
  const inChanges = (inner: Fault): Fault => ({ ...inner, field: `changes.${inner.field}` });
  const parsed = parseDevelopment(mergePatch(currentContent(registry, target), changes));
  if (!parsed.ok) return parsed.faults.map(inChanges);
  const result = { ...parsed.value, id: corrects } as Development;
  if (
    isRecord(target) !== isRecord(result) ||
    (target.type === 'NegotiationOpened') !== (result.type === 'NegotiationOpened')
  )
    return [
      fault(
        'DEVELOPMENT_INVALID',
        'changes.type',
        result.type,
        `a ${target.type} is not corrected into a ${result.type}: retract it`,
      ),
    ];
  if (target.type === 'NegotiationOpened' && result.type === 'NegotiationOpened' && target.timeZone !== result.timeZone)
    return [
      fault(
        'DEVELOPMENT_INVALID',
        'changes.timeZone',
        result.timeZone,
        `the time zone stays ${target.timeZone}: every day on record is counted in it`,
      ),
    ];
  return [...nameFaults(registry, result), ...futureFaults(result, registry.timeZone, now)].map(inChanges);
}

function currentContent(registry: Registry, target: Development): Development {
  const record = standingRecord(relatedTo(registry, [target.id]), registry.timeZone, {
    knownOn: null,
    recordedBy: null,
  });
  return (
    record.standing.find(({ development }) => development.id === target.id)?.development ??
    record.remarks.get(target.id) ??
    target
  );
}
