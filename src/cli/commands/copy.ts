import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fileOf, withoutPassword } from '../../store/address.ts';
import { type Copied, type CopyProgress, copyLog } from '../../store/copy.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { type Progress, startProgress } from '../progress.ts';
import { counted, type Line, paragraph } from '../text/lines.ts';

interface Options extends JsonOption, CommonOptions {
  readonly from: string;
  readonly to: string;
}

export function registerCopy(program: Command, { terminal, withStore }: Cli): void {
  program
    .command('copy')
    .description('copy a whole log to another store: the same ids, order and moments of recording')
    .requiredOption('--from <address>', 'the store to read: sqlite:<path>, esdb://…')
    .requiredOption(
      '--to <address>',
      'the store to write: an empty one, one with other negotiations, or an earlier copy',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Interrupted, the same command goes on where it stopped. When all is written,
both logs are read side by side; it succeeds only if they say the same.`,
    )
    .addHelpText(
      'after',
      examples(
        'demarche copy --from sqlite:./demarche.db --to sqlite:./backup.db',
        'demarche copy --from sqlite:./demarche.db \\',
        "  --to 'esdb://127.0.0.1:2113?tls=false'",
      ),
    )
    .action(async (_options: unknown, command: Command) => {
      const { from, to, json } = command.optsWithGlobals<Options>();
      if (placeOf(from) === placeOf(to))
        throw new UsageError(`--from and --to name one store, ${withoutPassword(to)}: name another to copy to`);
      const copied = await withStore(from, 'read', (source) =>
        withStore(to, 'write', async (target) => {
          const progress = startProgress(terminal, 'copying', 'events');
          const onProgress = (state: CopyProgress) => show(progress, state);
          const result = await copyLog({ from: source, to: target, onProgress }).finally(progress.stop);
          return { from: source.address, to: target.address, ...result };
        }),
      );
      if (json) terminal.json(copied);
      else terminal.print(copiedLines(copied, terminal.width));
    });
}

/** Two addresses of one SQLite file differ in how they name it. */
const placeOf = (address: string): string => {
  const path = fileOf(address);
  return path === undefined ? address.trim() : resolve(path);
};

function show(progress: Progress, { phase, events, total }: CopyProgress): void {
  if (phase === 'verifying') progress.step('verifying');
  progress.update(events, total);
}

const copiedLines = (
  { from, to, written, found }: Copied & { readonly from: string; readonly to: string },
  width: number,
): readonly Line[] =>
  paragraph(
    `${from} to ${to}: ${counted(written, 'event')} written, ${found.toLocaleString('en')} there already; both logs were read, and say the same`,
    { width },
  );
