import { type Command, Option } from 'commander';
import { DemarcheError, isDemarcheError } from '../../../events/errors.ts';
import { type Change, EFFECTS, type Effect, type Standard } from '../../../projections/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, standardOption } from '../options.ts';
import { paragraph } from '../text/lines.ts';
import { webAddress } from '../values.ts';
import { changeLine } from '../view/change.ts';
import { type Named, namesAsTheyCome } from '../watching/names.ts';

interface Options extends CommonOptions {
  readonly party?: string;
  readonly issue?: string;
  readonly effect?: Effect;
  readonly standard?: Standard;
  readonly after?: string;
  readonly url?: string;
  readonly json?: boolean;
}

export function registerWatch(program: Command, { terminal, withTracker }: Cli): void {
  program
    .command('watch')
    .description('position changes as they are recorded, here or on a server')
    .argument('<negotiation>')
    .option('--party <party>', 'of this party only')
    .option('--issue <issue>', 'on this issue only')
    .addOption(new Option('--effect <effect>', 'of this kind only').choices(EFFECTS))
    .addOption(standardOption())
    .option('--after <cursor>', 'go on after this change (default: from now on; 0: from the start)')
    .option(
      '--url <address>',
      'watch a server instead of the store; its token is taken from DEMARCHE_TOKEN',
      webAddress,
    )
    .option('--json', 'one line of JSON a change, with its cursor')
    .addHelpText(
      'after',
      examples(
        'demarche watch cod-quotas',
        'demarche watch cod-quotas --party norway --issue total-catch --json',
        'demarche watch cod-quotas --url https://talks.example.org --after 96',
      ),
    )
    .action(async (negotiation: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { url, json, party, issue, effect, standard, after } = options;
      const query = { party, issue, effect, standard, after };
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      const beside = (text: string) => terminal.note(paragraph(text, { width: terminal.width, style: 'faint' }));
      // Nothing may come for hours: who sits there is told that it waits.
      if (terminal.progress.drawn) beside(`watching ${negotiation} (Ctrl-C stops it)`);
      const show = async (changes: AsyncIterable<Change>, readNames: () => Promise<Named>) => {
        const namesFor = namesAsTheyCome(readNames);
        for await (const change of changes) {
          if (json) await terminal.file(`${JSON.stringify(change)}\n`);
          else terminal.print([{ text: changeLine(change, await namesFor(change)) }]);
        }
      };
      if (url === undefined)
        return withTracker(options, 'read', async (tracker) => {
          tracker.follow();
          await show(tracker.changesFrom(negotiation, query, stop.signal), () => tracker.proceedings(negotiation));
        });
      const { remoteChanges, remoteNames } = await import('../watching/remote.ts');
      const onLost = (waitMs: number) => beside(`connection lost; trying again in ${Math.ceil(waitMs / 1000)} s`);
      const token = process.env.DEMARCHE_TOKEN || undefined;
      const asked = { url, negotiation, query, token, signal: stop.signal };
      await show(remoteChanges({ ...asked, onLost }), () => remoteNames(asked)).catch((error) => {
        throw isDemarcheError(error) && error.code === 'TOKEN_REQUIRED' ? tokenWanted(url, token) : error;
      });
    });
}

/** The server speaks of a header: here it is an environment variable. */
const tokenWanted = (url: string, token: string | undefined): DemarcheError =>
  new DemarcheError(
    'TOKEN_REQUIRED',
    token === undefined
      ? `${url} asks for a token; put one of its tokens into the environment variable DEMARCHE_TOKEN`
      : `${url} does not take the token in DEMARCHE_TOKEN: it is none of its own, or was taken back`,
  );
