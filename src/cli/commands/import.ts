import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { ImportProgress, ImportReport, TransferFormat } from '../../tracker/transfer/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { type Progress, startProgress } from '../progress.ts';
import { counted, type Line, paragraph } from '../text/lines.ts';

interface Options extends JsonOption, CommonOptions {
  readonly dryRun?: boolean;
  readonly declare?: boolean;
  readonly map?: string;
  readonly negotiation?: string;
  readonly format?: TransferFormat;
  readonly by?: string;
}

export function registerImport(program: Command, { terminal, stdin, withTracker }: Cli): void {
  program
    .command('import')
    .description('record the developments of a file: all of them or nothing; what is on record already adds nothing')
    .argument('<file>', 'JSON Lines or CSV, by its ending; - reads standard input')
    .option('--dry-run', 'check everything, write nothing')
    .option('--declare', 'declare parties and issues that are not declared yet, and open the negotiation')
    .option(
      '--map <fields>',
      'which column holds which field (field=column), or which value it always has (field:=value)',
    )
    .option('--negotiation <negotiation>', 'the negotiation of rows that name none')
    .addOption(
      new Option('--format <format>', 'what the file holds, if its name does not say').choices(['jsonl', 'csv']),
    )
    .option('--by <name>', 'who records it')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'demarche import talks.jsonl',
        'demarche import positions.csv --declare --dry-run',
        'demarche import sheet.csv --declare --negotiation cod-quotas \\',
        '  --map party=actor,issue=issue_id,stance=position,occurred=decision_date',
      ),
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const { store, snapshots, json, ...options } = command.optsWithGlobals<Options>();
      if (file === '-' && options.format === undefined)
        throw new UsageError('say with --format what comes: jsonl or csv');
      const size = file === '-' ? undefined : await sizeOf(file);
      const { importInto } = await import('../../tracker/transfer/index.ts');
      const use = options.dryRun ? 'rehearsal' : 'record';
      const progress = startProgress(terminal, 'reading', 'KB');
      const report = await withTracker({ store, snapshots }, use, (tracker) =>
        importInto(tracker, file === '-' ? stdin : () => createReadStream(file), {
          ...options,
          fileName: file === '-' ? 'standard input' : basename(file),
          onProgress: showOn(progress, size),
        }),
      ).finally(progress.stop);
      if (json) terminal.json(report);
      else terminal.print(reportLines(report, terminal.width));
    });
}

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file);
  if (info.isDirectory()) throw new UsageError(`${file} is a folder; name a file`);
  return info.size;
}

function showOn(progress: Progress, size: number | undefined): (state: ImportProgress) => void {
  const kilobytes = (count: number) => Math.ceil(count / 1000);
  let shown: ImportProgress['phase'] = 'reading';
  return ({ phase, bytes, developments }) => {
    switch (phase) {
      case 'surveying':
      case 'reading':
        if (phase !== shown) progress.step(phase === 'reading' ? 'reading' : 'looking for names');
        progress.update(kilobytes(bytes), size === undefined ? undefined : kilobytes(size));
        break;
      case 'checking':
      case 'recording':
        progress.step(`${phase} ${counted(developments, 'development')}`);
        break;
      case 'done':
    }
    shown = phase;
  };
}

function reportLines(
  { negotiation, dryRun, read, added, known, declared }: ImportReport,
  width: number,
): readonly Line[] {
  const would = dryRun ? 'would be ' : '';
  const parts = [
    `${counted(read, 'development')} read`,
    `${added.toLocaleString('en')} ${would}added`,
    `${known.toLocaleString('en')} on record already`,
    ...(declared > 0 ? [`${counted(declared, 'declaration')} ${would}added beside`] : []),
  ];
  return paragraph(`${negotiation}: ${parts.join(', ')}${dryRun ? '; nothing was written' : ''}`, { width });
}
