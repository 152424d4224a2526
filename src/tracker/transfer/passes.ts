/** The bytes of what is imported, as often as they are needed. */
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
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
  let copy: string | undefined;

  async function* copied(bytes: Bytes): AsyncGenerator<Uint8Array> {
    folder = await mkdtemp(join(tmpdir(), 'demarche-import-'));
    const path = join(folder, 'input');
    const file = await open(path, 'wx');
    try {
      for await (const chunk of bytes) {
        await file.appendFile(chunk);
        yield chunk;
      }
    } finally {
      await file.close();
    }
    copy = path;
  }

  return {
    get again() {
      return copy !== undefined;
    },
    pass() {
      if (copy !== undefined) return createReadStream(copy);
      return keep ? copied(input) : input;
    },
    async close() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
