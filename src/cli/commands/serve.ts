/** `demarche serve`: the HTTP API and the page. */
import type { Command } from 'commander';
import { createServer } from '../../http/server.ts';
import { openStore } from '../../store/open.ts';
import { openTracker } from '../../tracker/index.ts';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly store: string;
}

export const serveCommand = (program: Command): Command =>
  program
    .command('serve')
    .description('serve the HTTP API and the page')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', Number, 4800)
    .option('--store <address>', 'where the log is', process.env['DEMARCHE_STORE'] ?? 'sqlite:./demarche.db')
    .action(async ({ host, port, store }: Options) => {
      const tracker = openTracker({ store: await openStore(store) });
      const server = await createServer({ tracker, logger: true });
      tracker.follow();
      await server.listen({ host, port });
    });
