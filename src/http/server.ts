/** The HTTP server: every route of the contract, on a tracker. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions, LogController } from 'fastify';
import { DemarcheError } from '../../events/errors.ts';
import type { Tracker } from '../tracker/index.ts';
import { localNames } from './address.ts';
import { takeJson } from './body.ts';
import { openAnswering } from './cache/answering.ts';
import { allowOrigins } from './cors.ts';
import { clientOf, guard } from './guard.ts';
import { secureHeaders } from './headers.ts';
import { observe } from './log.ts';
import { openMetrics } from './metrics.ts';
import { describe } from './openapi.ts';
import { type Context, LIMITS, type Limits } from './options.ts';
import { PROBLEM_TYPE, problemOf, retryAfter } from './problem.ts';
import { changeRoutes } from './routes/changes.ts';
import { docs } from './routes/docs.ts';
import { feedRoutes } from './routes/feeds.ts';
import { page } from './routes/page.ts';
import { readRoutes } from './routes/read.ts';
import { recordRoutes } from './routes/record.ts';
import { replayRoutes } from './routes/replay.ts';
import { runRoutes } from './routes/run.ts';
import { openStreams } from './stream/streams.ts';
import { type Doorkeeper, OPEN_DOOR } from './tokens/file.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  /** stays the caller's to close */
  readonly tracker: Tracker;
  /** who may come in; default: everyone who reaches this machine */
  readonly door?: Doorkeeper;
  /** names it answers under while no token exists; default: those of this machine */
  readonly hosts?: readonly string[] | 'any';
  /** origins of other sites whose pages may ask here; default: none */
  readonly cors?: readonly string[];
  /** the address people and programs know it by; default: what each request names */
  readonly url?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** the folder with the built page; default: where it is built to */
  readonly page?: string;
  /** milliseconds between two signs of life on a stream */
  readonly heartbeatMs?: number;
  readonly logger?: FastifyServerOptions['logger'];
  /** milliseconds since 1970; default: the machine's clock */
  readonly now?: () => number;
  readonly version?: string;
}

const HEARTBEAT_MS = 15_000;
const PAGE = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Makes the server; it does not listen yet. From now on its tracker follows the store. Closing it ends its streams. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const {
    tracker,
    door = OPEN_DOOR,
    hosts = localNames(options.url),
    cors = [],
    now = Date.now,
    logger = false,
  } = options;
  const limits = { ...LIMITS, ...options.limits };
  const app = fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: 60_000,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void refuse(error, request.id, reply as unknown as FastifyReply),
  }).withTypeProvider<ZodTypeProvider>();

  const metrics = openMetrics(tracker, () => streams.open, now);
  const streams = openStreams(tracker, limits, options.heartbeatMs ?? HEARTBEAT_MS, metrics);
  const answering = openAnswering(tracker, door, now);
  const context: Context = { tracker, limits, streams, answering, metrics, url: options.url, now };

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, problem.title);
    return refuse(error, request.id, reply);
  });
  app.setNotFoundHandler({}, (request) => {
    throw new DemarcheError('ROUTE_UNKNOWN', `No ${request.method} at this address; /docs says what there is.`);
  });
  app.addHook('preClose', async () => streams.close());

  observe(app, metrics);
  await secureHeaders(app, cors.length > 0, options.url?.startsWith('https:') ?? false);
  allowOrigins(app, cors);
  guard(app, { door, hosts });
  if (limits.ratePerMinute > 0)
    await app.register(rateLimit, {
      max: limits.ratePerMinute,
      timeWindow: '1 minute',
      keyGenerator: clientOf,
      errorResponseBuilder: (_, { max, after }) =>
        new DemarcheError(
          'RATE_EXCEEDED',
          `this takes ${max} requests a minute from one client; come back in ${after}`,
        ),
    });
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024, globalDecompression: false });
  takeJson(app, limits.depth);
  await describe(app, options.version ?? '0.0.0');
  for (const routes of [readRoutes, recordRoutes, changeRoutes, replayRoutes, feedRoutes, runRoutes])
    await app.register(routes, context);
  await app.register(docs);
  await app.register(page, { folder: options.page ?? PAGE });
  tracker.follow();
  return app;
}

function refuse(error: unknown, requestId: string, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, `urn:uuid:${requestId}`);
  const seconds = retryAfter(problem);
  if (seconds !== undefined) reply.header('retry-after', String(seconds));
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
}
