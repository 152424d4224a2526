/** May this be recorded? Every refusal of the catalogue, before anything is written. Pure. */
import {
  canonicalJson,
  type Development,
  type Entry,
  type Fault,
  isRecord,
  parseDevelopment,
} from '../../../events/index.ts';
import { drafted, growRegistry, type Registry } from './registry.ts';
import { remarkFaults } from './remarks.ts';
import { fault, futureFaults, nameFaults, withSuggestions } from './rules.ts';

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
  // What opens a negotiation says itself in which zone its days are counted; in one that is not open, nothing else can be checked.
  const timeZone = development.type === 'NegotiationOpened' ? development.timeZone : registry.timeZone;
  const checkable = registry.size > 0 || development.type === 'NegotiationOpened';
  const faults = [
    ...openingFaults(registry, development),
    ...(checkable ? [...nameFaults(registry, development), ...futureFaults(development, timeZone, now)] : []),
    ...(isRecord(development) ? remarkFaults(registry, development, now) : []),
  ];
  return faults.length > 0 ? refuse(faults) : { kind: 'record' };
}

const refuse = (faults: readonly Fault[]): Decision => ({ kind: 'refuse', faults });

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

type Decided = { readonly entries: readonly Entry[] } | { readonly faults: readonly Fault[] };

/** Decides on developments that belong together: all of them, or what is wrong with each. */
export function decideOne(registry: Registry, developments: readonly Development[], now: number): Decided {
  const [only] = developments;
  if (only && developments.length === 1) return decideAlone(registry, only, now);
  const draft = growRegistry(registry);
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  for (const [index, development] of developments.entries()) {
    const decision = decide(draft, development, now);
    if (decision.kind === 'refuse') faults.push(...decision.faults.map((fault) => ({ ...fault, index })));
    if (decision.kind !== 'record') continue;
    const entry = drafted(draft, development, now);
    draft.add(entry);
    entries.push(entry);
  }
  return faults.length > 0 ? { faults: withSuggestions(draft, faults) } : { entries };
}

/** Nothing else has to be decided behind it: no draft is needed. */
function decideAlone(registry: Registry, development: Development, now: number): Decided {
  const decision = decide(registry, development, now);
  switch (decision.kind) {
    case 'refuse':
      return { faults: withSuggestions(registry, decision.faults) };
    case 'known':
      return { entries: [] };
    case 'record':
      return { entries: [drafted(registry, development, now)] };
  }
}
