/** Another process holds the lock of the file. */
import { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { numbered, refused, upTo } from './contract/support.ts';
import { inFolder } from './faults/support.ts';

const folder = inFolder();
afterAll(folder.remove);

/** A lock that is held until it is let go. */
function lock(path: string): { readonly letGo: () => void } {
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  return {
    letGo() {
      other.exec('ROLLBACK');
      other.close();
    },
  };
}

describe('an append that waits for the lock', () => {
  test('holds up nothing else in its process', async () => {
    const path = folder.path('waiting.db');
    const store = openSqliteStore({ path });
    const { letGo } = lock(path);
    const before = performance.eventLoopUtilization();
    const appended = store.append('negotiation-a', 'none', numbered(1));
    for (const _ of upTo(40)) await setTimeout(5);
    // The part of the time in which nothing else could have run.
    const { utilization } = performance.eventLoopUtilization(before);
    letGo();
    await appended;
    expect(utilization).toBeLessThan(0.5);
    await store.close();
  });

  test('has a patience of its own, however long others have waited already', async () => {
    const path = folder.path('patience.db');
    const store = openSqliteStore({ path, patience: 1_000 });
    const { letGo } = lock(path);
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    try {
      const first = store.append('negotiation-a', 'none', numbered(1));
      const refusal = refused(first, 'STORE_UNAVAILABLE');
      await setImmediate();
      await vi.advanceTimersByTimeAsync(900);
      const second = store.append('negotiation-b', 'none', numbered(1));
      await vi.advanceTimersByTimeAsync(200);
      await refusal;
      letGo();
      await vi.advanceTimersByTimeAsync(1);
      expect((await second).written).toBe(true);
    } finally {
      vi.useRealTimers();
    }
    expect(await store.streams()).toEqual(['negotiation-b']);
    await store.close();
  });
});
