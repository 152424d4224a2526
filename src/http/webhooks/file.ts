/** The file of webhooks: whose deliveries got how far. Written soon after a change, and at the end. */
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import { readJsonFile, writeJsonFile } from '../files/json-file.ts';
import { keptWebhook, type Webhook } from './webhook.ts';

const contents = z.strictObject({ version: z.literal(1), webhooks: z.array(keptWebhook).readonly() });

export interface WebhookFile {
  read(): Promise<readonly Webhook[]>;
  /** Has the webhooks written soon. What is lost by a crash before that is delivered again. */
  changed(webhooks: () => readonly Webhook[]): void;
  /** Writes what was not written yet. */
  flush(): Promise<void>;
}

const SOON_MS = 200;

/** Keeps nothing: for a server without a place to keep it. */
export const NO_FILE: WebhookFile = { read: async () => [], changed: () => {}, flush: async () => {} };

/** @param onError told when the file could not be written; it is tried again at the next change */
export function webhookFile(path: string, onError: (error: unknown) => void): WebhookFile {
  let pending: (() => readonly Webhook[]) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const webhooks = pending;
    pending = undefined;
    if (webhooks)
      writing = writing.then(() => writeJsonFile(path, { version: 1, webhooks: webhooks() })).catch(onError);
    return writing;
  }

  return {
    async read() {
      const read = await readJsonFile(path);
      if (read === undefined) return [];
      const result = contents.safeParse(read);
      if (!result.success)
        throw new DemarcheError('WEBHOOK_INVALID', `${path} does not hold webhooks`, { cause: result.error });
      return result.data.webhooks;
    },
    changed(webhooks) {
      pending = webhooks;
      timer ??= setTimeout(() => void flush(), SOON_MS);
    },
    flush,
  };
}
