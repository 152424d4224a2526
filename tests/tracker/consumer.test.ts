/** A project that uses the library is compiled against its sources, with whatever a caller has to name. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const USE = `
import { type ChangeQuery, openTracker, type Tracker } from 'demarche';
import { type EventStore, openStore } from 'demarche/store';

export async function follow(address: string, query: ChangeQuery): Promise<Tracker> {
  const store: EventStore = await openStore(address);
  const tracker = openTracker({ store });
  tracker.changes$('talks', query).subscribe(({ party, issue }) => console.log(party, issue));
  return tracker;
}
`;

const CONFIG = {
  compilerOptions: {
    ...{ strict: true, noEmit: true, module: 'nodenext', target: 'esnext', lib: ['esnext'] },
    ...{ allowImportingTsExtensions: true, skipLibCheck: true },
    ...{ types: ['node'], typeRoots: [join(REPOSITORY, 'node_modules/@types')] },
  },
  files: ['use.ts'],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a project in TypeScript that uses the library compiles', async () => {
  await mkdir(join(folder, 'node_modules'));
  await symlink(REPOSITORY, join(folder, 'node_modules/demarche'), 'dir');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'use.ts'), USE);
  const said = await new Promise((resolve) => {
    execFile(process.execPath, [TSC, '-p', folder, '--pretty', 'false'], (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  expect(said).toBe('');
}, 120_000);
