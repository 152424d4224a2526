/** What is kept of an answer, and which of its headers are said again to whom. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kept } from './memory.ts';

/** What is known of an answer once all of its headers are set. */
export function keptOf(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Pick<Kept, 'route' | 'body' | 'headers' | 'whole' | 'unmodified'> {
  const bytes = copyOf(body);
  const whole = { ...headersOf(reply, isForAll), 'content-length': String(bytes.length) };
  return {
    route: request.routeOptions.url ?? 'none',
    body: bytes,
    headers: headersOf(reply, isSaid),
    whole: Object.entries(whole).flat(),
    unmodified: Object.entries(headersOf(reply, isUnmodified)).flat(),
  };
}

/**
 * Bytes on their own: the memory an answer lies in is shared, or used again. What could be resized gets whole pages, which the system has
 * back once it is dropped. Among everything else, answers that grow with their log left holes that none of the next ones fitted into.
 */
function copyOf(body: Buffer): Buffer {
  const { length } = body;
  const bytes = Buffer.from(new ArrayBuffer(length, { maxByteLength: length }), 0, length);
  bytes.set(body);
  return bytes;
}

/** RFC 9110, 13.1.2: a list of tags, compared weakly. */
export const isKnown = (asked: string | undefined, etag: string): boolean =>
  asked !== undefined && (asked === etag || asked === '*' || asked.split(/\s*,\s*/).some((one) => weak(one) === etag));

const weak = (tag: string): string => (tag.startsWith('W/') ? tag : `W/${tag}`);

/** What is about the answer, to be said again with it. */
const SAID = new Set(['content-type', 'cache-control', 'etag', 'link', 'vary', 'memento-datetime', 'content-location']);
const isSaid = (name: string): boolean => SAID.has(name);
/** What a `304` has to repeat (RFC 9110, 15.4.5), beside what every answer says. */
const REPEATED = new Set(['cache-control', 'etag', 'vary', 'content-location']);
const isUnmodified = (name: string): boolean => REPEATED.has(name);
/** What is said to whoever asks: not what is about this request, or for pages of one site. */
const isForAll = (name: string): boolean => !/^(?:x-request-id|x-ratelimit|access-control-)/.test(name);

const headersOf = (reply: FastifyReply, wanted: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, String(value)] as const] : [],
    ),
  );
