import { type Command, Option } from 'commander';
import type { Say } from '../../tracker/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples } from '../options.ts';
import { paragraph } from '../text/lines.ts';
import { origins, portNumber, serverAddress, wholeNumber } from '../values.ts';

interface Options extends CommonOptions {
  readonly host: string;
  readonly port: number;
  readonly url?: string;
  readonly cors?: readonly string[];
  readonly tokens?: string;
  readonly webhooks?: string;
  readonly allowPrivateWebhooks?: boolean;
  readonly rate?: number;
  readonly streams?: number;
  readonly logLevel: string;
  readonly json?: boolean;
}

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

export function registerServe(program: Command, { terminal, withStore, snapshotsOf, now }: Cli): void {
  program
    .command('serve')
    .description('serve the HTTP API, the streams of changes and the page')
    .option('--host <host>', 'address to listen on; others than this machine need tokens', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', portNumber, 4800)
    .option('--url <address>', 'the address others know it by, such as https://talks.example.org', serverAddress)
    .option('--cors <origin...>', 'origins whose pages may ask here; * is all of them (default: none)', origins)
    .option('--tokens <file>', 'the file of tokens (default: beside the store)')
    .option('--webhooks <file>', 'the file of webhooks (default: beside the store)')
    .option('--allow-private-webhooks', 'let webhooks go to this machine and its network')
    .option('--rate <requests>', 'requests a minute from one client; 0 does not limit (default: 6000)', wholeNumber)
    .option('--streams <streams>', 'streams open at once, from one client (default: 50)', wholeNumber)
    .addOption(
      new Option('--log-level <level>', 'what to log, as JSON, on standard error').choices(LEVELS).default('info'),
    )
    .option('--json', 'tell the address in JSON')
    .addHelpText(
      'after',
      examples(
        'demarche serve',
        'demarche token create --role editor --name desk',
        'demarche serve --host 0.0.0.0 --port 8080',
      ),
    )
    .action(async (_options: unknown, command: Command) => {
      const {
        store: address,
        host,
        port,
        url,
        cors = [],
        rate,
        streams,
        logLevel,
        json,
        snapshots: kept,
        ...files
      } = command.optsWithGlobals<Options>();
      // Everything HTTP is loaded only by those who serve.
      const [http, { openTracker }] = await Promise.all([
        import('../../http/index.ts'),
        import('../../tracker/index.ts'),
      ]);
      const file = files.tokens ?? http.besideStore(address, 'tokens');
      const door = http.doorkeeper(file, now);
      http.checkAddress({ host, url }, { any: door.tokens().length > 0, file });
      await withStore(address, 'write', async (store) => {
        let log: Say | undefined;
        const note: Say = (message) => terminal.note(paragraph(message, { width: terminal.width }));
        const snapshots = snapshotsOf({ store: address, snapshots: kept }, (message) => (log ?? note)(message));
        const tracker = openTracker({ store, now, ...(snapshots ? { snapshots } : {}) });
        try {
          const server = await http.createServer({
            tracker,
            door,
            cors,
            hosts: http.isLoopback(host) ? http.localNames(url) : 'any',
            url,
            limits: {
              ...(rate === undefined ? {} : { ratePerMinute: rate }),
              ...(streams === undefined ? {} : { streamsPerClient: streams }),
            },
            webhooks: {
              file: files.webhooks ?? http.besideStore(address, 'webhooks'),
              allowPrivate: files.allowPrivateWebhooks ?? false,
            },
            logger: { level: logLevel, stream: process.stderr },
            now,
          });
          log = (message) => server.log.warn(message);
          const stopped = stopSignal();
          try {
            const listening = await server
              .listen({ host, port, listenTextResolver: (text) => text })
              .catch((error: unknown) => {
                throw http.listenError(error, { host, port });
              });
            if (json) terminal.json({ url: listening });
            else terminal.print(paragraph(`Demarche is at ${listening} (Ctrl-C stops it)`, { width: terminal.width }));
            await stopped;
          } finally {
            await server.close();
          }
        } finally {
          await tracker.close();
        }
      });
    });
}

/** Asked once, the server ends what is under way; asked twice, it stops at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
  });
}
