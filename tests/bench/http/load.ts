/**
 * Asks a server as fast as it answers: connections that are kept, each with one question under way. It reads of an answer only its
 * status and length, so that asking costs less than answering. Started with a `Load` as JSON; answers with a `Loaded`.
 */
import { connect } from 'node:net';

export interface Load {
  readonly url: string;
  /** what to ask for; `{moment}` stands for a moment between the two, another one each time */
  readonly path: string;
  readonly between: readonly [number, number];
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly seconds: number;
  readonly connections: number;
}

export interface Loaded {
  readonly answers: number;
  readonly bytes: number;
  readonly seconds: number;
}

const END_OF_HEAD = '\r\n\r\n';
/** As both servers write it. */
const LENGTH = '\r\ncontent-length: ';

const load: Load = JSON.parse(process.argv[2] ?? '');
const { hostname, port } = new URL(load.url);
const [before, after] = load.path.split('{moment}') as [string, string?];
const tail = ` HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${Object.entries(load.headers)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')}\r\n`;
const [earliest, latest] = load.between;
const status = String(load.status);

function request(): string {
  if (after === undefined) return `GET ${before}${tail}`;
  const moment = new Date(earliest + Math.random() * (latest - earliest)).toISOString();
  return `GET ${before}${moment}${after}${tail}`;
}

/** Asks over one connection until a moment. @returns answers and bytes */
function ask(until: number): Promise<readonly [number, number]> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let bytes = 0;
    let left = 0;
    let head = '';
    const onread = { buffer: Buffer.allocUnsafeSlow(1 << 16), callback: take };
    const socket = connect({ port: Number(port), host: hostname, noDelay: true, onread });
    socket.once('connect', () => socket.write(request(), 'latin1'));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));

    function take(count: number, piece: Uint8Array): boolean {
      bytes += count;
      if (left > 0) left -= count;
      else {
        head += (piece as Buffer).toString('latin1', 0, count);
        const end = head.indexOf(END_OF_HEAD);
        if (end < 0) return true;
        if (head.slice(9, 12) !== status) {
          socket.destroy(new Error(head));
          return false;
        }
        left = lengthOf(head) - (head.length - end - END_OF_HEAD.length);
        head = '';
      }
      if (left === 0) next();
      return true;
    }

    function next(): void {
      answers += 1;
      if (performance.now() < until) socket.write(request(), 'latin1');
      else {
        socket.removeAllListeners('close').destroy();
        resolve([answers, bytes]);
      }
    }
  });
}

function lengthOf(head: string): number {
  const at = head.indexOf(LENGTH);
  return at < 0 ? 0 : Number.parseInt(head.slice(at + LENGTH.length, at + LENGTH.length + 12), 10);
}

const began = performance.now();
const all = await Promise.all(Array.from({ length: load.connections }, () => ask(began + load.seconds * 1000)));
const loaded: Loaded = {
  answers: all.reduce((sum, [answers]) => sum + answers, 0),
  bytes: all.reduce((sum, [, bytes]) => sum + bytes, 0),
  seconds: (performance.now() - began) / 1000,
};
process.stdout.write(`${JSON.stringify(loaded)}\n`);
