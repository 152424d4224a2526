/** What `HEAD` says of a body is what `GET` would send, or nothing: RFC 9110, 8.6. */
import type { FastifyInstance, onSendHookHandler } from 'fastify';
import { isPackable, PACKED_FROM } from './cache/packing.ts';

/** Sees every route that is added from here on. */
export function honestLengths(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') route.onSend = [...[route.onSend ?? []].flat(), leaveLengthOut];
  });
}

/** The framework says the length of what it has in hand: of what `GET` would send compressed, and of the nothing that comes with `304`. */
const leaveLengthOut: onSendHookHandler = ({ headers }, reply, payload, done) => {
  const compressed =
    isPackable(headers['accept-encoding']) && Number(reply.getHeader('content-length') ?? 0) >= PACKED_FROM;
  if (compressed || reply.statusCode === 304) reply.removeHeader('content-length');
  done(null, payload);
};
