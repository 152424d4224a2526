/** Takes a reply over from Fastify, for a stream of server-sent events or of lines. */
import type { FastifyReply } from 'fastify';
import { JSON_LINES } from '../responses.ts';

// Proxies of the nginx family would hold events back otherwise.
const HEADERS = { 'x-accel-buffering': 'no' };

/** A proxy that compresses what passes it gathers it first: events are not to be transformed. */
const cacheControl = (contentType: string): string =>
  contentType === EVENT_STREAM ? 'no-store, no-transform' : 'no-store';

/** Sends the headers set so far and those of a stream; from here on the raw response is written to. */
export function begin(reply: FastifyReply, contentType: string): FastifyReply['raw'] {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...present(reply.getHeaders()),
    ...HEADERS,
    'cache-control': cacheControl(contentType),
    'content-type': contentType,
  });
  raw.flushHeaders();
  return raw;
}

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';
export const LINE_STREAM = `${JSON_LINES}; charset=utf-8`;

const present = (headers: ReturnType<FastifyReply['getHeaders']>) =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
