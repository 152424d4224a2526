import type { Command } from 'commander';
import type { EventStore } from '../../store/port.ts';
import { negotiationOf } from '../../tracker/identity.ts';
import { openTracker } from '../../tracker/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { examples, type JsonOption, jsonOption } from '../options.ts';
import { startProgress } from '../progress.ts';
import { counted, paragraph } from '../text/lines.ts';

export function registerRebuild(program: Command, { terminal, withStore, now }: Cli): void {
  program
    .command('rebuild')
    .description('replay everything afresh, from the first event of the log')
    .addOption(jsonOption())
    .addHelpText('after', examples('demarche rebuild'))
    .action(async (_options: unknown, command: Command) => {
      const { store: address, json } = command.optsWithGlobals<JsonOption & CommonOptions>();
      const rebuilt = await withStore(address, 'read', async (store) => {
        const progress = startProgress(terminal, 'replaying', 'developments');
        const tracker = openTracker({ store: counting(store, (count) => progress.update(count)), now });
        const names = (await store.streams()).flatMap((stream) => negotiationOf(stream) ?? []);
        const done: { negotiation: string; revision: string; positions: number; milliseconds: number }[] = [];
        try {
          for (const negotiation of names) {
            const start = performance.now();
            const { revision, positions } = await tracker.state(negotiation);
            const milliseconds = Math.round(performance.now() - start);
            done.push({ negotiation, revision, positions: positions.length, milliseconds });
          }
        } finally {
          progress.stop();
        }
        return done;
      });
      if (json) return terminal.json(rebuilt);
      const { width } = terminal;
      terminal.print(
        rebuilt.length === 0
          ? paragraph('Nothing is on record yet.', { width })
          : rebuilt.flatMap(({ negotiation, revision, positions, milliseconds }) =>
              paragraph(
                `${negotiation}: ${counted(Number(revision) + 1, 'development')} replayed in ${(milliseconds / 1000).toFixed(1)} s, ${counted(positions, 'cell')}`,
                { width },
              ),
            ),
      );
    });
}

/** The same store, and somebody told how many events were read from it. */
function counting(store: EventStore, onEvent: (count: number) => void): EventStore {
  let count = 0;
  return {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) {
        count += 1;
        onEvent(count);
        yield event;
      }
    },
  };
}
