/** Pages of other sites: none may ask here, until their origins are named. */
import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, POST, DELETE';
const ASKED = 'authorization, content-type, idempotency-key, if-none-match, last-event-id, accept-datetime';
const SHOWN = 'etag, link, location, memento-datetime, retry-after, x-request-id';
const REMEMBERED_S = '600';

/** @param origins such as `https://desk.example.org`; `*` names all. Credentials a browser keeps are never asked for. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const all = origins.includes('*');
  app.addHook('onRequest', async (request, reply) => {
    if (!all) reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !(all || origins.includes(origin))) return;
    reply.header('access-control-allow-origin', all ? '*' : origin);
    reply.header('access-control-expose-headers', SHOWN);
    if (request.method !== 'OPTIONS') return;
    reply.header('access-control-allow-methods', METHODS);
    reply.header('access-control-allow-headers', ASKED);
    reply.header('access-control-max-age', REMEMBERED_S);
  });
  app.options('/api/*', { config: { role: 'anyone' }, schema: { hide: true } }, (_, reply) => reply.code(204).send());
}
