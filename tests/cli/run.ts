/** The command line as a person meets it: a child process with arguments, standard input and an environment. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { run as runProgram } from '../../src/cli/program.ts';
import type { Streams } from '../../src/cli/terminal.ts';
import { openStore } from '../../src/store/open.ts';
import { type DevelopmentInput, openTracker } from '../../src/tracker/index.ts';

export const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
export const RECORDS = fileURLToPath(new URL('../../events/records/', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** what DEMARCHE_STORE says */
  readonly store?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** who runs it */
  readonly uid?: number;
  /** another program than the command line */
  readonly program?: string;
}

/** Runs `demarche …` to its end. Standard output and error are pipes, as in a script. */
export function run(
  args: readonly string[],
  { store, stdin = '', env, cwd, uid, program = MAIN }: RunOptions = {},
): Promise<Ran> {
  const { NO_COLOR: _, COLUMNS: __, DEMARCHE_STORE: ___, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      uid,
      env: { ...inherited, ...(store === undefined ? {} : { DEMARCHE_STORE: store }), ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      stdout += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {
      // A command that does not read what it is given closes the pipe.
    });
    child.stdin.end(stdin);
  });
}

export interface RunHereOptions extends Pick<RunOptions, 'store' | 'stdin' | 'env'> {
  /** columns of the terminal it believes to write to; absent: a pipe */
  readonly terminal?: number;
}

/** The same command line in this process, which starts sooner. The store is given as an option, since the environment is ours. */
export async function runHere(
  args: readonly string[],
  { store, stdin = '', env = {}, terminal }: RunHereOptions = {},
): Promise<Ran> {
  const [stdout, stderr] = [collector(terminal), collector(terminal)];
  const streams = {
    stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
  } as unknown as Streams;
  const code = await runProgram(store === undefined ? args : ['--store', store, ...args], streams);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(columns: number | undefined) {
  const pieces: string[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece.toString());
      done();
    },
  });
  return {
    stream: Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }),
    text: () => pieces.join(''),
  };
}

/** What a command answers with `--json`. */
export async function runJson<T>(args: readonly string[], options: RunHereOptions = {}): Promise<T> {
  const { code, stdout, stderr } = await runHere([...args, '--json'], options);
  if (code !== 0) throw new Error(`${args.join(' ')} exited with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** A folder of one's own, gone when the test is over. */
export async function tempFolder(): Promise<string> {
  const folder = await newFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'demarche-cli-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** The address of a store in a folder of its own; the file is not there yet. */
export const tempStore = async (): Promise<string> => `sqlite:${join(await tempFolder(), 'log.db')}`;

/** Records steps at an address, each at its own moment. */
export async function recordAt(
  address: string,
  steps: readonly { readonly at: string; readonly developments: readonly DevelopmentInput[] }[],
): Promise<void> {
  let now = 0;
  const clock = () => now;
  const tracker = openTracker({ store: await openStore(address, { clock }), now: clock });
  for (const { at, developments } of steps) {
    now = Date.parse(at);
    await tracker.record(developments);
  }
  await tracker.close();
}

/** The longest line of an output, in characters. */
export const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));
