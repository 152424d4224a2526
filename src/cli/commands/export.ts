import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { type DemarcheError, type Development, isDemarcheError, refusal } from '../../../events/index.ts';
import type { TransferFormat } from '../../tracker/transfer/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples } from '../options.ts';
import { counted, paragraph } from '../text/lines.ts';

interface Options extends CommonOptions {
  readonly format?: TransferFormat;
  readonly out?: string;
}

export function registerExport(program: Command, { terminal, withTracker }: Cli): void {
  program
    .command('export')
    .description('the developments of a negotiation as a file; imported again, it gives the same log')
    .argument('<negotiation>')
    .addOption(new Option('--format <format>', 'by default what --out ends in, else jsonl').choices(['jsonl', 'csv']))
    .option('--out <file>', 'write to a file, whole or not at all (default: standard output)')
    .addHelpText(
      'after',
      examples('demarche export cod-quotas > talks.jsonl', 'demarche export cod-quotas --out talks.csv'),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { out, format } = options;
      const { exportCsv, exportJsonl, formatOf } = await import('../../tracker/transfer/index.ts');
      const chosen = format ?? (out === undefined ? undefined : formatOf(out)) ?? 'jsonl';
      await withTracker(options, 'read', async (tracker) => {
        const { developments, count } = counting(await tracker.developmentsUntilNow(negotiation));
        const pieces = chosen === 'csv' ? exportCsv(developments) : exportJsonl(developments);
        if (out === undefined) for await (const piece of pieces) await terminal.file(piece);
        else {
          await writeWhole(out, pieces);
          terminal.note(paragraph(`${out}: ${counted(count(), 'development')}`, { width: terminal.width }));
        }
      });
    });
}

/** The same developments, and how many of them were taken. */
function counting(all: AsyncIterable<Development>) {
  let taken = 0;
  async function* developments(): AsyncGenerator<Development> {
    for await (const one of all) {
      taken += 1;
      yield one;
    }
  }
  return { developments: developments(), count: () => taken };
}

/** Beside the file first, so that a file that is there stays whole until the new one is. */
async function writeWhole(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const beside = `${file}.${process.pid}.partial`;
  if (!existsSync(dirname(resolve(file)))) throw noFolder(file);
  try {
    await pipeline(pieces, createWriteStream(beside, { flags: 'wx' }));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    // What is told names the file that was asked for; a disk that is full does not say which file it was.
    throw isDemarcheError(error) ? error : Object.assign(error as Error, { path: file });
  }
}

function noFolder(file: string): DemarcheError {
  const message = `there is no folder ${dirname(file)}; name a file in one that is there`;
  return refusal('REQUEST_INVALID', { field: 'out', value: file, message });
}
