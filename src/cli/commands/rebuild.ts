import type { Command } from 'commander';
import { DemarcheError } from '../../../events/index.ts';
import type { EventStore } from '../../store/port.ts';
import { negotiationOf } from '../../tracker/log/identity.ts';
import { checkRebuild, rebuild } from '../../tracker/log/rebuild.ts';
import { unknownNegotiation } from '../../tracker/refusals.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { type Progress, startProgress } from '../progress.ts';
import { counted, type Line, paragraph } from '../text/lines.ts';

interface Options extends JsonOption, CommonOptions {
  readonly negotiation?: string;
  readonly check?: boolean;
}

const HELP = `
What answers rest on is made at each start from a snapshot, what was recorded
since, and short digests beside the events. This command makes it from the
events alone, all of them, and writes new snapshots where they save anything.
With --check it writes nothing, compares, and exits with 1 where there is a
difference.`;

export function registerRebuild(program: Command, { terminal, withStore, snapshotsOf }: Cli): void {
  program
    .command('rebuild')
    .description('replay everything afresh, from the first event of the log')
    .option('--negotiation <negotiation>', 'only this one')
    .option('--check', 'compare with what answers rest on now, and change nothing')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .addHelpText('after', examples('demarche rebuild', 'demarche rebuild --check --json'))
    .action(async (_options: unknown, command: Command) => {
      const { negotiation, check, json, ...where } = command.optsWithGlobals<Options>();
      await withStore(where.store, 'read', async (store) => {
        const names = await namesIn(store, negotiation);
        const task = check ? CHECK : REBUILD;
        const progress = startProgress(terminal, 'replaying', 'developments');
        const results = await perform(task, store, names, snapshotsOf(where), progress).finally(progress.stop);
        if (json) terminal.json(results.map(({ words: _, ...result }) => result));
        else terminal.print(linesOf(results, terminal.width));
        const wrong = results.filter(({ same }) => same === false).map(({ negotiation }) => negotiation);
        if (wrong.length > 0) throw notTheSame(wrong);
      });
    });
}

interface Result {
  readonly negotiation: string;
  readonly developments: number;
  readonly cells?: number;
  readonly milliseconds: number;
  readonly same?: boolean;
  readonly words: string;
}

/** What is done with one negotiation, and how that is called. */
interface Task {
  readonly name: string;
  run(...given: Parameters<typeof rebuild>): Promise<Omit<Result, 'milliseconds' | 'words'>>;
  words(result: Omit<Result, 'words'>): string;
}

const REBUILD: Task = {
  name: 'replaying',
  run: rebuild,
  words: ({ cells = 0, milliseconds }) =>
    `replayed in ${(milliseconds / 1000).toFixed(1)} s, ${counted(cells, 'cell')}`,
};

const CHECK: Task = {
  name: 'checking',
  run: checkRebuild,
  words: ({ same }) => (same ? 'made afresh: the same' : 'made afresh: NOT the same'),
};

async function perform(
  { name, run, words }: Task,
  store: EventStore,
  negotiations: readonly string[],
  snapshots: ReturnType<Cli['snapshotsOf']>,
  progress: Progress,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const negotiation of negotiations) {
    progress.step(`${name} ${negotiation}`);
    const start = performance.now();
    const done = await run(store, negotiation, snapshots, progress.update);
    const result = { ...done, milliseconds: Math.round(performance.now() - start) };
    results.push({ ...result, words: words(result) });
  }
  return results;
}

/** @throws DemarcheError `NEGOTIATION_UNKNOWN` */
async function namesIn(store: EventStore, only: string | undefined): Promise<readonly string[]> {
  const names = (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
  if (only === undefined) return names;
  if (names.includes(only)) return [only];
  throw unknownNegotiation(names, only);
}

const linesOf = (results: readonly Result[], width: number): readonly Line[] =>
  results.length === 0
    ? paragraph('Nothing is on record yet.', { width })
    : results.flatMap(({ negotiation, developments, words }) =>
        paragraph(`${negotiation}: ${counted(developments, 'development')} ${words}`, { width }),
      );

function notTheSame(names: readonly string[]): DemarcheError {
  const message = `what is kept of ${names.join(', ')} is not what the log says. Run "demarche rebuild" to make it anew from the events, and check again; if it differs still, the log itself is damaged, and "demarche verify" says where`;
  return new DemarcheError('STORE_CORRUPT', message);
}
