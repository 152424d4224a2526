import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { storeContract } from './contract.ts';

describe('the store contract on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demarche-contract-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  storeContract({
    open: async () => openSqliteStore({ path: join(folder, 'log.db') }),
    uniqueIds: true,
    severalConnections: true,
  });
});
