/**
 * From an id to the places in the log that may carry it: open addressing over the high half of the id's hash, 8 bytes a slot, at most
 * 85 of 100 full. One id in some thousands has a second candidate; whoever needs to be sure reads the event.
 */
import type { Hash } from './hash.ts';

export interface IdTable {
  /** the revisions whose id has this hash, latest last: none, nearly always one */
  candidates(id: Hash): readonly number[];
  add(id: Hash, revision: number): void;
  /** makes room for so many ids at once */
  reserve(ids: number): void;
  /** pairs of the high half of a hash and a revision + 1; a free slot holds zeros */
  readonly slots: Uint32Array;
}

const FULL = 0.85;

/** The slots of a table made earlier, and how many ids are in them. */
export interface IdSlots {
  readonly slots: Uint32Array;
  readonly size: number;
}

/** @param made earlier: its slots are taken over */
export function idTable(made: IdSlots = { slots: new Uint32Array(2 * 256), size: 0 }): IdTable {
  let { slots, size } = made;

  const homeOf = (high: number): number => Math.floor((high / 4294967296) * (slots.length / 2));

  function place(high: number, mark: number): void {
    const count = slots.length / 2;
    let slot = homeOf(high);
    while (slots[2 * slot + 1] !== 0) slot = slot + 1 === count ? 0 : slot + 1;
    slots[2 * slot] = high;
    slots[2 * slot + 1] = mark;
  }

  function resize(count: number): void {
    const old = slots;
    slots = new Uint32Array(2 * count);
    for (let slot = 0; slot < old.length; slot += 2) {
      const mark = old[slot + 1] as number;
      if (mark !== 0) place(old[slot] as number, mark);
    }
  }

  function candidates({ high }: Hash): readonly number[] {
    const count = slots.length / 2;
    const found: number[] = [];
    for (let slot = homeOf(high); ; slot = slot + 1 === count ? 0 : slot + 1) {
      const mark = slots[2 * slot + 1] as number;
      if (mark === 0) return found.length > 1 ? found.sort((a, b) => a - b) : found;
      if (slots[2 * slot] === high) found.push(mark - 1);
    }
  }

  return {
    candidates,
    add({ high }, revision) {
      if (size + 1 > (slots.length / 2) * FULL) resize(Math.ceil((slots.length / 2) * 1.25));
      place(high, revision + 1);
      size += 1;
    },
    reserve(ids) {
      const count = Math.ceil(ids / (FULL * 0.95));
      if (count > slots.length / 2) resize(count);
    },
    get slots() {
      return slots;
    },
  };
}
