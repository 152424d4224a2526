/** Time on the web (RFC 7089): a state is a resource with a past. `Accept-Datetime` asks for it, `Memento-Datetime` says which. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusal } from '../../events/errors.ts';

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The moment asked for in `Accept-Datetime`, as a gate; undefined where none is. A moment still to come means now, which is no
 * moment: what is answered about it holds no longer than any other answer about now.
 * @throws DemarcheError `REQUEST_INVALID`
 */
export function acceptedMoment({ headers }: FastifyRequest, now: number): string | undefined {
  const asked = headers['accept-datetime'];
  if (asked === undefined) return undefined;
  const moment = typeof asked === 'string' && HTTP_DATE.test(asked) ? Date.parse(asked) : Number.NaN;
  if (Number.isNaN(moment)) {
    const message = 'write an HTTP date, such as "Thu, 26 Feb 2026 23:59:59 GMT"';
    const fault = { field: 'accept-datetime', value: asked, message };
    throw refusal('REQUEST_INVALID', fault, `Accept-Datetime: ${message}`);
  }
  return moment < now ? new Date(moment).toISOString() : undefined;
}

/** Says which moment an answer is of, and where the resource without a moment is. @param asOf RFC 3339; undefined: now */
export function sayMemento({ url }: FastifyRequest, reply: FastifyReply, asOf: string | undefined): void {
  const here = new URL(url, 'http://localhost');
  here.searchParams.delete('asOf');
  const original = `${here.pathname}${here.search}`;
  const links = [`<${original}>; rel="original timegate"`];
  if (asOf !== undefined) {
    here.searchParams.set('asOf', asOf);
    const memento = `${here.pathname}${here.search}`;
    const datetime = new Date(asOf).toUTCString();
    links.push(`<${memento}>; rel="memento"; datetime="${datetime}"`);
    reply.header('memento-datetime', datetime).header('content-location', memento);
  }
  reply
    .header('link', links.join(', '))
    .header('vary', [reply.getHeader('vary'), 'accept-datetime'].filter(Boolean).join(', '));
}
