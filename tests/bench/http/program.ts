/** Programs measured from outside: each on a processor of its own where the system lets one choose. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import NODE_FLAGS from '../../../src/cli/node-flags.json' with { type: 'json' };

export interface Program {
  readonly child: ChildProcess;
  /** the next line it writes */
  line(): Promise<string>;
  /** milliseconds of processor time used since it started, by all of its threads */
  used(): Promise<number>;
  /** Ends it, and waits until it has. */
  stop(): Promise<void>;
}

/** Servers run on one processor, those who ask on another, so that neither is measured with the work of the other. */
export const PROCESSOR = { server: 0, client: 1 } as const;

const USAGE = fileURLToPath(new URL('usage.ts', import.meta.url));
const canChoose = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Starts a script of this folder, or any other one by its path, with the flags `demarche` is started with: what is compared has them all. */
export function start(script: string, parameters: readonly string[], processor: number): Program {
  const node = [process.execPath, ...NODE_FLAGS, '--import', USAGE, script, ...parameters];
  const [command = '', ...rest] = canChoose ? ['taskset', '-c', String(processor), ...node] : node;
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const lines: string[] = [];
  let unfinished = '';
  const written = new EventTarget();
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    const parts = (unfinished + piece).split('\n');
    unfinished = parts.pop() ?? '';
    lines.push(...parts);
    written.dispatchEvent(new Event('line'));
  });
  child.once('exit', () => written.dispatchEvent(new Event('line')));
  return {
    child,
    async line() {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) return line;
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${script} ended before it answered`);
        await once(written, 'line');
      }
    },
    async used() {
      const answer = once(child, 'message');
      child.send('usage');
      const [{ usage }] = (await answer) as [{ readonly usage: number }];
      return usage / 1000;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
