/** The HTTP server: every route of the contract, on a tracker. */
import { randomUUID } from 'node:crypto';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { DemarcheError } from '../../events/errors.ts';
import type { Tracker } from '../tracker/index.ts';
import { describe } from './openapi.ts';
import { type Context, LIMITS, type Limits } from './options.ts';
import { PROBLEM_TYPE, problemOf, retryAfter } from './problem.ts';
import { readRoutes } from './routes/read.ts';
import { recordRoutes } from './routes/record.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  readonly tracker: Tracker;
  readonly limits?: Partial<Limits>;
  readonly logger?: FastifyServerOptions['logger'];
  /** milliseconds since 1970; default: the machine's clock */
  readonly now?: () => number;
  readonly version?: string;
}

/** Makes the server; it does not listen yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { tracker, now = Date.now, version = '0.0.0', logger = false } = options;
  const limits = { ...LIMITS, ...options.limits };
  const context: Context = { tracker, limits, now };
  const app = fastify({
    logger,
    bodyLimit: limits.bodyBytes,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, `urn:uuid:${request.id}`);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, problem.title);
    const seconds = retryAfter(problem);
    if (seconds !== undefined) reply.header('retry-after', String(seconds));
    return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
  });
  app.setNotFoundHandler((request) => {
    throw new DemarcheError('ROUTE_UNKNOWN', `No ${request.method} at this address; /docs says what there is.`);
  });

  await describe(app, version);
  await app.register(readRoutes, context);
  await app.register(recordRoutes, context);
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}
