/** The bytes of what is imported, as often as they are needed. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bytes, Input } from './types.ts';

export interface Passes {
  /** all bytes, from the start */
  pass(): Bytes;
  /** whether there can be another pass */
  readonly again: boolean;
  /** takes away what was kept for it */
  close(): Promise<void>;
}

/** @param keep of what comes only once, the first pass keeps a copy on disk for those that follow */
export function passesOver(input: Input, keep: boolean): Passes {
  if (typeof input === 'function') return { again: true, pass: input, close: async () => undefined };
  let folder: string | undefined;
  let copy: FileHandle | undefined;
  let whole = false;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };

  async function* copied(bytes: Bytes): AsyncGenerator<Uint8Array> {
    folder = await mkdtemp(join(tmpdir(), 'demarche-import-'));
    copy = await open(join(folder, 'input'), 'wx+');
    // Where a system lets go of the name of an open file, nothing is left of it however this process ends.
    await remove().catch(() => undefined);
    for await (const chunk of bytes) {
      await copy.appendFile(chunk);
      yield chunk;
    }
    whole = true;
  }

  return {
    get again() {
      return whole;
    },
    pass() {
      if (copy && whole) return copy.createReadStream({ start: 0, autoClose: false });
      return keep ? copied(input) : input;
    },
    async close() {
      await copy?.close();
      await remove();
    },
  };
}
