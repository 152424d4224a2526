import { type Command, InvalidArgumentError, Option } from 'commander';
import { TOKEN_ROLES, type Token, type TokenRole } from '../../http/tokens/token.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, jsonOption } from '../options.ts';
import { type Line, paragraph } from '../text/lines.ts';

interface Options extends CommonOptions {
  readonly tokens?: string;
  readonly json?: boolean;
}

interface CreateOptions extends Options {
  readonly role: TokenRole;
  readonly name: string;
}

/** Loaded only by those who need it, as everything of the server is. */
const tokenFile = async ({ tokens, store }: Options) => {
  const [{ besideStore }, file] = await Promise.all([
    import('../../http/files/json-file.ts'),
    import('../../http/tokens/file.ts'),
  ]);
  return { ...file, path: tokens ?? besideStore(store, 'tokens') };
};

export function registerToken(program: Command, { terminal, now }: Cli): void {
  const { width } = terminal;
  const group = program
    .command('token')
    .description('who may use a server: make, list and take back tokens')
    .addHelpText(
      'after',
      examples(
        'demarche token create --role recorder --name "night desk"',
        'demarche token list',
        'demarche token revoke 3f9c1d2a7b60',
      ),
    );
  const sub = (name: string) =>
    group
      .command(name)
      .option('--tokens <file>', 'the file of tokens (default: beside the store)')
      .addOption(jsonOption());

  sub('create')
    .description('make a token; it is shown once, and kept only as a hash')
    .addOption(
      new Option('--role <role>', 'reader: reads; recorder: records too; editor: corrects and retracts too')
        .choices(TOKEN_ROLES)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'who it is for; kept with everything recorded with it', tokenName)
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<CreateOptions>();
      const { path, createToken } = await tokenFile(options);
      const { token, secret } = await createToken(path, options, now());
      if (options.json) terminal.json({ ...shown(token), token: secret });
      else {
        terminal.note(paragraph(`token for ${token.name}, ${token.role}; it is not shown again:`, { width }));
        terminal.print([{ text: secret }]);
      }
    });

  sub('list')
    .description('the tokens, those taken back too')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { path, readTokens } = await tokenFile(options);
      const tokens = await readTokens(path);
      if (options.json) terminal.json(tokens.map(shown));
      else if (tokens.length === 0) terminal.note(paragraph(`no token in ${path} yet`, { width }));
      else terminal.print(tokens.map(line));
    });

  sub('revoke')
    .description('take a token back; a running server notices within a second')
    .argument('<id>', 'as "token list" shows it')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { path, revokeToken } = await tokenFile(options);
      const token = await revokeToken(path, id, now());
      if (options.json) terminal.json(shown(token));
      else terminal.print(paragraph(`${token.name} (${token.id}) is let in no more`, { width }));
    });
}

const shown = ({ hash: _, ...token }: Token) => token;

const line = ({ id, role, name, created, revoked }: Token): Line => ({
  text: `${id}  ${role.padEnd(8)}  ${created.slice(0, 10)}  ${name}${revoked === null ? '' : `  (taken back ${revoked.slice(0, 10)})`}`,
  ...(revoked === null ? {} : { style: 'faint' as const }),
});

function tokenName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100) throw new InvalidArgumentError('Write 1 to 100 characters.');
  return name;
}
