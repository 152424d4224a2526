/**
 * What every command is given. A command is one file in `commands/` that exports a function which registers it:
 * `(program: Command, cli: Cli) => void`; `program.ts` lists them all.
 */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type DemarcheError, refusal } from '../../events/errors.ts';
import { fileOf } from '../store/address.ts';
import { openStore } from '../store/open.ts';
import type { EventStore } from '../store/port.ts';
import { openTracker, type Say, type Snapshots, snapshotFolder, snapshotsIn, type Tracker } from '../tracker/index.ts';
import { placed } from './errors.ts';
import { storeOnDemand } from './store-on-demand.ts';
import type { Terminal } from './terminal.ts';
import { paragraph } from './text/lines.ts';

export const DEFAULT_STORE = 'sqlite:./demarche.db';

/** What the options of every command hold beside its own. */
export interface CommonOptions {
  readonly store: string;
  /** whether snapshots are kept beside the log, and started from */
  readonly snapshots: boolean;
}

/**
 * How a store is opened, where its file may not be there: `read` refuses; `write` makes it at once (a server, which others write to);
 * `record` makes it with the first thing it keeps; a `rehearsal` keeps nothing.
 */
type Use = 'read' | 'write' | 'record' | 'rehearsal';

export interface Cli {
  readonly terminal: Terminal;
  /** how the command line is called here, for hints: "demarche", or through npm in a checkout */
  readonly invocation: string;
  /** bytes of standard input */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** milliseconds since 1970 */
  readonly now: () => number;
  /** Runs with the store at an address, and closes it whatever happens. */
  withStore<T>(address: string, use: Use, run: (store: EventStore) => Promise<T>): Promise<T>;
  /** The same with a tracker on it. */
  withTracker<T>(where: CommonOptions, use: Use, run: (tracker: Tracker) => Promise<T>): Promise<T>;
  /** Where snapshots of this log are kept: beside a SQLite file. @param say told of what became of one; default: standard error */
  snapshotsOf(where: CommonOptions, say?: Say): Snapshots | undefined;
}

export type Register = (program: Command, cli: Cli) => void;

export function openCli(given: Pick<Cli, 'terminal' | 'invocation' | 'stdin' | 'now'>): Cli {
  async function withStore<T>(address: string, use: Use, run: (store: EventStore) => Promise<T>): Promise<T> {
    const file = fileOf(address);
    const missing = file !== undefined && !existsSync(file);
    if (missing && use === 'read') throw noSuchLog(file, address, given.invocation);
    const store = missing && use !== 'write' ? await notYet(address, use) : await openStore(address);
    try {
      return await run(store);
    } finally {
      await store.close();
    }
  }

  const note: Say = (message) => given.terminal.note(paragraph(message, { width: given.terminal.width }));

  function snapshotsOf({ store, snapshots }: CommonOptions, say: Say = note): Snapshots | undefined {
    const folder = snapshots ? snapshotFolder(store) : undefined;
    return folder === undefined ? undefined : snapshotsIn(folder, say);
  }

  return {
    ...given,
    withStore,
    snapshotsOf,
    withTracker: (where, use, run) =>
      withStore(where.store, use, async (store) => {
        const snapshots = snapshotsOf(where);
        const tracker = openTracker({ store, now: given.now, ...(snapshots ? { snapshots } : {}) });
        try {
          return await run(tracker);
        } finally {
          await tracker.close();
        }
      }),
  };
}

/** What stands for a store whose file is not there. */
async function notYet(address: string, use: Use): Promise<EventStore> {
  const empty = await openStore('sqlite::memory:');
  return use === 'record' ? storeOnDemand(address, empty, () => openStore(address)) : empty;
}

/** To read where nothing was ever recorded is a mistake in the address, or a beginning. */
function noSuchLog(file: string, address: string, invocation: string): DemarcheError {
  const message = `there is no log at ${placed(file)} yet; begin one with "${invocation} record" or "${invocation} import <file>", or name another with --store sqlite:<path> or DEMARCHE_STORE`;
  return refusal('STORE_ADDRESS_INVALID', { field: 'store', value: address, message });
}
