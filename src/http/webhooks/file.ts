/** The file of webhooks: which there are, and whose deliveries got how far. */
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import { readJsonFile, whatIsWrong, writeJsonFile } from '../files/json-file.ts';
import { notWritten } from '../files/not-written.ts';
import { type Owner, type Ownership, own } from '../files/ownership.ts';
import { keptWebhook, type Webhook } from './webhook.ts';

const contents = z.strictObject({ version: z.literal(1), webhooks: z.array(keptWebhook).readonly() });

export interface WebhookFile {
  /**
   * Has them for this server alone: two would each write what they know, and deliver everything twice. Only their owner may write.
   * @throws what `taken` throws the first time
   */
  own(owner: Pick<Owner, 'taken' | 'lost'>): Promise<Ownership>;
  /** @throws DemarcheError `WEBHOOKS_INVALID` for a file that cannot be read, or does not hold webhooks */
  read(): Promise<readonly Webhook[]>;
  /** Has what deliveries note about themselves written soon. What is lost by a crash before that is delivered again. */
  changed(webhooks: () => readonly Webhook[]): void;
  /**
   * Writes what somebody asked for, then calls `then`, before anything else is written. `webhooks` is asked when its turn comes.
   * @throws DemarcheError `STORE_FULL`, `STORE_READ_ONLY`, `STORE_UNAVAILABLE`, `HELD_ELSEWHERE` (another server has them); the file is as it was, and `then` is not called
   */
  commit(webhooks: () => readonly Webhook[], then: () => void): Promise<void>;
  /** Writes what was not written yet. */
  flush(): Promise<void>;
}

const SOON_MS = 200;

/** Keeps nothing: for a server without a place to keep it. */
export const NO_FILE: WebhookFile = {
  async own({ taken }) {
    await taken();
    return { owned: true, check: async () => {}, release: (last) => last() };
  },
  read: async () => [],
  changed: () => {},
  commit: async (_, then) => then(),
  flush: async () => {},
};

export interface FileEvents {
  /** What deliveries noted could not be written; it is tried again at the next change. */
  failed(error: unknown): void;
  /** This server cannot have the webhooks now, and delivers nothing. */
  refused(why: DemarcheError): void;
}

/** @param lookMs how often it is looked whether the webhooks can be had, in milliseconds */
export function webhookFile(path: string, { failed, refused }: FileEvents, lookMs?: number): WebhookFile {
  let ownership: Ownership | undefined;
  let pending: (() => readonly Webhook[]) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  /** One after the other, whatever became of the one before. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = writing.then(work);
    writing = done.catch(() => undefined);
    return done;
  }

  const write = (webhooks: readonly Webhook[]) => writeJsonFile(path, { version: 1, webhooks });
  const checkOwner = async () => ownership?.check();

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const webhooks = pending;
    pending = undefined;
    await inTurn(async () => {
      if (!webhooks || !ownership?.owned) return;
      await checkOwner();
      await write(webhooks());
    }).catch(failed);
  }

  return {
    async own(owner) {
      ownership = await own(path, 'the webhooks', { ...owner, refused }, lookMs);
      return ownership;
    },
    async read() {
      try {
        const read = await readJsonFile(path);
        return read === undefined ? [] : contents.parse(read).webhooks;
      } catch (cause) {
        throw new DemarcheError('WEBHOOKS_INVALID', `${path} does not hold webhooks: ${whatIsWrong(cause)}`, { cause });
      }
    },
    changed(webhooks) {
      pending = webhooks;
      timer ??= setTimeout(() => void flush(), SOON_MS);
    },
    commit: (webhooks, then) =>
      inTurn(async () => {
        await checkOwner();
        await write(webhooks()).catch((error: unknown) => {
          throw notWritten('the webhooks', error);
        });
        then();
      }),
    flush,
  };
}
