/**
 * How answers about moments are sent: each with an ETag, and `304` where the reader has it already. What every gate pins to the past is
 * the same for ever and may be kept for good; the rest is asked about again. What was answered is kept as bytes until the log moves on.
 */
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readEdtf } from '../../../events/edtf.ts';
import type { Tracker } from '../../tracker/index.ts';
import type { Doorkeeper } from '../tokens/file.ts';
import { isKnown, keptOf } from './kept.ts';
import { type Kept, openMemory, type Version } from './memory.ts';
import { PACKED_FROM, type Packing, packed, packingFor } from './packing.ts';
import { openRooms } from './room.ts';

export interface Question {
  /** a moment of the world; absent: now */
  readonly asOf?: string | undefined;
  readonly recordedBy?: string | undefined;
}

export interface Answer<T> {
  readonly question: Question;
  readonly make: () => Promise<T>;
  /** what tells it from another answer to the same question, where its bytes do not: one about now names the moment */
  readonly essence?: ((value: T) => unknown) | undefined;
  /** how it is written, as text or as parts of its bytes; default: as JSON */
  readonly format?: { readonly type: string; readonly write: (value: T) => string | readonly Uint8Array[] };
}

/** Of a request, what tells one question from another. */
export type Asked = Pick<IncomingMessage, 'url' | 'headers'>;

export interface Answering {
  /** What was answered to the same question before, and still holds. @param packing with its body packed, if it was kept so as well */
  find(question: Asked, packing?: Packing): Kept | undefined;
  /** A hook before validation: answers with what was found. */
  recall(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** Makes an answer and sends it. @throws what making it throws */
  send<T>(request: FastifyRequest, reply: FastifyReply, answer: Answer<T>): Promise<FastifyReply>;
  /** Something was recorded here: what was kept may be out of date, before the log says so. */
  moved(): void;
}

const MEMORY_BYTES = 64 * 1024 * 1024;
/** For how long an answer about now is given again, in milliseconds. */
const NOW_LASTS = 1000;
/** No clock of a store or of a writer under way is assumed to be further behind than this, in milliseconds. */
const SETTLED = 60_000;
/** A bare date ends this much later where it ends last (UTC-12). */
const LATEST_ZONE = 12 * 3_600_000;

export const JSON_TYPE = 'application/json; charset=utf-8';
const JSON_FORMAT = { type: JSON_TYPE, write: (value: unknown) => JSON.stringify(value) };

/**
 * @param edition of this program: another one may write the same answer in another way
 * @param now milliseconds since 1970
 */
export function openAnswering(tracker: Tracker, door: Doorkeeper, edition: string, now: () => number): Answering {
  const memory = openMemory(MEMORY_BYTES);
  const gather = openRooms();
  let recordings = 0;
  let version: Version = { applied: null, recordings };

  /** What the log is at: the same one for as long as nothing was recorded. */
  function versionAt(applied: string | null): Version {
    if (version.applied !== applied || version.recordings !== recordings) version = { applied, recordings };
    return version;
  }

  function isSettled({ asOf, recordedBy }: Question): boolean {
    if (asOf === undefined || recordedBy === undefined || !tracker.status().ready) return false;
    const reading = readEdtf(recordedBy, 'UTC');
    const zone = recordedBy.includes('T') ? 0 : LATEST_ZONE;
    return reading.ok && reading.span.end + zone < now() - SETTLED;
  }

  function find(asked: Asked, packing?: Packing): Kept | undefined {
    // While this process may be behind, or was wrong to trust its log, nothing says that what was answered still holds.
    const { ready, damaged, applied } = tracker.status();
    if (!ready || damaged || asked.url?.includes('minPosition')) return undefined;
    return memory.find(keyOf(asked, packing), versionAt(applied), now());
  }

  /** The body as it was packed before; else packs it, and keeps that beside it. */
  async function packedBody(request: FastifyRequest, reply: FastifyReply, kept: Kept, packing: Packing) {
    reply.header('content-encoding', packing);
    const before = find(request.raw, packing);
    if (before) return before.body;
    const body = await packed(kept.body, packing);
    const { etag, version: of, until } = kept;
    memory.keep(keyOf(request.raw, packing), { ...keptOf(request, reply, body), etag, version: of, until });
    return body;
  }

  return {
    find,
    async recall(request, reply) {
      const kept = find(request.raw);
      if (!kept) return undefined;
      const { headers, method } = request;
      const known = isKnown(headers['if-none-match'], kept.etag);
      const packing =
        known || method !== 'GET' || kept.body.length < PACKED_FROM
          ? undefined
          : packingFor(headers['accept-encoding']);
      reply.headers(kept.headers);
      return conclude(request, reply, kept.etag, packing ? await packedBody(request, reply, kept, packing) : kept.body);
    },
    async send(request, reply, { question, make, essence, format = JSON_FORMAT }) {
      // Before it is made: what is recorded meanwhile may be in it or not.
      const from = versionAt(tracker.status().applied);
      const value = await make();
      const written = format.write(value);
      const body = typeof written === 'string' ? Buffer.from(written) : gather(written, reply.raw);
      const etag = tagOf([edition, request.url, essence ? essence(value) : body.toString()]);
      const settled = isSettled(question);
      reply.headers({
        'content-type': format.type,
        // With tokens, an answer is for its reader alone, not for a proxy to give to the next one.
        'cache-control': settled ? `${door.guarded() ? 'private' : 'public'}, max-age=31536000, immutable` : 'no-cache',
        etag,
        vary: [reply.getHeader('vary'), 'accept-encoding'].filter((name) => name !== undefined).join(', '),
      });
      const key = keyOf(request.raw);
      if (memory.isWanted(key)) {
        const until = question.asOf === undefined ? now() + NOW_LASTS : null;
        memory.keep(key, { ...keptOf(request, reply, body), etag, version: settled ? null : from, until });
      }
      return conclude(request, reply, etag, body);
    },
    moved() {
      recordings += 1;
    },
  };
}

function conclude({ headers }: FastifyRequest, reply: FastifyReply, etag: string, body: Buffer): FastifyReply {
  // Whoever went away while the answer of memory was on its way to them would be answered once more.
  if (reply.raw.destroyed) return reply.hijack();
  return isKnown(headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(body);
}

const tagOf = (content: readonly unknown[]): string => `W/"${hash('sha1', JSON.stringify(content), 'base64url')}"`;

/** Feeds name this server as the request did. */
function keyOf({ url, headers: { host, 'accept-datetime': datetime } }: Asked, packing?: Packing): string {
  const key = datetime === undefined ? `${host} ${url}` : `${host} ${url} ${datetime}`;
  return packing === undefined ? key : `${key} ${packing}`;
}
