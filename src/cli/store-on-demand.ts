/** A store that is made only when there is something to keep: what is refused, or stopped by Ctrl-C, leaves no file behind. */
import type { EventStore } from '../store/port.ts';
import { appendStaged } from '../store/staging.ts';

/**
 * Reads as the empty store until the first append, which opens the real one. Somebody else may have begun it by then: the append is
 * refused as on any store, and what is there is read.
 * @param empty closed with this one
 */
export function storeOnDemand(address: string, empty: EventStore, open: () => Promise<EventStore>): EventStore {
  let opening: Promise<EventStore> | undefined;
  let current = empty;

  async function real(): Promise<EventStore> {
    opening ??= open();
    current = await opening;
    return current;
  }

  return {
    address,
    append: async (...call) => (await real()).append(...call),
    appendPages: async (...call) => appendStaged(await real(), ...call),
    readStream: (...call) => current.readStream(...call),
    readAll: (...call) => current.readAll(...call),
    subscribe: (...call) => current.subscribe(...call),
    streams: () => current.streams(),
    head: () => current.head(),
    end: () => current.end(),
    status: () => current.status(),
    async close() {
      await empty.close();
      await (await opening)?.close();
    },
  };
}
