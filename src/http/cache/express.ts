/**
 * The way past everything else, for answers that are there as bytes: routing, hooks and limits would cost more than the answer does.
 * Such an answer is in no log, and bears no id to look for there. Who may not read, or wants it in another form, goes the usual way.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';
import type { Answering } from './answering.ts';
import { isKnown } from './kept.ts';
import { isPackable, PACKED_FROM, packingFor } from './packing.ts';

export interface ExpressOptions {
  readonly answering: Answering;
  readonly mayRead: (headers: IncomingHttpHeaders) => boolean;
  readonly metrics: Metrics;
}

/** @returns whether the request was answered */
export type Express = (request: IncomingMessage, response: ServerResponse) => boolean;

export function expressWay({ answering, mayRead, metrics }: ExpressOptions): Express {
  return (request, response) => {
    const { method, headers } = request;
    if (method !== 'GET' || headers.origin !== undefined || !mayRead(headers)) return false;
    const plain = answering.find(request);
    if (!plain) return false;
    const known = isKnown(headers['if-none-match'], plain.etag);
    const accepted = headers['accept-encoding'];
    const packable = !known && plain.body.length >= PACKED_FROM && isPackable(accepted);
    const packing = packable ? packingFor(accepted) : undefined;
    const kept = packing ? answering.find(request, packing) : packable ? undefined : plain;
    if (!kept) return false;
    if (known) response.writeHead(304, kept.unmodified).end();
    else response.writeHead(200, kept.whole).end(kept.body);
    metrics.atOnce(kept.route, known ? 304 : 200);
    return true;
  };
}
