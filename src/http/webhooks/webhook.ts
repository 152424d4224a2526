/** Webhooks: what one is, what is kept of it, and what of it is shown. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { slug } from '../../../events/index.ts';
import { effect, standard } from '../../../projections/index.ts';

/** What is asked for. */
export const webhookInput = z.strictObject({
  negotiation: slug,
  url: z
    .url({ protocol: /^https?$/, error: 'write a whole web address, such as "https://example.org/hook"' })
    .max(2000)
    .refine(
      (text) => !/^[a-z]+:\/\/[^/]*@/i.test(text),
      'leave user and password out of the address: deliveries are signed',
    )
    .meta({ format: undefined, description: 'Where changes are delivered to: a web address, as browsers take it' }),
  party: slug.optional(),
  issue: slug.optional(),
  effect: effect.optional(),
  standard: standard.default('stated'),
});
export type WebhookInput = z.output<typeof webhookInput>;

/** A delivery given up on: enough to make it again from the log. */
export const deadLetter = z.object({
  message: z.string().meta({ description: 'The webhook-id it was sent under' }),
  cursor: z.string().meta({ description: 'The cursor of the change' }),
  development: z.string(),
  attempts: z.int(),
  lastError: z.string(),
  failed: z.string().meta({ description: 'When it was given up, RFC 3339' }),
});
export type DeadLetter = z.output<typeof deadLetter>;

/** As it is kept: with the secret, and with the cursor before each dead letter. */
export const keptWebhook = webhookInput.extend({
  id: z.string().regex(/^wh_[0-9a-f]{16}$/),
  secret: z.string().startsWith('whsec_'),
  created: z.string(),
  cursor: z.string(),
  failingSince: z.string().nullable(),
  lastError: z.string().nullable(),
  unread: z.boolean().optional().meta({ description: 'It is the changes that cannot be read: no receiver failed' }),
  stopped: z.boolean(),
  dead: z.array(deadLetter.extend({ before: z.string() })).readonly(),
});
export type Webhook = z.output<typeof keptWebhook>;
export type Dead = Webhook['dead'][number];

/** As it is shown. */
export const shownWebhook = webhookInput.extend({
  id: z.string(),
  created: z.string(),
  cursor: z.string().meta({ description: 'The last change delivered or given up' }),
  status: z.enum(['delivering', 'failing', 'stopped']).meta({ description: 'stopped: the receiver said 410 Gone' }),
  failingSince: z.string().nullable(),
  lastError: z.string().nullable(),
  deadLetters: z.int(),
});
export type ShownWebhook = z.output<typeof shownWebhook>;

/** As it is answered once, when it is made. */
export const madeWebhook = shownWebhook.extend({
  secret: z.string().meta({ description: 'To check signatures with (Standard Webhooks); it is not shown again' }),
});

/** @param cursor where it begins @param now milliseconds since 1970 */
export const makeWebhook = (input: WebhookInput, cursor: string, now: number): Webhook => ({
  ...input,
  id: `wh_${randomBytes(8).toString('hex')}`,
  secret: `whsec_${randomBytes(32).toString('base64')}`,
  created: new Date(now).toISOString(),
  cursor,
  failingSince: null,
  lastError: null,
  stopped: false,
  dead: [],
});

export function shown({ secret: _, unread: __, dead, stopped, failingSince, ...webhook }: Webhook): ShownWebhook {
  const status = stopped ? 'stopped' : failingSince === null ? 'delivering' : 'failing';
  return { ...webhook, failingSince, status, deadLetters: dead.length };
}

/** The webhook-id of a change: the same however often it is sent, so that a receiver knows it again. */
export const messageId = ({ id }: Pick<Webhook, 'id'>, cursor: string): string =>
  `msg_${id.slice(3)}_${cursor.replaceAll(/[./]/g, '-')}`;
