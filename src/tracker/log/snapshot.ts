/**
 * Snapshots: the index of a log as it was after some event, in a file. It is trusted only whole, of this version, and of this very log;
 * everything else is thrown away and the index made anew. A snapshot is never needed: it saves the reading of the log.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { exportIndex, INDEX_VERSION, importIndex, type Portable } from '../../../projections/time-index/portable.ts';
import type { PortableArray } from '../../../projections/time-index/table.ts';
import type { TimeIndex } from '../../../projections/time-index/time-index.ts';
import { fileOf as storeFileOf } from '../../store/address.ts';
import { isRunning } from './processes.ts';

/** The event a snapshot ends with: by this it is known to be of this log. */
export interface LastEvent {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly recorded: number;
}

export interface Snapshot {
  readonly index: TimeIndex;
  readonly last: LastEvent;
}

export interface Snapshots {
  /** the snapshot of a stream, or undefined where there is none to be trusted; why not is said, and the file taken away */
  load(stream: string): Promise<Snapshot | undefined>;
  /** writes one, whole or not at all; the index may go on growing meanwhile */
  save(stream: string, snapshot: Snapshot): Promise<void>;
  discard(stream: string, why: string): Promise<void>;
  /** takes the snapshot of a stream away, if there is one, and says nothing */
  remove(stream: string): Promise<void>;
  /** a snapshot is written when so many events were read since the last one */
  readonly every: number;
  /** and at the end, when so many were */
  readonly atClose: number;
}

export type Say = (message: string) => void;

const MAGIC = 'demarche snapshot\n';
/** Behind the name of a snapshot: one that a process is writing, or was. */
const TEMPORARY = /^\.(\d+)\.\d+\.tmp$/;

/**
 * Snapshots in a folder, which is made when the first is written.
 * @param say told, in a sentence, of each snapshot that is thrown away or cannot be written
 */
