/**
 * Recording: decisions are taken one after the other, against the log and what is about to be appended to it, and what was accepted
 * while an append was under way goes into the next one together. Another writer on the same log only makes us decide again.
 */
import { type Development, type Entry, type ErrorCode, type Fault, isDemarcheError } from '../../../events/index.ts';
import type { AppendResult, EventStore, JsonObject, NewEvent } from '../../store/port.ts';
import { eventOf } from '../log/events.ts';
import { streamOf } from '../log/identity.ts';
import type { NegotiationLog } from '../log/log.ts';
import { notRecorded } from '../refusals.ts';
import { decideOne } from './decide.ts';
import { growRegistry, type Registry, registryFor } from './registry.ts';

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
/** What one call may have brought upon all that were to be appended with it; nothing was written. */
const FAULT_OF_ONE: ReadonlySet<ErrorCode> = new Set(['EVENT_TOO_LARGE', 'EVENT_UNSERIALISABLE', 'ID_CONFLICT']);
/** So that what is decided together stays of a size that any store takes. */
const TOGETHER = 500;

export type Recorder = (developments: readonly Development[], metadata: JsonObject) => Promise<Recording>;

/** A recorder for one negotiation. Its calls are atomic each, and answered once what they wrote is durable. */
export function recorder(store: EventStore, log: NegotiationLog, now: () => number): Recorder {
  const queue: Pending[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    // What is called in the same turn goes together.
    await Promise.resolve();
    while (queue.length > 0) await settle(takeTogether(queue));
    draining = false;
  }

  /** @param fresh whether the log is first read to its end. What is accepted without is refused by the store if it should not be. */
  async function settle(batch: readonly Pending[], attempt = 1, fresh = log.size === 0): Promise<void> {
    try {
      if (fresh) await log.catchUp();
      const failure = log.failure();
      if (failure) throw failure;
      const { size } = log;
      const developments = batch.flatMap((pending) => pending.developments);
      const { accepted, refused, events } = decideAll(await registryFor(log, developments), batch, now());
      // Nothing is refused for what another writer may have mended since.
      if (refused.length > 0 && !fresh) return settle(batch, attempt, true);
      const appended = events.length > 0 ? await append(events, size) : undefined;
      for (const { pending, faults } of refused) pending.reject(notRecorded(faults, pending.developments.length));
      for (const one of accepted) one.pending.resolve(recordingOf(one, appended));
    } catch (error) {
      const code = isDemarcheError(error) ? error.code : undefined;
      if (code === 'WRONG_EXPECTED_REVISION' && attempt < ATTEMPTS) return settle(batch, attempt + 1, true);
      if (code === 'ID_CONFLICT' && !fresh) return settle(batch, attempt, true);
      if (code !== undefined && FAULT_OF_ONE.has(code) && batch.length > 1) {
        for (const one of batch) await settle([one]);
        return;
      }
      for (const pending of batch) pending.reject(error);
    }
  }

  async function append(events: readonly NewEvent[], size: number): Promise<AppendResult> {
    const result = await store.append(streamOf(log.negotiation), size === 0 ? 'none' : BigInt(size - 1), events);
    try {
      await log.appended(events, result);
    } catch (error) {
      // It is durable, whatever keeps it from being read back here: who reads next reads on from there, and is told what is in the way.
      if (!isDemarcheError(error)) throw error;
    }
    return result;
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
  /** every development of the call, as it is on record already or is about to be */
  readonly entries: readonly Entry[];
  readonly added: ReadonlySet<string>;
}

/** Decides on each call in turn; one that is refused leaves no trace. */
function decideAll(registry: Registry, batch: readonly Pending[], now: number) {
  const draft = growRegistry(registry);
  const accepted: Accepted[] = [];
  const refused: { readonly pending: Pending; readonly faults: readonly Fault[] }[] = [];
  const events: NewEvent[] = [];
  for (const pending of batch) {
    const decided = decideOne(draft, pending.developments, now);
    if ('faults' in decided) {
      refused.push({ pending, faults: decided.faults });
      continue;
    }
    for (const entry of decided.entries) {
      draft.add(entry);
      events.push(eventOf(entry.development, pending.metadata, draft.timeZone));
    }
    accepted.push({
      pending,
      entries: pending.developments.flatMap(({ id }) => draft.find(id) ?? []),
      added: new Set(decided.entries.map(({ development }) => development.id)),
    });
  }
  return { accepted, refused, events };
}

/** What was there already has a position; what is added, by this call or another of its batch, lies at the position of the append, or before it. */
function recordingOf({ entries, added }: Accepted, appended: AppendResult | undefined): Recording {
  const last = entries.reduce((latest, entry) => (entry.revision > latest.revision ? entry : latest));
  const unsaid = new Set(added);
  return {
    developments: entries.map(({ development: { id }, revision }) => ({
      id,
      revision: String(revision),
      // Given more than once, it is added once. And the very same events can have come from another writer since the log was read.
      added: unsaid.delete(id) && appended?.written === true,
    })),
    position: last.position || (appended?.position ?? ''),
    revision: String(last.revision),
  };
}
