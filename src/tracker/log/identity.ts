/** Names made from content: the same thing recorded twice, here or elsewhere, has the same name. */
import { hash } from 'node:crypto';
import { canonicalJson, type ParsedDevelopment } from '../../../events/index.ts';
import { STREAM_PREFIX } from '../../store/port.ts';

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The id of a development: the one it came with, or one derived from its content. */
export function developmentId({ id, ...content }: ParsedDevelopment): string {
  return id ?? `d-${sha256(canonicalJson(content)).slice(0, 20)}`;
}

/** The id of the event that records a development: a UUID (version 8, RFC 9562), so that a retry is the same event on any store. */
export function eventId(negotiation: string, development: string): string {
  const hex = sha256(`${negotiation}\n${development}`);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The stream that holds a negotiation. */
export const streamOf = (negotiation: string): string => `${STREAM_PREFIX}${negotiation}`;

/** The negotiation a stream holds; undefined for a stream that is not ours. */
export const negotiationOf = (stream: string): string | undefined =>
  stream.startsWith(STREAM_PREFIX) ? stream.slice(STREAM_PREFIX.length) : undefined;
