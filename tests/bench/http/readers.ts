/**
 * Many readers of one stream of changes, in one process. Says when all of them are ready; asked for a number of changes (a message), it
 * waits until each reader has had as many, and says how that went. Started with `Readers` as JSON; answers with `Seen`.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface Readers {
  readonly url: string;
  readonly readers: number;
}

/** Changes that a process is asked to wait for, of each reader in all; and for how long. */
export interface Wait {
  readonly changes: number;
  readonly seconds: number;
}

export interface Seen {
  /** readers that have had exactly as many changes as were asked for */
  readonly complete: number;
  /** milliseconds from the moment in the name of a development until it was read, of some readers */
  readonly latencies: readonly number[];
}

const { url, readers }: Readers = JSON.parse(process.argv[2] ?? '');
const { hostname, port, host, pathname, search } = new URL(url);
const READY = Buffer.from('event: ready\n');
/** It begins with what is rare in what is read: looking for it costs little then. */
const CHANGE = Buffer.from('\nevent: change\n');
const [LINE_FEED, RETURN] = [10, 13];
const NOTHING = Buffer.alloc(0);
const SENT = /"development":"sent-(\d+)-/g;
/** Of these readers it is looked into what they read: one in so many. */
const LOOKED_INTO = 50;
const AT_ONCE = 100;

/** One for all: what was read is looked at before anything else is. */
const buffer = Buffer.allocUnsafeSlow(1 << 18);
const sockets: Socket[] = [];
const counts = new Uint32Array(readers);
const latencies: number[] = [];

function open(reader: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = NOTHING;
    let isReady = false;
    function take(count: number): boolean {
      const read = buffer.subarray(0, count);
      const piece = rest.length > 0 ? Buffer.concat([rest, read]) : read;
      if (!isReady && piece.includes(READY)) {
        isReady = true;
        resolve();
      }
      let from = 0;
      for (let at = piece.indexOf(CHANGE); at >= 0; at = piece.indexOf(CHANGE, from)) {
        counts[reader] = (counts[reader] as number) + 1;
        from = at + CHANGE.length;
      }
      if (reader % LOOKED_INTO === 0) {
        const now = Date.now();
        for (const [, sent] of piece.toString('latin1', rest.length).matchAll(SENT)) latencies.push(now - Number(sent));
      }
      // What a piece ends with may be the beginning of a word, but not where an event ends, or a chunk of events.
      const last = piece.at(-2);
      rest =
        piece.at(-1) === LINE_FEED && (last === LINE_FEED || last === RETURN)
          ? NOTHING
          : Buffer.from(piece.subarray(Math.max(from, piece.length - CHANGE.length + 1)));
      return true;
    }
    const socket = connect({ host: hostname, port: Number(port), onread: { buffer, callback: take } });
    socket.once('connect', () =>
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a stream')));
    sockets.push(socket);
  });
}

async function wait({ changes, seconds }: Wait): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const complete = () => counts.filter((count) => count === changes).length;
  while (complete() < readers && performance.now() < until) await setTimeout(20);
  const seen: Seen = { complete: complete(), latencies: latencies.splice(0) };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
}

process.on('message', (message) => {
  if (typeof message === 'object') void wait(message as Wait);
});
for (let first = 0; first < readers; first += AT_ONCE)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, readers - first) }, (_, one) => open(first + one)));
process.stdout.write('ready\n');
