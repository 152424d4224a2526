import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { DATES_HELP, examples, type GateOptions, jsonOption, viewOf, withGates } from '../options.ts';
import { stateView } from '../view/state.ts';

interface Options extends GateOptions {
  readonly party?: string;
  readonly issue?: string;
}

export function registerState(program: Command, { terminal, withTracker }: Cli): void {
  withGates(program.command('state'))
    .description('what each party has stated on each issue, at any moment')
    .argument('<negotiation>')
    .option('--party <party>', 'of this party only')
    .option('--issue <issue>', 'on this issue only')
    .addOption(jsonOption())
    .addHelpText('after', DATES_HELP)
    .addHelpText(
      'after',
      examples(
        'demarche state cod-quotas',
        'demarche state cod-quotas --as-of 2026-02-13 --then',
        'demarche state cod-quotas --as-of 2026-02-13 --issue total-catch',
        'demarche state cod-quotas --party norway --standard strict --json',
      ),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { party, issue, json } = options;
      const state = await withTracker(options, 'read', (tracker) =>
        tracker.state(negotiation, { ...viewOf(options), party, issue }),
      );
      if (json) terminal.json(state);
      else terminal.print(stateView(state, { party, issue }, terminal.width));
    });
}
