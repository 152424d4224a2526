/** Another process holds the lock of the file. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { numbered, upTo } from './contract/support.ts';
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
});
