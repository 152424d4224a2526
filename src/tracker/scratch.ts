/** Memory in which texts are put together, one after the other. */

export interface Scratch {
  /** Begins the next text. */
  begin(): void;
  text(text: string): void;
  bytes(bytes: Uint8Array): void;
  /** What was written since the beginning; only until the next one. */
  written(): Uint8Array;
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
    text(text) {
      makeRoom(LONGEST * text.length);
      at += memory.write(text, at);
    },
    bytes(bytes) {
      makeRoom(bytes.length);
      memory.set(bytes, at);
      at += bytes.length;
    },
    written: () => memory.subarray(0, at),
  };
}
