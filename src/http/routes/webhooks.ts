/** Webhooks: changes delivered to addresses that an editor names. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import type { Context } from '../options.ts';
import { appliedPosition } from '../ready.ts';
import { problems } from '../responses.ts';
import { type DeadLetter, deadLetter, madeWebhook, shown, shownWebhook, webhookInput } from '../webhooks/webhook.ts';

const params = z.strictObject({ webhook: z.string().max(40) });
const deadParams = z.strictObject({ webhook: z.string().max(40), message: z.string().max(100) });
const none = z.strictObject({});

const letterOf = ({ message, cursor, development, attempts, lastError, failed }: DeadLetter): DeadLetter => ({
  message,
  cursor,
  development,
  attempts,
  lastError,
  failed,
});

export const webhookRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits, webhooks }) => {
  const config = { role: 'editor' } as const;

  app.post(
    '/api/webhooks',
    {
      config,
      schema: {
        operationId: 'addWebhook',
        tags: ['changes'],
        summary: 'Have changes delivered to an address, from now on',
        description:
          'Each change is POSTed as `{"type":"position.changed","timestamp","data"}`, signed as Standard Webhooks says, in order and at least once: what is not taken is tried again for hours, then kept as a dead letter. The same change always has the same `webhook-id`.',
        querystring: none,
        body: webhookInput,
        response: { 201: madeWebhook, ...problems(400, 401, 403, 404, 413, 415, 422, 503, 507) },
      },
    },
    async ({ body }, reply) => {
      const webhook = await webhooks.add(body, await appliedPosition(tracker, limits.waitMs));
      return reply
        .code(201)
        .header('location', `/api/webhooks/${webhook.id}`)
        .header('cache-control', 'no-store')
        .send({ ...shown(webhook), secret: webhook.secret });
    },
  );

  app.get(
    '/api/webhooks',
    {
      config,
      schema: {
        operationId: 'listWebhooks',
        tags: ['changes'],
        summary: 'The webhooks, and how their deliveries go',
        querystring: none,
        response: { 200: z.array(shownWebhook), ...problems(400, 401, 403) },
      },
    },
    async () => (await webhooks.list()).map(shown),
  );

  app.get(
    '/api/webhooks/:webhook',
    {
      config,
      schema: {
        operationId: 'readWebhook',
        tags: ['changes'],
        summary: 'One webhook, and how its deliveries go',
        params,
        querystring: none,
        response: { 200: shownWebhook, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { webhook } }) => shown(await webhooks.find(webhook)),
  );

  app.delete(
    '/api/webhooks/:webhook',
    {
      config,
      schema: {
        operationId: 'removeWebhook',
        tags: ['changes'],
        summary: 'Deliver no more',
        params,
        querystring: none,
        response: { 204: { description: 'It is gone' }, ...problems(400, 401, 403, 404, 503, 507) },
      },
    },
    async ({ params: { webhook } }, reply) => {
      await webhooks.remove(webhook);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/webhooks/:webhook/dead-letters',
    {
      config,
      schema: {
        operationId: 'listDeadLetters',
        tags: ['changes'],
        summary: 'Deliveries that were given up, oldest first',
        params,
        querystring: none,
        response: { 200: z.array(deadLetter), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { webhook } }) => (await webhooks.find(webhook)).dead.map(letterOf),
  );

  app.post(
    '/api/webhooks/:webhook/dead-letters/:message/resend',
    {
      config,
      schema: {
        operationId: 'resendDeadLetter',
        tags: ['changes'],
        summary: 'Try a delivery that was given up once more',
        params: deadParams,
        querystring: none,
        response: {
          200: z.object({ delivered: z.boolean(), deadLetter: deadLetter.nullable() }),
          ...problems(400, 401, 403, 404, 422, 503),
        },
      },
    },
    async ({ params: { webhook, message } }) => {
      const letter = await webhooks.resend(webhook, message);
      return { delivered: letter === null, deadLetter: letter === null ? null : letterOf(letter) };
    },
  );
};
