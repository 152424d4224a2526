/** What lies below the framework: the server of Node, its connections and their end. */
import { randomBytes } from 'node:crypto';
import { createServer, maxHeaderSize, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { refusal } from '../../events/errors.ts';
import type { Express } from './cache/express.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

const REQUEST_MS = 60_000;
const IDLE_MS = 72_000;
const CLOSE_IDLE_MS = 50;
const CLOSE_ALL_MS = 10_000;

const OPTIONS = {
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: IDLE_MS,
  // What may be said once and is said twice is seen whole, and refused by whoever reads it: of two hosts, a proxy may mean the other one.
  joinDuplicateHeaders: true,
  // Refused by the guard, in our words.
  requireHostHeader: false,
} as const;

/** What is there as bytes goes the express way, the rest to the framework. */
export const listenerFor =
  (express: Express) =>
  (handler: RequestListener): Server =>
    createServer(OPTIONS, (request, response) => {
      if (!express(request, response)) handler(request, response);
    });

/** Ids of requests: no two alike in any log, and none costs a random number. */
export function requestIds(): () => string {
  const run = randomBytes(8).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return `${run}-${count.toString(36)}`;
  };
}

/** Answers bytes that are no request; there is no reply yet to answer with. */
export function refuseBytes({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.destroyed || !socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const [status, reason, message] = wordsOf(code);
  const refused = refusal('REQUEST_INVALID', { field: '', message });
  const body = JSON.stringify({ ...problemOf(refused), status });
  const headers = `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`);
}

function wordsOf(code: string): readonly [status: number, reason: string, message: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW': {
      const message = `the address and the headers of a request hold up to ${maxHeaderSize} bytes together`;
      return [431, 'Request Header Fields Too Large', message];
    }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout', `a request comes whole within ${REQUEST_MS / 1000} seconds`];
    default:
      return [400, 'Bad Request', 'this is not an HTTP request'];
  }
}

/**
 * Once the server takes no new connections: those that have nothing under way are closed as soon as that is so, and after a while those
 * that never come to an end.
 */
export function closeConnections({ server }: FastifyInstance): void {
  if (!server.listening) return;
  const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  const all = setTimeout(() => server.closeAllConnections(), CLOSE_ALL_MS);
  server.once('close', () => {
    clearInterval(idle);
    clearTimeout(all);
  });
}
