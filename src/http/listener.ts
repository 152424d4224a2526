/** What lies below the framework: the server of Node, its connections and their end. */
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { DemarcheError } from '../../events/errors.ts';
import type { Express } from './cache/express.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

const REQUEST_MS = 60_000;
const IDLE_MS = 72_000;
const CLOSE_IDLE_MS = 50;
const CLOSE_ALL_MS = 10_000;

/** What is there as bytes goes the express way, the rest to the framework. */
export const listenerFor =
  (express: Express) =>
  (handler: RequestListener): Server =>
    createServer({ requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS }, (request, response) => {
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
  const [status, reason] =
    code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request'];
  const body = JSON.stringify({
    ...problemOf(new DemarcheError('REQUEST_INVALID', 'this is not an HTTP request')),
    status,
  });
  const headers = `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`);
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
