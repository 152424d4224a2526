/** What an answer says of one development about positions, as bytes of JSON: to be kept, and put together with others. */
import type { PositionDevelopment } from '../../../events/index.ts';
import { possibilityOf } from '../../../projections/chronicle.ts';
import { statedByOf } from '../../../projections/positions.ts';
import type { Scratch } from './scratch.ts';

/**
 * One behind the other: the lengths of parts; the attribution and who says so; what a possibility says behind its type, but a stance, with which it would
 * end; `"stance":…,"act":"…","setBy":…`, of which the act and the id are at the end.
 */
export type Words = Buffer;

/** The lengths of what is known, of act and id, which are ASCII and short, in a byte each; and that of what a possibility says, in four. */
const HEAD = 7;
const POSSIBLY = 3;
const COLON = ':'.charCodeAt(0);
const STANCE = Buffer.from('"stance":');
const ACT = Buffer.from(',"act":"');
const SET_BY = Buffer.from('","setBy":');

export function wordsOf(development: PositionDevelopment): Words {
  const { id, type, stance, attribution } = development;
  const setBy = JSON.stringify(id);
  const said = `"attribution":"${attribution}","statedBy":${JSON.stringify(statedByOf(development))}`;
  const possibly = possiblyOf(development);
  const head = Buffer.alloc(HEAD);
  head.set([said.length, type.length, setBy.length]);
  head.writeUInt32LE(possibly.length, POSSIBLY);
  const text = `"stance":${JSON.stringify(stance ?? null)},"act":"${type}","setBy":${setBy}`;
  return Buffer.concat([head, Buffer.from(said), possibly, Buffer.from(text)]);
}

function possiblyOf(development: PositionDevelopment): Buffer {
  const [possibility] = possibilityOf(development);
  if (!possibility) return Buffer.alloc(0);
  const { id: _, type: __, headline, ...others } = possibility;
  const end = development.stance === undefined ? JSON.stringify(headline) : '';
  return Buffer.from(`${JSON.stringify(others).slice(1, -1)},"headline":${end}`);
}

const byteAt = (words: Words, place: number): number => words[place] as number;
const possiblyFrom = (words: Words): number => HEAD + byteAt(words, 0);
const idFrom = (words: Words): number => words.length - byteAt(words, 2);
function stanceFrom(words: Words): number {
  let length = 0;
  for (let place = HEAD - 1; place >= POSSIBLY; place -= 1) length = length * 256 + byteAt(words, place);
  return possiblyFrom(words) + length;
}

/** Each as it stands in JSON. */
export const writeKnown = (out: Scratch, words: Words): void => out.bytes(words, HEAD, possiblyFrom(words));
export const writeStance = (out: Scratch, words: Words): void => out.bytes(words, stanceFrom(words));
export const writeId = (out: Scratch, words: Words): void => out.bytes(words, idFrom(words));
export const idIn = (words: Words): string => JSON.parse(words.toString('latin1', idFrom(words)));

/** Writes what may have happened: that of `JSON.stringify` of what `possibilityOf` tells. */
export function writePossibility(out: Scratch, words: Words): void {
  const [possibly, stance, id] = [possiblyFrom(words), stanceFrom(words), idFrom(words)];
  const actEnds = id - SET_BY.length;
  const act = actEnds - byteAt(words, 1);
  if (possibly === stance) return;
  out.text(',{"id":');
  out.bytes(words, id);
  out.text(',"type":"');
  out.bytes(words, act, actEnds);
  out.text('",');
  out.bytes(words, possibly, stance);
  if (words[stance - 1] === COLON) out.bytes(words, stance + STANCE.length, act - ACT.length);
  out.text('}');
}
