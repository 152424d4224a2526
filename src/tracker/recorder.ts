/**
 * Recording: decisions are taken one after the other, against the log and what is about to be appended to it, and what was accepted
 * while an append was under way goes into the next one together. Another writer on the same log only makes us decide again.
 */
import {
  DemarcheError,
  type Development,
  type Entry,
  ERRORS,
  type Fault,
  isDemarcheError,
} from '../../events/index.ts';
import type { EventStore, JsonObject, NewEvent } from '../store/port.ts';
import { decide } from './decide.ts';
import { eventId, streamOf } from './identity.ts';
import type { NegotiationLog } from './log.ts';
import { type GrowingRegistry, growRegistry } from './registry.ts';

export interface Recording {
  /** one for each development given, in its order; `added: false`: it was on record already */
  readonly developments: readonly { readonly id: string; readonly revision: string; readonly added: boolean }[];
  /** the log position that holds all of it: reads that wait for it see it */
  readonly position: string;
  readonly revision: string;
}

interface Pending {
  readonly developments: readonly Development[];
  readonly metadata: JsonObject;
  readonly resolve: (recording: Recording) => void;
  readonly reject: (error: unknown) => void;
}

/** How often other writers may get in before us until we give up and say so. */
const ATTEMPTS = 50;
/** So that what is decided together stays of a size that any store takes. */
const TOGETHER = 500;

export type Record = (developments: readonly Development[], metadata: JsonObject) => Promise<Recording>;

/** A recorder for one negotiation. Its calls are atomic each, and answered once what they wrote is durable. */
export function recorder(store: EventStore, log: NegotiationLog, now: () => number): Record {
  const queue: Pending[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    // What is called in the same turn goes together.
    await Promise.resolve();
    while (queue.length > 0) await settle(takeTogether(queue));
    draining = false;
  }

  async function settle(batch: readonly Pending[], attempt = 1): Promise<void> {
    try {
      await log.catchUp();
      const { accepted, events } = decideAll(log, batch, now());
      if (events.length > 0) {
        const last = log.entries.at(-1);
        await store.append(streamOf(log.negotiation), last ? BigInt(last.revision) : 'none', events);
        await log.catchUp();
      }
      for (const { pending, added } of accepted) pending.resolve(recordingOf(log, pending, added));
    } catch (error) {
      if (isDemarcheError(error) && error.code === 'WRONG_EXPECTED_REVISION' && attempt < ATTEMPTS)
        return settle(batch, attempt + 1);
      for (const pending of batch) pending.reject(error);
    }
  }

  return (developments, metadata) =>
    new Promise((resolve, reject) => {
      queue.push({ developments, metadata, resolve, reject });
      if (!draining) void drain();
    });
}

function takeTogether(queue: Pending[]): readonly Pending[] {
  let size = 0;
  const fits = queue.findIndex(({ developments }, index) => {
    size += developments.length;
    return index > 0 && size > TOGETHER;
  });
  return queue.splice(0, fits === -1 ? queue.length : fits);
}

interface Accepted {
  readonly pending: Pending;
  readonly added: ReadonlySet<string>;
}

/** Decides on each call in turn; one that is refused is answered at once and leaves no trace. */
function decideAll(log: NegotiationLog, batch: readonly Pending[], now: number) {
  const draft = growRegistry(log.registry);
  const accepted: Accepted[] = [];
  const events: NewEvent[] = [];
  for (const pending of batch) {
    const decided = decideOne(draft, pending.developments, now);
    if ('faults' in decided) {
      pending.reject(refusal(decided.faults, pending.developments.length));
      continue;
    }
    for (const entry of decided.entries) {
      draft.add(entry);
      events.push(eventOf(entry.development, pending.metadata));
    }
    accepted.push({ pending, added: new Set(decided.entries.map(({ development }) => development.id)) });
  }
  return { accepted, events };
}

type Decided = { readonly entries: readonly Entry[] } | { readonly faults: readonly Fault[] };

/** Decides on developments that belong together: all of them, or what is wrong with each. */
export function decideOne(registry: GrowingRegistry, developments: readonly Development[], now: number): Decided {
  const draft = growRegistry(registry);
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  for (const [index, development] of developments.entries()) {
    const decision = decide(draft, development, now);
    if (decision.kind === 'refuse') {
      faults.push(...decision.faults.map((fault) => (developments.length > 1 ? { ...fault, index } : fault)));
      continue;
    }
    if (decision.kind === 'known') continue;
    const entry: Entry = { development, revision: draft.size, position: '', recorded: now, recorder: null };
    draft.add(entry);
    entries.push(entry);
  }
  return faults.length > 0 ? { faults } : { entries };
}

const eventOf = (development: Development, metadata: JsonObject): NewEvent => ({
  id: eventId(development.negotiation, development.id),
  type: development.type,
  data: development,
  metadata,
});

/** The error for faults: under the code they share, or as an invalid development where they differ. */
export function refusal(faults: readonly Fault[], of: number): DemarcheError {
  const codes = new Set(faults.map(({ code }) => code ?? 'DEVELOPMENT_INVALID'));
  const [first = 'DEVELOPMENT_INVALID'] = codes;
  const code = codes.size === 1 ? first : 'DEVELOPMENT_INVALID';
  const details = faults
    .slice(0, 5)
    .map(({ index, field, message }) => `${index === undefined ? '' : `[${index}] `}${field}: ${message}`);
  const rest = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
  return new DemarcheError(
    code,
    `${ERRORS[code].title}${of > 1 ? ', so nothing was recorded' : ''}. ${details.join('; ')}${rest}`,
    { faults },
  );
}

function recordingOf(log: NegotiationLog, { developments }: Pending, added: ReadonlySet<string>): Recording {
  const found = developments.map(({ id }) => {
    const entry = log.registry.find(id);
    if (!entry) throw new Error(`the log lost ${id}`);
    return entry;
  });
  const last = found.reduce((latest, entry) => (entry.revision > latest.revision ? entry : latest));
  return {
    developments: found.map(({ development: { id }, revision }) => ({
      id,
      revision: String(revision),
      added: added.has(id),
    })),
    position: last.position,
    revision: String(last.revision),
  };
}
