/** A server as it is run: a process of its own, which can be killed at any moment and started again on the same log and port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from './server.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  /** what it said on standard error so far */
  readonly log: () => string;
  start(): Promise<void>;
  /** ends it as a power cut would */
  kill(): Promise<void>;
  /** asks it to stop; answers its exit code */
  stop(): Promise<number | null>;
}

export async function serverProcess(store: string, options: readonly string[] = []): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let log = '';

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  return {
    url,
    log: () => log,
    async start() {
      child = spawn(process.execPath, [MAIN, 'serve', '--store', store, '--port', String(port), ...options], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.on('data', (data: Buffer) => {
        log += data.toString();
      });
      await until(async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok ?? false);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
