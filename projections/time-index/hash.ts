/** 64 bits that stand for a text: equal texts have equal hashes, and two different ones have the same by no accident we could wait for. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

/** What stands for the absence of words. */
export const NO_WORDS: Hash = { high: 0, low: 0 };

/** Two multiplicative lanes over the UTF-16 units, finished as in MurmurHash3 (public domain, Austin Appleby). */
export function hashOf(text: string): Hash {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x85ebca77);
    low = Math.imul(low ^ unit, 0xc2b2ae3d);
  }
  high ^= text.length;
  const first = finish(high ^ (low >>> 15));
  // Zero is taken: it stands for no words.
  return { high: first, low: finish(low ^ (high >>> 13)) || 1 };
}

function finish(mixed: number): number {
  let lane = mixed;
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35);
  return (lane ^ (lane >>> 16)) >>> 0;
}
