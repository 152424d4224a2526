/** Is it well? For those who run it, and for what watches it. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import type { Context } from '../options.ts';
import { problemsUnlimited, text } from '../responses.ts';

const alive = z.object({ status: z.literal('alive') });
const readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
  store: z
    .enum(['connecting', 'catching-up', 'live', 'down', 'closed', 'damaged'])
    .meta({ description: 'damaged: a log in it turned out not to be as it was written, and is refused' }),
  applied: z.string().nullable().meta({ description: 'The log position up to which everything is applied here' }),
  staleSince: z
    .string()
    .nullable()
    .meta({ description: 'Since when it may be behind (RFC 3339); null while it is not' }),
});

export const runRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, metrics }) => {
  const open = { role: 'anyone', rateLimit: false } as const;

  app.get(
    '/health/live',
    {
      config: open,
      schema: {
        operationId: 'checkLive',
        tags: ['run'],
        summary: 'The process runs',
        security: [],
        querystring: z.strictObject({}),
        response: { 200: alive, ...problemsUnlimited(400) },
      },
    },
    async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'alive' as const }),
  );

  app.get(
    '/health/ready',
    {
      config: open,
      schema: {
        operationId: 'checkReady',
        tags: ['run'],
        summary: 'Everything recorded is applied here, and the store is there',
        security: [],
        querystring: z.strictObject({}),
        response: { 200: readiness, 503: readiness, ...problemsUnlimited(400) },
      },
    },
    async (_, reply) => {
      const { ready, damaged, applied, staleSince, store } = tracker.status();
      const isWell = ready && !damaged;
      return reply
        .code(isWell ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({
          status: isWell ? 'ready' : 'not-ready',
          store: damaged ? 'damaged' : store.state,
          applied,
          staleSince: staleSince === null ? null : new Date(staleSince).toISOString(),
        });
    },
  );

  app.get(
    '/metrics',
    {
      config: { rateLimit: false },
      schema: {
        operationId: 'readMetrics',
        tags: ['run'],
        summary: 'Numbers for Prometheus',
        querystring: z.strictObject({}),
        response: {
          ...text('Prometheus text', 'text/plain'),
          ...problemsUnlimited(400, 401),
        },
      },
    },
    async (_, reply) =>
      reply
        .type(metrics.contentType)
        .header('cache-control', 'no-store')
        .send(await metrics.text()),
  );

  app.get('/api/openapi.json', { config: { role: 'anyone' }, schema: { hide: true } }, async () => app.swagger());
};
