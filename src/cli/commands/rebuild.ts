import type { Command } from 'commander';
import { DemarcheError, nearest } from '../../../events/index.ts';
import type { EventStore } from '../../store/port.ts';
import { negotiationOf } from '../../tracker/identity.ts';
import { checkRebuild, rebuild } from '../../tracker/rebuild.ts';
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
        const run = check ? checked : rebuilt;
        const progress = startProgress(terminal, 'replaying', 'developments');
        const results = await run({ store, names, snapshots: snapshotsOf(where), progress }).finally(progress.stop);
        if (json) terminal.json(results.map(({ words: _, ...result }) => result));
        else terminal.print(linesOf(results, terminal.width));
        const wrong = results.filter(({ same }) => same === false).map(({ negotiation }) => negotiation);
        if (wrong.length > 0) throw notTheSame(wrong);
      });
    });
}

interface Run {
  readonly store: EventStore;
  readonly names: readonly string[];
  readonly snapshots: ReturnType<Cli['snapshotsOf']>;
  readonly progress: Progress;
}

interface Result {
  readonly negotiation: string;
  readonly developments: number;
  readonly cells?: number;
  readonly milliseconds: number;
  readonly same?: boolean;
  readonly words: string;
}

async function rebuilt({ store, names, snapshots, progress }: Run): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const name of names) {
    progress.step(`replaying ${name}`);
    const start = performance.now();
    const result = await rebuild(store, name, snapshots, progress.update);
    const milliseconds = Math.round(performance.now() - start);
    const words = `replayed in ${(milliseconds / 1000).toFixed(1)} s, ${counted(result.cells, 'cell')}`;
    results.push({ ...result, milliseconds, words });
  }
  return results;
}

async function checked({ store, names, snapshots, progress }: Run): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const name of names) {
    progress.step(`checking ${name}`);
    const start = performance.now();
    const result = await checkRebuild(store, name, snapshots, progress.update);
    const milliseconds = Math.round(performance.now() - start);
    const words = result.same ? 'the same made afresh' : 'NOT the same made afresh';
    results.push({ ...result, milliseconds, words });
  }
  return results;
}

/** @throws DemarcheError `NEGOTIATION_UNKNOWN` */
async function namesIn(store: EventStore, only: string | undefined): Promise<readonly string[]> {
  const names = (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
  if (only === undefined) return names;
  if (names.includes(only)) return [only];
  const suggestion = nearest(only, names);
  const message = `there is no negotiation "${only}"${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`;
  throw new DemarcheError('NEGOTIATION_UNKNOWN', message);
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
