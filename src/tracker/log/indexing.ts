/** From events and digests into the index of a log: what speaks of others is read, with what it speaks of; the rest is not. */
import type { Entry } from '../../../events/index.ts';
import { vouchFor } from '../../../projections/corrected.ts';
import { timeZoneOf } from '../../../projections/index.ts';
import { namedBy } from '../../../projections/related.ts';
import { digestPageReader } from '../../../projections/time-index/digest.ts';
import { type Facts, factsOf, KIND } from '../../../projections/time-index/facts.ts';
import { hashOf } from '../../../projections/time-index/hash.ts';
import { createTimeIndex, type TimeIndex } from '../../../projections/time-index/time-index.ts';
import type { EventStore } from '../../store/port.ts';
import { entryOf } from './entry.ts';
import type { Library } from './library.ts';
import type { LastEvent } from './snapshot.ts';

export interface IndexingOptions {
  readonly store: EventStore;
  readonly stream: string;
  readonly words: Library;
  /** told that all before this revision was taken from digests, and its events were not read */
  readonly onTrusted: (revision: number) => void;
}

export function indexingOf({ store, stream, words, onTrusted }: IndexingOptions) {
  let making: TimeIndex | undefined;

  /**
   * Makes an index from digests, as far as there are any; nobody sees it before it is whole. The first event says the time zone, by which
   * everything else is counted.
   */
  async function makeAnew(): Promise<TimeIndex | undefined> {
    for await (const event of store.readStream(stream, { limit: 1 })) {
      const entry = entryOf(event, 0);
      const made = createTimeIndex(timeZoneOf([entry]));
      words.keep(entry);
      making = made;
      try {
        made.gather();
        await addOne(made, factsOf(entry.development, made.timeZone), entry.recorded, entry, new Map([[0, entry]]));
        await readDigests(made);
        made.settle();
        return made;
      } finally {
        making = undefined;
      }
    }
    return undefined;
  }

  /** @param at what was read already; what is needed besides is read back */
  async function addOne(
    to: TimeIndex,
    facts: Facts,
    recorded: number,
    entry: Entry | undefined,
    at: Map<number, Entry>,
  ): Promise<void> {
    const named = entry ? namedBy(entry.development) : [];
    const needed = to.needs(facts, named, entry).filter((revision) => !at.has(revision));
    // What is read back is read before the index is touched, so that who asks meanwhile finds it whole.
    if (needed.length > 0) for (const one of await words.entries(needed)) at.set(one.revision, one);
    to.add(facts, named, recorded, (revision) => at.get(revision) ?? missing(revision));
  }

  /** Indexes as much of the log as has digests: of these events, only those that speak of others are read. */
  async function readDigests(to: TimeIndex): Promise<void> {
    const before = to.size;
    // What it keeps of a page it reads is let go with it: logs are many, and read but once.
    const pageIn = digestPageReader();
    for await (const { from, count, lines, of } of store.readDigests?.(stream, before) ?? []) {
      if (to === making) to.reserve(of);
      const { facts: known, recorded } = pageIn(lines);
      const at = await spokenOf(to, from, known);
      let latest = to.size > 0 ? to.rows.recorded(to.size - 1) : 0;
      for (let place = 0; place < known.length; place += 1) {
        const facts = known[place] as Facts;
        const revision = from + place;
        latest = Math.max(latest, recorded[place] ?? 0);
        if (!speaks(to, facts)) {
          to.add(facts, NOBODY, latest, missing);
          continue;
        }
        if (!at.has(revision)) for (const entry of await words.entries([revision])) at.set(revision, entry);
        await addOne(to, facts, latest, at.get(revision), at);
      }
      if (known.length < count) break;
    }
    if (to.size > before) onTrusted(to.size);
  }

  /** The event an index ends with, read back. */
  async function lastOf({ size, rows }: TimeIndex): Promise<LastEvent | undefined> {
    for await (const { id, position } of store.readStream(stream, { from: BigInt(size - 1), limit: 1 }))
      return { id, revision: size - 1, position, recorded: rows.recorded(size - 1) };
    return undefined;
  }

  /** The events of a page that speak of others, and those they speak of, in the page or before it: read together, since each is needed. */
  async function spokenOf(to: TimeIndex, from: number, page: readonly Facts[]): Promise<Map<number, Entry>> {
    const at = new Map<number, Entry>();
    const speaking = placesIn(page, (facts) => speaks(to, facts));
    if (speaking.length === 0) return at;
    const take = (entry: Entry): void => {
      // Behind the first, all that is made anew from digests was held to the catalogue when these were made.
      if (to === making && entry.revision > 0) vouchFor(entry.development);
      at.set(entry.revision, entry);
    };
    for (const entry of await words.passing(speaking.map((place) => from + place))) take(entry);
    const named = [...at.values()].flatMap(({ development }) => namedBy(development));
    const ids = new Set(named.map((id) => hashOf(id).high));
    const within = placesIn(page, ({ id }) => ids.has(id.high)).map((place) => from + place);
    const spoken = new Set([...to.nearby(named), ...within]);
    for (const entry of await words.passing([...spoken].filter((revision) => !at.has(revision)))) take(entry);
    return at;
  }

  return {
    /** the index that is made anew now: it is not whole yet, and nobody asks it */
    get making(): TimeIndex | undefined {
      return making;
    },
    makeAnew,
    addOne,
    readDigests,
    lastOf,
  };
}

const speaks = (index: TimeIndex, facts: Facts): boolean =>
  facts.kind === KIND.remark || facts.kind === KIND.denial || index.isAwaited(facts);

/** Where in a page those facts lie that are looked for. */
function placesIn(page: readonly Facts[], isMeant: (facts: Facts) => boolean): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < page.length; place += 1) if (isMeant(page[place] as Facts)) places.push(place);
  return places;
}

const NOBODY: readonly string[] = [];

const missing = (revision: number): never => {
  throw new RangeError(`event ${revision} was not read`);
};
