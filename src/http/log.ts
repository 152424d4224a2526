/** What the log says of requests: who asked what and how it went, never a query, a header or a body, where secrets may be. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Counts every request that was answered; logs those that recorded something or failed, and reads at the level `debug`. */
export function observe(app: FastifyInstance, metrics: Metrics): void {
  // Not `onResponse`, which is not called where a reader leaves, as nearly every reader of a stream does.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const began = performance.now();
    reply.raw.once('close', () => {
      if (reply.raw.headersSent) answered(request, reply.raw.statusCode, performance.now() - began);
    });
    done();
  });

  function answered(request: FastifyRequest, status: number, milliseconds: number): void {
    metrics.request(request.method, request.routeOptions.url ?? 'none', status, milliseconds / 1000);
    const told = status >= 400 || !READS.has(request.method);
    if (!told && !READS_LOGGED.has(request.log.level)) return;
    const line = {
      method: request.method,
      path: pathOf(request),
      status,
      milliseconds: Math.round(milliseconds * 10) / 10,
      client: request.ip,
      ...(request.caller ? { token: request.caller.id } : {}),
    };
    if (status >= 500) request.log.error(line, 'request failed');
    else if (told) request.log.info(line, 'request answered');
    else request.log.debug(line, 'request answered');
  }
}

/** The levels at which reads are logged. */
const READS_LOGGED = new Set(['debug', 'trace']);
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const pathOf = ({ url }: FastifyRequest): string => {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
};
