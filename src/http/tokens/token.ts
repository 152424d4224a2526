/** Tokens: what one looks like, what is kept of it, and who it lets in. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** From the least to the most: reads; reads and records; also corrects, retracts, merges, and sets up webhooks. */
export const TOKEN_ROLES = ['reader', 'recorder', 'editor'] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];

export const reaches = (role: TokenRole, needed: TokenRole): boolean =>
  TOKEN_ROLES.indexOf(role) >= TOKEN_ROLES.indexOf(needed);

/**
 * What is kept of a token. The secret is 256 random bits: nobody guesses it, so that one round of SHA-256 keeps it as safe as a slow
 * hash would, and a request is not held up by it.
 */
export const token = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/),
  name: z.string().min(1).max(100),
  role: z.enum(TOKEN_ROLES),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  created: z.iso.datetime(),
  revoked: z.iso.datetime().nullable(),
});
export type Token = z.output<typeof token>;

const FORM = /^demarche_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A new token, and the secret its holder shows; the secret is in the world only once. @param now milliseconds since 1970 */
export function makeToken(
  name: string,
  role: TokenRole,
  now: number,
): { readonly token: Token; readonly secret: string } {
  const id = randomBytes(6).toString('hex');
  const secret = `demarche_${id}_${randomBytes(32).toString('base64url')}`;
  const created = new Date(now).toISOString();
  return { token: { id, name, role, hash: digest(secret).toString('hex'), created, revoked: null }, secret };
}

const NOBODY = Buffer.alloc(32);

/** Whose secret this is; undefined for nobody's and for one that was revoked. Takes as long for a wrong one as for a right one. */
export function holderOf(tokens: readonly Token[], secret: string): Token | undefined {
  const id = FORM.exec(secret)?.[1];
  const found = tokens.find((one) => one.id === id);
  const same = timingSafeEqual(digest(secret), found ? Buffer.from(found.hash, 'hex') : NOBODY);
  return found && same && found.revoked === null ? found : undefined;
}
