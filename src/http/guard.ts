/** Who is asking, and may they? A token in `Authorization`, as Bearer or as the password of Basic. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DemarcheError, refusal } from '../../events/errors.ts';
import type { Doorkeeper } from './tokens/file.ts';
import { reaches, type Token, type TokenRole } from './tokens/token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** whose token came with the request; null where none is needed or none came */
    caller: Token | null;
  }
  interface FastifyContextConfig {
    /** the least role that may call this route; `anyone` needs no token. Default: `reader` */
    role?: TokenRole | 'anyone';
  }
}

export interface GuardOptions {
  readonly door: Doorkeeper;
  /** names this server answers under while it has no tokens */
  readonly hosts: readonly string[] | 'any';
}

/** Sees who comes, before anything is counted; turns away who may not come in, before a body is read. */
export function guard(app: FastifyInstance, { door, hosts }: GuardOptions): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, _, done) => {
    if (!namesOneHost(request.raw)) return done(oneHost(request.headers.host));
    if (!door.guarded() && !isAtHome(request.headers.host ?? '', hosts)) return done(strangeHost(request.hostname));
    request.caller = holderOf(request.headers.authorization, door);
    done();
  });
  app.addHook('preParsing', async (request) => {
    const { role = 'reader' } = request.routeOptions.config;
    if (role === 'anyone' || !door.guarded()) return;
    const { caller } = request;
    if (!caller) {
      // That they cannot be read is a fault of the server's, not of who asks.
      door.tokens();
      throw tokenRequired(request.headers.authorization);
    }
    checkRole(caller, role);
  });
}

/** Whether a request with these headers may read, for those who answer without the hooks above. */
export const mayRead = ({ host, authorization }: IncomingHttpHeaders, { door, hosts }: GuardOptions): boolean =>
  door.guarded() ? holderOf(authorization, door) !== null : isAtHome(host ?? '', hosts);

/** What a refusal of who asks says they may come with, and what was wrong with what they came with: RFC 6750, 3, and RFC 7617. */
export function challenge(code: 'TOKEN_REQUIRED' | 'ROLE_INSUFFICIENT', authorization: string | undefined): string {
  const bearer = 'Bearer realm="demarche"';
  if (code === 'ROLE_INSUFFICIENT') return `${bearer}, error="insufficient_scope"`;
  const wrong = secretOf(authorization) === undefined ? '' : ', error="invalid_token"';
  return `${bearer}${wrong}, Basic realm="demarche", charset="UTF-8"`;
}

const tokenRequired = (authorization: string | undefined): DemarcheError =>
  new DemarcheError(
    'TOKEN_REQUIRED',
    secretOf(authorization) === undefined
      ? 'send a token of this server: "Authorization: Bearer demarche_…"'
      : 'the token that was sent is none of this server, or was taken back',
  );

function isAtHome(host: string, hosts: GuardOptions['hosts']): boolean {
  if (hosts === 'any' || homes.get(hosts) === host) return true;
  if (!hosts.includes(host.replace(/:\d+$/, '').toLowerCase())) return false;
  homes.set(hosts, host);
  return true;
}

/** The name that was last found among those a server answers under: nearly every request comes with the same. */
const homes = new WeakMap<readonly string[], string>();

const holderOf = (authorization: string | undefined, door: Doorkeeper): Token | null => {
  const secret = secretOf(authorization);
  return secret === undefined ? null : (door.holder(secret) ?? null);
};

/** @throws DemarcheError `ROLE_INSUFFICIENT`. A caller without a token is on this machine, where none is needed. */
export function checkRole(caller: Token | null, needed: TokenRole, what = 'this'): void {
  if (caller && !reaches(caller.role, needed))
    throw new DemarcheError(
      'ROLE_INSUFFICIENT',
      `${what} takes the role "${needed}"; this token is a ${caller.role}'s`,
    );
}

/** Whom limits are counted for: a token's holder wherever they are, and an address where there is no token. */
export const clientOf = ({ caller, ip }: Pick<FastifyRequest, 'caller' | 'ip'>): string =>
  caller ? `token ${caller.id}` : ip;

function secretOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic':
      return Buffer.from(credentials, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '');
    default:
      return undefined;
  }
}

/** RFC 9112, 3.2. Several are read as a list. */
const namesOneHost = ({ headers: { host }, httpVersion }: IncomingMessage): boolean =>
  host === undefined ? httpVersion === '1.0' : !host.includes(',');

function oneHost(value: string | undefined): DemarcheError {
  const message = 'a request names one host, in one header "Host"';
  return refusal('REQUEST_INVALID', { field: 'host', value, message });
}

/**
 * A page on another site may have its name resolve to this machine and then ask here in the name of whoever looks at it (DNS
 * rebinding). Such a request still carries the other name.
 */
const strangeHost = (host: string): DemarcheError =>
  refusal(
    'HOST_REFUSED',
    { field: 'host', value: host, message: 'ask for http://localhost or http://127.0.0.1' },
    'without tokens this server answers on this machine only, under localhost',
  );
