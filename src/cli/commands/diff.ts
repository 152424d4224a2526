import type { Command } from 'commander';
import type { DiffView } from '../../tracker/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { DATES_HELP, examples, type JsonOption, jsonOption, withSpan } from '../options.ts';
import { differenceView } from '../view/difference.ts';

interface Options extends JsonOption, CommonOptions, DiffView {
  readonly party?: string;
  readonly issue?: string;
}

export function registerDiff(program: Command, { terminal, withTracker }: Cli): void {
  withSpan(program.command('diff'))
    .description('what moved between two moments')
    .argument('<negotiation>')
    .option('--party <party>', 'of this party only')
    .option('--issue <issue>', 'on this issue only')
    .addOption(jsonOption())
    .addHelpText('after', DATES_HELP)
    .addHelpText(
      'after',
      examples(
        'demarche diff cod-quotas --from 2025-06-03 --to 2026-02-13',
        'demarche diff cod-quotas --from 2026-02-13 --to 2026-02-17 --then',
        'demarche diff cod-quotas --from 2026-02-13 --to 2026-02-17 --party norway',
      ),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { json, from, to, party, issue, then, recordedBy, standard } = options;
      await withTracker(options, 'read', async (tracker) => {
        const gates = { then, recordedBy, standard };
        const differences = await tracker.diff(negotiation, { from, to, party, issue, ...gates });
        if (json) return terminal.json(differences);
        const sides = {
          from: await tracker.state(negotiation, { asOf: from, ...gates }),
          to: await tracker.state(negotiation, { asOf: to, ...gates }),
        };
        terminal.print(differenceView(sides, differences, terminal.width));
      });
    });
}
