/**
 * Texts that are asked for again and again, as bytes: each is kept under a short list of numbers that says what it tells. They lie one
 * behind the other in slabs, so that they are few things to look after; where there is no more room, the oldest slab goes with all in it.
 */

export interface Texts {
  /** a number for each who keeps texts here, for its keys to begin with */
  owner(): number;
  find(key: readonly number[]): Text | undefined;
  /** Keeps a text for as long as there is room for it. */
  keep(key: readonly number[], text: string): Text;
}

export interface Text {
  /** UTF-8; undefined once it had to make room */
  readonly bytes: Uint8Array | undefined;
}

interface Entry {
  key: Uint32Array;
  bytes: Uint8Array | undefined;
}

interface Slab {
  readonly memory: Buffer;
  used: number;
  readonly entries: [hash: number, Entry][];
}

const SLAB = 1024 * 1024;
/** What an entry takes beside its text. */
const OVERHEAD = 300;

/** @param most bytes that are kept, about */
export function openTexts(most: number): Texts {
  const entries = new Map<number, Entry>();
  const slabs: Slab[] = [];
  let kept = 0;
  let owners = 0;

  function slabFor(length: number): Slab {
    const last = slabs.at(-1);
    if (last && last.used + length <= last.memory.length) return last;
    const memory = Buffer.allocUnsafeSlow(Math.max(SLAB, length));
    const slab: Slab = { memory, used: 0, entries: [] };
    slabs.push(slab);
    kept += memory.length;
    while (kept > most && slabs.length > 1) drop(slabs.shift());
    return slab;
  }

  function drop(slab: Slab | undefined): void {
    if (!slab) return;
    kept -= slab.memory.length + slab.entries.length * OVERHEAD;
    for (const [hash, entry] of slab.entries) {
      // Who still holds the entry holds next to nothing.
      entry.bytes = undefined;
      entry.key = NOTHING;
      if (entries.get(hash) === entry) entries.delete(hash);
    }
  }

  return {
    owner() {
      owners += 1;
      return owners;
    },
    find(key) {
      const entry = entries.get(hashOf(key));
      return entry && isSame(entry.key, key) ? entry : undefined;
    },
    keep(key, text) {
      const length = Buffer.byteLength(text);
      const slab = slabFor(length);
      slab.memory.write(text, slab.used);
      const bytes = slab.memory.subarray(slab.used, slab.used + length);
      const entry: Entry = { key: Uint32Array.from(key), bytes };
      const hash = hashOf(key);
      entries.set(hash, entry);
      slab.entries.push([hash, entry]);
      slab.used += length;
      kept += OVERHEAD;
      return entry;
    },
  };
}

const NOTHING = new Uint32Array(0);

/** FNV-1a over whole numbers, in two halves that together fit a number exactly. */
function hashOf(key: readonly number[]): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let at = 0; at < key.length; at += 1) {
    const one = key[at] as number;
    low = Math.imul(low ^ one, 0x01000193);
    high = Math.imul(high ^ one ^ (low >>> 13), 0x85ebca6b);
  }
  return (high & 0xfffff) * 0x100000000 + (low >>> 0);
}

function isSame(kept: Uint32Array, key: readonly number[]): boolean {
  if (kept.length !== key.length) return false;
  for (let at = 0; at < kept.length; at += 1) if (kept[at] !== (key[at] as number) >>> 0) return false;
  return true;
}
