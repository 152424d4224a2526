/** Small files beside the store: JSON, readable by their owner alone, replaced whole or not at all. */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { fileOf } from '../../store/address.ts';

/** Where the file of a kind is kept for a store: next to the database, or in the working directory where the store is a server. */
export function besideStore(address: string, kind: 'tokens' | 'webhooks'): string {
  const path = fileOf(address);
  return path === undefined ? `./demarche.${kind}.json` : join(dirname(path), `${basename(path, '.db')}.${kind}.json`);
}

/** What a file holds; undefined where there is none. @throws SyntaxError where it holds no JSON, and what reading throws */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Why a file cannot be read, or does not hold what it should, for those who run the server. */
export function whatIsWrong(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return cause instanceof Error ? cause.message : String(cause);
  const { path = [], message = '' } = cause.issues[0] ?? {};
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

/** Puts a value in the place of what a file held. A crash leaves either the old content or the new. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  }
}
