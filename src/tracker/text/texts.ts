/**
 * Texts that are asked for again and again, as bytes. They lie one behind the other in slabs, so that they are few things to look after;
 * where there is no more room, the oldest slab goes with all in it.
 */

/** A place where no text ever lies. */
export const NOWHERE = 0;

export interface Texts {
  /** Keeps a copy for as long as there is room for it. @returns its place, a number that no other text ever gets */
  keep(text: Uint8Array): number;
  /** The text at a place; undefined once it had to make room. Whoever holds it has it for good. */
  find(place: number): Buffer | undefined;
}

interface Slab {
  readonly memory: Buffer;
  used: number;
}

const SLAB = 1024 * 1024;
/** Before each text stands its length. */
const LENGTH = 4;

/** @param most bytes that are kept, about */
export function openTexts(most: number): Texts {
  const slabs: Slab[] = [];
  /** the number of the first slab that is still here */
  let first = 0;
  let kept = 0;

  function slabFor(length: number): Slab {
    const last = slabs.at(-1);
    if (last && last.used + length <= last.memory.length) return last;
    const slab = { memory: Buffer.allocUnsafeSlow(Math.max(SLAB, length)), used: 0 };
    slabs.push(slab);
    kept += slab.memory.length;
    while (kept > most && slabs.length > 1) {
      kept -= slabs.shift()?.memory.length ?? 0;
      first += 1;
    }
    return slab;
  }

  return {
    keep(text) {
      const slab = slabFor(LENGTH + text.length);
      const { memory, used } = slab;
      memory.writeUInt32LE(text.length, used);
      memory.set(text, used + LENGTH);
      slab.used = used + LENGTH + text.length;
      // A slab that is larger holds one text, at its beginning.
      return (first + slabs.length - 1) * SLAB + used + LENGTH;
    },
    find(place) {
      const number = Math.floor(place / SLAB);
      const slab = slabs[number - first];
      if (!slab || place === NOWHERE) return undefined;
      const from = place - number * SLAB;
      return slab.memory.subarray(from, from + slab.memory.readUInt32LE(from - LENGTH));
    },
  };
}
