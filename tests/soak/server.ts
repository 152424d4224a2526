/** A real server process on a log of its own, and what it says of itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import NODE_FLAGS from '../../src/cli/node-flags.json' with { type: 'json' };

export interface Sample {
  /** seconds since the start */
  readonly at: number;
  /** in bytes */
  readonly heap: number;
  /** outside of the heap, but held by what lies in it: answers that are kept, among others */
  readonly external: number;
  readonly resident: number;
  /** open files and connections of the process */
  readonly descriptors: number;
  /** what keeps its event loop going */
  readonly resources: number;
  readonly streams: number;
}

export interface Server {
  readonly url: string;
  /** what it holds once its garbage was collected */
  sample(): Promise<Sample>;
  /** what it wrote into its log, at the level of errors */
  readonly errors: () => string;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<readonly [code: number | null, signal: string | null]>;
}

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Starts `demarche serve` on a file, on a free port of this machine. */
export async function startServer(path: string): Promise<Server> {
  const parameters = ['serve', '--port', '0', '--json', '--rate', '0', '--streams', '1000', '--log-level', 'error'];
  // Its inspector, for this machine only, is asked to collect garbage: what is left is what it holds.
  const node = [...NODE_FLAGS, '--inspect=127.0.0.1:0', MAIN];
  const child = spawn(process.execPath, [...node, ...parameters, '--store', `sqlite:${path}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece;
  });
  const url = await addressOf(child, () => errors);
  const { collectGarbage, disconnect } = await inspect(/ws:\/\/\S+/.exec(errors)?.[0] ?? '');
  const started = performance.now();
  return {
    url,
    errors: () => errors.replaceAll(INSPECTOR, ''),
    async sample() {
      await collectGarbage();
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
      return {
        at: (performance.now() - started) / 1000,
        heap: value('nodejs_heap_size_used_bytes'),
        external: value('nodejs_external_memory_bytes'),
        resident: value('process_resident_memory_bytes'),
        descriptors: descriptorsOf(child.pid) ?? value('process_open_fds'),
        resources: value('nodejs_active_resources_total'),
        streams: value('demarche_streams_open'),
      };
    },
    async stop() {
      const ended = once(child, 'exit');
      disconnect();
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      return [code, signal];
    },
  };
}

/** What Node says when somebody may inspect it, and does. */
const INSPECTOR =
  /^(Debugger (listening on|attached)|For help, see: https:\/\/nodejs\.org|Debugger ending on|Waiting for the debugger).*\n/gm;

/** Connects to an inspector; through it the process is made to collect its garbage. */
async function inspect(address: string): Promise<{ collectGarbage(): Promise<void>; disconnect(): void }> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let id = 0;
  async function collectGarbage(): Promise<void> {
    id += 1;
    const asked = id;
    const { promise, resolve } = Promise.withResolvers<void>();
    const listen = ({ data }: MessageEvent) => {
      if (JSON.parse(String(data)).id !== asked) return;
      socket.removeEventListener('message', listen);
      resolve();
    };
    socket.addEventListener('message', listen);
    socket.send(JSON.stringify({ id: asked, method: 'HeapProfiler.collectGarbage' }));
    await promise;
  }
  return { collectGarbage, disconnect: () => socket.close() };
}

async function addressOf({ stdout }: ChildProcess, errors: () => string): Promise<string> {
  if (stdout === null) throw new Error('its output is a pipe');
  let text = '';
  for await (const line of createInterface({ input: stdout })) {
    text += line;
    const address = /"url":\s*"([^"]+)"/.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`the server did not start: ${errors()}`);
}

/** Where the system tells it. */
function descriptorsOf(pid: number | undefined): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}
