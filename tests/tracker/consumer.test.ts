/** A project that uses the library: compiled against its sources, with whatever a caller has to name; and the README's own lines, run. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { type DevelopmentInput, openTracker } from '../../src/tracker/index.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const USE = `
import { type ChangeQuery, openTracker, type Tracker } from 'demarche';
import { type EventStore, openStore } from 'demarche/store';
import { exportJsonl, type ImportReport, importInto } from 'demarche/transfer';

export const take = (tracker: Tracker, bytes: Uint8Array): Promise<ImportReport> =>
  importInto(tracker, [bytes], { fileName: 'talks.jsonl' });

export async function give(tracker: Tracker): Promise<void> {
  for await (const text of exportJsonl(await tracker.developmentsUntilNow('talks'))) console.log(text);
}

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
  files: ['use.ts', 'readme.ts'],
};

const BEGINNING: readonly DevelopmentInput[] = [
  { negotiation: 'cod-quotas', type: 'NegotiationOpened', title: 'Cod quotas' },
  { negotiation: 'cod-quotas', type: 'PartyJoined', party: 'norway', name: 'Norway', role: 'principal' },
  { negotiation: 'cod-quotas', type: 'IssueRaised', issue: 'total-catch', title: 'Total catch' },
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(REPOSITORY, join(folder, 'node_modules/demarche'), 'dir');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const [, readme = ''] = /^```ts\n(.*?)^```/ms.exec(await readFile(join(REPOSITORY, 'README.md'), 'utf8')) ?? [];
  await writeFile(join(folder, 'readme.ts'), readme);
});
afterEach(() => rm(folder, { recursive: true }));

/** What Node says in that project. */
const said = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr));
  });

test('compiles in TypeScript', async () => {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'use.ts'), USE);
  expect(await said(TSC, '-p', folder, '--pretty', 'false')).toBe('');
}, 120_000);

test('runs as the README has it', async () => {
  const tracker = openTracker({ store: await openStore(`sqlite:${join(folder, 'demarche.db')}`) });
  await tracker.record(BEGINNING);
  await tracker.close();
  expect(await said('readme.ts')).toBe('norway new At most 270,000 tonnes\n');
});
