import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { DATES_HELP, examples, type GateOptions, jsonOption, viewOf, withGates } from '../options.ts';
import { historyView } from '../view/history.ts';

interface Options extends GateOptions {
  readonly party: string;
  readonly issue: string;
}

export function registerHistory(program: Command, { terminal, withTracker }: Cli): void {
  withGates(program.command('history'))
    .description('how the stance of one party on one issue evolved, with its sources')
    .argument('<negotiation>')
    .requiredOption('--party <party>', 'whose stance')
    .requiredOption('--issue <issue>', 'on what')
    .addOption(jsonOption())
    .addHelpText('after', DATES_HELP)
    .addHelpText(
      'after',
      examples(
        'demarche history cod-quotas --party norway --issue total-catch',
        'demarche history cod-quotas --party iceland --issue inspections \\',
        '  --known-on 2025-11-24',
      ),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { party, issue, json } = options;
      const view = viewOf(options);
      await withTracker(options, 'read', async (tracker) => {
        const entries = await tracker.history(negotiation, { party, issue }, view);
        if (json) terminal.json(entries);
        else {
          const state = await tracker.state(negotiation, { ...view, party, issue });
          terminal.print(historyView(state, { party, issue }, entries, terminal.width));
        }
      });
    });
}
