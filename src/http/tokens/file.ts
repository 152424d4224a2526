/** The file of tokens: made and changed by the command line, read by the server, which notices a change within a second. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import { readJsonFile, writeJsonFile } from '../files/json-file.ts';
import { withLock } from '../files/lock.ts';
import { holderOf, makeToken, type Token, type TokenRole, token } from './token.ts';

const contents = z.strictObject({ version: z.literal(1), tokens: z.array(token).readonly() });

/** The tokens of a file, revoked ones too; none where there is no file. @throws DemarcheError `TOKENS_INVALID` */
export async function readTokens(path: string): Promise<readonly Token[]> {
  const read = await readJsonFile(path).catch(invalid);
  return read === undefined ? [] : parsed(read);
}

/**
 * Adds a token. Its secret is answered here and nowhere else.
 * @throws DemarcheError `TOKENS_INVALID`, `HELD_ELSEWHERE` where another process is changing the file all the time
 */
export async function createToken(
  path: string,
  wanted: { readonly name: string; readonly role: TokenRole },
  now: number,
): Promise<{ readonly token: Token; readonly secret: string }> {
  const made = makeToken(wanted.name, wanted.role, now);
  return changeTokens(path, (tokens) => ({ tokens: [...tokens, made.token], answer: made }));
}

/** Takes a token back: from now on it lets nobody in. @throws DemarcheError `TOKEN_UNKNOWN`, and as `createToken` */
export async function revokeToken(path: string, id: string, now: number): Promise<Token> {
  return changeTokens(path, (tokens) => {
    const found = tokens.find((one) => one.id === id);
    if (!found) throw new DemarcheError('TOKEN_UNKNOWN', `there is no token ${id}; "demarche token list" shows them`);
    const revoked = { ...found, revoked: found.revoked ?? new Date(now).toISOString() };
    return { tokens: tokens.map((one) => (one === found ? revoked : one)), answer: revoked };
  });
}

/** From what is on file to what shall be there: no other process writes in between. What `change` throws leaves the file as it was. */
const changeTokens = <T>(
  path: string,
  change: (tokens: readonly Token[]) => { readonly tokens: readonly Token[]; readonly answer: T },
): Promise<T> =>
  withLock(path, async () => {
    const { tokens, answer } = change(await readTokens(path));
    await writeJsonFile(path, { version: 1, tokens });
    return answer;
  });

/** Who may come in. */
export interface Doorkeeper {
  /** Is a token needed at all? Not before the first one was made; from then on always. @throws DemarcheError `TOKENS_INVALID` */
  guarded(): boolean;
  holder(secret: string): Token | undefined;
  /** Does this token still let its holder in? */
  stands(id: string): boolean;
}

/** With what it takes to end a stream after that, a token is taken back within a second. */
const LOOK_AGAIN_MS = 500;

/** Keeps the door by a file. A file that cannot be read keeps everyone out. @param now milliseconds since 1970 */
export function doorkeeper(path: string, now: () => number): Doorkeeper {
  let tokens: readonly Token[] = [];
  let seen = '';
  let looked = Number.NEGATIVE_INFINITY;

  function current(): readonly Token[] {
    if (Math.abs(now() - looked) < LOOK_AGAIN_MS) return tokens;
    const stats = statSync(path, { throwIfNoEntry: false });
    const mark = markOf(stats);
    if (mark !== seen) {
      // A file that was there and is gone does not open the door.
      tokens = parsed(readNow(path));
      seen = mark;
    }
    looked = now();
    return tokens;
  }

  return {
    guarded: () => current().length > 0,
    holder: (secret) => holderOf(current(), secret),
    stands: (id) => current().some((one) => one.id === id && one.revoked === null),
  };
}

const markOf = (stats: Stats | undefined): string => (stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '');

function readNow(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return invalid(error);
  }
}

function parsed(read: unknown): readonly Token[] {
  const result = contents.safeParse(read);
  return result.success ? result.data.tokens : invalid(result.error);
}

function invalid(cause: unknown): never {
  throw new DemarcheError('TOKENS_INVALID', 'the file of tokens cannot be read, so nobody is let in', { cause });
}

/** No tokens: everyone who can reach the server may do everything. */
export const OPEN_DOOR: Doorkeeper = { guarded: () => false, holder: () => undefined, stands: () => false };
