/** Answers of memory in fewer bytes, for those who take them so: packed once, not for each who asks. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Packing = 'br' | 'gzip';

/** What is smaller, in bytes, gains nothing by it. */
export const PACKED_FROM = 1024;
/** Of eleven: more costs far more time than it saves bytes. */
const BROTLI_QUALITY = 4;

const [packBrotli, packGzip] = [promisify(brotliCompress), promisify(gzip)];

/** Whether an answer might be packed for whoever accepts this. */
export const isPackable = (accepted: string | undefined): boolean => /\b(?:gzip|br)\b/i.test(accepted ?? '');

/** How to pack for whoever accepts this (RFC 9110, 12.5.3); undefined where nothing is taken, or where weights are to be compared first. */
export function packingFor(accepted: string | undefined): Packing | undefined {
  if (accepted === undefined || accepted.includes(';')) return undefined;
  const taken = accepted.toLowerCase().split(/\s*,\s*/);
  return (['br', 'gzip'] as const).find((packing) => taken.includes(packing));
}

export function packed(body: Buffer, packing: Packing): Promise<Buffer> {
  switch (packing) {
    case 'br':
      return packBrotli(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      });
    case 'gzip':
      return packGzip(body);
  }
}
