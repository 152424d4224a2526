/**
 * Emmett on SQLite beside ours: the same events, one durable append after the other, and a long stream replayed. It is installed into the
 * folder of the run, since nothing of the project needs it; its driver is compiled on installation.
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Development } from '../../../events/index.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { developments, NEGOTIATION } from '../data.ts';
import { logFile } from '../log.ts';
import { asOften, duration, inTurn, type Measure, median, ratioOf } from '../row.ts';

/** Of the packages that fit together: emmett-sqlite asks for an emmett of its own number, which was never published. */
const PACKAGES = [
  '@event-driven-io/emmett@0.42.0',
  '@event-driven-io/emmett-sqlite@0.42.4',
  'sqlite3@5.1.7',
  'uuid@10.0.0',
  'async-retry@1.3.3',
  'commander@12.1.0',
];
const INSTALLED_WITHIN_MS = 600_000;

const ONE = 300;
const ROUNDS = 7;
/** Recorded before it counts, so that each write-ahead log has its size: to make it longer takes a disk several times as long. */
const WARM = 1_500;
const STREAM = 100_000;
const REPLAYS = 5;
const BATCH = 1000;

interface Event {
  readonly type: string;
  readonly data: Development;
}

/** As much of Emmett as is used here. */
interface Connection {
  query(sql: string): Promise<unknown>;
  close(): void;
}
interface Emmett {
  sqliteConnection(options: { readonly fileName: string }): Connection;
  getSQLiteEventStore(options: {
    readonly fileName: string;
    readonly connectionOptions: { readonly singleton: true; readonly connection: Connection };
  }): {
    readonly schema: { migrate(): Promise<void> };
    appendToStream(stream: string, events: readonly Event[]): Promise<unknown>;
    aggregateStream<State>(
      stream: string,
      options: { readonly initialState: () => State; readonly evolve: (state: State, event: Event) => State },
    ): Promise<{ readonly state: State }>;
  };
}

export const measure: Measure = async function* (setting) {
  const { folder, say } = setting;
  let emmett: Emmett;
  try {
    say('installing Emmett, whose driver is compiled: a minute or two');
    emmett = await installed(join(folder, 'emmett'));
  } catch (error) {
    yield { name: 'Emmett on SQLite: append, replay', skipped: `it cannot be installed here: ${lastLine(error)}` };
    return;
  }
  // Its best case: one connection that is kept. By default it opens one for each call, which is several times slower.
  const fileName = join(folder, 'emmett.db');
  const connection = emmett.sqliteConnection({ fileName });
  // It switches to a write-ahead log on opening without waiting for that, and fails where a transaction meets it. FULL is its default.
  await connection.query('PRAGMA journal_mode = WAL');
  const theirs = emmett.getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } });
  await theirs.schema.migrate();
  const tracker = openTracker({ store: openSqliteStore({ path: join(folder, 'beside-emmett.db') }) });
  const made = developments(1_000_000, 17);
  const setUp: Development[] = [];
  const next = (count: number): readonly Development[] => {
    const all: Development[] = [];
    while (all.length < count) {
      const { development } = made.next().value ?? made.return(undefined).value;
      if (/^(NegotiationOpened|PartyJoined|IssueRaised)$/.test(development.type)) setUp.push(development);
      else if (!development.type.startsWith('Development')) all.push(development);
    }
    return all;
  };
  const ours = async (all: readonly Development[]) => {
    for (const development of all) await tracker.record(development);
  };
  const appended = async (all: readonly Development[]) => {
    for (const data of all) await theirs.appendToStream('talks-append', [{ type: data.type, data }]);
  };
  const first = next(WARM);
  await tracker.record(setUp);
  await ours(first);
  await appended(first);
  const append = await inTurn(
    ROUNDS,
    () => ours(next(ONE)),
    () => appended(next(ONE)),
  );
  yield {
    name: 'durable recording, the whole path, one writer',
    against: 'Emmett on SQLite: appendToStream, one connection kept',
    ...{ ratio: 1 / ratioOf(append), goal: { least: 3 } },
    detail: `${asOften(ONE, median(append.ours))} / ${asOften(ONE, median(append.theirs))}`,
  };
  await tracker.close();

  const file = await logFile(setting, STREAM);
  say(`writing the same to Emmett`);
  let batch: Event[] = [];
  for (const { development: data } of developments(STREAM)) {
    if (batch.push({ type: data.type, data }) < BATCH) continue;
    await theirs.appendToStream('talks-replay', batch);
    batch = [];
  }
  if (batch.length > 0) await theirs.appendToStream('talks-replay', batch);
  const replay = await inTurn(
    REPLAYS,
    () => replayed(file),
    async () => {
      const { state } = await theirs.aggregateStream('talks-replay', { initialState: noStances, evolve });
      if (state.size === 0) throw new Error('Emmett read nothing');
    },
  );
  const folded = await inTurn(
    1,
    () => fold(file),
    () => undefined,
  );
  yield {
    name: `replay of a stream of ${STREAM}: open the log, answer the state`,
    against: 'Emmett on SQLite: aggregateStream, last stances only',
    ...{ ratio: 1 / ratioOf(replay), goal: { least: 8 } },
    detail: `${duration(median(replay.ours))} / ${duration(median(replay.theirs))}; its fold over our readStream ${duration(median(folded.ours))}`,
  };
  connection.close();
};

/** What a user of ours calls: every position with all that it rests on, from a log nobody has opened yet, without a snapshot. */
async function replayed(path: string): Promise<void> {
  const tracker = openTracker({ store: openSqliteStore({ path }) });
  const { positions } = await tracker.state(NEGOTIATION);
  if (positions.length === 0) throw new Error('the log holds nothing');
  await tracker.close();
}

type Stances = Map<string, string>;
const noStances = (): Stances => new Map();

/** A fold as people write it with Emmett: the last stance of each party on each issue. It knows no corrections, no dates, no points. */
function evolve(state: Stances, { data }: Event): Stances {
  if ('issue' in data && 'party' in data && 'stance' in data && typeof data.stance === 'string')
    state.set(`${data.party} ${data.issue}`, data.stance);
  return state;
}

/** The same fold over the same events, read one by one from our store. */
async function fold(path: string): Promise<void> {
  const store = openSqliteStore({ path });
  let state = noStances();
  for await (const { type, data } of store.readStream(`negotiation-${NEGOTIATION}`))
    state = evolve(state, { type, data: data as unknown as Development });
  await store.close();
  if (state.size === 0) throw new Error('the log holds nothing');
}

async function installed(folder: string): Promise<Emmett> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const options = ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...PACKAGES];
  await promisify(execFile)('npm', options, { cwd: folder, timeout: INSTALLED_WITHIN_MS });
  return import(
    pathToFileURL(join(folder, 'node_modules/@event-driven-io/emmett-sqlite/dist/index.js')).href
  ) as Promise<Emmett>;
}

/** What npm said went wrong, as far as it fits into a line. */
function lastLine(error: unknown): string {
  const said = (error as { readonly stderr?: string }).stderr ?? String(error);
  const lines = said.split('\n').filter((line) => /err/i.test(line));
  return (lines.at(0) ?? said).trim().slice(0, 200);
}
