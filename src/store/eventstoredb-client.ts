import { EventStoreDBClient } from '@eventstore/db-client';
import type { Address } from './eventstoredb-address.ts';

/**
 * The client with three of its traps closed. All three overrides are of protected members, which is what a subclass is for.
 */
export class DemarcheClient extends EventStoreDBClient {
  private channel: Promise<{ close(): void }> | undefined;

  constructor({ settings, channel, credentials }: Address) {
    super(settings, channel, credentials);
    // One call an append. The shared append stream sends an absolute deadline (a clock 10 s behind makes every append time out),
    // keeps what is pending in a table of the whole process, and throws outside of any promise at an answer it did not expect.
    this.supports = async () => false;
    // It reconnects in a promise nobody waits for: when discovery fails meanwhile, the process would end.
    const reconnect = this.handleError;
    this.handleError = (...call) => reconnect(...call).catch(() => undefined);
    // It never closes its connection; so that we can, we remember the last one.
    const getChannel = this.getChannel;
    this.getChannel = () => {
      const opened = getChannel();
      this.channel = opened;
      return opened;
    };
  }

  /** Cancels every read under way and closes the connection. */
  async disconnect(): Promise<void> {
    await this.dispose();
    // Not waited for: it may still be looking for a node.
    void this.channel?.then(
      (channel) => channel.close(),
      () => undefined,
    );
  }
}

const shared = new Map<string, { readonly client: DemarcheClient; users: number }>();

/** The one client of this process for an address, until as many have released it as have asked for it. */
export function acquireClient(address: Address): {
  readonly client: DemarcheClient;
  release(): Promise<void>;
} {
  const entry = shared.get(address.key) ?? { client: new DemarcheClient(address), users: 0 };
  shared.set(address.key, entry);
  entry.users += 1;
  return {
    client: entry.client,
    async release() {
      entry.users -= 1;
      if (entry.users > 0) return;
      shared.delete(address.key);
      await entry.client.disconnect();
    },
  };
}
