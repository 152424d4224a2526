/** The command line put together: one program, one file a command. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Cli, openCli, type Register } from './cli.ts';
import { registerCopy } from './commands/copy.ts';
import { registerDiff } from './commands/diff.ts';
import { registerExport } from './commands/export.ts';
import { registerHistory } from './commands/history.ts';
import { registerImport } from './commands/import.ts';
import { registerLog } from './commands/log.ts';
import { registerNegotiations } from './commands/negotiations.ts';
import { registerRebuild } from './commands/rebuild.ts';
import { registerRecord } from './commands/record.ts';
import { registerSchema } from './commands/schema.ts';
import { registerServe } from './commands/serve.ts';
import { registerState } from './commands/state.ts';
import { registerTemplate } from './commands/template.ts';
import { registerToken } from './commands/token.ts';
import { registerVerify } from './commands/verify.ts';
import { registerWatch } from './commands/watch.ts';
import { EXIT, EXIT_CODES_HELP, errorJson, errorLines, exitCodeOf, UsageError } from './errors.ts';
import { snapshotsOption, storeOption } from './options.ts';
import { optionName } from './recording/field-options.ts';
import { openTerminal, type Streams } from './terminal.ts';
import { type Line, paragraph } from './text/lines.ts';

/** In the order of the help. */
const COMMANDS: readonly Register[] = [
  registerState,
  registerHistory,
  registerDiff,
  registerLog,
  registerRecord,
  registerImport,
  registerExport,
  registerTemplate,
  registerSchema,
  registerNegotiations,
  registerServe,
  registerWatch,
  registerToken,
  registerVerify,
  registerRebuild,
  registerCopy,
];

const GUIDE = `
Begin with:
  $ demarche record                          asks for your first development
  $ demarche template > positions.csv        or fill in a table,
  $ demarche import positions.csv --declare  and import it
  $ demarche state <negotiation>             who stated what, as of now
  $ demarche --version                       which Demarche this is
`;

/** Columns of an explanation beside its option: below, commander breaks no line, and the terminal breaks it inside of words. */
const LEAST_HELP_WIDTH = 10;

/** Runs one command line. Answers the exit code; errors have been told. */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  const terminal = openTerminal(streams);
  const json = args.includes('--json') || args.some((argument) => argument.startsWith('--json='));
  const cli = openCli({
    terminal,
    invocation: streams.env.npm_lifecycle_event === 'demarche' ? 'npm run -s demarche --' : 'demarche',
    stdin: streams.stdin,
    now: Date.now,
  });
  let running: Command | undefined;
  try {
    // Not an option of the program, since `record --version` is the version of a plan.
    if (args[0] === '--version') terminal.print([{ text: version() }]);
    else {
      const program = assemble(cli, json, streams).hook('preAction', (_, command) => {
        running = command;
      });
      await program.parseAsync(unknownCommand(program, args) ?? args, { from: 'user' });
    }
    return EXIT.ok;
  } catch (error) {
    const code = exitCodeOf(error);
    // Commander has told its own errors by now.
    if (code !== EXIT.ok && !(error instanceof Error && error.name === 'CommanderError'))
      if (json) terminal.noteJson(errorJson(error));
      else terminal.note(errorLines(error, terminal.width, (field) => spelled(field, running)));
    return code;
  }
}

/** A command that is none, by itself: asked for its help, commander would show that of all, and not say why. */
function unknownCommand(program: Command, args: readonly string[]): readonly string[] | undefined {
  const [named] = args[0] === 'help' ? args.slice(1) : args;
  const isNone = named !== undefined && /^[a-z]/.test(named) && named !== 'help';
  return isNone && !program.commands.some((command) => command.name() === named) ? [named] : undefined;
}

function assemble(cli: Cli, json: boolean, { stdout, stderr }: Streams): Command {
  const { terminal } = cli;
  const program = new Command('demarche')
    .description('Who stated what on which issue: as of any date, as it was known then or as we know it now.')
    .addOption(storeOption())
    .addOption(snapshotsOption())
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ showGlobalOptions: true, helpWidth: terminal.width, minWidthToWrap: LEAST_HELP_WIDTH })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // What was typed comes back in the message.
      outputError: (text) => {
        const message = text.trim().replace(/^error: /, '');
        if (json) terminal.noteJson(errorJson(new UsageError(message)));
        else terminal.note(usageLines(message, terminal.width));
      },
    })
    .showHelpAfterError(json ? false : '(add --help to see how it is used)')
    .exitOverride()
    .addHelpText('after', GUIDE.trimEnd())
    .addHelpText('after', EXIT_CODES_HELP);
  for (const register of COMMANDS) register(program, cli);
  return program;
}

const usageLines = (message: string, width: number): readonly Line[] =>
  message
    .split('\n')
    .flatMap((line, index) =>
      paragraph(line, { width, lead: index === 0 ? 'demarche: ' : '', indent: index === 0 ? 0 : 2 }),
    );

/** A field as the options of a command name it: `asOf` was given as `--as-of`. What is no option keeps its name. */
function spelled(field: string, command: Command | undefined): string {
  // Of a report that is missing altogether, its publisher is what has to be there.
  const option = `--${optionName(field === 'source' ? 'source.publisher' : field)}`;
  for (let at: Command | null | undefined = command; at; at = at.parent)
    if (at.options.some(({ long }) => long === option)) return option;
  return field;
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