export function snapshotsIn(folder: string, say: Say, { every = 50_000, atClose = 2_000 } = {}): Snapshots {
  let writes = 0;
  let unwritable = false;
  /** what is being written here now */
  const unfinished = new Set<string>();
  const fileOf = (stream: string): string => join(folder, `${stream.replaceAll(/[^a-z0-9-]/g, '_')}.snapshot`);

  const takeAway = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined);

  const remove = (stream: string): Promise<void> => takeAway(fileOf(stream));

  /** Takes away what processes that are gone were writing when they were killed. */
  async function removeLeftovers(stream: string): Promise<void> {
    const name = basename(fileOf(stream));
    for (const one of await readdir(folder).catch(() => [])) {
      const [, pid] = TEMPORARY.exec(one.startsWith(name) ? one.slice(name.length) : '') ?? [];
      if (pid === undefined) continue;
      const file = join(folder, one);
      const isWritten = Number(pid) === process.pid ? unfinished.has(file) : isRunning(Number(pid));
      if (!isWritten) await takeAway(file);
    }
  }

  async function discard(stream: string, why: string): Promise<void> {
    say(`the snapshot ${fileOf(stream)} is thrown away: ${why}; the index is made anew from the log`);
    await remove(stream);
  }

  return {
    every,
    atClose,
    discard,
    async remove(stream) {
      await removeLeftovers(stream);
      await remove(stream);
    },
    async load(stream) {
      await removeLeftovers(stream);
      try {
        return await read(fileOf(stream), stream);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        await discard(stream, error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    async save(stream, snapshot) {
      const file = fileOf(stream);
      const parts = written(stream, snapshot);
      writes += 1;
      const temporary = `${file}.${process.pid}.${writes}.tmp`;
      unfinished.add(temporary);
      try {
        await mkdir(folder, { recursive: true });
        const handle = await open(temporary, 'w');
        try {
          for (const part of parts) await handle.writeFile(part);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
        unwritable = false;
      } catch (error) {
        await takeAway(temporary);
        // A folder that cannot be written to, a full disk: that is no news the second time.
        if (!unwritable) say(`no snapshot was written: ${error instanceof Error ? error.message : String(error)}`);
        unwritable = true;
      } finally {
        unfinished.delete(temporary);
      }
    },
  };
}

interface Section {
  readonly name: string;
  readonly kind: 'f64' | 'u32' | 'u8';
  readonly length: number;
  readonly sum: number;
}

interface FileHead {
  readonly version: number;
  readonly stream: string;
  readonly last: LastEvent;
  readonly sections: readonly Section[];
  readonly index: Portable['head'];
}

/** The file in parts: a line of magic, the head's length and sum, the head, and the arrays one after the other. */
function written(stream: string, { index, last }: Snapshot): readonly Uint8Array[] {
  const { head, arrays } = exportIndex(index);
  const bodies = Object.entries(arrays).map(([name, array]) => ({ name, array, bytes: bytesOf(array).slice() }));
  const sections = bodies.map(
    ({ name, array, bytes }): Section => ({ name, kind: kindOf(array), length: array.length, sum: crc32(bytes) }),
  );
  const fileHead: FileHead = { version: INDEX_VERSION, stream, last, sections, index: head };
  const text = Buffer.from(JSON.stringify(fileHead));
  return [Buffer.from(`${MAGIC}${text.length} ${crc32(text)}\n`), text, ...bodies.map(({ bytes }) => bytes)];
}

/** @throws Error that says what is wrong with the file */
async function read(file: string, stream: string): Promise<Snapshot> {
  const handle = await open(file, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length + 40);
    await handle.read(start, 0, start.length, 0);
    const [, length, sum] = new RegExp(`^${MAGIC}(\\d+) (\\d+)\n`).exec(start.toString('latin1')) ?? [];
    if (length === undefined) throw new Error('it does not begin like one');
    let at = MAGIC.length + length.length + 1 + String(sum).length + 1;
    const take = async (bytes: Uint8Array, expected: number): Promise<void> => {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
      if (bytesRead !== bytes.length) throw new Error('it was cut off');
      if (crc32(bytes) !== expected) throw new Error('it is damaged');
      at += bytes.length;
    };
    const { size } = await handle.stat();
    if (Number(length) > size) throw new Error('it was cut off');
    const text = Buffer.alloc(Number(length));
    await take(text, Number(sum));
    const head: FileHead = JSON.parse(text.toString());
    if (head.version !== INDEX_VERSION)
      throw new Error(`it has version ${head.version}, and this Demarche reads version ${INDEX_VERSION}`);
    if (head.stream !== stream) throw new Error(`it is of ${head.stream}`);
    const arrays: Record<string, PortableArray> = {};
    for (const section of head.sections) {
      const array = arrayOf(section);
      await take(bytesOf(array), section.sum);
      arrays[section.name] = array;
    }
    return { index: importIndex({ head: head.index, arrays }), last: head.last };
  } finally {
    await handle.close();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: PortableArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const kindOf = (array: PortableArray): Section['kind'] =>
  array instanceof Float64Array ? 'f64' : array instanceof Uint32Array ? 'u32' : 'u8';

/** With room behind it for what was recorded since, so that it need not be moved at once. */
function arrayOf({ kind, length, name }: Section): PortableArray {
  // The table of ids is as large as it is.
  const room = name === 'ids' ? length : length + Math.ceil(length / 64) + 64;
  switch (kind) {
    case 'f64':
      return new Float64Array(room).subarray(0, length);
    case 'u32':
      return new Uint32Array(room).subarray(0, length);
    case 'u8':
      return new Uint8Array(room).subarray(0, length);
  }
}

/** Where the snapshots of a store belong: beside a SQLite file; undefined for a store that has no place of its own here. */
export function snapshotFolder(address: string): string | undefined {
  const path = storeFileOf(address);
  return path === undefined ? undefined : `${path}-snapshots`;
}
