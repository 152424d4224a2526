/** The file of tokens: made and changed by the command line, read by the server, which notices a change within a second. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { DemarcheError, isDemarcheError } from '../../../events/errors.ts';
import { readJsonFile, whatIsWrong, writeJsonFile } from '../files/json-file.ts';
import { withLock } from '../files/lock.ts';
import { notWritten } from '../files/not-written.ts';
import { holderOf, makeToken, type Token, type TokenRole, token } from './token.ts';

const contents = z.strictObject({ version: z.literal(1), tokens: z.array(token).readonly() });

/** The tokens of a file, revoked ones too; none where there is no file. @throws DemarcheError `TOKENS_INVALID` */
export async function readTokens(path: string): Promise<readonly Token[]> {
  try {
    const read = await readJsonFile(path);
    return read === undefined ? [] : parsed(read);
  } catch (error) {
    throw invalid(path, error);
  }
}

/**
 * Adds a token. Its secret is answered here and nowhere else.
 * @throws DemarcheError `TOKENS_INVALID`, `HELD_ELSEWHERE` where another process is changing the file all the time, and as `notWritten`
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
  }).catch((error: unknown): never => {
    throw isRefusalToWrite(error) ? notWritten('the tokens', error) : error;
  });

/** A folder that is not there is none: that is to be said of the path, and does not pass by itself. */
function isRefusalToWrite(error: unknown): boolean {
  const { code = 'ENOENT' } = error as NodeJS.ErrnoException;
  return !isDemarcheError(error) && code !== 'ENOENT' && code !== 'ENOTDIR';
}

/** Who may come in. */
export interface Doorkeeper {
  /** Is a token needed at all? Not before the file of tokens was made; from then on always, whatever it holds and whatever becomes of it. */
  guarded(): boolean;
  /** The tokens there are, those taken back too. @throws DemarcheError `TOKENS_INVALID`: the file cannot be read, and nobody is let in */
  tokens(): readonly Token[];
  holder(secret: string): Token | undefined;
  /** Does this token still let its holder in? */
  stands(id: string): boolean;
}

/** With what it takes to end a stream after that, a token is taken back within a second. */
const LOOK_AGAIN_MS = 500;

/** What the file says: nothing yet, since it was never made; who may come in; or that it cannot be read. */
type Door = 'open' | readonly Token[] | DemarcheError;

/** Keeps the door by a file. A file that holds no token, or cannot be read, keeps everyone out. @param now milliseconds since 1970 */
export function doorkeeper(path: string, now: () => number): Doorkeeper {
  let door: Door = 'open';
  let seen = '';
  let looked = Number.NEGATIVE_INFINITY;

  function current(): Door {
    if (Math.abs(now() - looked) >= LOOK_AGAIN_MS) look();
    return door;
  }

  function look(): void {
    const mark = markOf(path);
    // What could not be read is tried again: that may pass without a trace on the file.
    if (mark !== seen || isDemarcheError(door)) {
      // A file that was there and is gone does not open the door.
      door = readNow(path);
      seen = mark;
    }
    looked = now();
  }

  const known = (): readonly Token[] => {
    const found = current();
    return isRead(found) ? found : [];
  };

  return {
    guarded: () => current() !== 'open',
    tokens() {
      const found = current();
      if (isDemarcheError(found)) throw found;
      return known();
    },
    holder(secret) {
      const found = holderOf(known(), secret);
      if (found !== undefined || markOf(path) === seen) return found;
      // One that was made a moment ago is let in at once.
      look();
      return holderOf(known(), secret);
    },
    stands: (id) => known().some((one) => one.id === id && one.revoked === null),
  };
}

const isRead = (door: Door): door is readonly Token[] => Array.isArray(door);

/** What tells one state of a file from another; empty where there is none. */
function markOf(path: string): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
  } catch (error) {
    return String(error);
  }
}

function readNow(path: string): Door {
  try {
    return parsed(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return invalid(path, error);
  }
}

const parsed = (read: unknown): readonly Token[] => contents.parse(read).tokens;

/** Where the file lies is for those who run the server: `detailOf` keeps it from everybody else. */
const invalid = (path: string, cause: unknown): DemarcheError =>
  new DemarcheError('TOKENS_INVALID', `${path} does not hold tokens, so nobody is let in: ${whatIsWrong(cause)}`, {
    cause,
  });

/** No tokens: everyone who can reach the server may do everything. */
export const OPEN_DOOR: Doorkeeper = {
  guarded: () => false,
  tokens: () => [],
  holder: () => undefined,
  stands: () => false,
};
