/** All webhooks of a server: made, listed, taken away; their deliveries; what was given up, and sent again on request. */
import { DemarcheError } from '../../../events/errors.ts';
import { attemptToDeliver, type CourierOptions, courier } from './courier.ts';
import { checkDestination } from './destination.ts';
import type { WebhookFile } from './file.ts';
import { type DeadLetter, makeWebhook, type Webhook, type WebhookInput } from './webhook.ts';

export interface Webhooks {
  /** Also where another server has them: as they are on file. */
  list(): Promise<readonly Webhook[]>;
  /** @throws DemarcheError `WEBHOOK_UNKNOWN` */
  find(id: string): Promise<Webhook>;
  /** Changes recorded from now on are delivered. @throws DemarcheError `WEBHOOK_INVALID`, and as `tracker.changes` and `WebhookFile.commit` */
  add(input: WebhookInput, cursor: string): Promise<Webhook>;
  /** @throws DemarcheError `WEBHOOK_UNKNOWN`, and as `WebhookFile.commit` */
  remove(id: string): Promise<void>;
  /** Tries a delivery that was given up once more; taken, it is off the list. @throws DemarcheError `WEBHOOK_UNKNOWN`, `WEBHOOK_INVALID`, `HELD_ELSEWHERE` where another server does it */
  resend(id: string, message: string): Promise<DeadLetter | null>;
  /** Stops delivering; what was not delivered is delivered after the next start. */
  close(): Promise<void>;
}

/** As many as a server takes. */
const MOST = 100;

/** Goes on with the webhooks of a file, as soon as no other server of this machine has them. @throws DemarcheError `WEBHOOKS_INVALID` for a file that cannot be read */
export async function openWebhooks(file: WebhookFile, options: CourierOptions): Promise<Webhooks> {
  const webhooks = new Map<string, Webhook>();
  const stops = new Map<string, AbortController>();
  const working = new Set<Promise<void>>();
  /** how many are being added, and will be webhooks soon, unless they are refused */
  let adding = 0;
  const save = () => file.changed(() => [...webhooks.values()]);

  const list = async () => (ownership.owned ? [...webhooks.values()] : await file.read());

  async function find(id: string): Promise<Webhook> {
    const webhook = (await list()).find((one) => one.id === id);
    if (!webhook) throw new DemarcheError('WEBHOOK_UNKNOWN', `there is no webhook ${id}`);
    return webhook;
  }

  function update(id: string, changes: Partial<Webhook>): void {
    const webhook = webhooks.get(id);
    if (!webhook) return;
    webhooks.set(id, { ...webhook, ...changes });
    save();
  }

  function start(webhook: Webhook): void {
    const stop = new AbortController();
    stops.set(webhook.id, stop);
    const current = () => webhooks.get(webhook.id) ?? webhook;
    const work = courier(current, (changes) => update(webhook.id, changes), options, stop.signal).finally(() =>
      working.delete(work),
    );
    working.add(work);
  }

  function stopAll(): void {
    for (const stop of stops.values()) stop.abort();
    stops.clear();
  }

  async function made(input: WebhookInput, cursor: string): Promise<Webhook> {
    if (!options.allowPrivate) checkDestination(input.url);
    const { negotiation, party, issue, effect, standard } = input;
    await options.tracker.changes(negotiation, { party, issue, effect, standard, after: cursor, limit: 0 });
    const webhook = makeWebhook(input, cursor, options.now());
    await file.commit(
      () => [...webhooks.values(), webhook],
      () => {
        webhooks.set(webhook.id, webhook);
        start(webhook);
      },
    );
    return webhook;
  }

  const ownership = await file.own({
    async taken() {
      for (const webhook of await file.read()) {
        webhooks.set(webhook.id, webhook);
        start(webhook);
      }
    },
    lost() {
      stopAll();
      webhooks.clear();
    },
  });

  return {
    list,
    find,
    async add(input, cursor) {
      if (webhooks.size + adding >= MOST)
        throw new DemarcheError('WEBHOOK_INVALID', `this server takes up to ${MOST} webhooks`);
      adding += 1;
      try {
        return await made(input, cursor);
      } finally {
        adding -= 1;
      }
    },
    async remove(id) {
      await find(id);
      await file.commit(
        () => [...webhooks.values()].filter((one) => one.id !== id),
        () => {
          webhooks.delete(id);
          stops.get(id)?.abort();
          stops.delete(id);
        },
      );
    },
    async resend(id, message) {
      const webhook = await find(id);
      await ownership.check();
      const letter = webhook.dead.find((one) => one.message === message);
      if (!letter) throw new DemarcheError('WEBHOOK_UNKNOWN', `${id} has no dead letter ${message}`);
      const { negotiation, party, issue, effect, standard } = webhook;
      const query = { party, issue, effect, standard, after: letter.before, limit: 1 };
      const [change] = await options.tracker.changes(negotiation, query);
      if (change?.cursor !== letter.cursor)
        throw new DemarcheError('WEBHOOK_INVALID', `the change of ${message} is not to be found in the log any more`);
      const outcome = await attemptToDeliver(webhook, change, options, new AbortController().signal);
      const others = (await find(id)).dead.filter((one) => one.message !== message);
      options.onOutcome(outcome.kind);
      if (outcome.kind === 'delivered') {
        update(id, { dead: others });
        return null;
      }
      const lastError = outcome.kind === 'gone' ? 'the receiver wants no more (410)' : outcome.error;
      const again = {
        ...letter,
        attempts: letter.attempts + 1,
        lastError,
        failed: new Date(options.now()).toISOString(),
      };
      update(id, { dead: (await find(id)).dead.map((one) => (one.message === message ? again : one)) });
      return again;
    },
    async close() {
      await ownership.release(async () => {
        stopAll();
        await Promise.all(working);
        await file.flush();
      });
    },
  };
}
