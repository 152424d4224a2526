import type { Command } from 'commander';
import type { NegotiationSummary } from '../../tracker/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { blocks, counted, joined, type Line, paragraph } from '../text/lines.ts';

export function registerNegotiations(program: Command, { terminal, withTracker }: Cli): void {
  program
    .command('negotiations')
    .description('what is on record in this store')
    .addOption(jsonOption())
    .addHelpText('after', examples('demarche negotiations', 'demarche negotiations --json'))
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<JsonOption & CommonOptions>();
      const { json } = options;
      const found = await withTracker(options, 'read', (tracker) => tracker.negotiations());
      if (json) return terminal.json(found);
      const { width } = terminal;
      terminal.print(
        found.length === 0
          ? paragraph('Nothing is on record yet.', { width })
          : blocks(...found.map((one) => summaryLines(one, width))),
      );
    });
}

function summaryLines(
  { negotiation, title, timeZone, developments, parties, issues, failure }: NegotiationSummary,
  width: number,
): readonly Line[] {
  const what = failure
    ? `cannot be read: ${failure.message} (${failure.code})`
    : joined([
        counted(developments, 'development'),
        counted(parties.length, 'party', 'parties'),
        counted(issues.length, 'issue'),
        `days in ${timeZone}`,
      ]);
  return [
    ...paragraph(joined([negotiation, title]), { width, style: 'strong' }),
    ...paragraph(what, { width, indent: 2 }),
  ];
}
