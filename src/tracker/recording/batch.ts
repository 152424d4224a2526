/**
 * Recording a batch of any size: decided on page by page, each against the log and what was decided before, which lies on disk until all
 * of it is written at once.
 */
import { type Development, type Entry, type Fault, isRecord, type ParsedDevelopment } from '../../../events/index.ts';
import { type Relations, targetsOf } from '../../../projections/related.ts';
import type { EventStore, JsonObject } from '../../store/port.ts';
import { appendStaged, openStaging } from '../../store/staging.ts';
import type { Staged } from '../../store/staging-port.ts';
import { eventOf } from '../log/events.ts';
import { developmentId, eventId, streamOf } from '../log/identity.ts';
import type { NegotiationLog } from '../log/log.ts';
import { type Decision, decide } from './decide.ts';
import {
  declaredIn,
  drafted,
  entriesIn,
  growDeclared,
  growRegistry,
  idsIn,
  registryOf,
  relationsAmong,
} from './registry.ts';
import { withSuggestions } from './rules.ts';

/** A batch of one negotiation. It holds a page of it in memory, the names it declares, and nothing else. */
export interface Batch {
  /** the developments on record by which the negotiation was opened and parties and issues declared */
  setUp(): Promise<readonly Development[]>;
  /** Decides on a page: what becomes of each of its developments. Those to be recorded are kept for `commit`. */
  decide(page: readonly ParsedDevelopment[]): Promise<readonly Decision[]>;
  /** faults, with the nearest declared name where one is near */
  withSuggestions(faults: readonly Fault[]): readonly Fault[];
  /**
   * Records all of it, or nothing, and gives the log position that holds it.
   * @throws DemarcheError `WRONG_EXPECTED_REVISION` where somebody else recorded in this negotiation since it began: what was decided
   *   may no longer hold, and has to be decided again; and what the store throws
   */
  commit(): Promise<string>;
  /** Frees everything, whether it was recorded or not. */
  close(): void;
}

/** @param log caught up */
export async function openBatch(
  store: EventStore,
  log: NegotiationLog,
  now: () => number,
  metadata: JsonObject,
): Promise<Batch> {
  const { negotiation, size: before } = log;
  const staging = await openStaging();
  const declared = growDeclared(declaredIn(log));
  let lastKnown: Entry | undefined;

  /** Asks again for what was found to speak of other things, until nothing new is spoken of. */
  async function relationsOf(page: readonly Development[]): Promise<Relations> {
    const found = new Map<number, Entry>();
    const asked = new Set<string>();
    for (let ids = idsIn(page); ids.length > 0; ) {
      for (const id of ids) asked.add(id);
      const entries = [...(await entriesIn(log, ids)), ...stagedUnder(ids)].filter(
        ({ revision }) => !found.has(revision),
      );
      for (const entry of entries) found.set(entry.revision, entry);
      ids = [...new Set(entries.flatMap(idsAround))].filter((id) => !asked.has(id));
    }
    return relationsAmong([...found.values()].sort((a, b) => a.revision - b.revision));
  }

  const stagedUnder = (ids: readonly string[]): readonly Entry[] =>
    staging.related(ids.map((id) => eventId(negotiation, id))).map(({ place, event }: Staged) => ({
      ...{ development: JSON.parse(event.data), revision: before + place, position: '' },
      ...{ recorded: now(), recorder: null },
    }));

  function stage(development: Development): void {
    staging.add([
      {
        ...eventOf(development, metadata, declared.timeZone),
        about: isRecord(development) ? targetsOf(development).map(({ id }) => eventId(negotiation, id)) : [],
      },
    ]);
  }

  return {
    async setUp() {
      const entries = await log.words.passing(log.index.declared.by);
      return entries.map(({ development }) => development);
    },

    async decide(page) {
      const developments = page.map((one) => ({ ...one, id: developmentId(one) }) as Development);
      const draft = growRegistry(registryOf(declared, await relationsOf(developments)));
      const moment = now();
      return developments.map((development) => {
        const decision = decide(draft, development, moment);
        if (decision.kind === 'known') lastKnown = later(lastKnown, draft.find(development.id));
        if (decision.kind !== 'record') return decision;
        const entry = drafted(draft, development, moment);
        draft.add(entry);
        declared.add(entry);
        stage(development);
        return decision;
      });
    },

    withSuggestions: (faults) => withSuggestions(declared, faults),

    async commit() {
      if (staging.size === 0) return lastKnown?.position ?? '';
      const expected = before === 0 ? 'none' : BigInt(before - 1);
      return (await appendStaged(store, streamOf(negotiation), expected, staging.pages())).position;
    },

    close: staging.close,
  };
}

/** The ids by which more is found that bears on a development. */
const idsAround = ({ development }: Entry): readonly string[] =>
  isRecord(development) ? [development.id, ...targetsOf(development).map(({ id }) => id)] : [development.id];

const later = (one: Entry | undefined, other: Entry | undefined): Entry | undefined =>
  one && other ? (one.revision > other.revision ? one : other) : (one ?? other);
