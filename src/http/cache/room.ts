/** Memory that answers are put together in, used again once they are on their way: to ask the system for it costs as much as filling it. */
import type { ServerResponse } from 'node:http';

/** Puts parts one behind the other. The bytes are the response's until it is sent. */
export type Gather = (parts: readonly Uint8Array[], response: ServerResponse) => Buffer;

/** So many rooms wait for the next answer, at the most. */
const WAITING = 64;
const LEAST = 64 * 1024;
/** An answer larger than this gets memory of its own. */
const MOST = 1024 * 1024;

export function openRooms(): Gather {
  const waiting: Buffer[] = [];

  function roomFor(length: number): Buffer {
    const room = waiting.pop();
    if (room && room.length >= length) return room;
    return Buffer.allocUnsafeSlow(Math.max(LEAST, 2 ** Math.ceil(Math.log2(length))));
  }

  return (parts, response) => {
    let length = 0;
    for (const part of parts) length += part.length;
    if (length > MOST) return Buffer.concat(parts, length);
    const room = roomFor(length);
    let at = 0;
    for (const part of parts) {
      room.set(part, at);
      at += part.length;
    }
    // Of a response that breaks off nobody says when its last byte was read.
    response.once('finish', () => {
      if (waiting.length < WAITING) waiting.push(room);
    });
    return room.subarray(0, length);
  };
}
