import { type Command, Option } from 'commander';
import { headline } from '../../../projections/index.ts';
import type { Excerpt } from '../../tracker/index.ts';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { DATES_HELP, examples, type GateOptions, jsonOption, viewOf, withGates } from '../options.ts';
import { wholeNumber } from '../values.ts';
import { chronicleView, logView } from '../view/log.ts';

interface Options extends GateOptions {
  readonly order: 'log' | 'world';
  readonly last?: number;
}

const JSON_HELP = `
With --json, each development has its words as they were recorded, and what
became of it: its status, its headline as it stands now, and what corrected,
corroborated, denied or removed it.`;

export function registerLog(program: Command, { terminal, withTracker }: Cli): void {
  withGates(program.command('log'))
    .description('every development, one after the other, and what became of it')
    .argument('<negotiation>')
    .addOption(
      new Option('--order <order>', 'log: as they were recorded; world: as they count, seen through the gates')
        .choices(['log', 'world'])
        .default('log'),
    )
    .option('--last <n>', 'only the last n', wholeNumber)
    .addOption(jsonOption())
    .addHelpText('after', DATES_HELP)
    .addHelpText('after', JSON_HELP)
    .addHelpText(
      'after',
      examples('demarche log cod-quotas --last 10', 'demarche log cod-quotas --order world --as-of 2026-02-13 --then'),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { json, order, last = Number.POSITIVE_INFINITY } = options;
      const view = viewOf(options);
      if (order === 'log' && Object.values(view).some((value) => value !== undefined))
        throw new UsageError(
          'the gates (--as-of, --known-on, --then, --recorded-by, --standard) go with --order world',
        );
      await withTracker(options, 'read', async (tracker) => {
        if (order === 'world') {
          const { page } = await tracker.chroniclePage(negotiation, view, { last });
          if (json) return terminal.json(page);
          const state = await tracker.state(negotiation, view);
          return terminal.print(chronicleView(state, page, terminal.width));
        }
        const recorded = await tracker.lastRecorded(negotiation, last);
        if (json) return terminal.json(loggedIn(recorded));
        const state = await tracker.state(negotiation);
        terminal.print(logView(state, recorded, terminal.width));
      });
    });
}

/** Each development as it was recorded, where and when, and what became of it, in the words of the other order. */
function loggedIn({ entries, chronicle }: Excerpt): readonly object[] {
  const known = new Map(chronicle.map((entry) => [entry.id, entry]));
  return entries.map(({ development, revision, position, recorded, recorder }) => {
    const entry = known.get(development.id);
    return {
      ...development,
      revision: String(revision),
      position,
      recorded: new Date(recorded).toISOString(),
      recorder,
      status: entry?.status ?? null,
      headline: entry?.headline ?? headline(development),
      first: entry?.first ?? null,
      corrections: entry?.corrections ?? [],
      corroboratedBy: entry?.corroboratedBy ?? [],
      denials: entry?.denials ?? [],
      removedBy: entry?.removedBy ?? null,
    };
  });
}
