/** The HTTP server: every route of the contract, on a tracker. */
import type { IncomingHttpHeaders } from 'node:http';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import { localNames } from './address.ts';
import { takeJson } from './body.ts';
import { openAnswering } from './cache/answering.ts';
import { expressWay } from './cache/express.ts';
import { allowOrigins } from './cors.ts';
import { LONGEST_NAME } from './framework-errors.ts';
import { guard, mayRead } from './guard.ts';
import { honestLengths } from './head.ts';
import { askAgain, secureHeaders } from './headers.ts';
import { closeConnections, listenerFor, refuseBytes, requestIds } from './listener.ts';
import { observe } from './log.ts';
import { knownMethods } from './methods.ts';
import { openMetrics } from './metrics.ts';
import { describe } from './openapi/describe.ts';
import { type Context, LIMITS, type ServerOptions, type WebhookOptions } from './options.ts';
import { limitRates } from './rates.ts';
import { onceReady, tellTrouble } from './ready.ts';
import { answerRefusals, refuse } from './refusals.ts';
import { changeRoutes } from './routes/changes.ts';
import { docs } from './routes/docs.ts';
import { exportRoutes } from './routes/export.ts';
import { feedRoutes } from './routes/feeds.ts';
import { page } from './routes/page.ts';
import { readRoutes } from './routes/read.ts';
import { recordRoutes } from './routes/record.ts';
import { replayRoutes } from './routes/replay.ts';
import { runRoutes } from './routes/run.ts';
import { timelineRoutes } from './routes/timelines.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { openStreams } from './stream/streams.ts';
import { OPEN_DOOR } from './tokens/file.ts';
import { validatorCompiler } from './validation.ts';
import { RETRY_MS } from './webhooks/courier.ts';
import { NO_FILE, webhookFile } from './webhooks/file.ts';
import { openWebhooks } from './webhooks/webhooks.ts';

const HEARTBEAT_MS = 15_000;
const WEBHOOK_MS = 10_000;
const PAGE = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Makes the server; it does not listen yet. From now on its tracker follows the store. Closing it ends its streams. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { tracker, door = OPEN_DOOR, hosts = localNames(options.url), cors = [], now = Date.now } = options;
  const { version = packageJson.version } = options;
  const limits = { ...LIMITS, ...options.limits };
  tracker.follow();
  const metrics = openMetrics(tracker, () => streams.open, now);
  const streams = openStreams(tracker, door, limits, options.heartbeatMs ?? HEARTBEAT_MS, {
    delivered: metrics.delivered,
    failed: (error) => app.log.error(error),
  });
  const answering = openAnswering(tracker, door, version, now);
  const allowed = (headers: IncomingHttpHeaders) => mayRead(headers, { door, hosts });
  const app = fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    // A proxy that the public address belongs to is on this machine.
    trustProxy: options.url === undefined ? false : 'loopback',
    genReqId: requestIds(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: LONGEST_NAME },
    serverFactory: listenerFor(expressWay({ answering, mayRead: allowed, metrics })),
    clientErrorHandler: refuseBytes,
    frameworkErrors: (error, _, reply) => void refuse(error, reply as unknown as FastifyReply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  answerRefusals(app);
  const refuseOtherMethods = knownMethods(app);
  honestLengths(app);

  const webhooks = await openWebhooks(fileOf(options.webhooks, app), {
    tracker,
    now,
    random: Math.random,
    retryMs: options.webhooks?.retryMs ?? RETRY_MS,
    timeoutMs: options.webhooks?.timeoutMs ?? WEBHOOK_MS,
    allowPrivate: options.webhooks?.allowPrivate ?? false,
    onOutcome: metrics.webhook,
    onError: (error) => app.log.error(error),
  });
  const began = performance.now();
  const stopLooking = onceReady(tracker, () => metrics.rebuilt((performance.now() - began) / 1000));
  const stopTelling = tellTrouble(tracker, {
    warn: (message) => app.log.warn(message),
    info: (message) => app.log.info(message),
  });
  app.addHook('preClose', async () => {
    stopLooking();
    stopTelling();
    streams.close();
    closeConnections(app);
  });
  app.addHook('onClose', () => webhooks.close());

  // In this order: who comes is seen and counted before anything is done for them.
  observe(app, metrics);
  allowOrigins(app, cors);
  secureHeaders(app, cors.length > 0, options.url?.startsWith('https:') ?? false);
  askAgain(app);
  guard(app, { door, hosts });
  const countHeavy = await limitRates(app, limits);
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024, globalDecompression: false });
  takeJson(app, limits.depth);

  await describe(app, version);
  const context: Context = {
    tracker,
    limits,
    countHeavy,
    streams,
    answering,
    webhooks,
    metrics,
    url: options.url,
    now,
  };
  for (const routes of [
    readRoutes,
    recordRoutes,
    changeRoutes,
    replayRoutes,
    timelineRoutes,
    feedRoutes,
    exportRoutes,
    webhookRoutes,
    runRoutes,
  ])
    await app.register(routes, context);
  await app.register(docs);
  await app.register(page, { folder: options.page ?? PAGE });
  refuseOtherMethods();
  return app;
}

const fileOf = (webhooks: WebhookOptions | undefined, { log }: FastifyInstance) =>
  webhooks?.file === undefined
    ? NO_FILE
    : webhookFile(
        webhooks.file,
        {
          failed: (error) => log.error({ err: error }, 'the webhooks could not be written'),
          refused: ({ message }) => log.warn(`no webhook is delivered from here: ${message}`),
        },
        webhooks.lookMs,
      );
