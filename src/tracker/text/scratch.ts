/** Memory in which texts are put together, one after the other. */

export interface Scratch {
  /** Begins anew. */
  begin(): void;
  /** how many bytes were written since */
  readonly length: number;
  text(text: string): void;
  /** Some bytes, or some of them: from a place up to another one. */
  bytes(bytes: Buffer, from?: number, to?: number): void;
  /** What was written since the beginning, in memory of its own. */
  written(): Buffer;
}

const FIRST = 64 * 1024;
/** A UTF-16 unit takes as many bytes in UTF-8 at the most. */
const LONGEST = 3;

export function openScratch(): Scratch {
  let memory = Buffer.allocUnsafeSlow(FIRST);
  let at = 0;

  function makeRoom(length: number): void {
    if (at + length <= memory.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (at + length));
    larger.set(memory.subarray(0, at));
    memory = larger;
  }

  return {
    begin() {
      at = 0;
    },
    get length() {
      return at;
    },
    text(text) {
      makeRoom(LONGEST * text.length);
      at += memory.write(text, at);
    },
    bytes(bytes, from = 0, to = bytes.length) {
      makeRoom(to - from);
      at += bytes.copy(memory, at, from, to);
    },
    written: () => Buffer.from(memory.subarray(0, at)),
  };
}
